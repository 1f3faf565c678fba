"""The clock: each slot of each job runs once, whatever number of replicas tick."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from bot.runner import run_due, run_job
from core.feature import Feature, house
from core.jobs.model import RunState
from core.jobs.slots import slot_of
from core.kernel.desk import Office
from tests.bot.replicas import NAME, NOON, Replicas

HOUR = timedelta(hours=1)


def test_two_replicas_on_one_database_run_a_slot_once(replicas: Replicas) -> None:
    assert sorted(replicas.tick_together()) == [0, 1]
    assert replicas.slots == [NOON]


def test_each_slot_is_run_when_its_time_comes_and_not_again(replicas: Replicas) -> None:
    for hour in range(4):
        replicas.now = NOON + hour * HOUR
        replicas.tick_together()
        replicas.later(minutes=59)
        replicas.tick_together()
    assert replicas.slots == [NOON + hour * HOUR for hour in range(4)]


def test_three_replicas_run_each_of_an_hours_minutes_once(postgres_url: str) -> None:
    ahead = [timedelta(), timedelta(seconds=3), timedelta(seconds=-4)]
    replicas = Replicas(postgres_url, 3, every=1, catch_up=timedelta(minutes=5), ahead=ahead)
    for minute in range(60):
        replicas.now = NOON + timedelta(minutes=minute, seconds=30)
        replicas.tick_together()
    replicas.close()
    assert replicas.slots == [NOON + timedelta(minutes=minute) for minute in range(60)]


def test_three_replicas_with_a_scheduler_alone_run_each_minute_three_times(
    postgres_url: str,
) -> None:
    """The control: the same hour where no slot is claimed."""
    replicas = Replicas(postgres_url, 3, every=1)
    for minute in range(60):
        replicas.now = NOON + timedelta(minutes=minute, seconds=30)
        for engine in replicas.engines:
            run_job(engine, replicas.job)
    replicas.close()
    assert len(replicas.slots) == 180
    assert len(set(replicas.slots)) == 60


def test_clocks_some_seconds_apart_run_a_slot_once(replicas: Replicas) -> None:
    replicas.ahead = [timedelta(seconds=5), timedelta()]
    replicas.now = NOON - timedelta(seconds=2)
    replicas.tick_together()
    replicas.later(seconds=4)
    replicas.tick_together()
    assert sorted(slot for slot in replicas.slots if slot) == [NOON - HOUR, NOON]


def test_a_clock_that_was_far_ahead_stops_nothing(replicas: Replicas) -> None:
    replicas.ahead = [timedelta(days=400), timedelta()]
    replicas.tick(0)
    replicas.slots.clear()
    for _hour in range(3):
        replicas.tick(1)
        replicas.later(hours=1)
    assert replicas.slots == [NOON, NOON + HOUR, NOON + 2 * HOUR]


def test_a_job_runs_until_nothing_is_left(replicas: Replicas) -> None:
    replicas.left = 3
    assert run_job(replicas.engines[0], replicas.job) == 3
    replicas.left = 2
    replicas.tick()
    assert (replicas.runs()[0].done, len(replicas.slots)) == (2, 4 + 3)


def test_what_is_run_by_hand_leaves_the_slot_to_the_clock(replicas: Replicas) -> None:
    run_job(replicas.engines[0], replicas.job)
    assert replicas.runs() == []
    assert replicas.tick() == 1
    assert replicas.slots == [NOON, NOON]


def test_the_last_slots_are_kept_for_operators(replicas: Replicas) -> None:
    replicas.later(minutes=20)
    replicas.tick_together()
    with replicas.stores[0].begin() as books:
        assert books.jobs.last(NAME) == NOON
        assert books.jobs.last_finished() == {NAME: NOON + timedelta(minutes=20)}
        assert books.jobs.latest()[NAME].done == 0


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
    replicas: Replicas, every: int, moment: datetime, start: datetime
) -> None:
    job = replicas.job.__class__("test", every, lambda _office: 0, "")
    assert slot_of(job, moment) == start


@pytest.mark.parametrize("change", [(2026, 3, 29), (2026, 10, 25)])
def test_when_the_clocks_change_no_slot_is_left_out_or_run_twice(
    replicas: Replicas, change: tuple[int, int, int]
) -> None:
    midnight = datetime(*change, tzinfo=NOON.tzinfo)
    for minute in range(0, 6 * 60, 20):
        replicas.now = midnight + timedelta(minutes=minute)
        replicas.tick()
    assert replicas.slots == [midnight + hour * HOUR for hour in range(6)]


async def _tick_once(replicas: Replicas) -> list[bool]:
    """Start and stop a real clock; whether it said that it ran, during and after."""
    ticked = asyncio.Event()
    with ThreadPoolExecutor(1) as pool:
        clock = Clock(replicas.engines[0], pool, ticked.set)
        clock.start()
        await asyncio.wait_for(ticked.wait(), 10)
        ticking = [clock.running]
        clock.stop()
        await asyncio.sleep(0)
        return [*ticking, clock.running]


async def test_a_start_makes_good_what_was_missed_and_a_failing_job_does_not_stop_the_clock(
    replicas: Replicas,
) -> None:
    for fault in (RuntimeError("a fault"), None):
        replicas.fault = fault
        replicas.later(days=2)
        assert await _tick_once(replicas) == [True, False]
        assert len(replicas.slots) == (0 if fault else 1)


async def test_a_clock_that_is_stopped_while_a_job_runs_logs_no_fault(
    replicas: Replicas, caplog: pytest.LogCaptureFixture
) -> None:
    under_way, go_on, ticked = threading.Event(), threading.Event(), asyncio.Event()

    def run(office: Office) -> int:
        under_way.set()
        assert go_on.wait(30)
        return 0

    job = replace(replicas.job, run=run)
    engine = replicas.engines[0]
    engine.house = house([Feature("test", jobs=(job,))])
    with ThreadPoolExecutor(1) as pool:
        clock = Clock(engine, pool, ticked.set)
        clock.start()
        assert await asyncio.to_thread(under_way.wait, 30)
        clock.stop()
        go_on.set()
        await asyncio.wait_for(ticked.wait(), 30)
        await asyncio.sleep(0)
    assert not clock.running
    assert [one.message for one in caplog.records if one.levelno >= logging.WARNING] == []
    assert [(run.slot, run.state) for run in replicas.runs()] == [(NOON, RunState.DONE)]


async def test_a_job_that_takes_more_than_a_minute_is_not_started_twice_nor_warned_of(
    replicas: Replicas, caplog: pytest.LogCaptureFixture
) -> None:
    under_way, go_on, ticked = threading.Event(), threading.Event(), asyncio.Event()
    ticks = []

    def run(office: Office) -> int:
        ticks.append(office.now)
        under_way.set()
        assert go_on.wait(30)
        return 0

    job = replace(replicas.job, run=run)
    engine = replicas.engines[0]
    engine.house = house([Feature("test", jobs=(job,))])
    with ThreadPoolExecutor(2) as pool:
        clock = Clock(engine, pool, ticked.set)
        clock.start()
        assert await asyncio.to_thread(under_way.wait, 30)
        for _minute in range(3):
            clock._scheduler.modify_job(NAME, next_run_time=datetime.now(UTC))
            for _turn in range(20):
                await asyncio.sleep(0)
        assert not ticked.is_set()
        go_on.set()
        await asyncio.wait_for(ticked.wait(), 30)
        clock._scheduler.modify_job(NAME, next_run_time=datetime.now(UTC))
        ticked.clear()
        await asyncio.wait_for(ticked.wait(), 30)
        clock.stop()
    assert len(ticks) == 1
    assert [one.message for one in caplog.records if one.levelno >= logging.WARNING] == []


def _breaks_off(replicas: Replicas) -> None:
    """The first replica's program is stopped when it has done 2 of 5 things."""
    replicas.left = 5

    def stopping() -> bool:
        return len(replicas.slots) == 2

    assert run_due(replicas.engines[0], replicas.job, stopping) == 1
    assert replicas.left == 3


