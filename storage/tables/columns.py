"""Column shapes that several tables share, and the Core table behind a row class."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import JSON, Table
from sqlmodel import Field, SQLModel


def table_of(row: type[SQLModel]) -> Table:
    """The SQLAlchemy Core table of a row class."""
    return cast("Table", row.__table__)  # type: ignore[attr-defined]


def json_field(**options: Any) -> Any:
    """A column of plain JSON."""
    return Field(sa_type=JSON, **options)
