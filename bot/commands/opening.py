"""Opening the database for a command, once it is sure to be there and in its present shape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.commands.terminal import Failed
from bot.settings import Settings, SettingsError, read_settings
from storage.books import Books
from storage.migrate import Shape, shape_of
from storage.store import Store

NEWER = "The database was made by a newer version of Hourbridge. Install that version."
_DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")


def checked_url(settings: Settings) -> str:
    """The database's address. Raises ``SettingsError`` unless Hourbridge can run on it."""
    try:
        url = make_url(settings.database_url)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in _DRIVERS:
        raise SettingsError(
            "HOURBRIDGE_DATABASE_URL must start with sqlite:/// or postgresql+psycopg://."
        )
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise SettingsError("HOURBRIDGE_DATABASE_URL must name a file, as in sqlite:///FILE.")
    return settings.database_url


def missing_file(settings: Settings) -> Path | None:
    """The SQLite file of these settings, if it does not exist yet."""
    url = make_url(checked_url(settings))
    if url.get_backend_name() != "sqlite":
        return None
    path = Path(str(url.database))
    return None if path.exists() else path


def check_shape(store: Store) -> Shape:
    """How the database fits this program. Raises ``Failed`` with what to do where it does not."""
    with store.engine.connect() as connection:
        shape = shape_of(connection)
    if shape is Shape.BEHIND:
        raise Failed(
            "The database does not have the shape that this version needs. "
            "Back it up, then run: hourbridge migrate"
        )
    if shape is Shape.TOO_NEW:
        raise Failed(NEWER)
    return shape


@contextmanager
def open_store(settings: Settings | None = None) -> Iterator[Store]:
    """The database of the settings. Raises ``Failed`` where it is not there or cannot be used."""
    settings = settings or read_settings()
    path = missing_file(settings)
    if path is not None:
        raise Failed(f"There is no database at {path} yet. Make it with: hourbridge migrate")
    store = Store(settings.database_url, settings.secrets)
    try:
        check_shape(store)
        yield store
    finally:
        store.close()


@contextmanager
def open_books() -> Iterator[Books]:
    """The books of one transaction, committed at the end."""
    with open_store() as store, store.begin() as books:
        yield books
