"""What members were reminded of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class ReminderRow(SQLModel, table=True):
    """How far the reminders of one member about one thing have come."""

    __tablename__ = "reminders"
    __table_args__ = (Index("reminders_of_member", "member_id"),)

    kind: str = Field(primary_key=True)
    about_id: int = Field(primary_key=True)
    member_id: int = Field(primary_key=True, foreign_key="members.id")
    since: datetime
    step: int
    at: datetime
