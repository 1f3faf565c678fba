"""What goes into digests, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from core.delivery.model import DigestSlot
from core.digests.model import Fitting, Interests, Memory, Planned, Thanks, Turnover
from core.members.model import SkillSide
from core.posts.model import Post, PostKind
from storage import statements
from storage.books import digest_queries as queries
from storage.books.digest_queries import DIGESTS
from storage.books.post_rows import posts_in
from storage.rows import entity, values


class Digests:
    """Satisfies ``core.digests.book.DigestBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def zones(self) -> Sequence[str]:
        return list(self._connection.scalars(queries.ZONES))

    def anybody(self, slot: DigestSlot) -> bool:
        usual = (slot.weekday, slot.hour) == (
            queries.USUAL.digest_weekday,
            queries.USUAL.digest_hour,
        )
        given = {"zone": slot.zone, "weekday": slot.weekday, "hour": slot.hour}
        statement = queries.WHO_CHOSE_OR_SAID_NOTHING if usual else queries.WHO_CHOSE
        return self._connection.execute(statement, given).first() is not None

    def is_planned(self, key: str) -> bool:
        return self._connection.execute(queries.BY_KEY, {"key": key}).first() is not None

    def planned(self, member_id: int, since: datetime) -> Sequence[Planned]:
        rows = self._connection.execute(queries.PLANNED, {"member_id": member_id, "since": since})
        return [entity(Planned, row._mapping) for row in rows]

    def memory(self, member_id: int) -> Memory | None:
        row = self._connection.execute(queries.MEMORY, {"member_id": member_id}).one_or_none()
        return entity(Memory, row._mapping) if row else None

    def remember(self, memory: Memory) -> None:
        statements.upsert(self._connection, DIGESTS, values(memory, ()), ("member_id",))

    def forget(self, member_id: int) -> None:
        self._connection.execute(queries.FORGET, {"member_id": member_id})

    def interests(self, member_id: int) -> Interests:
        found: dict[str, dict[str, None]] = {}
        for row in self._connection.execute(queries.INTERESTS, {"member_id": member_id}):
            found.setdefault(row.source, {})[row.skill] = None
        return Interests(
            *(
                tuple(found.get(source.value, ()))
                for source in (
                    SkillSide.CAN_HELP,
                    PostKind.OFFER,
                    SkillSide.WOULD_LIKE,
                    PostKind.ASK,
                )
            )
        )

    def fitting(self, kind: PostKind, fitting: Fitting) -> Sequence[Post]:
        if not fitting.skills:
            return []
        given: dict[str, Any] = {
            f"skill_{number}": skill for number, skill in enumerate(fitting.skills)
        }
        given |= {
            "kind": kind.value,
            "today": fitting.today,
            "organisation_id": fitting.organisation_id,
            "without": list(fitting.without),
            "without_posts": list(fitting.without_posts),
            "shown": list(fitting.shown),
            "most": fitting.limit,
        }
        statement = queries.fitting(len(fitting.skills))
        return posts_in(self._connection, self._connection.execute(statement, given).all())

    def thanks(
        self, member_id: int, since: datetime, without: Collection[int], limit: int
    ) -> Sequence[Thanks]:
        others = {member_id, *without}
        given = {"member_id": member_id, "since": since, "without": list(others), "most": limit}
        rows = self._connection.execute(queries.THANKS, given)
        return [entity(Thanks, row._mapping) for row in rows]

    def turnover(self, since: datetime, until: datetime) -> Turnover:
        row = self._connection.execute(queries.TURNOVER, {"since": since, "until": until}).one()
        return Turnover(row.exchanges, row.people, int(row.minutes), row.organisations)

    def newest(
        self, kind: PostKind, since: datetime, until: datetime, today: date, limit: int
    ) -> Sequence[Post]:
        given = {
            "kind": kind.value,
            "since": since,
            "until": until,
            "today": today,
            "most": limit,
        }
        return posts_in(self._connection, self._connection.execute(queries.NEWEST, given).all())
