"""The clock: each slot of each job runs once, whatever number of replicas tick."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from bot.clock import Clock, run_job, run_slot, slot_of
from core.engine import Engine
from core.feature import Feature, Job, house
from core.kernel.desk import Office
from core.kernel.keys import Keys
from storage.store import Store

NOON = datetime(2026, 8, 6, 12, 0, tzinfo=UTC)


class Replicas:
    """Engines with stores of their own on one database, and a job that says when it ran."""

    def __init__(self, url: str, many: int = 2) -> None:
        self.ran: list[datetime] = []
        self.left = 0
        self.now = NOON
        self.broken = False
        self.job = Job("test.count", 60, self._run, "counts")
        rooms = house([Feature("test", jobs=(self.job,))])
        self.stores = [Store(url) for _one in range(many)]
        self.engines = [
            Engine(store, rooms, Keys(("secret",)), clock=lambda: self.now) for store in self.stores
        ]

    def _run(self, office: Office) -> int:
        if self.broken:
            raise RuntimeError("a fault")
        self.ran.append(office.now)
        self.left -= 1
        return max(self.left, 0)

    def tick_together(self) -> list[int | None]:
        """Every replica ticks at the same moment; what each says it did."""
        together = Barrier(len(self.engines))

        def tick(engine: Engine) -> int | None:
            together.wait()
            return run_slot(engine, self.job)

        with ThreadPoolExecutor(len(self.engines)) as pool:
            return list(pool.map(tick, self.engines))

    def close(self) -> None:
        for store in self.stores:
            store.close()


@pytest.fixture
def replicas(database_url: str) -> Iterator[Replicas]:
    found = Replicas(database_url)
    yield found
    found.close()


def test_two_replicas_on_one_database_run_a_slot_once(replicas: Replicas) -> None:
    said = replicas.tick_together()
    assert sorted(said, key=lambda one: one is None) == [0, None]
    assert replicas.ran == [NOON]


def test_each_slot_is_run_again_when_its_time_comes(replicas: Replicas) -> None:
    for hour in range(4):
        replicas.now = NOON + timedelta(hours=hour)
        replicas.tick_together()
        replicas.now += timedelta(minutes=59)
        replicas.tick_together()
    assert replicas.ran == [NOON + timedelta(hours=hour) for hour in range(4)]


def test_a_job_runs_until_nothing_is_left(replicas: Replicas) -> None:
    replicas.left = 4
    assert run_job(replicas.engines[0], replicas.job) == 3 + 2 + 1
    assert len(replicas.ran) == 4


def test_the_last_slot_is_kept_for_operators(replicas: Replicas) -> None:
    replicas.now = NOON + timedelta(minutes=20)
    replicas.tick_together()
    with replicas.stores[0].begin() as books:
        assert books.jobs.last("test.count") == NOON


@pytest.mark.parametrize(
    ("every", "moment", "start"),
    [
        (60, NOON + timedelta(minutes=59, seconds=59), NOON),
        (60, NOON, NOON),
        (15, NOON + timedelta(minutes=31), NOON + timedelta(minutes=30)),
        (24 * 60, NOON, NOON.replace(hour=0)),
    ],
)
def test_a_slot_starts_on_whole_steps_of_the_clock(
    every: int, moment: datetime, start: datetime
) -> None:
    job = Job("test", every, lambda _office: 0, "")
    assert slot_of(job, moment) == start


async def test_a_start_makes_good_what_was_missed_and_a_failing_job_does_not_stop_the_clock(
    replicas: Replicas,
) -> None:
    engine = replicas.engines[0]
    replicas.broken = True
    for broken in (True, False):
        replicas.broken = broken
        replicas.now += timedelta(days=2)
        ticked = asyncio.Event()
        with ThreadPoolExecutor(1) as pool:
            clock = Clock(engine, pool, ticked.set)
            clock.start()
            await asyncio.wait_for(ticked.wait(), 10)
            ticking = [clock.running]
            clock.stop()
            await asyncio.sleep(0)
            ticking.append(clock.running)
        assert ticking == [True, False]
        assert len(replicas.ran) == (0 if broken else 1)
