"""Notices, deliveries, the lanes they go by, and the clock's slots."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Computed, Index, String, column, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import json_field
from storage.tables.lane_number import LANE_NUMBER, lane_number


class NoticeRow(SQLModel, table=True):
    __tablename__ = "notices"
    __table_args__ = (
        Index("notices_by_subject", "subject"),
        Index(
            "notices_by_key",
            "key",
            unique=True,
            sqlite_where=text("key IS NOT NULL"),
            postgresql_where=text("key IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str
    at: datetime
    data: dict[str, Any] = json_field()
    key: str | None = None


class DeliveryRow(SQLModel, table=True):
    """No foreign keys: checking them was about 40% of the work of planning for very many, and on
    PostgreSQL marked the row of every member told. None of what they would point to is ever
    deleted while it is pointed to, and the audit looks."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint(
            "(member_id IS NULL) <> (conversation_id IS NULL)", name="deliveries_have_one_recipient"
        ),
        Index(
            "deliveries_due",
            "lane",
            "bulk",
            "not_before",
            "id",
            sqlite_where=text("state = 'waiting' OR (state = 'sent' AND shown < changes)"),
            postgresql_where=text("state = 'waiting' OR (state = 'sent' AND shown < changes)"),
        ),
        # Neither is written for the many that are planned at once.
        Index(
            "deliveries_to_conversation",
            "notice_id",
            "conversation_id",
            unique=True,
            sqlite_where=text("conversation_id IS NOT NULL"),
            postgresql_where=text("conversation_id IS NOT NULL"),
        ),
        Index(
            "deliveries_by_handle",
            "platform",
            "tenant",
            "handle",
            sqlite_where=text("handle <> ''"),
            postgresql_where=text("handle <> ''"),
        ),
        Index("deliveries_of_member", "member_id", "notice_id", unique=True),
        Index("deliveries_of_notice", "notice_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int
    member_id: int | None = None
    conversation_id: int | None = None
    state: str
    reason: str
    attempts: int
    not_before: datetime
    lease_until: datetime | None = None
    platform: str
    tenant: str
    handle: str
    tried: list[int] = json_field()
    changes: int
    shown: int
    sent_at: datetime | None = None
    held: bool
    counted_on: date | None = None
    bulk: bool
    lane: Any = Field(
        sa_column=Column(
            LANE_NUMBER,
            Computed(
                lane_number(column("platform", String()), column("tenant", String())),
                persisted=True,
            ),
        )
    )


class LaneRow(SQLModel, table=True):
    """How fast one tenant is written to, for every replica to see: nothing more is claimed for it
    before ``opens_at``, and nothing is sent before ``held_until``, because it asked for that."""

    __tablename__ = "lanes"

    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    opens_at: datetime
    held_until: datetime | None = None


class PauseRow(SQLModel, table=True):
    """What an operator has paused: a tenant, a platform (no tenant), or everything (neither)."""

    __tablename__ = "pauses"

    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    since: datetime


class JobRunRow(SQLModel, table=True):
    """One slot of one job: whoever inserts it runs it."""

    __tablename__ = "job_runs"
    __table_args__ = (
        Index(
            "job_runs_free",
            "job",
            "free_at",
            sqlite_where=text("free_at IS NOT NULL"),
            postgresql_where=text("free_at IS NOT NULL"),
        ),
        Index(
            "job_runs_in_trouble",
            "state",
            "slot",
            sqlite_where=text("state IN ('failed', 'skipped')"),
            postgresql_where=text("state IN ('failed', 'skipped')"),
        ),
    )

    job: str = Field(primary_key=True)
    slot: datetime = Field(primary_key=True)
    state: str
    started_at: datetime
    free_at: datetime | None = None
    tries: int
    caught_up: bool
    done: int | None = None
    finished_at: datetime | None = None
    failed: str
