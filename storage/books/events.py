"""Events, the places at them, and where they were announced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from core.delivery.model import DeliveryState
from core.events.book import Reader
from core.events.model import Event, EventState, Funnel, Open, Place, PlaceState
from core.members.model import HERE_OR_AWAY, MemberState
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.delivery import DeliveryRow, NoticeRow
from storage.tables.events import AnnouncementRow, EventRow, PlaceRow
from storage.tables.members import BlockRow, MemberRow

EVENTS = table_of(EventRow)
PLACES = table_of(PlaceRow)
ANNOUNCEMENTS = table_of(AnnouncementRow)
MEMBERS = table_of(MemberRow)
BLOCKS = table_of(BlockRow)
NOTICES = table_of(NoticeRow)
DELIVERIES = table_of(DeliveryRow)

_GET = select(EVENTS).where(EVENTS.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_PLACE = select(PLACES).where(
    PLACES.c.event_id == bindparam("event_id"), PLACES.c.member_id == bindparam("member_id")
)
_IN_ORDER = (PLACES.c.at, PLACES.c.id)
_NEXT_WAITING = (
    select(PLACES.c.id, PLACES.c.member_id)
    .join(MEMBERS, MEMBERS.c.id == PLACES.c.member_id)
    .where(
        PLACES.c.event_id == bindparam("event_id"),
        PLACES.c.state == PlaceState.WAITING.value,
        MEMBERS.c.state == MemberState.ACTIVE.value,
    )
    .order_by(*_IN_ORDER)
)
_COUNTS = (
    select(PLACES.c.event_id, PLACES.c.state, func.count())
    .where(PLACES.c.event_id.in_(bindparam("ids", expanding=True)))
    .group_by(PLACES.c.event_id, PLACES.c.state)
)
_STANDING = (PlaceState.COMING.value, PlaceState.WAITING.value)
_WORDS = {"title": "", "details": "", "place": "", "link": "", "access": "", "reason": ""}


class Events:
    """Satisfies ``core.events.book.EventBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, event: Event) -> Event:
        return replace(event, id=statements.add(self._connection, EVENTS, values(event)))

    def get(self, event_id: int) -> Event | None:
        return self._one(_GET, {"id": event_id})

    def by_token(self, token: str) -> Event | None:
        return self._one(select(EVENTS).where(EVENTS.c.token == token), {})

    def by_code(self, code: str, since: datetime, until: datetime) -> Event | None:
        if not code:
            return None
        statement = (
            _open()
            .where(
                EVENTS.c.code == code.upper(),
                EVENTS.c.starts_at >= since,
                EVENTS.c.starts_at < until,
            )
            .order_by(EVENTS.c.starts_at, EVENTS.c.id)
            .limit(1)
        )
        return self._one(statement, {})

    def lock(self, event_id: int) -> Event | None:
        return self._one(_LOCK, {"id": event_id})

    def save(self, event: Event) -> Event:
        row = values(event, ("id", "version"))
        statements.save_version(self._connection, EVENTS, event.id, event.version, row)
        return replace(event, version=event.version + 1)

    def coming_up(
        self, reader: Reader, since: datetime, offset: int, limit: int
    ) -> tuple[Sequence[Event], int]:
        return self._counted(
            _open(func.count().over().label("found"))
            .where(EVENTS.c.ends_at > since, _may_come(reader))
            .order_by(EVENTS.c.starts_at, EVENTS.c.id)
            .offset(offset)
            .limit(limit)
        )

    def soonest(
        self, reader: Reader, since: datetime, until: datetime, limit: int
    ) -> Sequence[Event]:
        statement = (
            _open()
            .where(EVENTS.c.starts_at > since, EVENTS.c.starts_at < until, _may_come(reader))
            .order_by(EVENTS.c.starts_at, EVENTS.c.id)
            .limit(limit)
        )
        return [entity(Event, row._mapping) for row in self._connection.execute(statement)]

    def ahead(
        self, member_id: int, since: datetime, offset: int, limit: int
    ) -> tuple[Sequence[Event], int]:
        theirs = select(PLACES.c.event_id).where(
            PLACES.c.member_id == member_id, PLACES.c.state.in_(_STANDING)
        )
        return self._counted(
            _open(func.count().over().label("found"))
            .where(
                EVENTS.c.ends_at > since,
                or_(EVENTS.c.host_id == member_id, EVENTS.c.id.in_(theirs)),
            )
            .order_by(EVENTS.c.starts_at, EVENTS.c.id)
            .offset(offset)
            .limit(limit)
        )

    def hosted_by(self, member_id: int, offset: int, limit: int) -> tuple[Sequence[Event], int]:
        return self._counted(
            select(EVENTS, func.count().over().label("found"))
            .where(EVENTS.c.host_id == member_id)
            .order_by(EVENTS.c.starts_at.desc(), EVENTS.c.id.desc())
            .offset(offset)
            .limit(limit)
        )

    def starting(self, since: datetime, until: datetime) -> Sequence[Event]:
        return self._between(EVENTS.c.starts_at, since, until)

    def ended(self, since: datetime, until: datetime) -> Sequence[Event]:
        return self._between(EVENTS.c.ends_at, since, until)

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

    def announced_in(self, event_id: int) -> Sequence[int]:
        statement = (
            select(ANNOUNCEMENTS.c.conversation_id)
            .where(ANNOUNCEMENTS.c.event_id == event_id)
            .order_by(ANNOUNCEMENTS.c.conversation_id)
        )
        return list(self._connection.scalars(statement))

    def announce_in(self, event_id: int, conversation_ids: Sequence[int]) -> Sequence[int]:
        known = set(self.announced_in(event_id))
        new = [one for one in dict.fromkeys(conversation_ids) if one not in known]
        if new:
            rows = [{"event_id": event_id, "conversation_id": one} for one in new]
            self._connection.execute(insert(ANNOUNCEMENTS), rows)
        return new

    def funnel(self, event_id: int) -> Funnel:
        def people(*which: ColumnElement[bool]) -> ColumnElement[int]:
            return func.count().filter(and_(*which))

        statement = select(
            self._told(event_id),
            people(PLACES.c.state == PlaceState.COMING.value),
            people(PLACES.c.state == PlaceState.WAITING.value),
            people(PLACES.c.state == PlaceState.LEFT.value),
            people(PLACES.c.came),
            people(PLACES.c.came, PLACES.c.walk_up),
            people(PLACES.c.answered_at.is_not(None)),
        ).where(PLACES.c.event_id == event_id)
        return Funnel(*self._connection.execute(statement).one())

    def of_member(self, member_id: int) -> Sequence[tuple[Event, Place | None]]:
        theirs = select(PLACES.c.event_id).where(PLACES.c.member_id == member_id)
        events = self._many(
            select(EVENTS)
            .where(or_(EVENTS.c.host_id == member_id, EVENTS.c.id.in_(theirs)))
            .order_by(EVENTS.c.starts_at, EVENTS.c.id)
        )
        places = self.places_of(member_id, [event.id for event in events])
        return [(event, places.get(event.id)) for event in events]

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
            PLACES.c.state.in_(_STANDING),
        )
        left = list(self._connection.scalars(select(PLACES.c.event_id).where(theirs)))
        self._connection.execute(update(PLACES).where(theirs).values(state=PlaceState.LEFT.value))
        return left

    def give_up(self, member_id: int, at: datetime) -> Sequence[int]:
        ahead = select(EVENTS.c.id).where(EVENTS.c.ends_at > at)
        standing = and_(
            PLACES.c.member_id == member_id,
            PLACES.c.event_id.in_(ahead),
            PLACES.c.state.in_(_STANDING),
        )
        changed = self._hold_events(standing)
        self._connection.execute(
            update(PLACES).where(standing).values(state=PlaceState.LEFT.value, at=at)
        )
        return changed

    def _hold_events(self, which: ColumnElement[bool]) -> list[int]:
        """Hold the events of these places, so that nobody moves up at them meanwhile; their ids."""
        theirs = select(PLACES.c.event_id).where(which)
        held = select(EVENTS.c.id).where(EVENTS.c.id.in_(theirs)).order_by(EVENTS.c.id)
        return list(self._connection.scalars(held.with_for_update()))

    def forget_words_of(self, member_id: int) -> None:
        self._connection.execute(
            update(PLACES).where(PLACES.c.member_id == member_id).values(useful="", next="")
        )
        self._connection.execute(
            update(EVENTS)
            .where(EVENTS.c.host_id == member_id)
            .values(version=EVENTS.c.version + 1, **_WORDS)
        )

    def _one(self, statement: Any, given: Mapping[str, Any]) -> Event | None:
        row = self._connection.execute(statement, given).one_or_none()
        return entity(Event, row._mapping) if row else None

    def _many(self, statement: Any) -> list[Event]:
        return [entity(Event, row._mapping) for row in self._connection.execute(statement)]

    def _counted(self, statement: Any) -> tuple[list[Event], int]:
        rows: Sequence[Row[Any]] = self._connection.execute(statement).all()
        return [entity(Event, row._mapping) for row in rows], rows[0].found if rows else 0

    def _between(
        self, moment: ColumnElement[datetime], since: datetime, until: datetime
    ) -> list[Event]:
        return self._many(
            _open().where(moment >= since, moment < until).order_by(moment, EVENTS.c.id)
        )

    def _places_of(self, member_id: int) -> list[Place]:
        statement = select(PLACES).where(PLACES.c.member_id == member_id).order_by(PLACES.c.id)
        return [entity(Place, row._mapping) for row in self._connection.execute(statement)]

    @staticmethod
    def _told(event_id: int) -> ColumnElement[int]:
        host = select(EVENTS.c.host_id).where(EVENTS.c.id == event_id).scalar_subquery()
        return (
            select(func.count(DELIVERIES.c.member_id.distinct()))
            .join(NOTICES, NOTICES.c.id == DELIVERIES.c.notice_id)
            .where(
                NOTICES.c.subject == f"event:{event_id}",
                DELIVERIES.c.member_id.is_not(None),
                DELIVERIES.c.member_id != host,
                DELIVERIES.c.state == DeliveryState.SENT.value,
            )
            .scalar_subquery()
        )


