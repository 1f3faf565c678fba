"""What a program that is older than a migration would stumble over, read from the database before
and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect

Column = Mapping[str, Any]


@dataclass(frozen=True)
class Shape:
    """The columns and rules of every table, by name of the table."""

    columns: Mapping[str, Mapping[str, Column]]
    rules: Mapping[str, frozenset[str]]
    """What a row must keep to: keys, unique columns, checks."""


def shape(connection: Connection) -> Shape:
    """The database as it is."""
    found = inspect(connection)
    tables = [name for name in found.get_table_names() if not name.startswith("post_words")]
    return Shape(
        {name: {one["name"]: one for one in found.get_columns(name)} for name in tables},
        {name: frozenset(_rules(found, name)) for name in tables},
    )


def _rules(found: Any, table: str) -> Iterator[str]:
    for one in found.get_unique_constraints(table):
        yield f"unique {sorted(one['column_names'])}"
    for one in found.get_indexes(table):
        if one["unique"]:
            yield f"unique {sorted(name or '' for name in one['column_names'])}"
    for one in found.get_foreign_keys(table):
        yield f"{one['constrained_columns']} of {one['referred_table']}"
    for one in found.get_check_constraints(table):
        yield f"check {one['sqltext']}"


def stumbles(before: Shape, after: Shape) -> list[str]:
    """Everything that an older program would miss, or that would refuse what it writes."""
    return [
        *(f"{name} is gone" for name in before.columns if name not in after.columns),
        *(
            problem
            for name in before.columns
            if name in after.columns
            for problem in _of_table(name, before, after)
        ),
    ]


def _of_table(table: str, before: Shape, after: Shape) -> Iterator[str]:
    old, new = before.columns[table], after.columns[table]
    for name, column in old.items():
        if name not in new:
            yield f"{table}.{name} is gone"
        elif str(new[name]["type"]) != str(column["type"]):
            yield f"{table}.{name} is of another type"
        elif column["nullable"] and not new[name]["nullable"]:
            yield f"{table}.{name} must be given now"
    for name, column in new.items():
        if name not in old and not column["nullable"] and column["default"] is None:
            yield f"{table}.{name} must be given, and has no default"
    for rule in after.rules[table] - before.rules[table]:
        if not _is_of_new_columns(rule, set(new) - set(old)):
            yield f"{table} has a new rule: {rule}"


def _is_of_new_columns(rule: str, columns: set[str]) -> bool:
    """A key or a rule on nothing but new columns lets an older program's rows through."""
    return any(f"['{name}']" in rule for name in columns)
