"""``hourbridge jobs``: the work that the clock starts, to be looked at and run by hand."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime

from bot.commands.opening import open_books, open_store
from bot.commands.terminal import (
    Failed,
    Groups,
    a_moment,
    command,
    group,
    listing,
    print_json,
    print_table,
)
from bot.settings import read_settings
from core.feature import Job


def add(groups: Groups) -> None:
    """The group ``jobs``."""
    ours = group(groups, "jobs", "list the work that the clock starts, or run some of it now")
    listing(ours, "list", "list the jobs, how often each runs and when it last did", _list)
    running = command(ours, "run", "run one job until there is nothing left for it to do", _run)
    running.add_argument("name", metavar="NAME", help="which job, as jobs list shows it")
    running.add_argument(
        "--at",
        type=a_moment,
        metavar="TIME",
        help="as if the clock said 2026-08-06T09:00; UTC unless the time names its zone",
    )


def _jobs() -> Mapping[str, Job]:
    # All rooms take a while to load, which other commands need not wait for.
    from core.features import the_house

    return the_house().jobs


def _list(given: Namespace) -> int:
    jobs = _jobs().values()
    with open_books() as books:
        last = {job.name: books.jobs.last(job.name) for job in jobs}
    found = [
        {
            "name": job.name,
            "every_minutes": job.every_minutes,
            "last_slot": last[job.name],
            "does": job.help,
        }
        for job in jobs
    ]
    if given.json:
        print_json(found)
        return 0
    columns = ("name", "every minutes", "last slot", "does")
    print_table(columns, [list(one.values()) for one in found], "There are no jobs.")
    return 0


def _run(given: Namespace) -> int:
    jobs = _jobs()
    if given.name not in jobs:
        raise Failed(
            f"There is no job called {given.name!r}. There are: {', '.join(sorted(jobs))}."
        )
    with open_store():
        done = run_at(given.name, given.at)
    print(f"{given.name} is done: {done}.")
    return 0


def run_at(name: str, at: datetime | None) -> int:
    """Run one job as if the clock said ``at``, or now; how much it did."""
    # Loads the chats' libraries, which other commands need not.
    from bot.clock import run_job
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
