"""What operators ask of the deliveries beyond what the book gives: reads only.

``lanes`` reads one partial index, which holds only what waits, and ``outcomes_of_newest`` a range
of the primary key: neither looks at more however many deliveries there have ever been. The rest is
for a person who asks, and can wait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, func, select, text

from core.delivery.model import DeliveryState
from storage.books.delivery_rows import DELIVERIES, DUE, LANES, NOTICES, REASON


@dataclass(frozen=True, slots=True)
class Only:
    """Which deliveries are meant; what is empty does not narrow them."""

    platform: str = ""
    tenant: str = ""
    kind: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """What waits for one tenant: all of it, what is due of it, and since when. ``held_until``:
    the tenant asked for time."""

    platform: str
    tenant: str
    waiting: int
    due: int
    oldest_due: datetime | None
    held_until: datetime | None


def lanes(connection: Connection, now: datetime) -> Sequence[Lane]:
    """Every tenant that something waits for, or that is held; the longest waiting first."""
    row = DELIVERIES.c
    is_due = case((row.not_before <= now, 1))
    waiting = connection.execute(
        select(
            row.platform,
            row.tenant,
            func.count().label("waiting"),
            func.count(is_due).label("due"),
            func.min(row.not_before).label("oldest"),
        )
        .where(DUE)
        .group_by(row.platform, row.tenant)
    )
    held = {
        (one.platform, one.tenant): one.held_until
        for one in connection.execute(select(LANES).where(LANES.c.held_until > now))
    }
    found = [
        Lane(
            one.platform,
            one.tenant,
            one.waiting,
            one.due,
            one.oldest if one.due else None,
            held.pop((one.platform, one.tenant), None),
        )
        for one in waiting
    ]
    found += [Lane(*key, 0, 0, None, until) for key, until in held.items()]
    return sorted(found, key=lambda lane: (lane.oldest_due or now, lane.platform, lane.tenant))


def outcomes_of_newest(connection: Connection, many: int) -> Mapping[tuple[str, str, str], int]:
    """What has come of the newest deliveries, by kind of notice, state, and, where it was withheld,
    reason. Other reasons are a platform's own words."""
    row = DELIVERIES.c
    reason = case((row.state == DeliveryState.WITHHELD.value, row.reason), else_="")
    by = (NOTICES.c.kind, row.state, reason.label("why"))
    newest_id = select(func.max(row.id)).scalar_subquery()
    found = connection.execute(
        select(*by, func.count())
        .join_from(DELIVERIES, NOTICES, NOTICES.c.id == row.notice_id)
        .where(row.id > newest_id - many)
        .group_by(NOTICES.c.kind, row.state, text("why"))
    )
    return {(kind, state, why): count for kind, state, why, count in found}


def recipients(connection: Connection, only: Only) -> int:
    """How many deliveries there are, counted by themselves and not by what became of them."""
    counted = select(func.count()).select_from(DELIVERIES)
    return int(connection.execute(_narrowed(counted, only)).scalar_one())


def newest(connection: Connection, only: Only, limit: int) -> Sequence[Mapping[str, Any]]:
    """The newest deliveries as they stand, without words or names: also those that make no sense,
    which the book would not give."""
    row, notice = DELIVERIES.c, NOTICES.c
    shown = select(
        row.id,
        notice.kind,
        notice.subject.label("about"),
        row.member_id.label("member"),
        row.conversation_id.label("conversation"),
        row.state,
        REASON.label("reason"),
        row.attempts,
        row.platform,
        row.tenant,
        notice.at.label("planned"),
        row.not_before,
        row.sent_at.label("sent"),
    ).outerjoin_from(DELIVERIES, NOTICES, notice.id == row.notice_id)
    chosen = _narrowed(shown, only).order_by(row.id.desc()).limit(limit)
    return [dict(found) for found in connection.execute(chosen).mappings()]


def _narrowed(statement: Select[Any], only: Only) -> Select[Any]:
    row = DELIVERIES.c
    for column, value in ((row.platform, only.platform), (row.tenant, only.tenant)):
        if value:
            statement = statement.where(column == value)
    if only.kind or only.since is not None:
        meant = select(NOTICES.c.id)
        meant = meant.where(NOTICES.c.kind == only.kind) if only.kind else meant
        meant = meant.where(NOTICES.c.at >= only.since) if only.since is not None else meant
        statement = statement.where(row.notice_id.in_(meant))
    return statement
