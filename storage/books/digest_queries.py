"""The queries behind digests. Each goes by an index and stops at what it needs, so that a digest
costs the same however many members and posts there are."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    union,
    union_all,
)

from core.delivery.model import DeliveryState
from core.exchanges.model import ExchangeState
from core.members.model import MemberState
from core.posts.model import PostState
from core.respect.model import Preferences
from storage.books.post_rows import POST_SKILLS
from storage.tables.columns import table_of
from storage.tables.delivery import DeliveryRow, NoticeRow
from storage.tables.digests import DigestRow
from storage.tables.exchanges import ExchangeRow, MessageRow
from storage.tables.members import MemberRow, MemberSkillRow, PreferenceRow
from storage.tables.posts import PostRow

DIGESTS = table_of(DigestRow)
POSTS = table_of(PostRow)
MEMBERS = table_of(MemberRow)
MEMBER_SKILLS = table_of(MemberSkillRow)
PREFERENCES = table_of(PreferenceRow)
EXCHANGES = table_of(ExchangeRow)
MESSAGES = table_of(MessageRow)
NOTICES = table_of(NoticeRow)
DELIVERIES = table_of(DeliveryRow)

KIND = "digests.personal"
OF_EACH_SKILL = 60
"""How many of the newest posts with one skill are looked at."""
OWN_POSTS = 10
LATEST_EXCHANGES = 50
LATEST_DELIVERIES = 200
MOST_PLANNED = 5

_ACTIVE = MEMBERS.c.state == MemberState.ACTIVE.value
USUAL = Preferences(0)

ZONES = select(MEMBERS.c.zone).where(_ACTIVE).distinct().order_by(MEMBERS.c.zone)
_CHOSEN = and_(
    PREFERENCES.c.digest_weekday == bindparam("weekday"),
    PREFERENCES.c.digest_hour == bindparam("hour"),
    PREFERENCES.c.digest,
)
_IN_ZONE = and_(_ACTIVE, MEMBERS.c.zone == bindparam("zone"))
WHO_CHOSE = (
    select(literal(1))
    .select_from(PREFERENCES.join(MEMBERS, MEMBERS.c.id == PREFERENCES.c.member_id))
    .where(_CHOSEN, _IN_ZONE)
    .limit(1)
)
WHO_CHOSE_OR_SAID_NOTHING = (
    select(literal(1))
    .select_from(MEMBERS.outerjoin(PREFERENCES, MEMBERS.c.id == PREFERENCES.c.member_id))
    .where(_IN_ZONE, or_(PREFERENCES.c.member_id.is_(None), _CHOSEN))
    .limit(1)
)

BY_KEY = select(literal(1)).where(NOTICES.c.key == bindparam("key"))
_LATEST = (
    select(DELIVERIES.c.notice_id, DELIVERIES.c.state, DELIVERIES.c.sent_at)
    .where(DELIVERIES.c.member_id == bindparam("member_id"))
    .order_by(DELIVERIES.c.id.desc())
    .limit(LATEST_DELIVERIES)
    .subquery()
)
PLANNED = (
    select(
        NOTICES.c.id.label("notice_id"),
        NOTICES.c.at,
        case((_LATEST.c.state == DeliveryState.SENT.value, _LATEST.c.sent_at)).label("sent_at"),
    )
    .select_from(_LATEST.join(NOTICES, NOTICES.c.id == _LATEST.c.notice_id))
    .where(NOTICES.c.kind == KIND, NOTICES.c.at > bindparam("since"))
    .order_by(NOTICES.c.at.desc(), NOTICES.c.id.desc())
    .limit(MOST_PLANNED)
)

MEMORY = select(DIGESTS).where(DIGESTS.c.member_id == bindparam("member_id"))
FORGET = DIGESTS.delete().where(DIGESTS.c.member_id == bindparam("member_id"))

_OWN_POSTS = (
    select(POSTS.c.id, POSTS.c.kind)
    .where(
        POSTS.c.member_id == bindparam("member_id"),
        POSTS.c.state == PostState.OPEN.value,
    )
    .order_by(POSTS.c.id.desc())
    .limit(OWN_POSTS)
    .subquery()
)
INTERESTS = union_all(
    select(
        MEMBER_SKILLS.c.side.label("source"),
        MEMBER_SKILLS.c.skill,
        literal(0).label("older"),
        MEMBER_SKILLS.c.position,
    ).where(MEMBER_SKILLS.c.member_id == bindparam("member_id")),
    select(
        _OWN_POSTS.c.kind, POST_SKILLS.c.skill, -_OWN_POSTS.c.id, POST_SKILLS.c.position
    ).select_from(_OWN_POSTS.join(POST_SKILLS, POST_SKILLS.c.post_id == _OWN_POSTS.c.id)),
).order_by("older", "position")


def _of_side(column: Any) -> Select[Any]:
    latest = (
        select(EXCHANGES.c.id, EXCHANGES.c.title)
        .where(column == bindparam("member_id"))
        .order_by(EXCHANGES.c.id.desc())
        .limit(LATEST_EXCHANGES)
        .subquery()
    )
    return select(latest)


_MINE = union_all(_of_side(EXCHANGES.c.giver_id), _of_side(EXCHANGES.c.receiver_id)).subquery()
THANKS = (
    select(MESSAGES.c.member_id, MESSAGES.c.exchange_id, _MINE.c.title, MESSAGES.c.words)
    .select_from(_MINE.join(MESSAGES, MESSAGES.c.exchange_id == _MINE.c.id))
    .where(
        # Written out, not bound: a partial index serves only a condition it can read.
        literal_column("messages.thanks"),
        MESSAGES.c.member_id.not_in(bindparam("without", expanding=True)),
        MESSAGES.c.at > bindparam("since"),
        MESSAGES.c.words != "",
    )
    .order_by(MESSAGES.c.at.desc(), MESSAGES.c.id.desc())
    .limit(bindparam("most"))
)

_MOVED = (
    select(EXCHANGES)
    .where(
        EXCHANGES.c.state.in_((ExchangeState.CONFIRMED.value, ExchangeState.RESOLVED.value)),
        EXCHANGES.c.ended_at >= bindparam("since"),
        EXCHANGES.c.ended_at < bindparam("until"),
        EXCHANGES.c.settled_minutes > 0,
    )
    .cte("moved")
)


def _distinct(giver: str, receiver: str) -> Any:
    """How many different values stand on either side."""
    both = union(select(_MOVED.c[giver].label("one")), select(_MOVED.c[receiver])).subquery()
    return select(func.count()).select_from(both).scalar_subquery()


TURNOVER = select(
    func.count().label("exchanges"),
    _distinct("giver_id", "receiver_id").label("people"),
    func.coalesce(func.sum(_MOVED.c.settled_minutes), 0).label("minutes"),
    _distinct("giver_organisation_id", "receiver_organisation_id").label("organisations"),
).select_from(_MOVED)

_CAN_BE_ANSWERED = and_(
    POSTS.c.state == PostState.OPEN.value,
    POSTS.c.kind == bindparam("kind"),
    POSTS.c.closes >= bindparam("today"),
    _ACTIVE,
)
NEWEST = (
    select(POSTS)
    .select_from(POSTS.join(MEMBERS, MEMBERS.c.id == POSTS.c.member_id))
    .where(
        _CAN_BE_ANSWERED,
        POSTS.c.created_at > bindparam("since"),
        POSTS.c.created_at <= bindparam("until"),
    )
    .order_by(POSTS.c.created_at.desc(), POSTS.c.id.desc())
    .limit(bindparam("most"))
)


@cache
def fitting(skills: int) -> Select[Any]:
    """The query for so many skills, built once. What is looked at is cut off for each skill, by
    the index, before anything is joined to it."""
    newest = [
        select(
            select(POST_SKILLS.c.post_id)
            .where(POST_SKILLS.c.skill == bindparam(f"skill_{number}"))
            .order_by(POST_SKILLS.c.post_id.desc())
            .limit(OF_EACH_SKILL)
            .subquery(f"newest_{number}")
        )
        for number in range(skills)
    ]
    found = union_all(*newest).subquery("found")
    counted = (
        select(found.c.post_id, func.count().label("common")).group_by(found.c.post_id).subquery()
    )
    shown = POSTS.c.id.in_(bindparam("shown", expanding=True))
    at_home = POSTS.c.organisation_id == bindparam("organisation_id")
    return (
        select(POSTS)
        .select_from(
            counted.join(POSTS, POSTS.c.id == counted.c.post_id).join(
                MEMBERS, MEMBERS.c.id == POSTS.c.member_id
            )
        )
        .where(
            _CAN_BE_ANSWERED,
            POSTS.c.member_id.not_in(bindparam("without", expanding=True)),
            POSTS.c.id.not_in(bindparam("without_posts", expanding=True)),
        )
        .order_by(
            case((shown, 1), else_=0),
            counted.c.common.desc(),
            case((at_home, 1), else_=0),
            POSTS.c.created_at.desc(),
            POSTS.c.id.desc(),
        )
        .limit(bindparam("most"))
    )
