"""Events, the places at them, where they were announced, and their hosts' hours."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="events_end_after_they_start"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="events_have_room"),
        Index("events_by_start", "state", "starts_at"),
        Index("events_by_end", "state", "ends_at"),
        Index("events_by_code", "code"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    title: str
    details: str
    host_id: int = Field(foreign_key="members.id", index=True)
    organisation_id: int = Field(foreign_key="organisations.id")
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    link: str
    access: str
    capacity: int | None = None
    open_to: str
    sector: str | None = None
    state: str
    reason: str
    created_at: datetime
    uid: str = Field(unique=True)
    token: str = Field(unique=True)
    code: str
    copied_from: int | None = Field(default=None, foreign_key="events.id")
    sequence: int
    version: int


class PlaceRow(SQLModel, table=True):
    """One person's place at an event, or in the queue for one."""

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("event_id", "member_id"),
        Index("places_in_order", "event_id", "state", "at", "id"),
        Index("places_of_member", "member_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="events.id")
    member_id: int = Field(foreign_key="members.id")
    organisation_id: int = Field(foreign_key="organisations.id")
    state: str
    at: datetime
    came: bool | None = None
    walk_up: bool
    useful: str
    next: str
    answered_at: datetime | None = None


class AnnouncementRow(SQLModel, table=True):
    """A conversation that an event was announced in."""

    __tablename__ = "announcements"

    event_id: int = Field(foreign_key="events.id", primary_key=True)
    conversation_id: int = Field(foreign_key="conversations.id", primary_key=True)


class HostHoursRow(SQLModel, table=True):
    """The time that an event's host earns from a pot."""

    __tablename__ = "host_hours"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="host_hours_above_zero"),
        Index("host_hours_waiting", "state", "organisation_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="events.id", unique=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisations.id")
    minutes: int
    asked_at: datetime
    state: str
    decided_by: int | None = Field(default=None, foreign_key="members.id")
    decided_at: datetime | None = None
    version: int
