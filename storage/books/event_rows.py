"""The tables of events, and what every part of their book is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, or_, select

from core.events.model import Event, EventState, PlaceState
from storage.rows import entity
from storage.tables.columns import table_of
from storage.tables.events import EventRow, PlaceRow
from storage.tables.members import BlockRow, MemberRow

EVENTS = table_of(EventRow)
PLACES = table_of(PlaceRow)
MEMBERS = table_of(MemberRow)
BLOCKS = table_of(BlockRow)

STANDING = (PlaceState.COMING.value, PlaceState.WAITING.value)


class EventRows:
    """A part of the book, on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _one(self, statement: Any, given: Mapping[str, Any]) -> Event | None:
        row = self._connection.execute(statement, given).one_or_none()
        return entity(Event, row._mapping) if row else None

    def _many(self, statement: Any) -> list[Event]:
        return [entity(Event, row._mapping) for row in self._connection.execute(statement)]

    def _counted(self, statement: Any) -> tuple[list[Event], int]:
        rows: Sequence[Row[Any]] = self._connection.execute(statement).all()
        return [entity(Event, row._mapping) for row in rows], rows[0].found if rows else 0


def open_events(*more: ColumnElement[Any]) -> Select[Any]:
    """The events that are not cancelled."""
    return select(EVENTS, *more).where(EVENTS.c.state == EventState.OPEN.value)


def blocked(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether one of two members has blocked the other."""
    return exists().where(
        or_(
            and_(BLOCKS.c.blocker_id == one, BLOCKS.c.blocked_id == other),
            and_(BLOCKS.c.blocker_id == other, BLOCKS.c.blocked_id == one),
        )
    )
