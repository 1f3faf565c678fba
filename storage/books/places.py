"""Places at events: the queue, who moves up, and what becomes of the places of one member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_, select, update

from core.events.model import Open, Place, PlaceState
from core.members.model import MemberState
from storage import statements
from storage.books.event_rows import EVENTS, MEMBERS, PLACES, STANDING, EventRows, blocked
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.members import IdentityRow
from storage.tables.organisations import OrganisationRow

IDENTITIES = table_of(IdentityRow)
ORGANISATIONS = table_of(OrganisationRow)

_PLACE = select(PLACES).where(
    PLACES.c.event_id == bindparam("event_id"), PLACES.c.member_id == bindparam("member_id")
)
_IN_ORDER = (PLACES.c.at, PLACES.c.id)
# Narrower than when they joined the queue, perhaps: the same question as ``rights.is_for``.
_IS_FOR = or_(
    EVENTS.c.open_to == Open.ALL.value,
    exists().where(
        IDENTITIES.c.member_id == PLACES.c.member_id,
        IDENTITIES.c.closed_at.is_(None),
        IDENTITIES.c.confirmation_id.is_(None),
        ORGANISATIONS.c.id == IDENTITIES.c.organisation_id,
        or_(
            and_(
                EVENTS.c.open_to == Open.ORGANISATION.value,
                ORGANISATIONS.c.id == EVENTS.c.organisation_id,
            ),
            and_(EVENTS.c.open_to == Open.SECTOR.value, ORGANISATIONS.c.sector == EVENTS.c.sector),
        ),
    ),
)
_NEXT_WAITING = (
    select(PLACES.c.id, PLACES.c.member_id)
    .join(MEMBERS, MEMBERS.c.id == PLACES.c.member_id)
    .join(EVENTS, EVENTS.c.id == PLACES.c.event_id)
    .where(
        PLACES.c.event_id == bindparam("event_id"),
        PLACES.c.state == PlaceState.WAITING.value,
        MEMBERS.c.state == MemberState.ACTIVE.value,
        ~blocked(EVENTS.c.host_id, PLACES.c.member_id),
        _IS_FOR,
    )
    .order_by(*_IN_ORDER)
)
_COUNTS = (
    select(PLACES.c.event_id, PLACES.c.state, func.count())
    .where(PLACES.c.event_id.in_(bindparam("ids", expanding=True)))
    .group_by(PLACES.c.event_id, PLACES.c.state)
)


class Places(EventRows):
    """The part of the book that keeps places."""

    def place(self, event_id: int, member_id: int) -> Place | None:
        whose = {"event_id": event_id, "member_id": member_id}
        row = self._connection.execute(_PLACE, whose).one_or_none()
        return entity(Place, row._mapping) if row else None

    def places_of(self, member_id: int, event_ids: Sequence[int]) -> Mapping[int, Place]:
        statement = select(PLACES).where(
            PLACES.c.member_id == member_id, PLACES.c.event_id.in_(event_ids)
        )
        return {
            row.event_id: entity(Place, row._mapping) for row in self._connection.execute(statement)
        }

    def places(self, event_id: int) -> Sequence[Place]:
        statement = select(PLACES).where(PLACES.c.event_id == event_id).order_by(*_IN_ORDER)
        return [entity(Place, row._mapping) for row in self._connection.execute(statement)]

    def keep_place(self, place: Place) -> Place:
        row = values(place)
        if not place.id:
            return replace(place, id=statements.add(self._connection, PLACES, row))
        self._connection.execute(update(PLACES).where(PLACES.c.id == place.id).values(**row))
        return place

    def counts(self, event_ids: Sequence[int]) -> Mapping[int, Mapping[PlaceState, int]]:
        counted = {event_id: dict.fromkeys(PlaceState, 0) for event_id in event_ids}
        if counted:
            rows = self._connection.execute(_COUNTS, {"ids": list(counted)})
            for event_id, state, count in rows:
                counted[event_id][PlaceState(state)] = count
        return counted

    def move_up(self, event_id: int, most: int | None, at: datetime) -> Sequence[int]:
        first = self._connection.execute(_NEXT_WAITING.limit(most), {"event_id": event_id}).all()
        coming = {"state": PlaceState.COMING.value, "at": at}
        if first:
            ids = [row.id for row in first]
            self._connection.execute(update(PLACES).where(PLACES.c.id.in_(ids)).values(coming))
        return [row.member_id for row in first]

    def position(self, place: Place) -> int:
        earlier = or_(PLACES.c.at < place.at, and_(PLACES.c.at == place.at, PLACES.c.id < place.id))
        statement = (
            select(func.count())
            .select_from(PLACES)
            .where(
                PLACES.c.event_id == place.event_id,
                PLACES.c.state == PlaceState.WAITING.value,
                earlier,
            )
        )
        return 1 + int(self._connection.execute(statement).scalar_one())

    def move(self, from_member: int, to_member: int) -> Sequence[int]:
        freed = []
        self._hold_events(PLACES.c.member_id == from_member)
        for place in self._places_of(from_member):
            twin = self.place(place.event_id, to_member)
            if twin is None:
                self.keep_place(replace(place, member_id=to_member))
                continue
            self._connection.execute(delete(PLACES).where(PLACES.c.id == place.id))
            if _worth(place) > _worth(twin):
                self.keep_place(replace(place, member_id=to_member, id=twin.id))
            if place.state is PlaceState.COMING and twin.state is PlaceState.COMING:
                freed.append(place.event_id)
        self._connection.execute(
            update(EVENTS)
            .where(EVENTS.c.host_id == from_member)
            .values(host_id=to_member, version=EVENTS.c.version + 1)
        )
        return [*freed, *self._leave_own(to_member)]

    def _leave_own(self, member_id: int) -> list[int]:
        """Nobody has a place at an event that they host; the events where they had one."""
        own = select(EVENTS.c.id).where(EVENTS.c.host_id == member_id)
        theirs = and_(
            PLACES.c.member_id == member_id,
            PLACES.c.event_id.in_(own),
            PLACES.c.state.in_(STANDING),
        )
        left = list(self._connection.scalars(select(PLACES.c.event_id).where(theirs)))
        self._connection.execute(update(PLACES).where(theirs).values(state=PlaceState.LEFT.value))
        return left

    def give_up(self, member_id: int, at: datetime) -> Sequence[int]:
        ahead = select(EVENTS.c.id).where(EVENTS.c.ends_at > at)
        standing = and_(
            PLACES.c.member_id == member_id,
            PLACES.c.event_id.in_(ahead),
            PLACES.c.state.in_(STANDING),
        )
        changed = self._hold_events(standing)
        self._connection.execute(
            update(PLACES).where(standing).values(state=PlaceState.LEFT.value, at=at)
        )
        return changed

    def _places_of(self, member_id: int) -> list[Place]:
        statement = select(PLACES).where(PLACES.c.member_id == member_id).order_by(PLACES.c.id)
        return [entity(Place, row._mapping) for row in self._connection.execute(statement)]

    def _hold_events(self, which: ColumnElement[bool]) -> list[int]:
        """Hold the events of these places, so that nobody moves up at them meanwhile; their ids."""
        theirs = select(PLACES.c.event_id).where(which)
        held = select(EVENTS.c.id).where(EVENTS.c.id.in_(theirs)).order_by(EVENTS.c.id)
        return list(self._connection.scalars(held.with_for_update()))


def _worth(place: Place) -> tuple[bool, int]:
    """Of two places of one person, the one worth more stays: they came, or hold a place."""
    order = (PlaceState.LEFT, PlaceState.WAITING, PlaceState.COMING)
    return place.came is True, order.index(place.state)
