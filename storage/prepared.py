"""Statements run by the driver itself: the query and the insert that most actions consist of.

SQLAlchemy compiles each once and says how its columns are read and written; after that its own
bookkeeping for each execution, which costs several times the statement, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, Select, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler

from storage.driver import driver_of

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Made:
    """A statement for one database. ``places`` are the parameters' names in order, where the driver
    takes them by place; ``converts`` the columns that are not read or written as they are."""

    words: str
    places: tuple[str, ...]
    columns: tuple[str, ...]
    converts: tuple[tuple[str, Convert], ...]

    def run(self, connection: Connection, given: Mapping[str, Any]) -> Any:
        """Execute it with ``given``; the driver's cursor."""
        driver = driver_of(connection)
        places = self.places
        return driver.execute(self.words, [given[name] for name in places] if places else given)

    def convert(self, row: dict[str, Any]) -> dict[str, Any]:
        """``row`` itself, with each value that needs it converted."""
        for name, convert in self.converts:
            if row[name] is not None:
                row[name] = convert(row[name])
        return row


def _made(
    statement: ClauseElement,
    dialect: Dialect,
    columns: Sequence[str],
    converts: Iterable[Convert | None],
) -> _Made:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    needed = tuple((name, one) for name, one in zip(columns, converts, strict=True) if one)
    return _Made(str(compiled), tuple(compiled.positiontup or ()), tuple(columns), needed)


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
        return made.convert(dict(zip(made.columns, row, strict=True)))

    def _make(self, dialect: Dialect) -> _Made:
        columns = [one for one in self._statement.selected_columns if one.key is not None]
        types = [column.type.dialect_impl(dialect) for column in columns]
        reads = [one.result_processor(dialect, None) for one in types]
        made = _made(self._statement, dialect, [str(column.key) for column in columns], reads)
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
        done = made.run(connection, made.convert(dict(row)))
        # SQLite takes values by place and counts by itself; PostgreSQL returns the number.
        return int(done.lastrowid if made.places else done.fetchone()[0])

    def _make(self, dialect: Dialect) -> _Made:
        statement: Any = insert(self._table)
        if dialect.name != "sqlite":
            statement = statement.returning(self._table.c.id)
        types = [self._table.c[name].type.dialect_impl(dialect) for name in self._names]
        writes = [one.bind_processor(dialect) for one in types]
        made = _made(statement, dialect, self._names, writes)
        self._made[dialect.name] = made
        return made


class PreparedChange:
    """A statement that changes rows, with values of its own or given by name."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._made: dict[str, tuple[_Made, dict[str, Any]]] = {}

    def run(self, connection: Connection, given: Mapping[str, Any]) -> None:
        """Execute it with ``given`` parameters."""
        name = connection.dialect.name
        if name not in self._made:
            self._made[name] = self._make(connection.dialect)
        made, own = self._made[name]
        made.run(connection, made.convert({**own, **given}))

    def _make(self, dialect: Dialect) -> tuple[_Made, dict[str, Any]]:
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        own = {name: value for name, value in compiled.params.items() if value is not None}
        binds = {
            name: bind.type.dialect_impl(dialect) for bind, name in compiled.bind_names.items()
        }
        writes = [kind.bind_processor(dialect) for kind in binds.values()]
        needed = tuple((name, one) for name, one in zip(binds, writes, strict=True) if one)
        return _Made(str(compiled), tuple(compiled.positiontup or ()), tuple(binds), needed), own
