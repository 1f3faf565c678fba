"""Drafts: what a person is about to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from core.drafts.model import Draft
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.members import DraftRow

DRAFTS = table_of(DraftRow)
_MINE = (
    select(DRAFTS)
    .where(
        DRAFTS.c.id == bindparam("id"),
        DRAFTS.c.member_id == bindparam("member_id"),
        DRAFTS.c.kind == bindparam("kind"),
    )
    .with_for_update()
)
_SAVE = (
    update(DRAFTS)
    .where(DRAFTS.c.id == bindparam("row_id"))
    .values(data=bindparam("data"), became=bindparam("became"))
)


class Drafts:
    """Satisfies ``core.drafts.book.DraftBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, draft: Draft) -> Draft:
        return replace(draft, id=statements.add(self._connection, DRAFTS, values(draft)))

    def mine(self, draft_id: int, member_id: int, kind: str) -> Draft | None:
        row = self._connection.execute(
            _MINE, {"id": draft_id, "member_id": member_id, "kind": kind}
        ).one_or_none()
        return entity(Draft, row._mapping) if row else None

    def newest(self, member_id: int, kinds: Sequence[str]) -> Draft | None:
        row = self._connection.execute(
            select(DRAFTS)
            .where(
                DRAFTS.c.member_id == member_id, DRAFTS.c.kind.in_(kinds), DRAFTS.c.became.is_(None)
            )
            .order_by(DRAFTS.c.id.desc())
            .limit(1)
            .with_for_update()
        ).one_or_none()
        return entity(Draft, row._mapping) if row else None

    def save(self, draft: Draft) -> None:
        self._connection.execute(
            _SAVE, {"row_id": draft.id, "data": dict(draft.data), "became": draft.became}
        )

    def forget(self, draft_id: int) -> None:
        self._connection.execute(delete(DRAFTS).where(DRAFTS.c.id == draft_id))

    def forget_before(self, moment: datetime) -> int:
        return self._connection.execute(delete(DRAFTS).where(DRAFTS.c.created_at < moment)).rowcount

    def forget_of(self, member_id: int) -> None:
        self._connection.execute(delete(DRAFTS).where(DRAFTS.c.member_id == member_id))
