"""Statements that every book needs and that both databases write in their own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Insert, Table, Update, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from core.kernel.stale import Stale
from storage.prepared import PreparedInsert


def dialect_insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, for this connection's database."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def upsert(
    connection: Connection, table: Table, row: Mapping[str, Any], key: Sequence[str]
) -> None:
    """Insert ``row``, or overwrite the one with the same ``key`` columns."""
    statement = dialect_insert(connection, table).values(**row)
    changed = {name: value for name, value in row.items() if name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed))


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any], *key: str) -> bool:
    """Insert ``row`` unless one with the same key exists; whether it was inserted."""
    return connection.execute(_once(connection, table, key), row).rowcount == 1


_ONCE: dict[tuple[str, ...], Executable] = {}


def _once(connection: Connection, table: Table, key: tuple[str, ...]) -> Executable:
    names = (connection.dialect.name, table.name, *key)
    if names not in _ONCE:
        statement = dialect_insert(connection, table)
        statement = statement.on_conflict_do_nothing(index_elements=list(key) or None)
        # Without this the count of an INSERT is gone by the time it is asked for.
        _ONCE[names] = statement.execution_options(preserve_rowcount=True)
    return _ONCE[names]


def add_keyed(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert ``row``, whose key comes with it."""
    connection.execute(_insert(table), row)


def add(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert ``row`` and return its new id."""
    key = (table.name, *row)
    if key not in _ADDS:
        _ADDS[key] = PreparedInsert(table, tuple(row))
    return _ADDS[key].add(connection, row)


# Building a statement costs more than running it, so each is built once.
_SAVES: dict[tuple[str, ...], Update] = {}
_INSERTS: dict[str, Insert] = {}
_ADDS: dict[tuple[str, ...], PreparedInsert] = {}


def _save(table: Table, names: tuple[str, ...]) -> Update:
    key = (table.name, *names)
    if key not in _SAVES:
        _SAVES[key] = (
            update(table)
            .where(table.c.id == bindparam("row_id"), table.c.version == bindparam("read_version"))
            .values({name: bindparam(f"new_{name}") for name in (*names, "version")})
        )
    return _SAVES[key]


def _insert(table: Table) -> Insert:
    if table.name not in _INSERTS:
        _INSERTS[table.name] = insert(table)
    return _INSERTS[table.name]


def save_version(
    connection: Connection, table: Table, row_id: int, version: int, row: Mapping[str, Any]
) -> None:
    """Overwrite row ``row_id`` if its version is still ``version``, as the next version.

    Raises ``Stale`` if it is not.
    """
    statement = _save(table, tuple(row))
    given = {f"new_{name}": value for name, value in row.items()}
    given |= {"row_id": row_id, "read_version": version, "new_version": version + 1}
    if connection.execute(statement, given).rowcount != 1:
        raise Stale
