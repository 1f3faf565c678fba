"""The deliveries' invariants, asked of the database as it stands: one query for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from core.delivery.model import DeliveryState, Withheld
from storage.audit import Finding
from storage.tables.columns import table_of
from storage.tables.conversations import ConversationRow
from storage.tables.delivery import DeliveryRow, LaneRow, NoticeRow, PauseRow
from storage.tables.members import MemberRow, TellingRow

DELIVERIES = table_of(DeliveryRow)
NOTICES = table_of(NoticeRow)
MEMBERS = table_of(MemberRow)
CONVERSATIONS = table_of(ConversationRow)
TELLINGS = table_of(TellingRow)
LANES = table_of(LaneRow)
PAUSES = table_of(PauseRow)

LONGEST_LEASE = timedelta(hours=1)
"""A pump's lease lasts minutes, and the next pump takes over one that ended."""

_STATES = [one.value for one in DeliveryState]
_REASONS = [one.value for one in Withheld]
_EXPLAINED = [DeliveryState.REFUSED.value, DeliveryState.UNREACHABLE.value]
_CAME_TO_NOTHING = [*_EXPLAINED, DeliveryState.WITHHELD.value]
_ROW = DELIVERIES.c


def audit_deliveries(connection: Connection, now: datetime) -> list[Finding]:
    """Every breach of an invariant of deliveries, in a fixed order; empty when all hold.

    Reads only. Run it in one transaction, on PostgreSQL at REPEATABLE READ.
    """
    findings = [
        Finding(code, detail.format(*row))
        for code, detail, query in _checks(now)
        for row in connection.execute(query)
    ]
    return findings + _sums(connection)


_Check = tuple[str, str, Select[Any]]
"""The code of a finding, what it says of a row, and the query for such rows."""


def _checks(now: datetime) -> Iterator[_Check]:
    yield from _recipients()
    yield from _outcomes()
    yield from _leases(now)
    yield from _places()
    yield from _orphans()


def _recipients() -> Iterator[_Check]:
    for recipient, key in (("member", _ROW.member_id), ("channel", _ROW.conversation_id)):
        yield (
            "delivery-twice",
            f"notice {{0}} has {{2}} deliveries for {recipient} {{1}}",
            select(_ROW.notice_id, key, func.count())
            .where(key.is_not(None))
            .group_by(_ROW.notice_id, key)
            .having(func.count() > 1)
            .order_by(_ROW.notice_id, key),
        )
    yield (
        "delivery-without-one-recipient",
        "delivery {0} is for member {1} and channel {2}",
        _those(
            _ROW.member_id.is_(None) == _ROW.conversation_id.is_(None),
            _ROW.member_id,
            _ROW.conversation_id,
        ),
    )


def _outcomes() -> Iterator[_Check]:
    yield (
        "delivery-state-unknown",
        "delivery {0} is {1!r}, which is no state",
        _those(_ROW.state.not_in(_STATES), _ROW.state),
    )
    yield (
        "delivery-without-handle",
        "delivery {0} is sent, and nothing says where its message is",
        _those(
            and_(
                _ROW.state == DeliveryState.SENT.value,
                or_(
                    _ROW.handle == "",
                    _ROW.platform == "",
                    _ROW.tenant == "",
                    _ROW.sent_at.is_(None),
                ),
            )
        ),
    )
    yield (
        "delivery-ahead",
        "delivery {0} shows {1} changes, and there were {2}",
        _those(_ROW.shown > _ROW.changes, _ROW.shown, _ROW.changes),
    )
    yield (
        "delivery-unexplained",
        "delivery {0} is {1} without a reason",
        _those(and_(_ROW.state.in_(_EXPLAINED), _ROW.reason == ""), _ROW.state),
    )
    yield (
        "delivery-reason-unknown",
        "delivery {0} is withheld for {1!r}, which is no reason",
        _those(
            and_(_ROW.state == DeliveryState.WITHHELD.value, _ROW.reason.not_in(_REASONS)),
            _ROW.reason,
        ),
    )


