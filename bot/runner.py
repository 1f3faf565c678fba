"""Running jobs: which slots are due, and each of them once, whatever number of replicas tick."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from core.apology import logged
from core.books import Books
from core.engine import Engine
from core.feature import Job
from core.jobs.model import BROKE_OFF, LEASE, MOST_TRIES, RETRY_AFTER, Run
from core.jobs.slots import due, earliest, slot_of

log = logging.getLogger("hourbridge.clock")


def _never() -> bool:
    return False


def run_job(engine: Engine, job: Job) -> int:
    """Run one job by hand until nothing is left to do, for the slot that it is now; how much it
    did. Nothing is kept of it: the clock still runs every slot itself."""
    slot, total = slot_of(job, engine.clock()), 0
    while True:
        done = engine.transact(lambda books: job.run(engine.office(books, slot)))
        total += done
        if not done:
            return total


def run_due(engine: Engine, job: Job, stopping: Callable[[], bool] = _never) -> int:
    """Run every slot of a job that is due and that no other replica has; how many were run.

    ``stopping``: the program is about to end, so what is under way is handed back.
    """
    runs = 0
    while not stopping():
        run = engine.transact(lambda books: _taken(books, job, engine.clock()))
        if run is None:
            break
        _carry_out(engine, job, run, stopping)
        runs += 1
    return runs


def _taken(books: Books, job: Job, now: datetime) -> Run | None:
    """The oldest slot that is this replica's to run; None where there is nothing more."""
    for run in books.jobs.free(job.name, now):
        if run.handed_back and job.catch_up is None and run.slot < earliest(job, now):
            # The present slot does what was left: nothing has failed.
            books.jobs.finish(run, run.finished_at or now, run.done or 0)
            continue
        if run.tries >= MOST_TRIES or run.slot < earliest(job, now):
            books.jobs.fail(run, now, run.failed or BROKE_OFF, None)
            continue
        ours = books.jobs.take_over(run, now, now + LEASE)
        if ours is not None:
            return ours
    present = slot_of(job, now)
    # A slot after the present one was claimed by a clock that is ahead, perhaps far.
    found = due(job, books.jobs.last(job.name, present), now)
    books.jobs.skip(job.name, found.too_late, now)
    for slot in found.to_run:
        run_or_none = books.jobs.claim(job.name, slot, now, now + LEASE, caught_up=slot < present)
        if run_or_none is not None:
            return run_or_none
    return None


def _carry_out(engine: Engine, job: Job, run: Run, stopping: Callable[[], bool]) -> None:
    """Run a job for one slot, a transaction at a time. A failure is kept and logged."""
    total = 0

    def step(books: Books) -> int | None:
        return _step(engine, books, job, run, total)

    def leave(books: Books) -> None:
        books.jobs.hand_back(run, engine.clock(), total)

    try:
        while (done := engine.transact(step)) != 0:
            if done is None:
                log.warning("a slot was taken over", extra={"job": job.name})
                return
            total += done
            if stopping():
                engine.transact(leave)
                return
    except Exception as error:
        fault = f"{type(error).__name__} {logged(error, job=job.name)}"
        engine.transact(lambda books: _failed(books, run, engine.clock(), fault))
        return
    log.info("job", extra={"job": job.name, "done": total})


def _step(engine: Engine, books: Books, job: Job, run: Run, total: int) -> int | None:
    """One transaction of a run; how much it did, and None where the run is not ours any more."""
    now = engine.clock()
    if not books.jobs.renew(run, now + LEASE):
        return None
    done = job.run(engine.office(books, run.slot))
    if not done:
        books.jobs.finish(run, now, total)
    return done


def _failed(books: Books, run: Run, now: datetime, fault: str) -> None:
    again = now + RETRY_AFTER * run.tries if run.tries < MOST_TRIES else None
    books.jobs.fail(run, now, fault, again)
