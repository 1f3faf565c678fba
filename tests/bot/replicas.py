"""Replicas of the program on one database, each with a clock of its own that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.runner import run_due
from core.engine import Engine
from core.feature import Feature, Job, house
from core.jobs.model import Run
from core.kernel.desk import Office
from core.kernel.keys import Keys
from storage.store import Store
from tests.together import together

NOON = datetime(2026, 8, 6, 12, 0, tzinfo=UTC)
NAME = "test.count"


class Killed(BaseException):
    """The end of a process: nothing of the program catches it."""


@dataclass
class Replicas:
    """Engines with stores of their own on one database, and a job that says for which slot and
    when it ran. ``left`` is how much there is to do, one thing in each transaction."""

    url: str
    many: int = 2
    every: int = 60
    catch_up: timedelta | None = None
    now: datetime = NOON
    left: int = 0
    fault: BaseException | None = None
    slots: list[datetime | None] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    ahead: list[timedelta] = field(default_factory=list)
    """How far each replica's clock is ahead."""

    def __post_init__(self) -> None:
        self.job = Job(NAME, self.every, self._run, "counts", self.catch_up)
        self.ahead = self.ahead or [timedelta()] * self.many
        self.stores = [Store(self.url) for _one in range(self.many)]
        rooms = house([Feature("test", jobs=(self.job,))])
        self.engines = [
            Engine(store, rooms, Keys(("secret",)), clock=self._clock(number))
            for number, store in enumerate(self.stores)
        ]

    def _clock(self, number: int) -> Callable[[], datetime]:
        return lambda: self.now + self.ahead[number]

    def _run(self, office: Office) -> int:
        if self.fault is not None:
            raise self.fault
        self.slots.append(office.slot)
        self.moments.append(office.now)
        self.left -= 1
        return 1 if self.left >= 0 else 0

    def tick(self, number: int = 0) -> int:
        """One replica looks for what is due; how many slots it ran."""
        return run_due(self.engines[number], self.job)

    def tick_together(self) -> list[int]:
        """Every replica looks at the same moment; how many slots each ran."""
        return together(*(partial(self.tick, number) for number in range(len(self.engines))))

    def runs(self) -> list[Run]:
        """Everything that is kept, the oldest slot first."""
        with self.stores[0].begin() as books:
            return list(reversed(books.jobs.recent(NAME, 10_000)))

    def later(self, **time: float) -> None:
        """Move every clock on."""
        self.now += timedelta(**time)

    def close(self) -> None:
        """Close every store."""
        for store in self.stores:
            store.close()
