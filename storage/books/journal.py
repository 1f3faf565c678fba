"""Deeds that can be undone, and receipts of keys that were used up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from core.journal.model import Deed
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.members import DeedRow, ReceiptRow

DEEDS = table_of(DeedRow)
RECEIPTS = table_of(ReceiptRow)


class Journal:
    """Satisfies ``core.journal.book.JournalBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, deed: Deed) -> None:
        statements.add(self._connection, DEEDS, values(deed))

    def last(self, member_id: int, since: datetime) -> Deed | None:
        row = self._connection.execute(
            select(DEEDS)
            .where(DEEDS.c.member_id == member_id, DEEDS.c.at >= since, ~DEEDS.c.undone)
            .order_by(DEEDS.c.id.desc())
            .limit(1)
        ).one_or_none()
        return entity(Deed, row._mapping) if row else None

    def undo(self, deed_id: int) -> bool:
        done = self._connection.execute(
            update(DEEDS).where(DEEDS.c.id == deed_id, ~DEEDS.c.undone).values(undone=True)
        )
        return done.rowcount == 1

    def claim(self, key: str, at: datetime) -> bool:
        return statements.insert_once(self._connection, RECEIPTS, {"key": key, "at": at}, "key")

    def forget_deeds_before(self, moment: datetime) -> int:
        return self._connection.execute(delete(DEEDS).where(DEEDS.c.at < moment)).rowcount

    def forget_receipts_before(self, moment: datetime) -> int:
        return self._connection.execute(delete(RECEIPTS).where(RECEIPTS.c.at < moment)).rowcount

    def forget_of(self, member_id: int) -> None:
        self._connection.execute(delete(DEEDS).where(DEEDS.c.member_id == member_id))
