"""What stands in a database: to show that nothing was kept, or that nothing has changed."""

from __future__ import annotations

from storage.store import Store
from storage.tables import METADATA


def contents(store: Store) -> dict[str, list[str]]:
    """Every row of every table, in any order."""
    with store.begin() as books:
        return {
            name: sorted(str(tuple(row)) for row in books.connection.execute(table.select()))
            for name, table in METADATA.tables.items()
        }


def holding(store: Store, words: str) -> list[str]:
    """The tables in which ``words`` stand in any column."""
    found = []
    with store.begin() as books:
        for name, table in METADATA.tables.items():
            rows = books.connection.execute(table.select())
            if any(words in str(value) for row in rows for value in row):
                found.append(name)
    return found
