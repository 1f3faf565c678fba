"""Notices and deliveries: what becomes of them when people, chats and things change."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, text, update
from sqlmodel import UTCDateTime

from core.delivery.model import DeliveryState, Notice, Withheld
from storage.books.claiming import Claiming
from storage.books.delivery_figures import DeliveryFigures
from storage.books.delivery_rows import AGAIN, DELIVERIES, NOTICES
from storage.books.planning import Planning
from storage.rows import entity
from storage.tables.columns import table_of
from storage.tables.members import IdentityRow, TellingRow

IDENTITIES = table_of(IdentityRow)
TELLINGS = table_of(TellingRow)

# Written out: the partial index serves only a condition it can read.
_HAS_HANDLE = text("handle <> ''")
# A message that waits keeps its time, and so does one in a channel that may not be edited yet; any
# other that stands is due for an edit.
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
            (
                DELIVERIES.c.conversation_id.is_not(None)
                & (DELIVERIES.c.not_before > bindparam("at_once", type_=UTCDateTime)),
                DELIVERIES.c.not_before,
            ),
            (
                DELIVERIES.c.member_id == bindparam("actor"),
                bindparam("in_a_while", type_=UTCDateTime),
            ),
            else_=bindparam("at_once", type_=UTCDateTime),
        ),
    )
)


class Deliveries(Planning, Claiming, DeliveryFigures):
    """Satisfies ``core.delivery.book.DeliveryBook``."""

    def notice(self, notice_id: int) -> Notice:
        row = self._connection.execute(select(NOTICES).where(NOTICES.c.id == notice_id)).one()
        return entity(Notice, row._mapping)

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
                _HAS_HANDLE,
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
            DELIVERIES.c.reason.in_((Withheld.AWAY.value, Withheld.MERGED.value)),
        )
        found = (
            select(DELIVERIES.c.id)
            .join(NOTICES, NOTICES.c.id == DELIVERIES.c.notice_id)
            .where(NOTICES.c.subject == subject, NOTICES.c.kind == kind, NOTICES.c.at >= since)
            .where(DELIVERIES.c.member_id == member_id, reaches)
            .limit(1)
        )
        return self._connection.execute(found).first() is not None

    def cancel_for(self, member_id: int, reason: str) -> None:
        self._withhold(DELIVERIES.c.member_id == member_id, Withheld(reason))

    def _withhold(self, which: ColumnElement[bool], reason: Withheld) -> None:
        waiting = and_(which, DELIVERIES.c.state == DeliveryState.WAITING.value)
        self._give_places_back(waiting)
        ended = {"state": DeliveryState.WITHHELD.value, "reason": reason.value}
        self._connection.execute(update(DELIVERIES).where(waiting).values(ended))

    def _give_places_back(self, which: ColumnElement[bool]) -> None:
        """Count these towards nobody's day any more."""
        counted = (
            select(func.count())
            .select_from(DELIVERIES)
            .where(
                which,
                DELIVERIES.c.member_id == TELLINGS.c.member_id,
                DELIVERIES.c.counted_on == TELLINGS.c.day,
            )
            .scalar_subquery()
        )
        readers = select(DELIVERIES.c.member_id).where(which, DELIVERIES.c.counted_on.is_not(None))
        self._connection.execute(
            update(TELLINGS)
            .where(TELLINGS.c.member_id.in_(readers))
            .values(told=TELLINGS.c.told - counted)
        )
        self._connection.execute(
            update(DELIVERIES)
            .where(which, DELIVERIES.c.counted_on.is_not(None))
            .values(counted_on=None)
        )

    def look_again(self, member_id: int, now: datetime) -> None:
        self._connection.execute(
            update(DELIVERIES)
            .where(
                DELIVERIES.c.member_id == member_id,
                DELIVERIES.c.state == DeliveryState.WAITING.value,
                DELIVERIES.c.held,
            )
            .values(not_before=now)
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
        again = AGAIN | {"not_before": now}
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
        again = AGAIN | {"not_before": now}
        self._connection.execute(
            update(DELIVERIES).where(DELIVERIES.c.id.in_(newest)).values(again)
        )
        self._connection.execute(
            update(DELIVERIES)
            .where(
                DELIVERIES.c.platform == platform,
                DELIVERIES.c.tenant == tenant,
                _HAS_HANDLE,
                DELIVERIES.c.state == DeliveryState.SENT.value,
                DELIVERIES.c.reason != "",
                lately,
            )
            .values(changes=DELIVERIES.c.changes + 1, not_before=now)
        )

    def move(self, from_member: int, to_member: int) -> None:
        both_told = select(DELIVERIES.c.notice_id).where(DELIVERIES.c.member_id == to_member)
        theirs = DELIVERIES.c.member_id == from_member
        doubled = and_(theirs, DELIVERIES.c.notice_id.in_(both_told))
        self._give_places_back(doubled)
        self._withhold(doubled, Withheld.MERGED)
        self._connection.execute(
            update(DELIVERIES)
            .where(theirs, DELIVERIES.c.notice_id.not_in(both_told))
            .values(member_id=to_member)
        )
