"""What is kept of the clock's slots."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class JobBook(Protocol):
    """One row for each slot of each job: whoever claims it runs it."""

    def claim(self, job: str, slot: datetime, at: datetime) -> bool:
        """Claim a slot; False where another replica has it."""
        ...

    def finish(self, job: str, slot: datetime, done: int) -> None:
        """Keep how much a run did."""
        ...

    def last(self, job: str) -> datetime | None:
        """The last slot that was claimed."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Delete slots older than ``moment``; how many."""
        ...
