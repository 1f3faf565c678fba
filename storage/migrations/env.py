"""Alembic's entry: runs the migrations on the connection that ``storage.migrate`` hands over."""

from __future__ import annotations

from typing import Any

from alembic import context

from storage.migrate import note_change
from storage.tables import METADATA

# Made by hand in a migration, for one database or the other; not part of the models.
BY_HAND = ("post_words",)


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith(BY_HAND))


def _note(ctx: Any, step: Any, *_positional: object, **_named: object) -> None:
    script = step.up_revision
    note_change(ctx.connection, script.revision, script.module)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_name=_ours,
    render_as_batch=True,
    compare_type=True,
    on_version_apply=_note,
)
with context.begin_transaction():
    context.run_migrations()
