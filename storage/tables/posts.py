"""Posts and their skills. The full-text index beside them is made in ``storage.search``."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel


class PostRow(SQLModel, table=True):
    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="posts_minutes_above_zero"),
        Index("posts_open", "state", "kind", "created_at"),
        Index("posts_closing", "state", "closes"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    member_id: int = Field(foreign_key="members.id", index=True)
    organisation_id: int = Field(foreign_key="organisations.id")
    title: str
    details: str
    minutes: int
    online: bool
    site_id: int | None = Field(default=None, foreign_key="sites.id")
    closes: date
    created_at: datetime
    state: str
    source_platform: str | None = None
    source_tenant: str | None = None
    source_link: str | None = None
    version: int


class PostSkillRow(SQLModel, table=True):
    __tablename__ = "post_skills"
    __table_args__ = (Index("post_skills_by_skill", "skill", "post_id"),)

    post_id: int = Field(foreign_key="posts.id", primary_key=True)
    skill: str = Field(primary_key=True)
    position: int
