"""Lanes: which tenants are written to now, and how fast, for every replica to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, delete, or_, select, text, tuple_, update
from sqlmodel import UTCDateTime

from core.delivery.model import Delivery, Pause
from core.delivery.pace import pace_of
from storage import statements
from storage.books.delivery_rows import EACH_LANE, LANES, WAITING, DeliveryRows
from storage.registry import PAUSES
from storage.rows import values

Lane = tuple[str, str]

_LEAST = 10
"""Deliveries to claim for one tenant, if it has so many, before the next one has its turn."""
_FREE = "(lease_until IS NULL OR lease_until < :now)"


def _has_due(bulk: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM deliveries WHERE {WAITING} AND lane = head.lane "
        f"AND bulk = {bulk} AND not_before <= :now AND {_FREE})"
    )


_FIND = (
    text(
        f"""{EACH_LANE}
        SELECT head.platform, head.tenant, lanes.opens_at, lanes.held_until
        FROM heads JOIN deliveries head ON head.id = heads.id
        LEFT JOIN lanes ON lanes.platform = head.platform AND lanes.tenant = head.tenant
        WHERE {_has_due("false")} OR {_has_due("true")}
        ORDER BY lanes.opens_at, head.platform, head.tenant"""
    )
    .bindparams(bindparam("now", type_=UTCDateTime))
    .columns(platform=String, tenant=String, opens_at=UTCDateTime, held_until=UTCDateTime)
)


@dataclass(frozen=True, slots=True)
class Found:
    """A tenant that something is due for."""

    lane: Lane
    opens_at: datetime | None
    held_until: datetime | None

    def open(self, now: datetime) -> bool:
        """Whether it may be written to now."""
        return (self.opens_at is None or self.opens_at <= now) and not self.held(now)

    def held(self, now: datetime) -> bool:
        """Whether it has asked to be left alone for longer."""
        return self.held_until is not None and self.held_until > now


class Lanes(DeliveryRows):
    """The part of the book that says which tenants have their turn."""

    def hold(self, platform: str, tenant: str, until: datetime) -> None:
        row = {"platform": platform, "tenant": tenant, "opens_at": until, "held_until": until}
        statement = statements.dialect_insert(self._connection, LANES).values(row)
        later = or_(LANES.c.held_until.is_(None), LANES.c.held_until < until)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["platform", "tenant"], set_={"held_until": until}, where=later
            )
        )

    def held_until(self, platform: str, tenant: str) -> datetime | None:
        statement = select(LANES.c.held_until).where(
            LANES.c.platform == platform, LANES.c.tenant == tenant
        )
        return self._connection.scalars(statement).one_or_none()

    def pause(self, pause: Pause) -> None:
        statements.insert_once(self._connection, PAUSES, values(pause), "platform", "tenant")
        self._registry.changed()

    def resume(self, platform: str, tenant: str) -> bool:
        done = self._connection.execute(
            delete(PAUSES).where(PAUSES.c.platform == platform, PAUSES.c.tenant == tenant)
        )
        self._registry.changed()
        return done.rowcount == 1

    def pauses(self) -> Sequence[Pause]:
        return self._registry.now().pauses

    def next_opening(self, now: datetime, busy: Collection[Lane] = ()) -> datetime | None:
        waiting = [one.opens_at for one in self._with_due(now, busy) if not one.held(now)]
        return min((at for at in waiting if at is not None), default=None)

    def _with_due(self, now: datetime, busy: Collection[Lane]) -> Sequence[Found]:
        """The tenants that something is due for and that are neither paused nor ``busy``, those
        that have waited longest for their turn first."""
        pauses, busy = self.pauses(), frozenset(busy)
        found = [
            Found((row.platform, row.tenant), row.opens_at, row.held_until)
            for row in self._connection.execute(_FIND, {"now": now})
            if not any(one.covers(row.platform, row.tenant) for one in pauses)
            and busy.isdisjoint(((row.platform, row.tenant), (row.platform, "")))
        ]
        return sorted(found, key=lambda one: one.opens_at is not None)

    def _take_turns(self, now: datetime, limit: int, busy: Collection[Lane]) -> Sequence[Lane]:
        """The tenants whose turn it is, each of them held for this transaction: another replica
        passes by a tenant that one is busy with."""
        open_now = [one for one in self._with_due(now, busy) if one.open(now)]
        found = open_now[: max(1, limit // _LEAST)]
        if not found:
            return []
        for one in found:
            if one.opens_at is None:
                platform, tenant = one.lane
                row = {"platform": platform, "tenant": tenant, "opens_at": now, "held_until": None}
                statements.insert_once(self._connection, LANES, row, "platform", "tenant")
        rows = self._connection.execute(
            select(LANES.c.platform, LANES.c.tenant)
            .where(
                tuple_(LANES.c.platform, LANES.c.tenant).in_([one.lane for one in found]),
                LANES.c.opens_at <= now,
                or_(LANES.c.held_until.is_(None), LANES.c.held_until <= now),
            )
            .with_for_update(skip_locked=True)
        )
        ours = {(row.platform, row.tenant) for row in rows}
        return [one.lane for one in found if one.lane in ours]

    def _served(self, taken: Iterable[tuple[Lane, int]], now: datetime) -> None:
        """So much goes to each of these tenants now: they have their next turn after that."""
        given = [
            {"of": platform, "to": tenant, "next": now + pace_of(platform).takes(many)}
            for (platform, tenant), many in taken
        ]
        self._connection.execute(_SERVED, given)

    def shorten_turns(
        self, claimed: Sequence[Delivery], sent_ids: Collection[int], at: datetime
    ) -> None:
        taken = Counter((one.platform, one.tenant) for one in claimed)
        used = Counter((one.platform, one.tenant) for one in claimed if one.id in sent_ids)
        given = [
            {
                "of": lane[0],
                "to": lane[1],
                "until": at + pace_of(lane[0]).takes(many),
                "next": at + pace_of(lane[0]).takes(used[lane]),
            }
            for lane, many in taken.items()
            if used[lane] < many
        ]
        if given:
            self._connection.execute(_SHORTENED, given)


_SERVED = (
    update(LANES)
    .where(LANES.c.platform == bindparam("of"), LANES.c.tenant == bindparam("to"))
    .values(opens_at=bindparam("next"))
)
_SHORTENED = _SERVED.where(LANES.c.opens_at == bindparam("until"))
