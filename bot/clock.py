"""The clock: looks every minute for slots of jobs that are due."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.runner import run_due
from core.engine import Engine
from core.feature import Job
from core.jobs.slots import EPOCH

log = logging.getLogger("hourbridge.clock")


class _Patient(AsyncIOExecutor):  # type: ignore[misc]
    """The scheduler's own cancels ticks that are under way when it is shut down, and logs each as
    an error. Ours see that the clock stops and end by themselves."""

    def shutdown(self, wait: bool = True) -> None:
        """Leave what is under way alone."""


class Clock:
    """Ticks every job of the house once a minute, and at the start. What a tick runs is decided
    by the slots in the database: on time, caught up, or taken over from a replica that died."""

    def __init__(self, engine: Engine, executor: Executor, woken: Callable[[], None]) -> None:
        self._engine = engine
        self._executor = executor
        self._woken = woken
        self._stopping = False
        self._under_way: set[str] = set()
        self._scheduler = AsyncIOScheduler(executors={"default": _Patient()}, timezone=UTC)

    @property
    def running(self) -> bool:
        """Whether it ticks: for ``/health/ready``."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Start ticking, on the running event loop."""
        for job in self._engine.house.jobs.values():
            self._scheduler.add_job(
                self._tick,
                IntervalTrigger(minutes=1, start_date=EPOCH, timezone=UTC),
                args=(job,),
                id=job.name,
                coalesce=True,
                # One that works and one that finds it at work: to the scheduler alone a job of
                # more than a minute would be worth a warning every minute.
                max_instances=2,
                misfire_grace_time=None,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking. A job under way ends its transaction and hands the rest of its slot back
        for another replica to go on with."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _tick(self, job: Job) -> None:
        if job.name in self._under_way:
            return
        self._under_way.add(job.name)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(
                self._executor, run_due, self._engine, job, lambda: self._stopping
            )
        except Exception:
            log.exception("the clock could not look for what is due", extra={"job": job.name})
        finally:
            self._under_way.discard(job.name)
        self._woken()
