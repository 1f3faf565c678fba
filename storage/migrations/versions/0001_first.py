"""The first shape."""

from __future__ import annotations

from alembic import op

from storage.search import INDEX
from storage.tables import METADATA
from storage.triggers import TRIGGERS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    METADATA.create_all(op.get_bind())
    dialect = op.get_context().dialect.name
    for statement in (*INDEX[dialect], *TRIGGERS[dialect]):
        op.execute(statement)