def _leases(now: datetime) -> Iterator[_Check]:
    yield (
        "lease-too-old",
        "the lease of delivery {0} ended more than an hour ago, and no pump has taken it over",
        _those(and_(_due(), _ROW.lease_until < now - LONGEST_LEASE, ~_left_alone(now))),
    )


def _places() -> Iterator[_Check]:
    yield (
        "counted-places-drift",
        "member {0} was told {2} things on {1}, and {3} deliveries were counted",
        select(TELLINGS.c.member_id, TELLINGS.c.day, TELLINGS.c.told, func.count(_ROW.id))
        .outerjoin(
            DELIVERIES,
            and_(_ROW.member_id == TELLINGS.c.member_id, _ROW.counted_on == TELLINGS.c.day),
        )
        .group_by(TELLINGS.c.member_id, TELLINGS.c.day, TELLINGS.c.told)
        .having(TELLINGS.c.told != func.count(_ROW.id))
        .order_by(TELLINGS.c.member_id, TELLINGS.c.day),
    )
    yield (
        "counted-for-nothing",
        "delivery {0} is {1} and counts towards a day",
        _those(and_(_ROW.counted_on.is_not(None), _ROW.state.in_(_CAME_TO_NOTHING)), _ROW.state),
    )


def _orphans() -> Iterator[_Check]:
    yield (
        "delivery-without-member",
        "delivery {0} is for member {1}, who does not exist",
        _without(MEMBERS, _ROW.member_id),
    )
    yield (
        "delivery-without-channel",
        "delivery {0} is for channel {1}, which is not known",
        _without(CONVERSATIONS, _ROW.conversation_id),
    )
    yield (
        "delivery-without-notice",
        "delivery {0} is of notice {1}, which does not exist",
        _without(NOTICES, _ROW.notice_id),
    )
    yield (
        "notice-without-delivery",
        "notice {0} is for nobody",
        select(NOTICES.c.id)
        .outerjoin(DELIVERIES, _ROW.notice_id == NOTICES.c.id)
        .where(_ROW.id.is_(None))
        .order_by(NOTICES.c.id),
    )


def _those(condition: Any, *columns: Any) -> Select[Any]:
    return select(_ROW.id, *columns).where(condition).order_by(_ROW.id)


def _without(table: Any, key: Any) -> Select[Any]:
    return (
        select(_ROW.id, key)
        .outerjoin(table, table.c.id == key)
        .where(key.is_not(None), table.c.id.is_(None))
        .order_by(_ROW.id)
    )


def _due() -> Any:
    return or_(
        _ROW.state == DeliveryState.WAITING.value,
        and_(_ROW.state == DeliveryState.SENT.value, _ROW.shown < _ROW.changes),
    )


def _left_alone(now: datetime) -> Any:
    """Nobody claims for a tenant that is paused, or that has asked for time."""
    paused = (
        select(PAUSES.c.since)
        .where(PAUSES.c.platform.in_(("", _ROW.platform)), PAUSES.c.tenant.in_(("", _ROW.tenant)))
        .correlate(DELIVERIES)
    )
    held = (
        select(LANES.c.opens_at)
        .where(
            LANES.c.platform == _ROW.platform,
            LANES.c.tenant == _ROW.tenant,
            LANES.c.held_until > now - LONGEST_LEASE,
        )
        .correlate(DELIVERIES)
    )
    return or_(paused.exists(), held.exists())


def _sums(connection: Connection) -> list[Finding]:
    """The five outcomes of all notices add up to all recipients."""
    recipients = connection.execute(select(func.count()).select_from(DELIVERIES)).scalar_one()
    outcomes = connection.execute(
        select(func.count())
        .select_from(DELIVERIES.join(NOTICES, NOTICES.c.id == _ROW.notice_id))
        .where(_ROW.state.in_(_STATES))
    ).scalar_one()
    if outcomes == recipients:
        return []
    detail = f"{recipients} recipients have {outcomes} outcomes"
    return [Finding("outcomes-do-not-add-up", detail)]