def _open(*more: ColumnElement[Any]) -> Select[Any]:
    return select(EVENTS, *more).where(EVENTS.c.state == EventState.OPEN.value)


def _may_come(reader: Reader) -> ColumnElement[bool]:
    """Whether a reader may come to an event, or hosts it: it is for them, its host takes part
    still, and neither of the two has blocked the other."""
    host, me = EVENTS.c.host_id, reader.member_id
    blocked = exists().where(
        or_(
            and_(BLOCKS.c.blocker_id == host, BLOCKS.c.blocked_id == me),
            and_(BLOCKS.c.blocker_id == me, BLOCKS.c.blocked_id == host),
        )
    )
    states = [state.value for state in HERE_OR_AWAY]
    takes_part = exists().where(MEMBERS.c.id == host, MEMBERS.c.state.in_(states))
    for_them = or_(
        EVENTS.c.open_to == Open.ALL.value,
        and_(
            EVENTS.c.open_to == Open.ORGANISATION.value,
            EVENTS.c.organisation_id.in_(reader.organisation_ids),
        ),
        and_(
            EVENTS.c.open_to == Open.SECTOR.value,
            EVENTS.c.sector.in_([sector.value for sector in reader.sectors]),
        ),
    )
    return or_(host == me, and_(for_them, takes_part, ~blocked))


def _worth(place: Place) -> tuple[bool, int]:
    """Of two places of one person, the one worth more stays: they came, or hold a place."""
    order = (PlaceState.LEFT, PlaceState.WAITING, PlaceState.COMING)
    return place.came is True, order.index(place.state)
