"""Telling the other side, the two sides, or the leads who settle, what has happened."""

from __future__ import annotations

from collections.abc import Sequence

from core.exchanges.model import Exchange, ExchangeState, Message
from core.kernel.desk import Desk, Office
from core.organisations.model import Role
from core.reminders.subjects import EXCHANGES, UNANSWERED, refresh

_TALK = frozenset(("exchange.message", "exchange.thanked"))
"""Words that change nothing of what an exchange waits for."""


def subject_of(exchange: Exchange) -> str:
    """What notices about an exchange are found by."""
    return f"exchange:{exchange.id}"


def _group(group_id: int) -> str:
    """The subject of everything about a group."""
    return f"group:{group_id}"


def tell(
    office: Office,
    kind: str,
    exchange: Exchange,
    member_ids: Sequence[int],
    message: Message | None = None,
) -> None:
    """Bring the cards that stand in chats up to date, and tell these members what happened."""
    office.changed(subject_of(exchange))
    if kind not in _TALK:
        _refresh(office, exchange)
    data = {"exchange": exchange.id, "version": exchange.version}
    if message is not None:
        data["message"] = message.id
    office.tell(kind, subject_of(exchange), member_ids, data)


def _refresh(office: Office, exchange: Exchange) -> None:
    """What waited for one of the two may wait no longer; and a group's card counts its shares."""
    if exchange.group_id is not None:
        office.changed(_group(exchange.group_id))
    sides = (exchange.giver_id, exchange.receiver_id)
    refresh(office, EXCHANGES, sides)
    if exchange.state is ExchangeState.PROPOSED and exchange.post_id is not None:
        refresh(office, UNANSWERED, sides)


def tell_answer(desk: Desk, kind: str, exchange: Exchange) -> None:
    """Tell who proposed it that it was answered; the giver of a group, once all have."""
    if exchange.group_id is None:
        tell_other(desk, kind, exchange)
        return
    desk.changed(subject_of(exchange))
    _refresh(desk, exchange)
    # Held, so that of two answers at the same moment one is the last.
    desk.books.groups.lock(exchange.group_id)
    shares = desk.books.exchanges.of_group(exchange.group_id)
    if all(one.state is not ExchangeState.PROPOSED for one in shares):
        group = {"group": exchange.group_id}
        desk.tell("groups.answered", _group(exchange.group_id), [exchange.giver_id], group)


def tell_other(desk: Desk, kind: str, exchange: Exchange, message: Message | None = None) -> None:
    """Tell the side that did not act."""
    tell(desk, kind, exchange, [exchange.other(desk.me.id)], message)


def keep_words(desk: Desk, exchange: Exchange, words: str) -> Message | None:
    """Keep words, already screened, that go along with what is done."""
    if not words:
        return None
    return desk.books.exchanges.add_message(Message(exchange.id, desk.me.id, words, desk.now))


def settlers(office: Office, exchange: Exchange) -> list[int]:
    """Who is asked to settle: leads of either side's organisation who are not a party to it,
    and where there is none, the admins of the system who are not."""
    roles = office.books.roles
    organisations = {exchange.giver_organisation_id, exchange.receiver_organisation_id}
    leads = {
        member_id
        for organisation_id in sorted(organisations)
        for member_id in roles.holders(Role.LEAD, organisation_id)
    }
    sides = {exchange.giver_id, exchange.receiver_id}
    return sorted(leads - sides) or sorted(set(roles.holders(Role.ADMIN)) - sides)


def helpers_for(office: Office, organisation_id: int, without: set[int]) -> list[int]:
    """Who reads a report: the leads of the reporter's organisation, else the admins."""
    roles = office.books.roles
    leads = set(roles.holders(Role.LEAD, organisation_id)) - without
    return sorted(leads) or sorted(set(roles.holders(Role.ADMIN)) - without)


def may_settle(office: Office, exchange: Exchange, member_id: int) -> bool:
    """Whether this member, not a party, leads one of the two organisations or the system."""
    if exchange.has(member_id):
        return False
    organisations = (exchange.giver_organisation_id, exchange.receiver_organisation_id)
    return any(
        grant.role is Role.ADMIN
        or (grant.role is Role.LEAD and grant.organisation_id in organisations)
        for grant in office.books.roles.held_by(member_id)
    )
