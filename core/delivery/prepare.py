"""From a delivery that is due to a parcel: who, where, in which language, and whether at all.

All of it is decided now, from what is true now: a notice planned yesterday for a member who has
since said "stop" is withheld today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.couriers import Parcel
from core.delivery.model import Delivery, DeliveryState, Notice, Withheld
from core.feature import House
from core.kernel.desk import Office
from core.kernel.texts import _
from core.members.model import READERS, Identity, Member, MemberState
from core.organisations.model import TenantState
from core.ui.views import Note, View, view
from core.words import Speech

UNTIL_BACK = datetime(9999, 1, 1, tzinfo=UTC)
"""An edit of a message in a closed chat waits for whoever could read it to be back."""
PAUSED_FOR = timedelta(minutes=1)
"""How soon a delivery that an operator has paused is looked at again."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A parcel for one platform's courier, and the delivery it settles."""

    platform: str
    parcel: Parcel
    delivery: Delivery
    identity_id: int


def prepare(office: Office, house: House, delivery: Delivery) -> Prepared | None:
    """The parcel for a claimed delivery; None where it was settled without sending."""
    books = office.books.deliveries
    notice = books.notice(delivery.notice_id)
    member = _reader(office, delivery)
    shown = _view(office, house, notice, member, delivery)
    if isinstance(shown, Withheld):
        _withhold(office, delivery, shown)
        return None
    chats = office.books.members.identities(member.id)
    usable = [one for one in chats if _takes(one, member, delivery)]
    identity = _chat(office, member, delivery, usable)
    if identity is None:
        _no_chat(office, delivery, chats, usable)
        return None
    if any(one.covers(identity.platform, identity.tenant) for one in books.pauses()):
        books.settle(replace(delivery, not_before=office.now + PAUSED_FOR))
        return None
    held = books.held_until(identity.platform, identity.tenant)
    if held is not None and held > office.now:
        books.settle(replace(delivery, not_before=held))
        return None
    parcel = Parcel(
        delivery.id,
        identity.tenant,
        identity.user,
        identity.address,
        shown,
        Speech(member.language, ZoneInfo(member.zone)),
        delivery.handle if delivery.edit else "",
    )
    return Prepared(identity.platform, parcel, delivery, identity.id)


def _takes(identity: Identity, member: Member, delivery: Delivery) -> bool:
    """Whether a chat is open for this. One whose organisation has yet to confirm a member is not,
    but for what stands there already."""
    if delivery.edit or member.state is MemberState.WAITING:
        return identity.closed_at is None
    return identity.may_act


def _reader(office: Office, delivery: Delivery) -> Member:
    """Whoever the notice is for. One who is away is held: they may be coming back right now, and
    then what waits for them is looked at after this, or not withheld at all."""
    member = office.books.members.get(delivery.member_id)
    if member.state is MemberState.AWAY:
        return office.books.members.lock(member.id)
    return member


def _view(
    office: Office, house: House, notice: Notice, member: Member, delivery: Delivery
) -> View | Withheld:
    kind = house.notices.get(notice.kind)
    if member.state is MemberState.AWAY:
        return Withheld.AWAY
    if kind is None or member.state not in READERS:
        return Withheld.CANCELLED
    silenced = member.silent and not kind.essential
    if not delivery.edit and (silenced or not kind.wanted(member)):
        return Withheld.OPTED_OUT
    if not delivery.edit and not kind.in_time(office, notice):
        return Withheld.TOO_LATE
    shown = kind.render(office, notice, member)
    if delivery.edit and shown is Withheld.CANCELLED:
        # What was taken back, or is not for this reader any more, does not stay in their chat.
        return view(Note(_("This is no longer here.")))
    return shown


def _withhold(office: Office, delivery: Delivery, why: Withheld) -> None:
    if delivery.edit and why is Withheld.AWAY:
        office.books.deliveries.settle(replace(delivery, not_before=UNTIL_BACK))
        return
    if delivery.edit:
        # It stands in the chat and there is nothing newer to say: leave it.
        office.books.deliveries.settle(replace(delivery, shown=delivery.changes))
        return
    office.books.deliveries.settle(
        replace(delivery, state=DeliveryState.WITHHELD, reason=why.value)
    )


def _chat(
    office: Office, member: Member, delivery: Delivery, identities: Sequence[Identity]
) -> Identity | None:
    """The chat to use: for an edit the one it stands in; else the one chosen, else the last used,
    leaving out those that proved unreachable and tenants that are not let in."""
    if delivery.edit:
        for identity in identities:
            if (identity.platform, identity.tenant) == (delivery.platform, delivery.tenant):
                return identity
        return None
    chosen = sorted(identities, key=lambda identity: identity.id != member.chat_id)
    for identity in chosen:
        if identity.id in delivery.tried:
            continue
        tenant = office.books.tenants.find(identity.platform, identity.tenant)
        if tenant is not None and tenant.state is TenantState.APPROVED:
            return identity
    return None


def _no_chat(
    office: Office, delivery: Delivery, chats: Sequence[Identity], usable: Sequence[Identity]
) -> None:
    closed = len(usable) < len(chats)
    if closed and (delivery.edit or not usable):
        _withhold(office, delivery, Withheld.AWAY)
        return
    if delivery.edit:
        office.books.deliveries.settle(replace(delivery, shown=delivery.changes))
        return
    reason = delivery.reason or "no chat to reach this member in"
    office.books.deliveries.settle(
        replace(delivery, state=DeliveryState.UNREACHABLE, reason=reason)
    )
