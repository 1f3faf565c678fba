"""``hourbridge jobs``: the work that the clock starts, to be looked at and run by hand."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.commands.opening import open_books, open_store
from bot.commands.terminal import (
    Failed,
    Groups,
    a_count,
    a_moment,
    command,
    group,
    listing,
    print_json,
    print_table,
)
from bot.settings import read_settings
from core.feature import Job
from core.jobs.model import Run, RunState
from core.jobs.slots import due, length_of, slot_of


def add(groups: Groups) -> None:
    """The group ``jobs``."""
    ours = group(groups, "jobs", "list the work that the clock starts, or run some of it now")
    listing(ours, "list", "list the jobs, how each last went and when each is next due", _list)
    running = command(
        ours,
        "run",
        "run one job until there is nothing left for it to do; the clock still runs every slot",
        _run,
    )
    running.add_argument("name", metavar="NAME", help="which job, as jobs list shows it")
    running.add_argument(
        "--at",
        type=a_moment,
        metavar="TIME",
        help="as if the clock said 2026-08-06T09:00; UTC unless the time names its zone",
    )
    runs = listing(ours, "runs", "list what the clock has run, the newest slots first", _runs)
    runs.add_argument("name", metavar="NAME", nargs="?", default="", help="of this job alone")
    runs.add_argument("--limit", type=a_count, default=20, metavar="N", help="at most N (20)")


def _jobs() -> Mapping[str, Job]:
    # All rooms take a while to load, which other commands need not wait for.
    from core.features import the_house

    return the_house().jobs


def _job(name: str) -> Job:
    jobs = _jobs()
    if name not in jobs:
        raise Failed(f"There is no job called {name!r}. There are: {', '.join(sorted(jobs))}.")
    return jobs[name]


def _list(given: Namespace) -> int:
    jobs = _jobs().values()
    with open_books() as books:
        latest = books.jobs.latest()
    now = datetime.now(UTC)
    found = [_summary(job, latest.get(job.name), now) for job in jobs]
    if given.json:
        print_json(found)
        return 0
    columns = ("name", "every", "last slot", "went", "next due", "catches up", "does")
    rows = [
        (
            one["name"],
            _spoken(job.every_minutes),
            one["last_slot"],
            one["went"],
            one["next_due"],
            _catching_up(job),
            one["does"],
        )
        for job, one in zip(jobs, found, strict=True)
    ]
    print_table(columns, rows, "There are no jobs.")
    return 0


def _summary(job: Job, run: Run | None, now: datetime) -> dict[str, object]:
    minutes = job.catch_up // timedelta(minutes=1) if job.catch_up is not None else None
    return {
        "name": job.name,
        "every_minutes": job.every_minutes,
        "last_slot": run.slot if run else None,
        "went": _went(run, now) if run else None,
        "next_due": _next_due(job, run, now),
        "catch_up_minutes": minutes,
        "does": job.help,
    }


def _next_due(job: Job, run: Run | None, now: datetime) -> datetime:
    """The next slot that the clock will start: one that waits already, or the one after it."""
    if run is not None and run.free_at is not None and run.state is RunState.FAILED:
        return run.free_at
    waiting = due(job, run.slot if run else None, now).to_run
    return waiting[0] if waiting else slot_of(job, now) + length_of(job)


def _went(run: Run, now: datetime) -> str:
    """How a run stands, in a word or two."""
    match run.state:
        case RunState.RUNNING if run.handed_back:
            return "handed back, to be gone on with"
        case RunState.RUNNING if run.free_at is not None and run.free_at <= now:
            return "broke off, to be taken over"
        case RunState.FAILED if run.free_at is not None:
            return f"failed, to be tried again: {run.failed}"
        case RunState.FAILED:
            return f"failed: {run.failed}"
        case RunState.SKIPPED:
            return "skipped: too late"
        case state:
            return state.value


def _catching_up(job: Job) -> str:
    if job.catch_up is None:
        return "at its next run"
    return f"slots up to {_spoken(job.catch_up // timedelta(minutes=1))} late"


def _spoken(minutes: int) -> str:
    """Minutes in the largest unit that has them whole."""
    for size, word in ((7 * 24 * 60, "week"), (24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size and minutes % size == 0:
            many = minutes // size
            return f"{many} {word}" if many == 1 else f"{many} {word}s"
    return "0 minutes"


def _runs(given: Namespace) -> int:
    if given.name:
        _job(given.name)
    with open_books() as books:
        runs = books.jobs.recent(given.name, given.limit)
    now = datetime.now(UTC)
    found = [
        {
            "job": run.job,
            "slot": run.slot,
            "started_at": None if run.state is RunState.SKIPPED else run.started_at,
            "finished_at": None if run.state is RunState.SKIPPED else run.finished_at,
            "went": _went(run, now),
            "done": run.done,
            "tries": run.tries,
            "caught_up": run.caught_up,
        }
        for run in runs
    ]
    if given.json:
        print_json(found)
        return 0
    columns = ("job", "slot", "started", "finished", "went", "done", "tries", "caught up")
    rows = [
        [("yes" if cell else "no") if isinstance(cell, bool) else cell for cell in one.values()]
        for one in found
    ]
    print_table(columns, rows, "The clock has run nothing yet.")
    return 0


def _run(given: Namespace) -> int:
    _job(given.name)
    with open_store():
        done = run_at(given.name, given.at)
    print(f"{given.name} is done: {done}.")
    return 0


def run_at(name: str, at: datetime | None) -> int:
    """Run one job as if the clock said ``at``, or now; how much it did."""
    # Loads the chats' libraries, which other commands need not.
    from bot.runner import run_job
    from bot.wiring import open_engine
    from storage.store import Store

    engine = open_engine(read_settings())
    if at is not None:
        moment = at
        engine.clock = lambda: moment
    try:
        return run_job(engine, engine.house.jobs[name])
    finally:
        assert isinstance(engine.store, Store)
        engine.store.close()
