"""Exchanges, what the two sides say, and reports."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

STATE_IS_OPEN = "state IN ('proposed', 'agreed', 'claimed', 'disputed')"


class ExchangeRow(SQLModel, table=True):
    __tablename__ = "exchanges"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="exchanges_minutes_above_zero"),
        CheckConstraint("giver_id <> receiver_id", name="exchanges_between_two"),
        CheckConstraint("reserved >= 0", name="exchanges_reserved_not_negative"),
        Index(
            "exchanges_one_open_proposal",
            "post_id",
            "proposed_by",
            unique=True,
            sqlite_where=text(STATE_IS_OPEN),
            postgresql_where=text(STATE_IS_OPEN),
        ),
        Index("exchanges_of_giver", "giver_id", "id"),
        Index("exchanges_of_receiver", "receiver_id", "id"),
        Index("exchanges_by_state", "state", "proposed_at"),
        Index("exchanges_of_group", "group_id", "id"),
        Index("exchanges_of_post", "post_id"),
        Index("exchanges_by_end", "state", "ended_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    giver_id: int = Field(foreign_key="members.id")
    receiver_id: int = Field(foreign_key="members.id")
    proposed_by: int = Field(foreign_key="members.id")
    suggested_by: int = Field(foreign_key="members.id")
    title: str
    minutes: int
    giver_organisation_id: int = Field(foreign_key="organisations.id")
    receiver_organisation_id: int = Field(foreign_key="organisations.id")
    proposed_at: datetime
    suggested_at: datetime | None = None
    post_id: int | None = Field(default=None, foreign_key="posts.id")
    when: str
    state: str
    giver_time: str | None = None
    giver_manager: str | None = None
    receiver_time: str | None = None
    receiver_manager: str | None = None
    reserved: int
    claimed_minutes: int | None = None
    claimed_by: int | None = Field(default=None, foreign_key="members.id")
    claimed_at: datetime | None = None
    agreed_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: int | None = Field(default=None, foreign_key="members.id")
    settled_minutes: int | None = None
    disputed_by: int | None = Field(default=None, foreign_key="members.id")
    escalated: bool
    version: int
    group_id: int | None = None
    """The group that this is a share of."""


class GroupRow(SQLModel, table=True):
    """A group exchange."""

    __tablename__ = "groups"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND most > 0", name="groups_minutes_above_zero"),
        Index("groups_of_giver", "giver_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    giver_id: int = Field(foreign_key="members.id")
    organisation_id: int = Field(foreign_key="organisations.id")
    title: str
    minutes: int
    most: int
    created_at: datetime
    when: str
    event_id: int | None = Field(default=None, foreign_key="events.id")
    state: str
    version: int


class MessageRow(SQLModel, table=True):
    __tablename__ = "messages"
    __table_args__ = (
        Index("messages_of_exchange", "exchange_id", "id"),
        Index(
            "messages_one_thanks",
            "exchange_id",
            "member_id",
            unique=True,
            sqlite_where=text("thanks"),
            postgresql_where=text("thanks"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    exchange_id: int = Field(foreign_key="exchanges.id")
    member_id: int = Field(foreign_key="members.id")
    words: str
    at: datetime
    thanks: bool
    attached: bool


class ReportRow(SQLModel, table=True):
    __tablename__ = "reports"

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    about: str
    words: str
    at: datetime
    open: bool
