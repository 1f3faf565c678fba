"""Gifts and grants, with the giver's note."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select, update

from core.ledger.model import Gift
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.ledger import GiftRow

GIFTS = table_of(GiftRow)


class Gifts:
    """Satisfies ``core.ledger.book.GiftBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, gift: Gift) -> Gift:
        return replace(gift, id=statements.add(self._connection, GIFTS, values(gift)))

    def get(self, gift_id: int) -> Gift | None:
        row = self._connection.execute(select(GIFTS).where(GIFTS.c.id == gift_id)).one_or_none()
        return entity(Gift, row._mapping) if row else None

    def forget_words_of(self, member_id: int) -> None:
        self._connection.execute(update(GIFTS).where(GIFTS.c.given_by == member_id).values(note=""))
