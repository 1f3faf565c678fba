"""What members' digests have shown, and what finding their content goes by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("slot", UTCDateTime(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("latest", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"]),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.create_index("members_by_zone", "members", ["state", "zone"])
    op.create_index("preferences_by_digest", "preferences", ["digest_weekday", "digest_hour"])
    op.create_index("exchanges_by_end", "exchanges", ["state", "ended_at"])
