"""What the migrations leave behind for programs that are older than the database."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel


class SchemaChangeRow(SQLModel, table=True):
    """One migration that was run, and which programs it leaves able to use the database."""

    __tablename__ = "schema_changes"

    revision: str = Field(primary_key=True)
    phase: str
    works_from: str
    at: datetime
