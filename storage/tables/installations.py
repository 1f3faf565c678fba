"""Installations: the tenants that let the app in, with their tokens sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import json_field


class InstallationRow(SQLModel, table=True):
    """One tenant's installation, kept when the app is taken out: only its tokens go."""

    __tablename__ = "installations"
    __table_args__ = (UniqueConstraint("platform", "tenant"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    tenant: str
    name: str
    app: str
    bot: str
    bot_user: str
    scopes: list[str] = json_field()
    token: str | None = Field(default=None, sa_type=Text)
    """Sealed by ``storage.sealing``, as is ``refresh``: several hundred characters."""
    refresh: str | None = Field(default=None, sa_type=Text)
    installed_at: datetime
    enterprise: str
    whole: bool
    expires_at: datetime | None = None
    removed_at: datetime | None = None
    renewing_until: datetime | None = None
    """Until then one process alone renews the tokens: a refresh token works once."""
    version: int
