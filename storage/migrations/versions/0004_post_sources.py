"""The chat message that a post was made from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("source_platform", "source_tenant", "source_link"):
        op.add_column("posts", sa.Column(name, sa.String(), nullable=True))
