"""A query run by the driver itself: for the one that every action begins with.

SQLAlchemy compiles it once and says how each column is read; after that its own bookkeeping for
each execution, which costs several times the query, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.sql.compiler import SQLCompiler

Read = Callable[[Any], Any]


class Prepared:
    """A query of one row, by the names of its columns."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._made: dict[str, tuple[str, tuple[str, ...], tuple[tuple[str, Read | None], ...]]] = {}

    def first(self, connection: Connection, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """The first row found with ``given`` parameters, or None."""
        dialect = connection.dialect
        if dialect.name not in self._made:
            self._made[dialect.name] = self._make(dialect)
        words, places, columns = self._made[dialect.name]
        driver: Any = connection.connection.driver_connection
        found = driver.execute(words, tuple(given[name] for name in places) if places else given)
        row = found.fetchone()
        if row is None:
            return None
        return {
            name: value if read is None or value is None else read(value)
            for (name, read), value in zip(columns, row, strict=True)
        }

    def _make(
        self, dialect: Dialect
    ) -> tuple[str, tuple[str, ...], tuple[tuple[str, Read | None], ...]]:
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        columns = tuple(
            (column.key, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for column in self._statement.selected_columns
            if column.key is not None
        )
        return str(compiled), tuple(compiled.positiontup or ()), columns
