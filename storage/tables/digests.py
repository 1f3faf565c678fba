"""What members' digests have shown."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import json_field


class DigestRow(SQLModel, table=True):
    """One row for each member who has had a digest: what it and the ones before it showed."""

    __tablename__ = "digests"

    member_id: int = Field(foreign_key="members.id", primary_key=True)
    slot: datetime
    at: datetime
    since: datetime
    shown: list[int] = json_field()
    latest: list[int] = json_field()
