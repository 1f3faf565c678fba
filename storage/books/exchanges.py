"""Exchanges, relayed words and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    text,
    update,
)

from core.exchanges.model import (
    OPEN,
    Exchange,
    ExchangeState,
    Manager,
    Message,
    Report,
    Terms,
    WhoseTime,
)
from core.members.model import MemberState
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.exchanges import STATE_IS_OPEN, ExchangeRow, MessageRow, ReportRow
from storage.tables.members import MemberRow
from storage.tables.posts import PostRow

EXCHANGES = table_of(ExchangeRow)
MESSAGES = table_of(MessageRow)
REPORTS = table_of(ReportRow)
POSTS = table_of(PostRow)
MEMBERS = table_of(MemberRow)

_GET = select(EXCHANGES).where(EXCHANGES.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_OPEN = [state.value for state in OPEN]
# Written out, not bound: a partial index serves only a condition it can read.
_OPEN_ANSWER = select(EXCHANGES).where(
    EXCHANGES.c.post_id == bindparam("post_id"),
    EXCHANGES.c.proposed_by == bindparam("member_id"),
    text(STATE_IS_OPEN),
)
_SINCE = {
    ExchangeState.PROPOSED: func.coalesce(EXCHANGES.c.suggested_at, EXCHANGES.c.proposed_at),
    ExchangeState.AGREED: EXCHANGES.c.agreed_at,
    ExchangeState.CLAIMED: EXCHANGES.c.claimed_at,
}

_THANKED = select(MESSAGES.c.id).where(
    MESSAGES.c.exchange_id == bindparam("exchange_id"),
    MESSAGES.c.member_id == bindparam("member_id"),
    MESSAGES.c.thanks,
)
_NAMING = (
    "giver_id",
    "receiver_id",
    "proposed_by",
    "suggested_by",
    "claimed_by",
    "disputed_by",
    "ended_by",
)
"""The columns that name a member."""


def _row_of(exchange: Exchange) -> dict[str, Any]:
    row = values(exchange, ("id", "giver_terms", "receiver_terms"))
    for side, terms in (("giver", exchange.giver_terms), ("receiver", exchange.receiver_terms)):
        row[f"{side}_time"] = terms.time.value if terms else None
        row[f"{side}_manager"] = terms.manager.value if terms else None
    return row


def _terms(time: str | None, manager: str | None) -> Terms | None:
    if time is None or manager is None:
        return None
    return Terms(WhoseTime(time), Manager(manager))


def _exchange(row: Row[Any]) -> Exchange:
    return entity(
        Exchange,
        row._mapping,
        giver_terms=_terms(row.giver_time, row.giver_manager),
        receiver_terms=_terms(row.receiver_time, row.receiver_manager),
    )


def _with_a_side(member_id: int) -> ColumnElement[bool]:
    return or_(EXCHANGES.c.giver_id == member_id, EXCHANGES.c.receiver_id == member_id)


def _stood_still(since: datetime) -> ColumnElement[bool]:
    """Whether a side is away, or has been back only since then."""
    return exists().where(
        MEMBERS.c.id.in_((EXCHANGES.c.giver_id, EXCHANGES.c.receiver_id)),
        or_(MEMBERS.c.state == MemberState.AWAY.value, MEMBERS.c.back_at >= since),
    )


def _between(one: int, other: int) -> ColumnElement[bool]:
    return and_(_with_a_side(one), _with_a_side(other))


class Exchanges:
    """Satisfies ``core.exchanges.book.ExchangeBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, exchange: Exchange) -> Exchange | None:
        if exchange.post_id is not None and self.open_answer(
            exchange.post_id, exchange.proposed_by
        ):
            return None
        new_id = statements.add(self._connection, EXCHANGES, _row_of(exchange))
        return replace(exchange, id=new_id)

    def get(self, exchange_id: int) -> Exchange | None:
        row = self._connection.execute(_GET, {"id": exchange_id}).one_or_none()
        return _exchange(row) if row else None

    def lock(self, exchange_id: int) -> Exchange | None:
        row = self._connection.execute(_LOCK, {"id": exchange_id}).one_or_none()
        return _exchange(row) if row else None

    def save(self, exchange: Exchange) -> Exchange:
        row = _row_of(exchange)
        del row["version"]
        statements.save_version(self._connection, EXCHANGES, exchange.id, exchange.version, row)
        return replace(exchange, version=exchange.version + 1)

    def of_member(
        self, member_id: int, states: Sequence[ExchangeState] = (), offset: int = 0, limit: int = 20
    ) -> tuple[Sequence[Exchange], int]:
        statement = select(EXCHANGES, func.count().over().label("found")).where(
            _with_a_side(member_id)
        )
        if states:
            statement = statement.where(EXCHANGES.c.state.in_([state.value for state in states]))
        rows = self._connection.execute(
            statement.order_by(EXCHANGES.c.id.desc()).offset(offset).limit(limit)
        ).all()
        return [_exchange(row) for row in rows], rows[0].found if rows else 0

    def answers(self, post_id: int) -> int:
        statement = select(func.count()).where(EXCHANGES.c.post_id == post_id)
        return self._connection.execute(statement).scalar_one()

    def open_answer(self, post_id: int, member_id: int) -> Exchange | None:
        answer = {"post_id": post_id, "member_id": member_id}
        row = self._connection.execute(_OPEN_ANSWER, answer).one_or_none()
        return _exchange(row) if row else None

    def of_group(self, group_id: int) -> Sequence[Exchange]:
        rows = self._connection.execute(
            select(EXCHANGES).where(EXCHANGES.c.group_id == group_id).order_by(EXCHANGES.c.id)
        )
        return [_exchange(row) for row in rows]

    def between(self, one: int, other: int) -> Sequence[Exchange]:
        statement = (
            select(EXCHANGES)
            .where(_between(one, other), EXCHANGES.c.state.in_(_OPEN))
            .order_by(EXCHANGES.c.id)
        )
        return [_exchange(row) for row in self._connection.execute(statement)]

    def due(
        self, state: ExchangeState, since_before: datetime, limit: int = 200
    ) -> Sequence[Exchange]:
        statement = (
            select(EXCHANGES)
            .where(
                EXCHANGES.c.state == state.value,
                _SINCE[state] < since_before,
                ~EXCHANGES.c.escalated,
            )
            .order_by(EXCHANGES.c.id)
            .limit(limit)
        )
        if state is ExchangeState.AGREED:
            statement = statement.where(~_stood_still(since_before))
        return [_exchange(row) for row in self._connection.execute(statement)]

    def disputes_for(self, organisation_ids: Sequence[int] | None) -> Sequence[Exchange]:
        escalated = and_(EXCHANGES.c.state == ExchangeState.CLAIMED.value, EXCHANGES.c.escalated)
        statement = select(EXCHANGES).where(
            or_(EXCHANGES.c.state == ExchangeState.DISPUTED.value, escalated)
        )
        if organisation_ids is not None:
            statement = statement.where(
                or_(
                    EXCHANGES.c.giver_organisation_id.in_(organisation_ids),
                    EXCHANGES.c.receiver_organisation_id.in_(organisation_ids),
                )
            )
        rows = self._connection.execute(statement.order_by(EXCHANGES.c.id))
        return [_exchange(row) for row in rows]

    def move(self, from_member: int, to_member: int) -> None:
        """Everything that names one member names the other; never both sides of one exchange."""
        apart = ~_between(from_member, to_member)
        between = select(EXCHANGES.c.id).where(_between(from_member, to_member))
        swapped = {name: _swap(EXCHANGES.c[name], from_member, to_member) for name in _NAMING}
        self._connection.execute(
            update(MESSAGES)
            .where(MESSAGES.c.member_id == from_member, MESSAGES.c.exchange_id.not_in(between))
            .values(member_id=to_member)
        )
        self._connection.execute(
            update(EXCHANGES)
            .where(or_(*(EXCHANGES.c[name] == from_member for name in _NAMING)), apart)
            .values(version=EXCHANGES.c.version + 1, **swapped)
        )
        self._connection.execute(
            update(REPORTS).where(REPORTS.c.member_id == from_member).values(member_id=to_member)
        )
        self._connection.execute(
            update(REPORTS)
            .where(REPORTS.c.about == f"member:{from_member}")
            .values(about=f"member:{to_member}")
        )

    def add_message(self, message: Message) -> Message:
        new_id = statements.add(self._connection, MESSAGES, values(message))
        return replace(message, id=new_id)

    def message(self, message_id: int) -> Message | None:
        row = self._connection.execute(
            select(MESSAGES).where(MESSAGES.c.id == message_id)
        ).one_or_none()
        return entity(Message, row._mapping) if row else None

    def messages(self, exchange_id: int, limit: int = 20) -> Sequence[Message]:
        rows = self._connection.execute(
            select(MESSAGES)
            .where(MESSAGES.c.exchange_id == exchange_id)
            .order_by(MESSAGES.c.id.desc())
            .limit(limit)
        ).all()
        return [entity(Message, row._mapping) for row in reversed(rows)]

    def messages_by(self, member_id: int) -> Sequence[Message]:
        rows = self._connection.execute(
            select(MESSAGES).where(MESSAGES.c.member_id == member_id).order_by(MESSAGES.c.id)
        )
        return [entity(Message, row._mapping) for row in rows]

    def attach_messages(self, exchange_id: int, member_id: int) -> int:
        done = self._connection.execute(
            update(MESSAGES)
            .where(
                MESSAGES.c.exchange_id == exchange_id,
                MESSAGES.c.member_id == member_id,
                ~MESSAGES.c.thanks,
                ~MESSAGES.c.attached,
            )
            .values(attached=True)
        )
        return done.rowcount

    def thanked(self, exchange_id: int, member_id: int) -> bool:
        side = {"exchange_id": exchange_id, "member_id": member_id}
        return self._connection.execute(_THANKED, side).first() is not None

    def add_report(self, report: Report) -> Report:
        return replace(report, id=statements.add(self._connection, REPORTS, values(report)))

    def report(self, report_id: int) -> Report | None:
        row = self._connection.execute(
            select(REPORTS).where(REPORTS.c.id == report_id)
        ).one_or_none()
        return entity(Report, row._mapping) if row else None

    def close_report(self, report_id: int) -> bool:
        # The words of someone who has left were kept only until this moment.
        left = select(MEMBERS.c.id).where(MEMBERS.c.state == MemberState.LEFT.value)
        done = self._connection.execute(
            update(REPORTS)
            .where(REPORTS.c.id == report_id, REPORTS.c.open)
            .values(
                open=False, words=case((REPORTS.c.member_id.in_(left), ""), else_=REPORTS.c.words)
            )
        )
        return done.rowcount == 1

    def reports(self, *, open_only: bool = True) -> Sequence[Report]:
        statement = select(REPORTS).order_by(REPORTS.c.id.desc())
        if open_only:
            statement = statement.where(REPORTS.c.open)
        return [entity(Report, row._mapping) for row in self._connection.execute(statement)]

    def reports_by(self, member_id: int) -> Sequence[Report]:
        rows = self._connection.execute(
            select(REPORTS).where(REPORTS.c.member_id == member_id).order_by(REPORTS.c.id)
        )
        return [entity(Report, row._mapping) for row in rows]

    def forget_words_of(self, member_id: int) -> None:
        """Titles are the words of whoever wrote the post, times those of whoever proposed or
        suggested them. A report
        that is still open keeps its words until it is closed."""
        theirs = select(POSTS.c.id).where(POSTS.c.member_id == member_id)
        self._connection.execute(
            update(EXCHANGES).where(EXCHANGES.c.post_id.in_(theirs)).values(title="")
        )
        self._connection.execute(
            update(EXCHANGES)
            .where(or_(EXCHANGES.c.proposed_by == member_id, EXCHANGES.c.suggested_by == member_id))
            .values(when="")
        )
        self._connection.execute(
            update(MESSAGES).where(MESSAGES.c.member_id == member_id).values(words="")
        )
        self._connection.execute(
            update(REPORTS)
            .where(REPORTS.c.member_id == member_id, ~REPORTS.c.open)
            .values(words="")
        )


def _swap(column: ColumnElement[Any], from_member: int, to_member: int) -> ColumnElement[Any]:
    return case((column == from_member, to_member), else_=column)
