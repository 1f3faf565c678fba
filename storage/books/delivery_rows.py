"""The tables of deliveries, and what every part of their book is made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, case, select, text

from core.delivery.model import Delivery, DeliveryState, Notice
from core.delivery.respecting import HELD
from storage.registry import Registry
from storage.rows import entity
from storage.tables.columns import table_of
from storage.tables.delivery import DeliveryRow, LaneRow, NoticeRow

NOTICES = table_of(NoticeRow)
DELIVERIES = table_of(DeliveryRow)
LANES = table_of(LaneRow)

WAITING = "(state = 'waiting' OR (state = 'sent' AND shown < changes))"
"""What is due once its time has come. Written out, not bound: a partial index serves only a
condition it can read."""
DUE = text(WAITING)
# From each lane that something waits in to the next one, by the index and past all their rows:
# however much waits, this costs a probe for each lane.
_FIRST = f"SELECT id FROM deliveries WHERE {WAITING}"
EACH_LANE = f"""WITH RECURSIVE heads (id) AS (
    SELECT ({_FIRST} ORDER BY lane LIMIT 1)
    UNION ALL
    SELECT ({_FIRST} AND lane > head.lane ORDER BY lane LIMIT 1)
    FROM heads JOIN deliveries head ON head.id = heads.id
)"""
REASON = case(
    (
        (DELIVERIES.c.state == DeliveryState.WAITING.value)
        & DELIVERIES.c.held
        & (DELIVERIES.c.reason == ""),
        HELD,
    ),
    else_=DELIVERIES.c.reason,
).label("why")
"""Why a delivery stands as it does. Releases before this one kept no reason with what waits for its
reader."""
AGAIN: dict[str, Any] = {"state": DeliveryState.WAITING.value, "reason": "", "tried": []}
"""What lets a delivery wait once more."""


class DeliveryRows:
    """A part of the book, on one connection, inside its transaction."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection = connection
        self._registry = registry

    def notices(self, notice_ids: Sequence[int]) -> dict[int, Notice]:
        """The notices with these ids, in one query."""
        rows = self._connection.execute(select(NOTICES).where(NOTICES.c.id.in_(set(notice_ids))))
        return {row.id: entity(Notice, row._mapping) for row in rows}

    def _with_notices(self, statement: Select[Any]) -> Sequence[tuple[Delivery, Notice]]:
        found = [entity(Delivery, row._mapping) for row in self._connection.execute(statement)]
        notices = self.notices([delivery.notice_id for delivery in found])
        return [(delivery, notices[delivery.notice_id]) for delivery in found]
