"""``hourbridge migrate``: brings the database to the shape that this version needs."""

from __future__ import annotations

from argparse import Namespace

from alembic.util.exc import CommandError

from bot.commands.opening import checked_url
from bot.commands.terminal import Failed, Groups, command
from bot.settings import Settings, read_settings
from storage.migrate import migrate
from storage.store import Store


def add(groups: Groups) -> None:
    """The command ``migrate``."""
    command(groups, "migrate", "make the database, or bring it to the present shape", _migrate)


def _migrate(_given: Namespace) -> int:
    bring_up_to_date(read_settings())
    print("The database has the shape that this version needs.")
    return 0


def bring_up_to_date(settings: Settings) -> None:
    """Run the migrations that the database lacks. Raises ``Failed`` where it is newer than this."""
    store = Store(checked_url(settings))
    try:
        migrate(store.engine)
    except CommandError:
        raise Failed(
            "The database was made by a newer version of Hourbridge. Install that version."
        ) from None
    finally:
        store.close()
