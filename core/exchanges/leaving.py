"""What becomes of open exchanges when a member leaves, or when two members prove to be one."""

from __future__ import annotations

from functools import partial

from core.exchanges.jobs import escalate
from core.exchanges.model import OPEN, Exchange, ExchangeState
from core.exchanges.settling import end, locked
from core.exchanges.telling import subject_of, tell
from core.kernel.desk import Office
from core.kernel.pages import every


def close_all_for(office: Office, member_id: int) -> int:
    """End every open exchange of a member who leaves, free what was set aside, and tell the
    other sides. A claim that the other side made goes to a lead; so does what a lead has already.
    Returns how many exchanges were ended.
    """
    ended = 0
    for exchange in _held(office, member_id):
        if _belongs_to_a_lead(exchange, member_id):
            if not exchange.escalated and exchange.state is ExchangeState.CLAIMED:
                escalate(office, exchange)
            continue
        closed = end(office, exchange, _ended_as(exchange), member_id)
        tell(office, "exchange.closed", closed, [closed.other(member_id)])
        ended += 1
    return ended


def cancel_between(office: Office, one: int, other: int) -> int:
    """End the open exchanges between two members who prove to be one; how many."""
    ended = 0
    for found in office.books.exchanges.between(one, other):
        exchange = locked(office, found.id, OPEN)
        if exchange is not None:
            office.changed(subject_of(end(office, exchange, ExchangeState.CANCELLED)))
            ended += 1
    return ended


def open_of(office: Office, member_id: int) -> list[Exchange]:
    """All open exchanges of a member, newest first."""
    return list(every(partial(office.books.exchanges.of_member, member_id, tuple(OPEN))))


def _held(office: Office, member_id: int) -> list[Exchange]:
    """The same, each held, in ascending id."""
    found = sorted(open_of(office, member_id), key=lambda one: one.id)
    held = (locked(office, one.id, OPEN) for one in found)
    return [exchange for exchange in held if exchange is not None]


def _belongs_to_a_lead(exchange: Exchange, member_id: int) -> bool:
    if exchange.state is ExchangeState.DISPUTED:
        return True
    return exchange.state is ExchangeState.CLAIMED and exchange.claimed_by != member_id


def _ended_as(exchange: Exchange) -> ExchangeState:
    if exchange.state is ExchangeState.PROPOSED:
        return ExchangeState.WITHDRAWN
    return ExchangeState.CANCELLED
