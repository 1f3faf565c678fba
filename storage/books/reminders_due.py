"""Who has reminders coming: conditions and statements, for the book of reminders to run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from core.exchanges.model import ExchangeState
from core.members.model import MemberState
from core.posts.model import PostKind, PostState
from core.reminders.model import (
    BACK_FIRST,
    CLOSING,
    STANDS_FIRST,
    UNANSWERED,
    About,
    Schedule,
)
from storage.tables.columns import table_of
from storage.tables.exchanges import ExchangeRow
from storage.tables.members import BlockRow, MemberRow
from storage.tables.posts import PostRow
from storage.tables.reminders import ReminderRow

REMINDERS = table_of(ReminderRow)
EXCHANGES = table_of(ExchangeRow)
POSTS = table_of(PostRow)
MEMBERS = table_of(MemberRow)
BLOCKS = table_of(BlockRow)
_A_DAY = timedelta(days=1)
_PROPOSED_AT = func.coalesce(EXCHANGES.c.suggested_at, EXCHANGES.c.proposed_at)


def exchanges_due(schedule: Schedule, now: datetime) -> CompoundSelect[Any]:
    """Members for whom an exchange waits of which a step is over, or may be."""
    return union_all(
        _due(About.CONFIRM, _to_confirm(), EXCHANGES.c.claimed_at, schedule.confirm, now),
        _due(About.ANSWER, _to_answer(), _PROPOSED_AT, schedule.answer, now),
        _done(EXCHANGES.c.giver_id, schedule.done, now),
        # The giver alone says when a group is done.
        _done(EXCHANGES.c.receiver_id, schedule.done, now).where(EXCHANGES.c.group_id.is_(None)),
    )


def closing_due(now: datetime) -> Select[Any]:
    """Authors of posts that close soon, who have not been told of that last day."""
    told = _told(About.CLOSING, POSTS.c.id, POSTS.c.member_id)
    news = or_(REMINDERS.c.since.is_(None), _closes_anew())
    return select(POSTS.c.member_id).outerjoin(REMINDERS, told).where(*closing(now), news)


def unanswered_due(now: datetime) -> Select[Any]:
    """Authors of unanswered asks, who have not been told."""
    told = _told(About.UNANSWERED, POSTS.c.id, POSTS.c.member_id)
    news = REMINDERS.c.since.is_(None)
    return select(POSTS.c.member_id).outerjoin(REMINDERS, told).where(*unanswered(now), news)


def _other(of: ColumnElement[Any]) -> ColumnElement[int]:
    """The other side than this one."""
    giver, receiver = EXCHANGES.c.giver_id, EXCHANGES.c.receiver_id
    return case((of == giver, receiver), else_=giver)


def _to_confirm() -> Select[Any]:
    return select(_other(EXCHANGES.c.claimed_by).label("member_id")).where(
        EXCHANGES.c.state == ExchangeState.CLAIMED.value, ~EXCHANGES.c.escalated
    )


def _to_answer() -> Select[Any]:
    return select(_other(EXCHANGES.c.suggested_by).label("member_id")).where(
        EXCHANGES.c.state == ExchangeState.PROPOSED.value
    )


def _due(
    about: About,
    waiting: Select[Any],
    since: ColumnElement[Any],
    steps: Sequence[timedelta],
    now: datetime,
) -> Select[Any]:
    """Of the exchanges that wait, those of which a step is over that nobody was told."""
    if not steps:
        return waiting.where(literal(value=False))
    member_id = waiting.selected_columns[0]
    return (
        waiting.select_from(EXCHANGES.outerjoin(REMINDERS, _about(about, member_id)))
        .where(since <= now - steps[0], *_both_are_here(now))
        .where(_not_told(since, _reached(since, steps, now)))
    )


def _done(member_id: ColumnElement[Any], steps: Sequence[timedelta], now: datetime) -> Select[Any]:
    """Agreements whose steps are over, and those for a day that may be over."""
    since = EXCHANGES.c.agreed_at
    agreed = select(member_id.label("member_id")).where(
        EXCHANGES.c.state == ExchangeState.AGREED.value, *_both_are_here(now)
    )
    if not steps:
        return agreed.where(literal(value=False))
    for_a_day = and_(EXCHANGES.c.when != "", since <= now - _A_DAY)
    step = case((since > now - steps[0], 1), else_=_reached(since, steps, now))
    return (
        agreed.select_from(EXCHANGES.outerjoin(REMINDERS, _about(About.DONE, member_id)))
        .where(or_(since <= now - steps[0], for_a_day))
        .where(_not_told(since, step))
    )


def _reached(
    since: ColumnElement[Any], steps: Sequence[timedelta], now: datetime
) -> ColumnElement[int]:
    """How many steps are over, where the first is."""
    later = [(since <= now - steps[at], at + 1) for at in range(len(steps) - 1, 0, -1)]
    return case(*later, else_=1) if later else literal(1)


def _not_told(since: ColumnElement[Any], step: ColumnElement[int]) -> ColumnElement[bool]:
    return or_(
        REMINDERS.c.step.is_(None),
        REMINDERS.c.since != since,
        REMINDERS.c.step < step,
    )


def _about(about: About, member_id: ColumnElement[Any]) -> ColumnElement[bool]:
    return _told(about, EXCHANGES.c.id, member_id)


def _told(
    about: About, about_id: ColumnElement[Any], member_id: ColumnElement[Any]
) -> ColumnElement[bool]:
    return and_(
        REMINDERS.c.kind == about.value,
        REMINDERS.c.about_id == about_id,
        REMINDERS.c.member_id == member_id,
    )


def takes_part(member_id: ColumnElement[Any], now: datetime | None = None) -> ColumnElement[bool]:
    """Whether a member is here, and, with ``now``, has been for some days."""
    here = exists().where(MEMBERS.c.id == member_id, MEMBERS.c.state == MemberState.ACTIVE.value)
    if now is None:
        return here
    back = or_(MEMBERS.c.back_at.is_(None), MEMBERS.c.back_at <= now - BACK_FIRST)
    return here.where(back)


def _both_are_here(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Neither side is away or has blocked the other."""
    giver, receiver = EXCHANGES.c.giver_id, EXCHANGES.c.receiver_id
    return (
        takes_part(giver, now),
        takes_part(receiver, now),
        ~exists().where(BLOCKS.c.blocker_id == giver, BLOCKS.c.blocked_id == receiver),
        ~exists().where(BLOCKS.c.blocker_id == receiver, BLOCKS.c.blocked_id == giver),
    )


