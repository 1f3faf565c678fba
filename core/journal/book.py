"""What is kept for ``undo``, and the receipts that make a repeat recognisable."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.journal.model import Deed


class JournalBook(Protocol):
    """Deeds and receipts."""

    def remember(self, deed: Deed) -> None:
        """Keep a deed."""
        ...

    def last(self, member_id: int, since: datetime) -> Deed | None:
        """The member's last deed since then that is not undone."""
        ...

    def undo(self, deed_id: int) -> bool:
        """Mark a deed undone; False where it was already."""
        ...

    def claim(self, key: str, at: datetime) -> bool:
        """Use ``key`` up: True the first time, False for every repeat."""
        ...

    def forget_deeds_before(self, moment: datetime) -> int:
        """Delete deeds older than ``moment``, with what they would bring back; how many."""
        ...

    def forget_receipts_before(self, moment: datetime) -> int:
        """Delete receipts older than ``moment``; how many."""
        ...

    def forget_of(self, member_id: int) -> None:
        """Delete all deeds of a member who leaves."""
        ...
