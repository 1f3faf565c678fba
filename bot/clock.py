"""The clock: starts jobs slot by slot, so that exactly one replica runs each slot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from core.engine import Engine
from core.feature import Job

log = logging.getLogger("hourbridge.clock")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def slot_of(job: Job, moment: datetime) -> datetime:
    """The start of the slot of ``job`` that ``moment`` lies in."""
    length = timedelta(minutes=job.every_minutes)
    return EPOCH + (moment - EPOCH) // length * length


def run_job(engine: Engine, job: Job) -> int:
    """Run one job until nothing is left to do; how much it did."""
    total = 0
    while True:
        with engine.store.begin() as books:
            done = job.run(engine.office(books))
        total += done
        if not done:
            return total


def run_slot(engine: Engine, job: Job) -> int | None:
    """Run the present slot of a job, if no replica has; how much it did."""
    with engine.store.begin() as books:
        now = engine.clock()
        slot = slot_of(job, now)
        if not books.jobs.claim(job.name, slot, now):
            return None
    done = run_job(engine, job)
    with engine.store.begin() as books:
        books.jobs.finish(job.name, slot, done)
    log.info("job", extra={"job": job.name, "done": done})
    return done


class Clock:
    """Ticks every job of the house. A start runs the present slot, which makes good what was
    missed: a job finds what is due in the tables."""

    def __init__(self, engine: Engine, executor: Executor, woken: Callable[[], None]) -> None:
        self._engine = engine
        self._executor = executor
        self._woken = woken
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    @property
    def running(self) -> bool:
        """Whether it ticks: for ``/health/ready``."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Start ticking, on the running event loop."""
        for job in self._engine.house.jobs.values():
            self._scheduler.add_job(
                self._tick,
                IntervalTrigger(minutes=job.every_minutes, start_date=EPOCH, timezone=UTC),
                args=(job,),
                id=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _tick(self, job: Job) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._executor, run_slot, self._engine, job)
        except Exception:
            log.exception("a job failed", extra={"job": job.name})
        self._woken()
