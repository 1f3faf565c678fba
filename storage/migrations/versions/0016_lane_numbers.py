"""A number for each lane, so that planning for very many has less to write into indexes.

A program of before goes on with all of it, only that it takes longer to find what is due.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
phase = "expand"

_DUE = sa.text("state = 'waiting' OR (state = 'sent' AND shown < changes)")
_NAMES = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}


def upgrade() -> None:
    for index in ("deliveries_due", "deliveries_of_member"):
        op.drop_index(index, "deliveries")
    with op.batch_alter_table("deliveries", naming_convention=_NAMES) as deliveries:
        deliveries.add_column(_lane())
        deliveries.drop_constraint("deliveries_notice_id_member_id_key", type_="unique")
    op.create_index(
        "deliveries_due",
        "deliveries",
        ["lane", "bulk", "not_before", "id"],
        sqlite_where=_DUE,
        postgresql_where=_DUE,
    )
    op.create_index("deliveries_of_member", "deliveries", ["member_id", "notice_id"], unique=True)
    op.create_index("deliveries_of_notice", "deliveries", ["notice_id"])


def _lane() -> sa.Column[object]:
    both = "platform || ' ' || tenant"
    if op.get_bind().dialect.name == "sqlite":
        return sa.Column("lane", sa.String(), sa.Computed(both, persisted=True))
    return sa.Column(
        "lane", sa.BigInteger(), sa.Computed(f"hashtextextended({both}, 0)", persisted=True)
    )
