"""Events, and where they were announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from core.delivery.model import DeliveryState
from core.events.book import Reader
from core.events.model import Event, Funnel, Open, Place, PlaceState
from core.members.model import HERE_OR_AWAY
from storage import statements
from storage.books.event_rows import EVENTS, MEMBERS, PLACES, STANDING, blocked, open_events
from storage.books.places import Places
from storage.rows import values
from storage.tables.columns import table_of
from storage.tables.delivery import DeliveryRow, NoticeRow
from storage.tables.events import AnnouncementRow

ANNOUNCEMENTS = table_of(AnnouncementRow)
NOTICES = table_of(NoticeRow)
DELIVERIES = table_of(DeliveryRow)

_GET = select(EVENTS).where(EVENTS.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_WORDS = {"title": "", "details": "", "place": "", "link": "", "access": "", "reason": ""}


class Events(Places):
    """Satisfies ``core.events.book.EventBook``."""

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
            open_events()
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
            open_events(func.count().over().label("found"))
            .where(EVENTS.c.ends_at > since, _may_come(reader))
            .order_by(EVENTS.c.starts_at, EVENTS.c.id)
            .offset(offset)
            .limit(limit)
        )

    def soonest(
        self, reader: Reader, since: datetime, until: datetime, limit: int
    ) -> Sequence[Event]:
        return self._many(
            open_events()
            .where(EVENTS.c.starts_at > since, EVENTS.c.starts_at < until, _may_come(reader))
            .order_by(EVENTS.c.starts_at, EVENTS.c.id)
            .limit(limit)
        )

    def ahead(
        self, member_id: int, since: datetime, offset: int, limit: int
    ) -> tuple[Sequence[Event], int]:
        theirs = select(PLACES.c.event_id).where(
            PLACES.c.member_id == member_id, PLACES.c.state.in_(STANDING)
        )
        return self._counted(
            open_events(func.count().over().label("found"))
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
        return self._many(
            open_events()
            .where(EVENTS.c.starts_at >= since, EVENTS.c.starts_at < until)
            .order_by(EVENTS.c.starts_at, EVENTS.c.id)
        )

    def unasked(self, since: datetime, until: datetime, key: str) -> Sequence[Event]:
        asked = exists().where(
            NOTICES.c.key == literal(key) + cast(PLACES.c.event_id, String),
            DELIVERIES.c.notice_id == NOTICES.c.id,
            DELIVERIES.c.member_id == PLACES.c.member_id,
        )
        came = exists().where(PLACES.c.event_id == EVENTS.c.id, PLACES.c.came, ~asked)
        return self._many(
            open_events()
            .where(EVENTS.c.ends_at >= since, EVENTS.c.ends_at < until, came)
            .order_by(EVENTS.c.ends_at, EVENTS.c.id)
        )

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

    def funnel(self, event_id: int, told_by: Sequence[str]) -> Funnel:
        def people(*which: ColumnElement[bool]) -> ColumnElement[int]:
            return func.count().filter(and_(*which))

        statement = select(
            _told(event_id, told_by),
            people(PLACES.c.state == PlaceState.COMING.value, ~PLACES.c.walk_up),
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

    def forget_words_of(self, member_id: int) -> None:
        self._connection.execute(
            update(PLACES).where(PLACES.c.member_id == member_id).values(useful="", next="")
        )
        self._connection.execute(
            update(EVENTS)
            .where(EVENTS.c.host_id == member_id)
            .values(version=EVENTS.c.version + 1, **_WORDS)
        )


def _told(event_id: int, told_by: Sequence[str]) -> ColumnElement[int]:
    host = select(EVENTS.c.host_id).where(EVENTS.c.id == event_id).scalar_subquery()
    return (
        select(func.count(DELIVERIES.c.member_id.distinct()))
        .join(NOTICES, NOTICES.c.id == DELIVERIES.c.notice_id)
        .where(
            NOTICES.c.subject == f"event:{event_id}",
            NOTICES.c.kind.in_(told_by),
            DELIVERIES.c.member_id.is_not(None),
            DELIVERIES.c.member_id != host,
            DELIVERIES.c.state == DeliveryState.SENT.value,
        )
        .scalar_subquery()
    )


def _may_come(reader: Reader) -> ColumnElement[bool]:
    """Whether a reader may come to an event, or hosts it: it is for them, its host takes part
    still, and neither of the two has blocked the other."""
    host, me = EVENTS.c.host_id, reader.member_id
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
    return or_(host == me, and_(for_them, takes_part, ~blocked(host, me)))
