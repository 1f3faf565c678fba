"""The database driver's own connection, for what is run without SQLAlchemy's bookkeeping."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection


def driver_of(connection: Connection) -> Any:
    """The connection of sqlite3 or psycopg beneath ``connection``, in the same transaction."""
    return connection.connection.driver_connection
