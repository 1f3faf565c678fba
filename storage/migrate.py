"""Bringing a database to the present shape, and telling whether a program can use the one it has.

A database may be ahead of a program: while replicas are replaced one by one, the new release has
migrated and the old one still answers. So from 0012 on each migration says in which ``phase`` it
is. ``expand`` only adds, and every older program goes on. ``contract`` takes away what is no longer
used; its ``works_from`` names the oldest migration whose program does not use it. Both are written
down in ``schema_changes``, where a program that does not have the migration itself can read them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, inspect, select, text
from sqlalchemy.exc import OperationalError

from storage.store import transaction
from storage.tables import METADATA
from storage.tables.columns import table_of
from storage.tables.shape import SchemaChangeRow

MIGRATIONS = Path(__file__).parent / "migrations"
CHANGES = table_of(SchemaChangeRow)
FIRST_MARKED = "0012"
"""The first migration with a phase."""

# Any number that nothing else on the same database uses.
_ADVISORY_LOCK = 0x486F7572
_TURN_SECONDS = 300
_TABLE_SECONDS = 5.0
_TRIES = 6
_PAUSE_SECONDS = 2.0


class Shape(StrEnum):
    """How a database and this program fit together."""

    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    """A newer release has migrated it, and this one can still use it."""
    TOO_NEW = "too new"

    @property
    def usable(self) -> bool:
        """Whether this program may work on it."""
        return self in (Shape.CURRENT, Shape.AHEAD)


class BusyTables(Exception):
    """A migration could not have a table to itself for long enough. Nothing was changed."""


class TooNew(Exception):
    """A newer release has taken away what this program uses, or has not said that it did not."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A migration that a database lacks."""

    revision: str
    phase: str
    does: str


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> int:
    """Run every migration that this database lacks, in one transaction; how many there were.

    Whoever comes second waits for the first, and then has nothing to do. Raises ``TooNew``
    where this program cannot use it, and ``BusyTables`` where a table was never free.
    """
    for left in reversed(range(_TRIES)):
        try:
            return _migrate_once(engine)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != "55P03":
                raise
            if left == 0:
                raise BusyTables from None
            time.sleep(_PAUSE_SECONDS)
    raise AssertionError("unreachable")


def _migrate_once(engine: Engine) -> int:
    with transaction(engine) as connection:
        if connection.dialect.name == "postgresql":
            _take_turn(connection)
        shape = shape_of(connection)
        if shape is Shape.TOO_NEW:
            raise TooNew
        if shape.usable:
            return 0
        lacking = len(pending(connection))
        command.upgrade(_config(connection), "head")
        return lacking


def _take_turn(connection: Connection) -> None:
    """Let one program migrate at a time, and let none of them hold up the ones that answer: a
    statement that waits for a table makes everybody after it wait as well."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{_TURN_SECONDS}s'"))
    connection.execute(select(text(f"pg_advisory_xact_lock({_ADVISORY_LOCK})")))
    connection.execute(text(f"SET LOCAL lock_timeout = '{_TABLE_SECONDS * 1000:.0f}ms'"))


def note_change(connection: Connection, revision: str, module: Any) -> None:
    """Write down what a migration that was just run leaves able to use the database."""
    phase = getattr(module, "phase", None)
    if phase is not None:
        row = {
            "revision": revision,
            "phase": phase,
            "works_from": getattr(module, "works_from", ""),
            "at": datetime.now(UTC),
        }
        connection.execute(insert(CHANGES).values(row))


def shape_of(connection: Connection) -> Shape:
    """How this database fits this program."""
    scripts = ScriptDirectory.from_config(_config())
    head = scripts.get_current_head()
    has = MigrationContext.configure(connection).get_current_revision()
    if has == head:
        return Shape.CURRENT
    if has is None or has in {script.revision for script in scripts.walk_revisions()}:
        return Shape.BEHIND
    assert head is not None
    return Shape.AHEAD if _leaves_able(connection, head, has) else Shape.TOO_NEW


def _leaves_able(connection: Connection, head: str, has: str) -> bool:
    """Whether everything that was run after ``head`` leaves its program able to go on."""
    if not inspect(connection).has_table(CHANGES.name):
        return False
    since = connection.execute(select(CHANGES).where(CHANGES.c.revision > head)).all()
    able = (row.phase == "expand" or "" < row.works_from <= head for row in since)
    return has in {row.revision for row in since} and all(able)


def is_current(connection: Connection) -> bool:
    """Whether the database has every migration of this program, and no other."""
    return shape_of(connection) is Shape.CURRENT


def pending(connection: Connection) -> Sequence[Pending]:
    """The migrations that this database lacks, in the order in which they run."""
    scripts = ScriptDirectory.from_config(_config())
    has = MigrationContext.configure(connection).get_current_revision() or "base"
    return [
        Pending(
            script.revision,
            getattr(script.module, "phase", ""),
            str(script.doc).partition("\n")[0].rstrip("."),
        )
        for script in reversed(list(scripts.iterate_revisions("heads", has)))
    ]


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
