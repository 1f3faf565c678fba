"""Asking a database whether it answers, without waiting long and without taking a place in the
queue of those who work on it."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from storage.migrate import Shape, shape_of
from storage.store import Store

PATIENCE_SECONDS = 3
_BOUNDS = {
    "connect_timeout": PATIENCE_SECONDS,
    "tcp_user_timeout": PATIENCE_SECONDS * 1000,
    "options": f"-c statement_timeout={PATIENCE_SECONDS * 1000}",
}


class Probe:
    """Holds one connection to PostgreSQL of its own; a SQLite file is read beside its writer."""

    def __init__(self, store: Store) -> None:
        self._own = None if store.sqlite else _engine(store)
        self._engine = self._own or store.engine
        self._seen: tuple[str, Shape] | None = None

    def ask(self) -> Shape | None:
        """How the database fits this program; None where it does not answer."""
        try:
            with self._engine.connect() as connection:
                return self._shape(connection)
        except (SQLAlchemyError, OSError):
            return None

    def _shape(self, connection: Connection) -> Shape:
        version = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        if self._seen is None or self._seen[0] != version:
            self._seen = version, shape_of(connection)
        return self._seen[1]

    def close(self) -> None:
        """Close the connection."""
        if self._own is not None:
            self._own.dispose()


def _engine(store: Store) -> Engine:
    return create_engine(
        store.url, hide_parameters=True, pool_size=1, max_overflow=0, connect_args=_BOUNDS
    )
