"""The hours that hosts of events earn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from core.events.model import Event, EventState, HostHours, HoursState
from core.kernel.stale import Stale
from core.members.model import HERE_OR_AWAY
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.events import EventRow, HostHoursRow
from storage.tables.members import MemberRow

HOURS = table_of(HostHoursRow)
EVENTS = table_of(EventRow)
MEMBERS = table_of(MemberRow)

_TAKING_PART = select(MEMBERS.c.id).where(
    MEMBERS.c.state.in_([state.value for state in HERE_OR_AWAY])
)


class HostHoursOfEvents:
    """Satisfies ``core.events.book.HostHoursBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_event(self, event_id: int) -> HostHours | None:
        return self._one(select(HOURS).where(HOURS.c.event_id == event_id))

    def lock(self, hours_id: int) -> HostHours | None:
        return self._one(select(HOURS).where(HOURS.c.id == hours_id).with_for_update())

    def keep(self, hours: HostHours) -> HostHours:
        row = values(hours)
        if not hours.id:
            return self._added(hours, row)
        statements.save_version(self._connection, HOURS, hours.id, hours.version, row)
        return replace(hours, version=hours.version + 1)

    def _added(self, hours: HostHours, row: dict[str, Any]) -> HostHours:
        statement = statements.dialect_insert(self._connection, HOURS).values(**row)
        done = self._connection.execute(statement.on_conflict_do_nothing().returning(HOURS.c.id))
        new_id = done.scalar_one_or_none()
        if new_id is None:  # asked for in another chat at the same moment
            raise Stale
        return replace(hours, id=new_id)

    def waiting(
        self, organisation_ids: Sequence[int], *, community: bool, without_host: int
    ) -> Sequence[tuple[Event, HostHours]]:
        pots = HOURS.c.organisation_id.in_(organisation_ids)
        which = (
            HOURS.c.state == HoursState.ASKED.value,
            EVENTS.c.state == EventState.OPEN.value,
            EVENTS.c.host_id != without_host,
            EVENTS.c.host_id.in_(_TAKING_PART),
            or_(pots, HOURS.c.organisation_id.is_(None)) if community else pots,
        )
        of_event = EVENTS.c.id == HOURS.c.event_id
        hours = self._all(select(HOURS).join(EVENTS, of_event).where(*which).order_by(HOURS.c.id))
        rows = self._connection.execute(select(EVENTS).join(HOURS, of_event).where(*which))
        events = {row.id: entity(Event, row._mapping) for row in rows}
        return [(events[one.event_id], one) for one in hours]

    def due(self, now: datetime, after_id: int, limit: int) -> Sequence[HostHours]:
        statement = (
            select(HOURS)
            .join(EVENTS, EVENTS.c.id == HOURS.c.event_id)
            .where(
                HOURS.c.state == HoursState.APPROVED.value,
                HOURS.c.id > after_id,
                EVENTS.c.state == EventState.OPEN.value,
                EVENTS.c.ends_at <= now,
                EVENTS.c.host_id.in_(_TAKING_PART),
            )
        )
        return self._all(statement.order_by(HOURS.c.id).limit(limit))

    def _one(self, statement: Select[Any]) -> HostHours | None:
        row = self._connection.execute(statement).one_or_none()
        return entity(HostHours, row._mapping) if row else None

    def _all(self, statement: Select[Any]) -> Sequence[HostHours]:
        rows = self._connection.execute(statement)
        return [entity(HostHours, row._mapping) for row in rows]
