"""Posts from rows that another query found, as lists show them to others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from core.posts.model import Post
from storage.rows import entity
from storage.tables.columns import table_of
from storage.tables.posts import PostSkillRow

POST_SKILLS = table_of(PostSkillRow)
_SKILLS = (
    select(POST_SKILLS.c.post_id, POST_SKILLS.c.skill)
    .where(POST_SKILLS.c.post_id.in_(bindparam("ids", expanding=True)))
    .order_by(POST_SKILLS.c.post_id, POST_SKILLS.c.position)
)


def posts_in(connection: Connection, rows: Sequence[Any]) -> list[Post]:
    """Posts with their skills, and without the way to the message they were made from, which is
    not for every reader."""
    found: dict[int, list[str]] = {row.id: [] for row in rows}
    if found:
        for post_id, skill in connection.execute(_SKILLS, {"ids": list(found)}):
            found[post_id].append(skill)
    return [entity(Post, row._mapping, skills=tuple(found[row.id]), source=None) for row in rows]
