"""Conversations that the app is in, and where people are reached, as plain columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What each platform's adapter called the parts of an address.
_OLD = {
    "conversation": ("conversation_id", "channel", "chat"),
    "service_url": ("service_url",),
    "bot": ("bot_id",),
    "user": ("user_id",),
}


def upgrade() -> None:
    for part in _OLD:
        op.add_column(
            "identities",
            sa.Column(f"address_{part}", sa.String(), nullable=False, server_default=""),
        )
    _carry_over()
    op.drop_column("identities", "address")
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("installed_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=True),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("team_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("service_url", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("platform", "tenant", "external_id"),
    )


def _carry_over() -> None:
    """In one statement: a system has more than a million of these."""
    address = sa.column("address", sa.JSON())
    identities = sa.table("identities", *(sa.column(f"address_{part}") for part in _OLD))
    found = {
        f"address_{part}": sa.func.coalesce(
            *(sa.func.nullif(address[name].as_string(), "") for name in names), ""
        )
        for part, names in _OLD.items()
    }
    op.get_bind().execute(identities.update().values(found))
