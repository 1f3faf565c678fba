"""An empty database becomes the sample system; one that has members is left as it is."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.demo.history import SEED, play
from bot.settings import Settings
from core.engine import Engine
from core.features import the_house
from core.kernel.keys import Keys
from storage.migrate import migrate
from storage.store import Store


def _repeatable(secrets: tuple[str, ...]) -> Keys:
    """Keys that come in the same order each time, and that nobody guesses without the secret."""
    keys, counter = Keys(secrets), itertools.count()

    class Repeatable(Keys):
        @staticmethod
        def nonce() -> str:
            return keys.digest("demo", str(next(counter)))[:12]

    return Repeatable(secrets)


def seed(settings: Settings, now: datetime | None = None, seed: int = SEED) -> bool:
    """Migrate the database and, where it has no members, play the history up to ``now``.

    Returns whether it played. The store is closed afterwards, so that whoever opens the database
    next writes with full care again. A file that this made is removed if it is interrupted, so
    that nobody meets half a history.
    """
    store = Store(settings.database_url)
    file = Path(store.url.database or "") if store.sqlite else None
    made_here = file is not None and not file.exists()
    try:
        migrate(store.engine)
        with store.begin() as books:
            query = "SELECT count(*) FROM members"
            if books.connection.exec_driver_sql(query).scalar_one():
                return False
        if store.sqlite:
            _hurry(store)
        house, keys = the_house(), _repeatable(settings.secrets)

        def make(clock: Callable[[], datetime]) -> Engine:
            return Engine(store, house, keys, public_url=settings.url, clock=clock)

        play(make, now or datetime.now(UTC), seed)
    except BaseException:
        store.close()
        if file is not None and made_here:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{file}{suffix}").unlink(missing_ok=True)
        raise
    finally:
        store.close()
    return True


def _hurry(store: Store) -> None:
    """Do not wait for the disk: a seed that a power cut interrupts is simply made again."""

    @event.listens_for(store.engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    store.engine.dispose()
