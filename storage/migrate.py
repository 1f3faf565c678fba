"""Bringing a database to the present shape, and telling whether it has it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from storage.store import transaction
from storage.tables import METADATA

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Run every migration that this database lacks, in one transaction."""
    with transaction(engine) as connection:
        command.upgrade(_config(connection), "head")


def is_current(connection: Connection) -> bool:
    """Whether the database has every migration of this program."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def differences(connection: Connection) -> list[object]:
    """What the models say and the database lacks, or the other way round; empty when they agree."""
    context = MigrationContext.configure(
        connection,
        opts={
            "compare_type": True,
            "include_name": lambda name, kind, _parents: (
                not (kind == "table" and str(name).startswith("post_words"))
            ),
        },
    )
    return list(compare_metadata(context, METADATA))
