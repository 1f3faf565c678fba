"""Who holds time: their name, their account, and how a button or a draft writes them."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.desk import Office
from core.kernel.texts import Words, _
from core.ledger.model import Account, AccountKind
from core.members.model import Member, MemberState

POT_FLOOR = 0
"""A pot never goes below this, in minutes."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A member or an organisation's pot, with its ``id``; the community pot, or the source."""

    kind: AccountKind
    id: int | None = None

    @property
    def key(self) -> str:
        """``member:12``, ``organisation:3``, ``community``."""
        return self.kind.value if self.id is None else f"{self.kind.value}:{self.id}"


def read_holder(key: str) -> Holder | None:
    """The holder behind a key, or None where it is not one. Whether they may, is asked later."""
    kind, _colon, number = key.partition(":")
    if kind == AccountKind.COMMUNITY and not number:
        return Holder(AccountKind.COMMUNITY)
    known = kind in (AccountKind.MEMBER, AccountKind.ORGANISATION)
    if known and number.isascii() and number.isdigit() and len(number) < 10:
        return Holder(AccountKind(kind), int(number))
    return None


def account_of(office: Office, holder: Holder) -> Account:
    """The holder's account, opened on first use."""
    floors = {AccountKind.MEMBER: office.policy.floor_minutes, AccountKind.SOURCE: None}
    floor = floors.get(holder.kind, POT_FLOOR)
    return office.books.ledger.open(holder.kind, holder.id, floor)


def member_name(member: Member) -> Words:
    """The name others see; a tombstone has none."""
    if member.state in (MemberState.LEFT, MemberState.MERGED) or not member.name:
        return _("someone who has left")
    return member.name


def person_now(office: Office, member_id: int) -> Member:
    """The member, or the one that they have become by merging."""
    member = office.books.members.get(member_id)
    while member.state is MemberState.MERGED and member.merged_into is not None:
        member = office.books.members.get(member.merged_into)
    return member


def holder_name(office: Office, holder: Holder) -> Words:
    """What people call this holder."""
    match holder:
        case Holder(AccountKind.MEMBER, int(member_id)):
            return member_name(person_now(office, member_id))
        case Holder(AccountKind.ORGANISATION, int(organisation_id)):
            name = office.books.organisations.get(organisation_id).name
            return _("the pot of {organisation}", organisation=name)
        case Holder(AccountKind.COMMUNITY):
            return _("the community pot")
        case _:
            return _("Hourbridge")


def holder_line(office: Office, holder: Holder) -> Words:
    """The same with a member's organisation, where people have to be told apart."""
    if holder.kind is not AccountKind.MEMBER or holder.id is None:
        return holder_name(office, holder)
    member = office.books.members.get(holder.id)
    organisation = office.books.organisations.get(member.organisation_id).name
    return _("{name}, {organisation}", name=member_name(member), organisation=organisation)


def organisation_of(office: Office, holder: Holder) -> int | None:
    """The organisation that this side of a movement is stamped with."""
    if holder.kind is AccountKind.MEMBER and holder.id is not None:
        return office.books.members.get(holder.id).organisation_id
    return holder.id
