"""Chat accounts that close and open again, and the names that chats show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("identities", sa.Column("closed_at", UTCDateTime(), nullable=True))
    # Nobody knows yet what the chats of present members show: the first word about it says so.
    op.add_column(
        "identities", sa.Column("shown_name", sa.String(), nullable=False, server_default="")
    )
    op.add_column("members", sa.Column("back_at", UTCDateTime(), nullable=True))
