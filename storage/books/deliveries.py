"""Notices, deliveries and held tenants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from core.delivery.model import Delivery, DeliveryState, Notice, Pause, Withheld
from storage import statements
from storage.registry import PAUSES, Registry
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.delivery import DeliveryRow, HeldTenantRow, NoticeRow
from storage.tables.members import IdentityRow

NOTICES = table_of(NoticeRow)
DELIVERIES = table_of(DeliveryRow)
HELD = table_of(HeldTenantRow)
IDENTITIES = table_of(IdentityRow)

# Written out, not bound: a partial index serves only a condition it can read.
_DUE = text("(state = 'waiting' OR (state = 'sent' AND shown < changes))")
_TELL = insert(DELIVERIES)
_SETTLE = (
    update(DELIVERIES)
    .where(DELIVERIES.c.id == bindparam("row_id"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "state",
                "reason",
                "attempts",
                "not_before",
                "platform",
                "tenant",
                "handle",
                "tried",
                "shown",
                "sent_at",
            )
        }
        | {"lease_until": None}
    )
)
# A message that waits keeps its time; one that stands is due for an edit.
_TOUCH = (
    update(DELIVERIES)
    .where(
        DELIVERIES.c.notice_id.in_(
            select(NOTICES.c.id).where(NOTICES.c.subject == bindparam("about"))
        ),
        DELIVERIES.c.state.in_((DeliveryState.WAITING.value, DeliveryState.SENT.value)),
    )
    .values(
        changes=DELIVERIES.c.changes + 1,
        not_before=case(
            (DELIVERIES.c.state != DeliveryState.SENT.value, DELIVERIES.c.not_before),
            (DELIVERIES.c.member_id == bindparam("actor"), bindparam("in_a_while")),
            else_=bindparam("at_once"),
        ),
    )
)


class Deliveries:
    """Satisfies ``core.delivery.book.DeliveryBook``."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection = connection
        self._registry = registry

    def tell(self, notice: Notice, member_ids: Sequence[int]) -> int:
        notice_id = statements.add(self._connection, NOTICES, values(notice))
        rows = [
            values(Delivery(notice_id, member_id)) | {"not_before": notice.at}
            for member_id in dict.fromkeys(member_ids)
        ]
        self._connection.execute(_TELL, rows)
        return notice_id

    def notice(self, notice_id: int) -> Notice:
        row = self._connection.execute(select(NOTICES).where(NOTICES.c.id == notice_id)).one()
        return entity(Notice, row._mapping)

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> Sequence[Delivery]:
        statement = (
            select(DELIVERIES)
            .where(
                _DUE,
                DELIVERIES.c.not_before <= now,
                or_(DELIVERIES.c.lease_until.is_(None), DELIVERIES.c.lease_until < now),
            )
            .order_by(DELIVERIES.c.not_before, DELIVERIES.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = [entity(Delivery, row._mapping) for row in self._connection.execute(statement)]
        if found:
            self._connection.execute(
                update(DELIVERIES)
                .where(DELIVERIES.c.id.in_([delivery.id for delivery in found]))
                .values(lease_until=lease_until)
            )
        return found

    def settle(self, delivery: Delivery) -> None:
        row = values(delivery, ("id", "notice_id", "member_id", "changes", "lease_until"))
        given: dict[str, Any] = {f"new_{name}": value for name, value in row.items()}
        self._connection.execute(_SETTLE, {**given, "row_id": delivery.id})

    def touch(
        self,
        subject: str,
        now: datetime,
        actor_id: int | None = None,
        actor_waits: timedelta = timedelta(),
    ) -> None:
        self._connection.execute(
            _TOUCH,
            {
                "about": subject,
                "actor": actor_id or 0,
                "at_once": now,
                "in_a_while": now + actor_waits,
            },
        )

    def by_handle(self, platform: str, tenant: str, handle: str, member_id: int) -> Notice | None:
        row = self._connection.execute(
            select(NOTICES)
            .join(DELIVERIES, DELIVERIES.c.notice_id == NOTICES.c.id)
            .where(
                DELIVERIES.c.platform == platform,
                DELIVERIES.c.tenant == tenant,
                DELIVERIES.c.handle == handle,
                DELIVERIES.c.member_id == member_id,
            )
            .order_by(NOTICES.c.id.desc())
            .limit(1)
        ).one_or_none()
        return entity(Notice, row._mapping) if row else None

    def last_sent(self, member_id: int, kind: str) -> Notice | None:
        row = self._connection.execute(
            select(NOTICES)
            .join(DELIVERIES, DELIVERIES.c.notice_id == NOTICES.c.id)
            .where(
                DELIVERIES.c.member_id == member_id,
                DELIVERIES.c.state == DeliveryState.SENT.value,
                NOTICES.c.kind == kind,
            )
            .order_by(DELIVERIES.c.id.desc())
            .limit(1)
        ).one_or_none()
        return entity(Notice, row._mapping) if row else None

    def told_since(self, kind: str, subject: str, member_id: int, since: datetime) -> bool:
        reaches = or_(
            DELIVERIES.c.state.in_((DeliveryState.WAITING.value, DeliveryState.SENT.value)),
            DELIVERIES.c.reason == Withheld.AWAY.value,
        )
        found = (
            select(DELIVERIES.c.id)
            .join(NOTICES, NOTICES.c.id == DELIVERIES.c.notice_id)
            .where(NOTICES.c.subject == subject, NOTICES.c.kind == kind, NOTICES.c.at >= since)
            .where(DELIVERIES.c.member_id == member_id, reaches)
            .limit(1)
        )
        return self._connection.execute(found).first() is not None

    def hold(self, platform: str, tenant: str, until: datetime) -> None:
        now = self.held_until(platform, tenant)
        if now is None or now < until:
            row = {"platform": platform, "tenant": tenant, "until": until}
            statements.upsert(self._connection, HELD, row, ("platform", "tenant"))

    def held_until(self, platform: str, tenant: str) -> datetime | None:
        statement = select(HELD.c.until).where(HELD.c.platform == platform, HELD.c.tenant == tenant)
        return self._connection.scalars(statement).one_or_none()

    def release(self, before: datetime) -> int:
        """Forget holds that ended before ``before``; how many."""
        return self._connection.execute(delete(HELD).where(HELD.c.until < before)).rowcount

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

    def cancel_for(self, member_id: int, reason: str) -> None:
        self._connection.execute(
            update(DELIVERIES)
            .where(
                DELIVERIES.c.member_id == member_id,
                DELIVERIES.c.state == DeliveryState.WAITING.value,
            )
            .values(state=DeliveryState.WITHHELD.value, reason=Withheld(reason).value)
        )

    def wake(self, member_id: int, now: datetime) -> None:
        theirs = DELIVERIES.c.member_id == member_id
        kept_back = and_(
            theirs,
            DELIVERIES.c.state == DeliveryState.WITHHELD.value,
            DELIVERIES.c.reason == Withheld.AWAY.value,
        )
        newest = (
            select(func.max(DELIVERIES.c.id))
            .join(NOTICES, NOTICES.c.id == DELIVERIES.c.notice_id)
            .where(kept_back)
            .group_by(NOTICES.c.subject)
        )
        again = {"state": DeliveryState.WAITING.value, "reason": "", "tried": [], "not_before": now}
        self._connection.execute(
            update(DELIVERIES).where(DELIVERIES.c.id.in_(newest)).values(again)
        )
        self._connection.execute(
            update(DELIVERIES).where(kept_back).values(reason=Withheld.TOO_LATE.value)
        )
        self._connection.execute(
            update(DELIVERIES)
            .where(
                theirs,
                DELIVERIES.c.state == DeliveryState.SENT.value,
                DELIVERIES.c.shown < DELIVERIES.c.changes,
            )
            .values(not_before=now)
        )

    def reconnect(self, platform: str, tenant: str, since: datetime, now: datetime) -> None:
        lately = DELIVERIES.c.not_before >= since
        people = select(IDENTITIES.c.member_id).where(
            IDENTITIES.c.platform == platform, IDENTITIES.c.tenant == tenant
        )
        newest = (
            select(func.max(DELIVERIES.c.id))
            .join(NOTICES, NOTICES.c.id == DELIVERIES.c.notice_id)
            .where(
                DELIVERIES.c.member_id.in_(people),
                DELIVERIES.c.state == DeliveryState.UNREACHABLE.value,
                lately,
            )
            .group_by(DELIVERIES.c.member_id, NOTICES.c.subject)
        )
        again = {"state": DeliveryState.WAITING.value, "reason": "", "tried": [], "not_before": now}
        self._connection.execute(
            update(DELIVERIES).where(DELIVERIES.c.id.in_(newest)).values(again)
        )
        self._connection.execute(
            update(DELIVERIES)
            .where(
                DELIVERIES.c.platform == platform,
                DELIVERIES.c.tenant == tenant,
                DELIVERIES.c.state == DeliveryState.SENT.value,
                DELIVERIES.c.reason != "",
                lately,
            )
            .values(changes=DELIVERIES.c.changes + 1, not_before=now)
        )

    def counts(self) -> Mapping[tuple[str, str], int]:
        rows = self._connection.execute(
            select(NOTICES.c.kind, DELIVERIES.c.state, func.count().label("many"))
            .join(DELIVERIES, DELIVERIES.c.notice_id == NOTICES.c.id)
            .group_by(NOTICES.c.kind, DELIVERIES.c.state)
            .order_by(NOTICES.c.kind, DELIVERIES.c.state)
        )
        return {(row.kind, row.state): row.many for row in rows}

    def recent(self, limit: int) -> Sequence[tuple[Delivery, Notice]]:
        return self._with_notices(select(DELIVERIES).order_by(DELIVERIES.c.id.desc()).limit(limit))

    def of_member(self, member_id: int, limit: int = 1000) -> Sequence[tuple[Delivery, Notice]]:
        return self._with_notices(
            select(DELIVERIES)
            .where(DELIVERIES.c.member_id == member_id)
            .order_by(DELIVERIES.c.id.desc())
            .limit(limit)
        )

    def _with_notices(self, statement: Select[Any]) -> Sequence[tuple[Delivery, Notice]]:
        found = [entity(Delivery, row._mapping) for row in self._connection.execute(statement)]
        ids = [delivery.notice_id for delivery in found]
        rows = self._connection.execute(select(NOTICES).where(NOTICES.c.id.in_(ids)))
        notices = {row.id: entity(Notice, row._mapping) for row in rows}
        return [(delivery, notices[delivery.notice_id]) for delivery in found]

    def move(self, from_member: int, to_member: int) -> None:
        both_told = select(DELIVERIES.c.notice_id).where(DELIVERIES.c.member_id == to_member)
        theirs = DELIVERIES.c.member_id == from_member
        self._connection.execute(
            update(DELIVERIES)
            .where(
                theirs,
                DELIVERIES.c.notice_id.in_(both_told),
                DELIVERIES.c.state == DeliveryState.WAITING.value,
            )
            .values(state=DeliveryState.WITHHELD.value, reason=Withheld.MERGED.value)
        )
        self._connection.execute(
            update(DELIVERIES)
            .where(theirs, DELIVERIES.c.notice_id.not_in(both_told))
            .values(member_id=to_member)
        )

    def oldest_due(self, now: datetime) -> datetime | None:
        statement = select(func.min(DELIVERIES.c.not_before)).where(
            _DUE, DELIVERIES.c.not_before <= now
        )
        return self._connection.execute(statement).scalar_one_or_none()
