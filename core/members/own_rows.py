"""Rows of plain values, as somebody's own data is handed over, and the names that stand in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from core.kernel.desk import Office

Cell = str | int | None
Row = dict[str, Cell]
Data = dict[str, list[Row]]


def row(**values: object) -> Row:
    """One row: times as ISO 8601, everything else as a short word or a number."""
    return {name: _cell(value) for name, value in values.items()}


def _cell(value: object) -> Cell:
    """A value as it stands in a file."""
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case int():
            return int(value)
        case Enum():
            return str(value.value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list():
            return ", ".join(str(item) for item in value)
        case Mapping():
            return json.dumps(value, sort_keys=True, default=str)
        case _:
            return str(value)


def organisation_name(office: Office, organisation_id: int | None) -> str:
    """The name of an organisation; empty where there is none."""
    return office.books.organisations.get(organisation_id).name if organisation_id else ""


def member_name(office: Office, member_id: int | None) -> str:
    """The name that others see of a member; empty where there is none."""
    return office.books.members.get(member_id).name if member_id else ""