def closing(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A post closes soon."""
    today = now.date()
    return (
        POSTS.c.state == PostState.OPEN.value,
        POSTS.c.closes >= today,
        POSTS.c.closes <= today + CLOSING,
        POSTS.c.created_at <= now - STANDS_FIRST,
    )


def _closes_anew() -> ColumnElement[bool]:
    """Whether the last day has changed since its author was told of it."""
    return func.date(REMINDERS.c.since) != func.date(POSTS.c.closes)


def unanswered(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """An ask has found no answer for long."""
    return (
        POSTS.c.state == PostState.OPEN.value,
        POSTS.c.kind == PostKind.ASK.value,
        POSTS.c.created_at <= now - UNANSWERED,
        POSTS.c.closes >= now.date(),
        ~exists().where(EXCHANGES.c.post_id == POSTS.c.id),
    )


def resting(kind: str) -> str:
    """What a rest from a kind of notice is kept as."""
    return f"rest:{kind}"


def noted(kind: str) -> str:
    """What it is kept as that somebody may have a notice of a kind coming."""
    return f"due:{kind}"


def who_rest(kind: str, now: datetime) -> Select[Any]:
    """Members who rest from a kind of notice."""
    return select(REMINDERS.c.member_id).where(
        REMINDERS.c.kind == resting(kind), REMINDERS.c.about_id == 0, REMINDERS.c.since > now
    )