def test_a_program_that_ends_hands_its_slot_back_to_be_gone_on_with(replicas: Replicas) -> None:
    _breaks_off(replicas)
    assert [(run.handed_back, run.done) for run in replicas.runs()] == [(True, 2)]
    replicas.tick(1)
    assert replicas.left == -1
    assert [(run.slot, run.tries, run.done) for run in replicas.runs()] == [(NOON, 1, 3)]


def test_a_slot_that_was_handed_back_and_is_over_is_no_failure_where_the_present_one_makes_it_good(
    replicas: Replicas,
) -> None:
    _breaks_off(replicas)
    replicas.later(hours=1)
    replicas.tick(1)
    assert replicas.left == -1
    assert [(run.slot, run.state, run.done) for run in replicas.runs()] == [
        (NOON, RunState.DONE, 2),
        (NOON + HOUR, RunState.DONE, 3),
    ]
    with replicas.stores[0].begin() as books:
        assert books.jobs.failing(NOON) == {}


def test_what_is_left_of_a_slot_that_nothing_makes_good_is_a_failure(database_url: str) -> None:
    replicas = Replicas(database_url, catch_up=HOUR)
    _breaks_off(replicas)
    replicas.later(hours=5)
    replicas.tick(1)
    assert replicas.runs()[0].state is RunState.FAILED
    replicas.close()
