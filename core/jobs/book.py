"""What is kept of the clock's slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.jobs.model import Run


class JobBook(Protocol):
    """One row for each slot of each job: whoever claims it runs it."""

    def claim(
        self,
        job: str,
        slot: datetime,
        at: datetime,
        free_at: datetime,
        *,
        caught_up: bool = False,
    ) -> Run | None:
        """Claim a slot; None where another replica has it."""
        ...

    def free(self, job: str, now: datetime) -> Sequence[Run]:
        """Runs of a job that anybody may take on, oldest first."""
        ...

    def take_over(self, run: Run, at: datetime, free_at: datetime) -> Run | None:
        """Take on a run that is free; None where another replica was quicker."""
        ...

    def renew(self, run: Run, free_at: datetime) -> bool:
        """A sign of life; False where another replica has taken the run over. Until the end of the
        transaction nobody can."""
        ...

    def finish(self, run: Run, at: datetime, done: int) -> None:
        """Keep that a run is done, and how much it did."""
        ...

    def fail(self, run: Run, at: datetime, failed: str, free_at: datetime | None) -> None:
        """Keep what went wrong, and from when on it may be tried again, if at all."""
        ...

    def hand_back(self, run: Run, at: datetime, done: int) -> None:
        """Free a run that was broken off on purpose; it does not count as a try."""
        ...

    def skip(self, job: str, slots: Sequence[datetime], at: datetime) -> None:
        """Keep that it was too late for these slots, where nobody has claimed them."""
        ...

    def last(self, job: str, until: datetime | None = None) -> datetime | None:
        """The last slot that was claimed or skipped, not after ``until``."""
        ...

    def latest(self) -> Mapping[str, Run]:
        """The run of the last slot of each job."""
        ...

    def recent(self, job: str = "", limit: int = 20) -> Sequence[Run]:
        """Runs of one job, or of all, the newest slots first."""
        ...

    def failing(self, since: datetime) -> Mapping[str, int]:
        """How many slots since then failed, by job."""
        ...

    def missed(self, since: datetime) -> Mapping[str, int]:
        """How many slots since then it was too late for, by job."""
        ...

    def last_finished(self) -> Mapping[str, datetime]:
        """When a run of each job was last finished well."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Delete slots older than ``moment``; how many."""
        ...
