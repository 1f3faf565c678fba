"""A database in the shape that an older release left it in."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from storage.migrate import MIGRATIONS
from storage.store import Store, transaction


def up_to(store: Store, revision: str) -> None:
    """Run the migrations up to this one."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with transaction(store.engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
