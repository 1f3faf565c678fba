"""What is kept of drafts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.drafts.model import Draft


class DraftBook(Protocol):
    """Drafts, each belonging to one member."""

    def add(self, draft: Draft) -> Draft:
        """Keep a new draft."""
        ...

    def mine(self, draft_id: int, member_id: int, kind: str) -> Draft | None:
        """This member's draft of this kind, held until the transaction ends."""
        ...

    def newest(self, member_id: int, kinds: Sequence[str]) -> Draft | None:
        """The member's newest draft of these kinds that has not become anything, held."""
        ...

    def save(self, draft: Draft) -> None:
        """Keep changed data or what the draft became."""
        ...

    def forget(self, draft_id: int) -> None:
        """Delete a draft."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Delete drafts made before ``moment``; how many."""
        ...

    def forget_of(self, member_id: int) -> None:
        """Delete all drafts of a member who leaves."""
        ...
