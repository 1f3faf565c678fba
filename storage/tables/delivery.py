"""Notices, deliveries, held tenants, and the clock's slots."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import json_field


class NoticeRow(SQLModel, table=True):
    __tablename__ = "notices"
    __table_args__ = (Index("notices_by_subject", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str
    at: datetime
    data: dict[str, Any] = json_field()


class DeliveryRow(SQLModel, table=True):
    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("notice_id", "member_id"),
        Index(
            "deliveries_due",
            "not_before",
            sqlite_where=text("state = 'waiting' OR (state = 'sent' AND shown < changes)"),
            postgresql_where=text("state = 'waiting' OR (state = 'sent' AND shown < changes)"),
        ),
        Index("deliveries_by_handle", "platform", "tenant", "handle"),
        Index("deliveries_of_member", "member_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notices.id")
    member_id: int = Field(foreign_key="members.id")
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


class HeldTenantRow(SQLModel, table=True):
    """A tenant that asked us to slow down, for every replica to see."""

    __tablename__ = "held_tenants"

    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    until: datetime


class PauseRow(SQLModel, table=True):
    """What an operator has paused: a tenant, a platform (no tenant), or everything (neither)."""

    __tablename__ = "pauses"

    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    since: datetime


class JobRunRow(SQLModel, table=True):
    """One slot of one job: whoever inserts it runs it."""

    __tablename__ = "job_runs"

    job: str = Field(primary_key=True)
    slot: datetime = Field(primary_key=True)
    started_at: datetime
    done: int | None = None
