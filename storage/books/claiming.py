"""Claiming what is due, and keeping what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, bindparam, or_, select, update

from core.delivery.model import Delivery, DeliveryState, Notice, Withheld
from core.delivery.pace import pace_of
from storage.books.delivery_rows import DELIVERIES, DUE
from storage.books.lanes import Lane, Lanes
from storage.rows import entity, values
from storage.tables.lane_number import lane_number

_KEPT = (
    *("state", "reason", "attempts", "not_before", "platform", "tenant", "handle", "tried"),
    *("shown", "sent_at", "held", "counted_on"),
)
_SETTLE = (
    update(DELIVERIES)
    .where(DELIVERIES.c.id == bindparam("row_id"))
    .values({name: bindparam(f"new_{name}") for name in _KEPT} | {"lease_until": None})
)
_LEASE = (
    update(DELIVERIES)
    .where(DELIVERIES.c.id.in_(bindparam("ids", expanding=True)))
    .values(lease_until=bindparam("until"))
)
_LANE = lane_number(bindparam("of", type_=String), bindparam("to", type_=String))
_NEXT = (
    select(DELIVERIES)
    .where(
        DUE,
        DELIVERIES.c.lane == _LANE,
        DELIVERIES.c.bulk == bindparam("many"),
        DELIVERIES.c.not_before <= bindparam("now"),
        or_(DELIVERIES.c.lease_until.is_(None), DELIVERIES.c.lease_until < bindparam("now")),
    )
    .order_by(DELIVERIES.c.not_before, DELIVERIES.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class Claiming(Lanes):
    """The part of the book that a pump works with."""

    def claim(
        self,
        now: datetime,
        lease_until: datetime,
        limit: int,
        busy: Collection[Lane] = (),
    ) -> Sequence[Delivery]:
        lanes = self._take_turns(now, limit, busy)
        found: list[Delivery] = []
        taken: dict[Lane, int] = {}
        for place, lane in enumerate(lanes):
            # Whoever comes after has at least its part of what is left.
            fair = -(-(limit - len(found)) // (len(lanes) - place))
            ours = self._next(lane, now, min(pace_of(lane[0]).burst, fair))
            taken[lane] = len(ours)
            found += ours
        if found:
            ids = [delivery.id for delivery in found]
            self._connection.execute(_LEASE, {"ids": ids, "until": lease_until})
            self._served(taken.items(), now)
        return [replace(delivery, lease_until=lease_until) for delivery in found]

    def _next(self, lane: Lane, now: datetime, most: int) -> Sequence[Delivery]:
        """What is next for one tenant: what is for few people, then what is for very many."""
        found: list[Delivery] = []
        for many in (False, True):
            if len(found) < most:
                given = {"of": lane[0], "to": lane[1], "many": many, "now": now}
                rows = self._connection.execute(_NEXT, given | {"most": most - len(found)})
                found += [entity(Delivery, row._mapping) for row in rows]
        return found

    def still_leased(self, deliveries: Sequence[Delivery]) -> Mapping[int, Delivery]:
        leases = {one.id: one.lease_until for one in deliveries}
        rows = self._connection.execute(
            select(DELIVERIES)
            .where(DELIVERIES.c.id.in_(leases))
            .order_by(DELIVERIES.c.id)
            .with_for_update()
        )
        found = [entity(Delivery, row._mapping) for row in rows]
        return {one.id: one for one in found if one.lease_until == leases[one.id] is not None}

    def give_back(self, delivery_ids: Collection[int]) -> None:
        if delivery_ids:
            self._connection.execute(_LEASE, {"ids": list(delivery_ids), "until": None})

    def count_on(self, deliveries: Sequence[Delivery]) -> None:
        days: dict[date | None, list[int]] = {}
        for delivery in deliveries:
            days.setdefault(delivery.counted_on, []).append(delivery.id)
        for day, ids in days.items():
            self._connection.execute(
                update(DELIVERIES).where(DELIVERIES.c.id.in_(ids)).values(counted_on=day)
            )

    def settle(self, delivery: Delivery) -> None:
        self.settle_all([delivery])

    def settle_all(self, deliveries: Sequence[Delivery]) -> None:
        if deliveries:
            self._connection.execute(_SETTLE, [_settled(one) for one in deliveries])

    def held_due(
        self, member_id: int, now: datetime, claimed_ids: Collection[int]
    ) -> Sequence[tuple[Delivery, Notice]]:
        free = or_(
            DELIVERIES.c.lease_until.is_(None),
            DELIVERIES.c.lease_until < now,
            DELIVERIES.c.id.in_(claimed_ids),
        )
        return self._with_notices(_held(member_id).where(DELIVERIES.c.not_before <= now, free))

    def merge(self, delivery_ids: Sequence[int], into_notice_id: int, now: datetime) -> None:
        self._connection.execute(
            update(DELIVERIES)
            .where(DELIVERIES.c.id.in_(delivery_ids), DELIVERIES.c.notice_id != into_notice_id)
            .values(
                state=DeliveryState.WITHHELD.value,
                reason=Withheld.MERGED.value,
                not_before=now,
                lease_until=None,
                counted_on=None,
            )
        )


def _held(member_id: int) -> Select[Any]:
    return (
        select(DELIVERIES)
        .where(
            DELIVERIES.c.member_id == member_id,
            DELIVERIES.c.state == DeliveryState.WAITING.value,
            DELIVERIES.c.held,
        )
        .order_by(DELIVERIES.c.not_before, DELIVERIES.c.id)
        .with_for_update(skip_locked=True)
    )


def _settled(delivery: Delivery) -> Mapping[str, Any]:
    row = values(delivery)
    return {"row_id": delivery.id} | {f"new_{name}": row[name] for name in _KEPT}
