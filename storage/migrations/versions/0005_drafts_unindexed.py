"""Drafts without an index on their member: each draft is written, hardly any is looked for."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_drafts_member_id", table_name="drafts")
