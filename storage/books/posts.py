"""Posts, their skills, and finding them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from core.members.model import MemberState, SkillSide
from core.posts.book import Search
from core.posts.model import Post, PostKind, PostState
from core.posts.source import Source
from storage import search, statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.delivery import DeliveryRow
from storage.tables.members import MemberRow, MemberSkillRow
from storage.tables.posts import PostRow, PostSkillRow

POSTS = table_of(PostRow)
SKILLS = table_of(PostSkillRow)
MEMBERS = table_of(MemberRow)
MEMBER_SKILLS = table_of(MemberSkillRow)
DELIVERIES = table_of(DeliveryRow)

_GET = select(POSTS).where(POSTS.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_SKILLS = (
    select(SKILLS.c.post_id, SKILLS.c.skill)
    .where(SKILLS.c.post_id.in_(bindparam("ids", expanding=True)))
    .order_by(SKILLS.c.post_id, SKILLS.c.position)
)
_ADD_SKILLS = insert(SKILLS)
_FORGET_SKILLS = delete(SKILLS).where(SKILLS.c.post_id == bindparam("id"))


def _members_for(side: SkillSide, wanted: ColumnElement[bool]) -> Select[tuple[int]]:
    """Members to tell of a post, built once: this is on the way of every post."""
    last_told = (
        select(func.max(DELIVERIES.c.id))
        .where(DELIVERIES.c.member_id == MEMBERS.c.id)
        .scalar_subquery()
    )
    return (
        select(MEMBERS.c.id)
        .join(MEMBER_SKILLS, MEMBER_SKILLS.c.member_id == MEMBERS.c.id)
        .where(
            MEMBER_SKILLS.c.skill.in_(bindparam("skills", expanding=True)),
            MEMBER_SKILLS.c.side == side.value,
            MEMBERS.c.state == MemberState.ACTIVE.value,
            wanted,
            ~MEMBERS.c.silent,
            MEMBERS.c.id.not_in(bindparam("without", expanding=True)),
        )
        .group_by(MEMBERS.c.id, MEMBERS.c.organisation_id)
        .order_by(
            func.count().desc(),
            case((MEMBERS.c.organisation_id == bindparam("organisation_id"), 1), else_=0),
            func.coalesce(last_told, 0),
            MEMBERS.c.id,
        )
        .limit(bindparam("most"))
    )


_MEMBERS_FOR = {
    PostKind.ASK: _members_for(SkillSide.CAN_HELP, MEMBERS.c.wants_asks),
    PostKind.OFFER: _members_for(SkillSide.WOULD_LIKE, MEMBERS.c.wants_offers),
}


class Posts:
    """Satisfies ``core.posts.book.PostBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, post: Post) -> Post:
        row = {**values(post, ("id", "skills", "source")), **_source_columns(post.source)}
        post = replace(post, id=statements.add(self._connection, POSTS, row))
        self._write_skills(post)
        search.write(self._connection, post.id, f"{post.title} {post.details}")
        return post

    def get(self, post_id: int) -> Post | None:
        return self._one(_GET, post_id)

    def lock(self, post_id: int) -> Post | None:
        return self._one(_LOCK, post_id)

    def save(self, post: Post) -> Post:
        row = values(post, ("id", "skills", "source", "version"))
        row |= _source_columns(post.source)
        statements.save_version(self._connection, POSTS, post.id, post.version, row)
        self._connection.execute(_FORGET_SKILLS, {"id": post.id})
        self._write_skills(post)
        search.write(self._connection, post.id, f"{post.title} {post.details}")
        return replace(post, version=post.version + 1)

    def search(self, search_for: Search) -> tuple[Sequence[Post], int]:
        hits = search.hits(self._connection, search_for.words)
        skill_count = _skill_count(search_for.skills)
        statement = select(POSTS, func.count().over().label("found"))
        order: list[ColumnElement[Any]] = []
        if hits is not None:
            statement = statement.select_from(POSTS.outerjoin(hits, hits.c.id == POSTS.c.id)).where(
                or_(hits.c.id.is_not(None), skill_count > 0)
            )
            order = [skill_count.desc(), func.round(func.coalesce(hits.c.score, 0)).desc()]
        elif search_for.skills:
            statement = statement.where(skill_count > 0)
            order = [skill_count.desc()]
        near = POSTS.c.site_id.in_(search_for.near_sites) if search_for.near_sites else None
        if near is not None:
            order.append(case((near, 0), else_=1))
        if search_for.newest:
            order = []
        statement = (
            statement.where(*_filters(search_for))
            .order_by(*order, POSTS.c.created_at.desc(), POSTS.c.id.desc())
            .offset(search_for.offset)
            .limit(search_for.limit)
        )
        rows = self._connection.execute(statement).all()
        return self._with_skills(rows), rows[0].found if rows else 0

    def of_member(self, member_id: int, *, open_only: bool = True) -> Sequence[Post]:
        statement = select(POSTS).where(POSTS.c.member_id == member_id).order_by(POSTS.c.id.desc())
        if open_only:
            statement = statement.where(POSTS.c.state == PostState.OPEN.value)
        return self._with_skills(self._connection.execute(statement).all())

    def due_to_close(self, today: date, limit: int = 200) -> Sequence[Post]:
        statement = (
            select(POSTS)
            .where(POSTS.c.state == PostState.OPEN.value, POSTS.c.closes < today)
            .order_by(POSTS.c.id)
            .limit(limit)
        )
        return self._with_skills(self._connection.execute(statement).all())

    def members_for(
        self, post: Post, skills: Sequence[str], without: frozenset[int], limit: int
    ) -> Sequence[int]:
        if not skills or limit == 0:
            return []
        return list(
            self._connection.scalars(
                _MEMBERS_FOR[post.kind],
                {
                    "skills": list(skills),
                    "without": [*without, post.member_id],
                    "organisation_id": post.organisation_id,
                    "most": limit,
                },
            )
        )

    def move(self, from_member: int, to_member: int) -> None:
        self._connection.execute(
            update(POSTS)
            .where(POSTS.c.member_id == from_member)
            .values(member_id=to_member, version=POSTS.c.version + 1)
        )

    def forget_words_of(self, member_id: int) -> None:
        for post in self.of_member(member_id, open_only=False):
            search.forget(self._connection, post.id)
        self._connection.execute(
            update(POSTS)
            .where(POSTS.c.member_id == member_id)
            .values(title="", details="", version=POSTS.c.version + 1, **_source_columns(None))
        )

    def _one(self, statement: Any, post_id: int) -> Post | None:
        rows = self._connection.execute(statement, {"id": post_id}).all()
        return self._with_skills(rows)[0] if rows else None

    def _with_skills(self, rows: Sequence[Any]) -> list[Post]:
        found: dict[int, list[str]] = {row.id: [] for row in rows}
        if found:
            for post_id, skill in self._connection.execute(_SKILLS, {"ids": list(found)}):
                found[post_id].append(skill)
        return [
            entity(Post, row._mapping, skills=tuple(found[row.id]), source=_source(row))
            for row in rows
        ]

    def _write_skills(self, post: Post) -> None:
        if post.skills:
            self._connection.execute(_ADD_SKILLS, list(_skill_rows(post)))


