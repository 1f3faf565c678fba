"""Figures about deliveries, and another try for those that came to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, text, update

from core.delivery.model import Delivery, DeliveryState, Figure, Notice
from storage.books.delivery_rows import AGAIN, DELIVERIES, NOTICES, REASON, DeliveryRows

_ENDED_BADLY = frozenset((DeliveryState.REFUSED, DeliveryState.UNREACHABLE))


class DeliveryFigures(DeliveryRows):
    """The part of the book for operators, and for whoever announced something."""

    def figures(self, since: datetime | None = None) -> Sequence[Figure]:
        by = (
            NOTICES.c.kind,
            DELIVERIES.c.platform,
            DELIVERIES.c.tenant,
            DELIVERIES.c.state,
        )
        # By its name: PostgreSQL cannot tell that an expression with values is the same twice.
        why = text("why")
        statement = (
            select(*by, REASON, func.count())
            .join(DELIVERIES, DELIVERIES.c.notice_id == NOTICES.c.id)
            .group_by(*by, why)
            .order_by(*by, why)
        )
        if since is not None:
            statement = statement.where(NOTICES.c.at >= since)
        return [Figure(*row) for row in self._connection.execute(statement)]

    def outcomes(self, subject: str, kind: str) -> Mapping[tuple[str, str], int]:
        by = (DELIVERIES.c.state, DELIVERIES.c.reason)
        rows = self._connection.execute(
            select(*by, func.count())
            .join(NOTICES, NOTICES.c.id == DELIVERIES.c.notice_id)
            .where(NOTICES.c.subject == subject, NOTICES.c.kind == kind)
            .group_by(*by)
        )
        return {(state, reason): many for state, reason, many in rows}

    def recent(self, limit: int) -> Sequence[tuple[Delivery, Notice]]:
        return self._with_notices(select(DELIVERIES).order_by(DELIVERIES.c.id.desc()).limit(limit))

    def of_member(self, member_id: int, limit: int = 1000) -> Sequence[tuple[Delivery, Notice]]:
        return self._with_notices(
            select(DELIVERIES)
            .where(DELIVERIES.c.member_id == member_id)
            .order_by(DELIVERIES.c.id.desc())
            .limit(limit)
        )

    def retry(
        self,
        states: Sequence[DeliveryState],
        now: datetime,
        *,
        platform: str = "",
        tenant: str = "",
        kind: str = "",
        since: datetime | None = None,
    ) -> int:
        ended = [one.value for one in states if one in _ENDED_BADLY]
        wanted: list[ColumnElement[bool]] = [DELIVERIES.c.state.in_(ended)]
        if platform:
            wanted.append(DELIVERIES.c.platform == platform)
        if tenant:
            wanted.append(DELIVERIES.c.tenant == tenant)
        if kind:
            of_kind = select(NOTICES.c.id).where(NOTICES.c.kind == kind)
            wanted.append(DELIVERIES.c.notice_id.in_(of_kind))
        if since is not None:
            wanted.append(DELIVERIES.c.not_before >= since)
        again = update(DELIVERIES).where(*wanted).values(AGAIN | {"not_before": now, "attempts": 0})
        return self._connection.execute(again).rowcount
