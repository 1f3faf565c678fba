"""Shares that nobody has accepted are taken back, and their receivers told."""

from __future__ import annotations

from dataclasses import replace

from core.events.model import Event
from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.settling import end, locked
from core.exchanges.telling import tell
from core.groups.model import Group, GroupState
from core.kernel.desk import Office


def withdraw(office: Office, share: Exchange, by: int | None) -> None:
    """Take back one proposal that is held."""
    ended = end(office, share, ExchangeState.WITHDRAWN, by)
    tell(office, "exchange.withdrawn", ended, [ended.receiver_id])


def withdraw_unanswered(office: Office, event: Event, by: int | None) -> None:
    """Take back what nobody has accepted of the time of an event that is held and will not happen.
    What was accepted stays: the two may have met already."""
    for group in office.books.groups.of_event(event.host_id, event.id):
        if group.state is GroupState.OPEN:
            _withdraw_of(office, group, by)


def _withdraw_of(office: Office, group: Group, by: int | None) -> None:
    for share in office.books.exchanges.of_group(group.id):
        held = locked(office, share.id, (ExchangeState.PROPOSED,))
        if held is not None:
            withdraw(office, held, by)
    left = office.books.exchanges.of_group(group.id)
    if not any(share.state.open or share.settled_minutes for share in left):
        office.books.groups.save(replace(group, state=GroupState.CANCELLED))