def _source_columns(source: Source | None) -> dict[str, str | None]:
    return {
        "source_platform": source.platform if source else None,
        "source_tenant": source.tenant if source else None,
        "source_link": source.link if source else None,
    }


def _source(row: Any) -> Source | None:
    if row.source_link is None:
        return None
    return Source(row.source_platform, row.source_tenant, row.source_link)


def _skill_rows(post: Post) -> Iterable[dict[str, Any]]:
    for position, skill in enumerate(dict.fromkeys(post.skills)):
        yield {"post_id": post.id, "skill": skill, "position": position}


def _skill_count(skills: Sequence[str]) -> ColumnElement[int]:
    if not skills:
        return literal(0)
    return (
        select(func.count())
        .where(SKILLS.c.post_id == POSTS.c.id, SKILLS.c.skill.in_(skills))
        .scalar_subquery()
    )


def _filters(search_for: Search) -> list[ColumnElement[bool]]:
    author_is_active = exists().where(
        MEMBERS.c.id == POSTS.c.member_id, MEMBERS.c.state == MemberState.ACTIVE.value
    )
    filters = [
        POSTS.c.state == PostState.OPEN.value,
        POSTS.c.closes >= search_for.today,
        author_is_active,
    ]
    if search_for.kind is not None:
        filters.append(POSTS.c.kind == search_for.kind.value)
    if search_for.organisation_id is not None:
        filters.append(POSTS.c.organisation_id == search_for.organisation_id)
    if search_for.site_id is not None:
        filters.append(POSTS.c.site_id == search_for.site_id)
    if search_for.online:
        filters.append(POSTS.c.online)
    if search_for.without:
        filters.append(POSTS.c.member_id.not_in(search_for.without))
    if search_for.without_posts:
        filters.append(POSTS.c.id.not_in(search_for.without_posts))
    return filters
