"""Becoming a member whom others meet: an account, the opening credit once, and a state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.kernel.desk import Office
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from core.members.model import Identity, Member, MemberState


def identity_words(identity: Identity) -> str:
    """What the keyed hash of a leaver is made of."""
    return f"{identity.platform}:{identity.tenant}:{identity.user}"


def enter(office: Office, member: Member) -> Member:
    """Let ``member``, held or just made, in with the identities that may act. Done again, it
    changes nothing: there is one account, and one opening credit."""
    if office.books.ledger.account(AccountKind.MEMBER, member.id) is None:
        _open_account(office, member)
    if member.state is not MemberState.WAITING:
        return member
    chats = office.books.members.identities(member.id)
    acts_for = next(one.organisation_id for one in chats if one.confirmation_id is None)
    return office.books.members.save(
        replace(member, state=standing_of(chats), organisation_id=acts_for)
    )


def standing_of(chats: Sequence[Identity]) -> MemberState:
    """Where a member with these chats stands, unless they are suspended or gone."""
    if all(one.confirmation_id is not None for one in chats):
        return MemberState.WAITING
    return MemberState.ACTIVE if any(one.may_act for one in chats) else MemberState.AWAY


def opening_credit(office: Office, member_id: int) -> Posting | None:
    """The opening credit that a member was given."""
    return office.books.ledger.by_reason(f"opening:{member_id}")


def minutes_of(credit: Posting | None) -> int:
    """What an opening credit is worth; 0 where there was none."""
    return sum(entry.minutes for entry in credit.entries if entry.minutes > 0) if credit else 0


def _open_account(office: Office, member: Member) -> None:
    """Open the account and credit it from the source, unless this person had the credit before."""
    ledger = office.books.ledger
    account = ledger.open(AccountKind.MEMBER, member.id, office.policy.floor_minutes)
    credit = office.policy.opening_credit_minutes
    chats = office.books.members.identities(member.id)
    acting = [one for one in chats if one.confirmation_id is None]
    if credit == 0 or any(_left_before(office, one) for one in chats):
        return
    source = ledger.open(AccountKind.SOURCE, None, None)
    ledger.post(
        Posting(
            PostingKind.OPENING,
            f"opening:{member.id}",
            (
                Entry(source.id, -credit),
                Entry(account.id, credit, acting[0].organisation_id),
            ),
            office.now,
            member.id,
        )
    )


def _left_before(office: Office, identity: Identity) -> bool:
    digests = office.keys.digests("leaver", identity_words(identity))
    return any(office.books.members.left_before(one) for one in digests)
