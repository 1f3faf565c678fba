"""A delivery for a member: in which chat of theirs, in which language, and whether at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.couriers import Parcel
from core.delivery.facts import Facts
from core.delivery.model import Delivery, DeliveryState, Notice, Withheld
from core.delivery.prepared import GONE, Prepared, Settled, ended, withheld
from core.delivery.respecting import Reader, respected
from core.feature import House, NoticeKind
from core.kernel.desk import Office
from core.members.model import READERS, Identity, Member, MemberState
from core.organisations.model import TenantState
from core.words import Speech

UNTIL_BACK = datetime(9999, 1, 1, tzinfo=UTC)
"""An edit of a message in a closed chat waits for whoever could read it to be back."""
NO_CHAT = "no chat to reach this member in"


def to_member(
    office: Office, house: House, facts: Facts, delivery: Delivery, claimed_ids: Collection[int]
) -> Prepared | Settled:
    """The parcel for a member, or how the delivery is settled without one. ``claimed_ids`` are the
    member's own of the same batch that nothing was decided about yet."""
    assert delivery.member_id is not None
    member, notice = facts.members[delivery.member_id], facts.notices[delivery.notice_id]
    if member.state is MemberState.AWAY:
        return _away(office, delivery)
    if member.state is MemberState.MERGED:
        return _moved(office, delivery)
    kind = house.notices.get(notice.kind)
    if kind is None or member.state not in READERS:
        return withheld(office, delivery, Withheld.CANCELLED)
    why = None if delivery.edit else _unwanted(office, kind, notice, member)
    if why is not None:
        return withheld(office, delivery, why)
    chat = _chat(office, member, delivery, facts.chats[member.id])
    if isinstance(chat, Settled):
        return chat
    if not delivery.edit:
        reader = Reader(member, facts.preferences[member.id])
        going = respected(office, house, kind, reader, delivery, claimed_ids)
        if isinstance(going, Settled):
            return going
        delivery = going
    return _rendered(office, kind, notice, member, chat, delivery)


def _unwanted(office: Office, kind: NoticeKind, notice: Notice, member: Member) -> Withheld | None:
    if (member.silent and not kind.essential) or not kind.wanted(member):
        return Withheld.OPTED_OUT
    return None if kind.in_time(office, notice) else Withheld.TOO_LATE


def _rendered(
    office: Office,
    kind: NoticeKind,
    notice: Notice,
    member: Member,
    chat: Identity,
    delivery: Delivery,
) -> Prepared | Settled:
    shown = kind.render(office, notice, member)
    if delivery.edit and shown is Withheld.CANCELLED:
        shown = GONE
    if isinstance(shown, Withheld):
        return withheld(office, delivery, shown)
    parcel = Parcel(
        delivery.id,
        chat.tenant,
        chat.user,
        chat.address,
        shown,
        Speech(member.language, ZoneInfo(member.zone)),
        delivery.handle if delivery.edit else "",
    )
    return Prepared(chat.platform, parcel, delivery, chat.id)


def _chat(
    office: Office, member: Member, delivery: Delivery, chats: Sequence[Identity]
) -> Identity | Settled:
    """The chat to use now: for an edit the one it stands in; else the one chosen, else the last
    used, leaving out those that proved unreachable and tenants that are not let in. If that is in
    another tenant than was planned, the delivery goes there at the pace of that one."""
    usable = [one for one in chats if _takes(one, member, delivery)]
    if delivery.edit:
        for chat in usable:
            there = (chat.platform, chat.tenant) == (delivery.platform, delivery.tenant)
            if there and _let_in(office, chat):
                return chat
        return _no_chat(office, delivery, chats, usable)
    for chat in sorted(usable, key=lambda one: one.id != member.chat_id):
        if chat.id not in delivery.tried and _let_in(office, chat):
            if (chat.platform, chat.tenant) == (delivery.platform, delivery.tenant):
                return chat
            return Settled(replace(delivery, platform=chat.platform, tenant=chat.tenant))
    return _no_chat(office, delivery, chats, usable)


def _takes(chat: Identity, member: Member, delivery: Delivery) -> bool:
    """Whether a chat is open for this. One whose organisation has yet to confirm a member is not,
    but for what stands there already."""
    if delivery.edit or member.state is MemberState.WAITING:
        return chat.closed_at is None
    return chat.may_act


def _let_in(office: Office, chat: Identity) -> bool:
    tenant = office.books.tenants.find(chat.platform, chat.tenant)
    return tenant is not None and tenant.state is TenantState.APPROVED


def _no_chat(
    office: Office, delivery: Delivery, chats: Sequence[Identity], usable: Sequence[Identity]
) -> Settled:
    closed = len(usable) < len(chats)
    if closed and (delivery.edit or not usable):
        return _away(office, delivery)
    if delivery.edit:
        return Settled(replace(delivery, shown=delivery.changes, reason=NO_CHAT))
    reason = delivery.reason if delivery.tried else NO_CHAT
    return Settled(ended(office, delivery, DeliveryState.UNREACHABLE, reason))


def _moved(office: Office, delivery: Delivery) -> Settled:
    """A delivery of a member who became another. Where that came after it was claimed, it stands as
    it was left then, and whoever it went over to is told."""
    row = office.books.deliveries.still_leased([delivery]).get(delivery.id)
    if row is not None and (row.member_id, row.state) == (delivery.member_id, delivery.state):
        return withheld(office, delivery, Withheld.CANCELLED)
    return Settled(row)


def _away(office: Office, delivery: Delivery) -> Settled:
    if delivery.edit:
        return Settled(replace(delivery, not_before=UNTIL_BACK))
    return withheld(office, delivery, Withheld.AWAY)
