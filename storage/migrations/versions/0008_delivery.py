"""Deliveries to channels, planned by the many, and paced by lanes that all replicas share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_DUE = sa.text("state = 'waiting' OR (state = 'sent' AND shown < changes)")
_KEYED = sa.text("key IS NOT NULL")
_TO_CONVERSATION = sa.text("conversation_id IS NOT NULL")
# Names for what the first migration left the databases to name, as PostgreSQL does.
_NAMES = {"fk": "%(table_name)s_%(column_0_name)s_fkey"}
_INDEXES = (
    ("deliveries_due", ["platform", "tenant", "bulk", "not_before", "id"], _DUE, False),
    ("deliveries_by_handle", ["platform", "tenant", "handle"], sa.text("handle <> ''"), False),
    ("deliveries_to_conversation", ["notice_id", "conversation_id"], _TO_CONVERSATION, True),
)


def upgrade() -> None:
    op.add_column("notices", sa.Column("key", sa.String(), nullable=True))
    op.create_index(
        "notices_by_key",
        "notices",
        ["key"],
        unique=True,
        sqlite_where=_KEYED,
        postgresql_where=_KEYED,
    )
    for index in ("deliveries_due", "deliveries_by_handle"):
        op.drop_index(index, "deliveries")
    with op.batch_alter_table("deliveries", naming_convention=_NAMES) as deliveries:
        deliveries.alter_column("member_id", existing_type=sa.Integer(), nullable=True)
        deliveries.add_column(sa.Column("conversation_id", sa.Integer(), nullable=True))
        deliveries.add_column(
            sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        deliveries.add_column(sa.Column("counted_on", sa.Date(), nullable=True))
        deliveries.add_column(
            sa.Column("bulk", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        for column in ("notice_id", "member_id"):
            deliveries.drop_constraint(f"deliveries_{column}_fkey", type_="foreignkey")
        deliveries.create_check_constraint(
            "deliveries_have_one_recipient", "(member_id IS NULL) <> (conversation_id IS NULL)"
        )
    for name, columns, where, unique in _INDEXES:
        op.create_index(
            name, "deliveries", columns, unique=unique, sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "lanes",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("opens_at", UTCDateTime(), nullable=False),
        sa.Column("held_until", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "tenant"),
    )
    op.drop_table("held_tenants")
    _job_runs()


def _job_runs() -> None:
    # What was claimed before is over: an unfinished one is made good by the present slot.
    for column in (
        sa.Column("state", sa.String(), nullable=False, server_default="done"),
        sa.Column("free_at", UTCDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("caught_up", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("failed", sa.String(), nullable=False, server_default=""),
    ):
        op.add_column("job_runs", column)
    op.create_index(
        "job_runs_free",
        "job_runs",
        ["job", "free_at"],
        sqlite_where=sa.text("free_at IS NOT NULL"),
        postgresql_where=sa.text("free_at IS NOT NULL"),
    )
    op.create_index(
        "job_runs_in_trouble",
        "job_runs",
        ["state", "slot"],
        sqlite_where=sa.text("state IN ('failed', 'skipped')"),
        postgresql_where=sa.text("state IN ('failed', 'skipped')"),
    )
