"""The store: one SQLite file or one PostgreSQL database, and transactions on it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

from core.kernel.stale import Busy
from storage.books import Books
from storage.driver import driver_of
from storage.registry import Cache
from storage.sealing import Sealing

# serialization_failure, deadlock_detected, lock_not_available, and unique_violation: somebody else
# made the same thing first (joined twice at once), which another try sees.
ASK_AGAIN = frozenset(("40001", "40P01", "55P03", "23505"))
# A network that swallows what is sent would otherwise be waited for a quarter of an hour.
_NETWORK = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


class Store:
    """Opens transactions. On SQLite one writer at a time, in turn; on PostgreSQL many.

    The first of ``secrets`` seals tokens and every one of them opens them; without one a store
    keeps no tokens.
    """

    def __init__(self, url: str, secrets: Sequence[str] = ()) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(url) if self.sqlite else _postgres(url)
        # Waiting here costs nothing; waiting inside SQLite means sleeping and asking again.
        self._turn = threading.Lock()
        self._kept: Connection | None = None
        self._cache = Cache()
        self._sealing = Sealing(secrets, "installation")

    @contextmanager
    def begin(self) -> Iterator[Books]:
        """One transaction's books: committed at the end, rolled back by an exception."""
        try:
            if self.sqlite:
                with self._turn:
                    connection = self._writer()
                    with connection.begin():
                        _take_the_turn(connection)
                        yield Books(connection, self._cache, self._sealing)
            else:
                with self.engine.begin() as connection:
                    yield Books(connection, self._cache, self._sealing)
        except Exception as error:
            if _may_work_again(error):
                raise Busy from error
            raise

    @contextmanager
    def snapshot(self) -> Iterator[Books]:
        """Books to read from, as they stand at one moment. Nobody waits for whoever reads."""
        engine = self.engine
        if not self.sqlite:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.connect() as connection:
            if self.sqlite:
                driver_of(connection).execute("BEGIN")
            yield Books(connection, self._cache, self._sealing)

    def _writer(self) -> Connection:
        """SQLite's one writing connection, kept open: taking one from the pool for each action
        cost more than the action's own bookkeeping."""
        if self._kept is None or self._kept.closed or self._kept.invalidated:
            self._kept = self.engine.connect()
        return self._kept

    def close(self) -> None:
        """Close every connection."""
        with self._turn:
            if self._kept is not None:
                self._kept.close()
        self.engine.dispose()


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction on a connection of its own, for what is no action: a migration, an audit."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            _take_the_turn(connection)
        yield connection


def _take_the_turn(connection: Connection) -> None:
    """Begin for SQLite, which the driver is told to leave to us.

    A transaction that reads first and writes later would lose to another writer. An event of the
    engine would say this in one place, and make every statement of every action dearer.
    """
    driver_of(connection).execute("BEGIN IMMEDIATE")


def _may_work_again(error: Exception) -> bool:
    """Whether the database says that the same may work at another try."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or _asks_again(error.orig)
    # What speaks to the driver itself has its errors unwrapped.
    return _asks_again(error)


def _asks_again(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return "is locked" in str(error)
    return getattr(error, "sqlstate", None) in ASK_AGAIN


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "temp_store=MEMORY",
            # 16 MB of log between checkpoints: the same pages are written over less often.
            "wal_autocheckpoint=4000",
            # Or else INSERT OR REPLACE would slip past the ledger's triggers.
            "recursive_triggers=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgres(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=20,
        max_overflow=0,
        connect_args={"options": "-c timezone=UTC -c lock_timeout=10000", **_NETWORK},
    )
