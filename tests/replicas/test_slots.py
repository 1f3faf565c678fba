"""Three replicas whose clocks tick through an hour: each slot of each job is run by one of them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from core.feature import Job
from core.jobs.slots import slot_of
from storage.store import Store
from tests.replicas.fleet import Fleet
from tests.replicas.rooms import recorded_house
from tests.replicas.shared_clock import START

REPLICAS = ("first", "second", "third")
MINUTES = 60


def _expected(folder: Path) -> set[tuple[str, str]]:
    """Every slot of every job that an hour's minutes lie in."""
    jobs: list[Job] = list(recorded_house(folder, "nobody").jobs.values())
    moments = [START + timedelta(minutes=minute) for minute in range(MINUTES)]
    return {(job.name, slot_of(job, moment).isoformat()) for job in jobs for moment in moments}


async def _an_hour(fleet: Fleet, ticks: str) -> Counter[tuple[str, str]]:
    """How often each slot of each job was run in an hour."""
    await fleet.start(*REPLICAS, ticks=ticks)
    for minute in range(MINUTES):
        fleet.clock.set(START + timedelta(minutes=minute))
        await fleet.tick_together()
    assert await fleet.stop() == [0, 0, 0]
    return Counter((job, slot) for _replica, job, slot in fleet.lines("runs"))


@pytest.mark.timeout(400)
async def test_three_processes_run_each_slot_of_each_job_of_an_hour_once(
    postgres_url: str, tmp_path: Path
) -> None:
    async with Fleet(postgres_url, tmp_path) as fleet:
        runs = await _an_hour(fleet, "clock")
        by = Counter(replica for replica, _job, _slot in fleet.lines("runs"))
    store = Store(postgres_url)
    with store.begin() as books:
        kept = books.jobs.recent(limit=10_000)
    store.close()
    print(f"\n{len(runs)} slots of {len({job for job, _slot in runs})} jobs run by {dict(by)}")
    assert set(runs) == _expected(tmp_path)
    assert set(runs.values()) == {1}
    assert {(run.state.value, run.tries) for run in kept} == {("done", 1)}
    assert len(kept) == len(runs)


@pytest.mark.timeout(400)
async def test_three_processes_with_a_scheduler_alone_run_each_slot_three_times(
    postgres_url: str, tmp_path: Path
) -> None:
    """The control: the same hour where no slot is claimed."""
    async with Fleet(postgres_url, tmp_path) as fleet:
        runs = await _an_hour(fleet, "alone")
    print(f"\n{len(runs)} slots run {sum(runs.values())} times in all")
    assert set(runs) == _expected(tmp_path)
    assert set(runs.values()) == {len(REPLICAS)}
