"""Conversations: the group chats, teams and channels that the app is in, or was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class ConversationRow(SQLModel, table=True):
    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("platform", "tenant", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    tenant: str
    external_id: str
    kind: str
    installed_at: datetime
    seen_at: datetime
    told_at: datetime | None = None
    removed_at: datetime | None = None
    team: str
    """Of a channel, the ``external_id`` of its team. The row of that has the team's name."""
    team_name: str
    name: str
    service_url: str
    bot: str
    locale: str


class RegistrationRow(SQLModel, table=True):
    """A conversation that is posted to."""

    __tablename__ = "registrations"

    conversation_id: int = Field(foreign_key="conversations.id", primary_key=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisations.id")
    by_member_id: int = Field(foreign_key="members.id")
    at: datetime
    digests: bool
    announcements: bool
    language: str
    weekday: int
    hour: int
    zone: str
