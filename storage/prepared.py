"""Statements run by the driver itself: the query and the insert that most actions consist of.

SQLAlchemy compiles each once and says how its columns are read and written; after that its own
bookkeeping for each execution, which costs several times the statement, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, Select, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler

from storage.driver import driver_of

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Made:
    """A statement for one database. ``places`` are the parameters' names in order, where the driver
    takes them by place; ``columns`` how each is read or written, where that is not as it is."""

    words: str
    places: tuple[str, ...]
    columns: tuple[tuple[str, Convert | None], ...]

    def run(self, connection: Connection, given: Mapping[str, Any]) -> Any:
        """Execute it with ``given``; the driver's cursor."""
        driver = driver_of(connection)
        places = self.places
        return driver.execute(
            self.words, tuple(given[name] for name in places) if places else given
        )


def _compiled(
    statement: ClauseElement, dialect: Dialect, names: Sequence[str] | None = None
) -> tuple[str, tuple[str, ...]]:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    assert isinstance(compiled, SQLCompiler)
    return str(compiled), tuple(compiled.positiontup or ())


class Prepared:
    """A query of one row, by the names of its columns."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def first(self, connection: Connection, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """The first row found with ``given`` parameters, or None."""
        made = self._made.get(connection.dialect.name) or self._make(connection.dialect)
        row = made.run(connection, given).fetchone()
        if row is None:
            return None
        return {
            name: value if read is None or value is None else read(value)
            for (name, read), value in zip(made.columns, row, strict=True)
        }

    def _make(self, dialect: Dialect) -> _Made:
        columns = tuple(
            (column.key, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for column in self._statement.selected_columns
            if column.key is not None
        )
        made = _Made(*_compiled(self._statement, dialect), columns)
        self._made[dialect.name] = made
        return made


class PreparedInsert:
    """An insert of one row with the columns ``names`` into ``table``, which numbers its rows."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        left = {one.name for one in table.columns if one.default is not None} - set(names)
        assert not left, f"{table.name} is given no {left}"
        self._table = table
        self._names = tuple(names)
        self._made: dict[str, _Made] = {}

    def add(self, connection: Connection, row: Mapping[str, Any]) -> int:
        """Insert ``row`` and return its new id."""
        made = self._made.get(connection.dialect.name) or self._make(connection.dialect)
        given = {
            name: row[name] if write is None or row[name] is None else write(row[name])
            for name, write in made.columns
        }
        done = made.run(connection, given)
        # SQLite takes values by place and counts by itself; PostgreSQL returns the number.
        return int(done.lastrowid if made.places else done.fetchone()[0])

    def _make(self, dialect: Dialect) -> _Made:
        statement: Any = insert(self._table)
        if dialect.name != "sqlite":
            statement = statement.returning(self._table.c.id)
        columns = tuple(
            (name, self._table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in self._names
        )
        made = _Made(*_compiled(statement, dialect, self._names), columns)
        self._made[dialect.name] = made
        return made
