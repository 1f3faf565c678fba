"""Members, identities, skills, visitors, codes, blocks; drafts, deeds and receipts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import json_field


class MemberRow(SQLModel, table=True):
    __tablename__ = "members"
    __table_args__ = (Index("members_by_zone", "state", "zone"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_folded: str = Field(index=True)
    language: str
    organisation_id: int = Field(foreign_key="organisations.id", index=True)
    joined_at: datetime
    state: str
    zone: str
    contact: str
    silent: bool
    wants_asks: bool
    wants_offers: bool
    chat_id: int | None = None
    merged_into: int | None = Field(default=None, foreign_key="members.id")
    back_at: datetime | None = None
    version: int


class IdentityRow(SQLModel, table=True):
    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("platform", "tenant", "user"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    tenant: str
    user: str
    member_id: int = Field(foreign_key="members.id", index=True)
    organisation_id: int = Field(foreign_key="organisations.id")
    address_conversation: str
    address_service_url: str
    address_bot: str
    address_user: str
    last_used_at: datetime | None = None
    closed_at: datetime | None = None
    shown_name: str
    confirmation_id: int | None = None


class ConfirmationRow(SQLModel, table=True):
    """Whether a member works where they say, asked once for each organisation."""

    __tablename__ = "confirmations"
    __table_args__ = (
        UniqueConstraint("member_id", "organisation_id"),
        Index("confirmations_by_state", "state", "organisation_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    organisation_id: int = Field(foreign_key="organisations.id")
    state: str
    asked_at: datetime
    decided_at: datetime | None = None
    decided_as: str | None = None
    pending: dict[str, Any] = json_field()


class MemberSkillRow(SQLModel, table=True):
    __tablename__ = "member_skills"
    __table_args__ = (Index("member_skills_by_skill", "skill", "side", "member_id"),)

    member_id: int = Field(foreign_key="members.id", primary_key=True)
    side: str = Field(primary_key=True)
    skill: str = Field(primary_key=True)
    position: int


class VisitorRow(SQLModel, table=True):
    __tablename__ = "visitors"

    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    greeted_at: datetime
    pending: dict[str, Any] = json_field()
    language: str


class CodeRow(SQLModel, table=True):
    """A one-time code, as a keyed hash. ``purpose``: link a chat, or download own data."""

    __tablename__ = "codes"

    digest: str = Field(primary_key=True)
    purpose: str
    member_id: int = Field(foreign_key="members.id", index=True)
    expires_at: datetime
    used: bool


class WrongCodeRow(SQLModel, table=True):
    __tablename__ = "wrong_codes"
    __table_args__ = (Index("wrong_codes_by_identity", "platform", "tenant", "user", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    tenant: str
    user: str
    at: datetime


class LeaverRow(SQLModel, table=True):
    __tablename__ = "leavers"

    digest: str = Field(primary_key=True)
    at: datetime


class BlockRow(SQLModel, table=True):
    __tablename__ = "blocks"
    __table_args__ = (Index("blocks_of_blocked", "blocked_id"),)

    blocker_id: int = Field(foreign_key="members.id", primary_key=True)
    blocked_id: int = Field(foreign_key="members.id", primary_key=True)


class DraftRow(SQLModel, table=True):
    """Written with every preview and forgotten within days; the newest of a member stands near the
    end, so no index is kept that every preview would pay for."""

    __tablename__ = "drafts"

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    kind: str
    data: dict[str, Any] = json_field()
    created_at: datetime
    became: int | None = None


class DeedRow(SQLModel, table=True):
    __tablename__ = "deeds"
    __table_args__ = (Index("deeds_of_member", "member_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    kind: str
    object_id: int
    version: int
    at: datetime
    before: dict[str, Any] = json_field()
    undone: bool


class ReceiptRow(SQLModel, table=True):
    """A key that was used up: a sender's delivery id, or a form's own key."""

    __tablename__ = "receipts"
    # Every action writes one row here: one tree to write and not three.
    __table_args__ = {"sqlite_with_rowid": False}

    key: str = Field(primary_key=True)
    at: datetime


class PreferenceRow(SQLModel, table=True):
    """How a member wants to be written to. No row means the defaults."""

    __tablename__ = "preferences"
    __table_args__ = (Index("preferences_by_digest", "digest_weekday", "digest_hour"),)

    member_id: int = Field(foreign_key="members.id", primary_key=True)
    digest: bool
    digest_weekday: int
    digest_hour: int
    pattern: str
    week: list[list[int]] = json_field()
    nation: str
    leave_from: date | None = None
    leave_until: date | None = None
    daily_cap: int | None = None
    off: list[str] = json_field()


class TellingRow(SQLModel, table=True):
    """How many unasked messages a member has had on one of their local days."""

    __tablename__ = "tellings"

    member_id: int = Field(foreign_key="members.id", primary_key=True)
    day: date = Field(primary_key=True)
    told: int
