"""How far reminders have come, and who has some coming."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)

from core.posts.model import Post
from core.reminders.model import About, Reminded, Schedule
from storage import statements
from storage.books.post_rows import posts_in
from storage.books.reminders_due import (
    POSTS,
    REMINDERS,
    closing,
    closing_due,
    exchanges_due,
    noted,
    resting,
    takes_part,
    unanswered,
    unanswered_due,
    who_rest,
)
from storage.rows import entity, values

_KEY = ("kind", "about_id", "member_id")


class Reminders:
    """Satisfies ``core.reminders.book.ReminderBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def with_exchanges_due(
        self, kind: str, schedule: Schedule, now: datetime, limit: int
    ) -> Sequence[int]:
        return self._members(exchanges_due(schedule, now), kind, now, limit)

    def with_posts_closing(self, kind: str, now: datetime, limit: int) -> Sequence[int]:
        return self._members(closing_due(now), kind, now, limit)

    def with_unanswered_asks(self, kind: str, now: datetime, limit: int) -> Sequence[int]:
        return self._members(unanswered_due(now), kind, now, limit)

    def posts_closing(self, member_id: int, now: datetime) -> Sequence[Post]:
        found = select(POSTS).where(*closing(now), POSTS.c.member_id == member_id)
        return self._posts(found.order_by(POSTS.c.closes, POSTS.c.id))

    def unanswered_of(self, member_id: int, now: datetime) -> Sequence[Post]:
        found = select(POSTS).where(*unanswered(now), POSTS.c.member_id == member_id)
        return self._posts(found.order_by(POSTS.c.created_at, POSTS.c.id))

    def unanswered_in(
        self,
        organisation_ids: Sequence[int] | None,
        now: datetime,
        without: frozenset[int],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Post], int]:
        wanted = [*unanswered(now), takes_part(POSTS.c.member_id)]
        if organisation_ids is not None:
            wanted.append(POSTS.c.organisation_id.in_(organisation_ids))
        if without:
            wanted.append(POSTS.c.member_id.not_in(without))
        many = self._connection.execute(select(func.count()).where(*wanted)).scalar_one()
        page = select(POSTS).where(*wanted).order_by(POSTS.c.created_at, POSTS.c.id)
        return self._posts(page.offset(offset).limit(limit)), many

    def remember(self, reminded: Reminded, at: datetime) -> None:
        row = {**values(reminded, ("about",)), "kind": reminded.about.value, "at": at}
        statements.upsert(self._connection, REMINDERS, row, _KEY)

    def step(self, about: About, about_id: int, member_id: int) -> Reminded | None:
        row = self._connection.execute(
            select(REMINDERS).where(
                REMINDERS.c.kind == about.value,
                REMINDERS.c.about_id == about_id,
                REMINDERS.c.member_id == member_id,
            )
        ).one_or_none()
        return entity(Reminded, row._mapping, about=about) if row else None

    def of_member(self, member_id: int) -> Sequence[Reminded]:
        named = [about.value for about in About]
        rows = self._connection.execute(
            select(REMINDERS)
            .where(REMINDERS.c.member_id == member_id, REMINDERS.c.kind.in_(named))
            .order_by(REMINDERS.c.at, REMINDERS.c.kind, REMINDERS.c.about_id)
        )
        return [entity(Reminded, row._mapping, about=About(row.kind)) for row in rows]

    def rest(self, kind: str, member_id: int, until: datetime, at: datetime) -> bool:
        row = dict(zip(_KEY, (resting(kind), 0, member_id), strict=True))
        given = {"since": until, "step": 0, "at": at}
        first = statements.dialect_insert(self._connection, REMINDERS).values(**row, **given)
        # One statement, so that two replicas cannot both be the one that reminds them.
        begun = first.on_conflict_do_update(
            index_elements=list(_KEY), set_=given, where=REMINDERS.c.since <= at
        ).returning(REMINDERS.c.member_id)
        return self._connection.execute(begun).first() is not None

    def resting(self, kind: str, now: datetime) -> frozenset[int]:
        return frozenset(self._connection.scalars(who_rest(kind, now)))

    def forget_before(self, moment: datetime) -> int:
        return self._connection.execute(delete(REMINDERS).where(REMINDERS.c.at < moment)).rowcount

    def forget(self, member_id: int) -> None:
        self._connection.execute(delete(REMINDERS).where(REMINDERS.c.member_id == member_id))

    def move(self, from_member: int, to_member: int) -> None:
        kept = REMINDERS.alias()
        twin = exists().where(
            kept.c.member_id == to_member,
            kept.c.kind == REMINDERS.c.kind,
            kept.c.about_id == REMINDERS.c.about_id,
        )
        theirs = REMINDERS.c.member_id == from_member
        self._connection.execute(update(REMINDERS).where(theirs, ~twin).values(member_id=to_member))
        self.forget(from_member)

    def _members(
        self, due: Select[Any] | CompoundSelect[Any], kind: str, now: datetime, limit: int
    ) -> Sequence[int]:
        """The next of those who are due. The search costs as much for a hundred of them as for
        all, so all are noted at once, and taken from there."""
        found = self._taken(kind, limit)
        if not found:
            self._note(due, kind, now)
            found = self._taken(kind, limit)
        return found

    def _note(self, due: Select[Any] | CompoundSelect[Any], kind: str, now: datetime) -> None:
        member_id = due.subquery().c.member_id
        row = {"kind": noted(kind), "about_id": 0, "since": now, "step": 0, "at": now}
        given = [literal(value, REMINDERS.c[name].type) for name, value in row.items()]
        found = (
            select(member_id, *given)
            .where(takes_part(member_id, now), member_id.not_in(who_rest(kind, now)))
            .group_by(member_id)
        )
        making = statements.dialect_insert(self._connection, REMINDERS)
        making = making.from_select(["member_id", *row], found)
        self._connection.execute(making.on_conflict_do_nothing())

    def _taken(self, kind: str, limit: int) -> list[int]:
        """The first members noted whom no other replica is taking, noted no more."""
        of_kind = (REMINDERS.c.kind == noted(kind), REMINDERS.c.about_id == 0)
        first = select(REMINDERS.c.member_id).where(*of_kind).order_by(REMINDERS.c.member_id)
        locked = first.limit(limit).with_for_update(skip_locked=True)
        found = list(self._connection.scalars(locked))
        if found:
            taken = delete(REMINDERS).where(*of_kind, REMINDERS.c.member_id.in_(found))
            self._connection.execute(taken)
        return found

    def _posts(self, found: Select[Any]) -> list[Post]:
        return posts_in(self._connection, self._connection.execute(found).all())
