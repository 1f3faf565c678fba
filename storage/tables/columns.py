"""Column shapes that several tables share, and the Core table behind a row class."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Table, inspect
from sqlmodel import Field, SQLModel


def table_of(row: type[SQLModel]) -> Table:
    """The SQLAlchemy Core table of a row class."""
    table = inspect(row).local_table
    assert isinstance(table, Table)
    return table


def json_field(**options: Any) -> Any:
    """A column of plain JSON."""
    return Field(sa_type=JSON, **options)
