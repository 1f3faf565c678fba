"""A run is one slot of one job, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(minutes=10)
"""How long a run is left alone after its last sign of life."""
RETRY_AFTER = timedelta(minutes=5)
"""How long after a first failure a slot is tried again; after a second, twice as long."""
MOST_TRIES = 3
BROKE_OFF = "broke off"
"""What stands as the fault of a run whose process ended in the middle of it."""


class RunState(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Run:
    """One slot of one job.

    ``free_at`` is when any replica may take it on: a running one whose process has died, or a
    failed one that is to be tried again; None where nobody is to. ``tries`` goes up each time, and
    so tells a replica that it has lost its run to another. ``caught_up``: it ran after its slot was
    over. ``failed`` is the class of the error and the reference that the log has, and no words.
    ``done`` and ``finished_at`` of a running one: what had been done when it was handed back.
    """

    job: str
    slot: datetime
    state: RunState
    started_at: datetime
    free_at: datetime | None
    tries: int
    caught_up: bool = False
    done: int | None = None
    finished_at: datetime | None = None
    failed: str = ""

    @property
    def handed_back(self) -> bool:
        """Whether it was broken off on purpose, and nobody has gone on with it yet."""
        return self.state is RunState.RUNNING and self.finished_at is not None
