"""Slots that were missed, that failed, or whose replica died."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.runner import run_due
from core.jobs.model import LEASE, RETRY_AFTER, RunState
from core.kernel.desk import Office
from tests.bot.replicas import NAME, NOON, Killed, Replicas

HOUR = timedelta(hours=1)


@pytest.fixture
def catching_up(database_url: str) -> Iterator[Replicas]:
    found = Replicas(database_url, catch_up=timedelta(hours=12))
    yield found
    found.close()


# catching up


def test_a_first_start_runs_the_present_slot_alone(catching_up: Replicas) -> None:
    catching_up.tick_together()
    assert catching_up.slots == [NOON]
    assert len(catching_up.runs()) == 1


def test_slots_missed_by_3_hours_are_each_run_once_and_oldest_first(catching_up: Replicas) -> None:
    catching_up.tick()
    catching_up.later(hours=3, minutes=5)
    catching_up.tick()
    catching_up.tick_together()
    assert catching_up.slots == [NOON + hour * HOUR for hour in range(4)]
    assert set(catching_up.moments[1:]) == {NOON + timedelta(hours=3, minutes=5)}
    assert [run.caught_up for run in catching_up.runs()] == [False, True, True, False]


def test_replicas_that_catch_up_together_run_each_missed_slot_once(catching_up: Replicas) -> None:
    catching_up.tick()
    catching_up.later(hours=9)
    assert sum(catching_up.tick_together()) == 9
    assert sorted(slot for slot in catching_up.slots if slot) == [
        NOON + hour * HOUR for hour in range(10)
    ]


def test_of_slots_missed_by_3_days_the_old_are_skipped_and_the_rest_is_run(
    catching_up: Replicas,
) -> None:
    catching_up.tick()
    catching_up.later(days=3)
    catching_up.tick_together()
    ran = sorted(slot for slot in catching_up.slots[1:] if slot)
    assert ran == [NOON + hour * HOUR for hour in range(60, 73)]
    skipped = [run for run in catching_up.runs() if run.state is RunState.SKIPPED]
    assert [run.slot for run in skipped] == [NOON + hour * HOUR for hour in range(1, 60)]
    with catching_up.stores[0].begin() as books:
        assert books.jobs.missed(NOON) == {NAME: 59}
        assert books.jobs.missed(catching_up.now) == {}
        assert books.jobs.failing(NOON) == {}


def test_years_without_the_program_are_told_as_90_days_of_skipped_slots(
    catching_up: Replicas,
) -> None:
    catching_up.tick()
    catching_up.later(days=800)
    catching_up.tick()
    assert len(catching_up.runs()) == 90 * 24 + 2


def test_a_job_that_does_not_catch_up_runs_the_present_slot_alone(replicas: Replicas) -> None:
    replicas.tick()
    replicas.later(days=3)
    replicas.tick_together()
    assert replicas.slots == [NOON, NOON + timedelta(days=3)]
    assert len(replicas.runs()) == 2


# failing


def test_a_failure_is_kept_without_words_and_the_slot_is_tried_again(
    replicas: Replicas, caplog: pytest.LogCaptureFixture
) -> None:
    replicas.fault = ValueError("Ana Ward's words")
    with caplog.at_level(logging.ERROR):
        replicas.tick()
    run = replicas.runs()[0]
    assert run.state is RunState.FAILED
    kind, reference = run.failed.split()
    assert kind == "ValueError"
    assert reference in [getattr(record, "reference", "") for record in caplog.records]
    replicas.fault = None
    assert replicas.tick(1) == 0
    replicas.now += RETRY_AFTER
    assert sorted(replicas.tick_together()) == [0, 1]
    run = replicas.runs()[0]
    assert (run.state, run.tries, run.failed) == (RunState.DONE, 2, "")


def test_a_slot_is_tried_3_times_and_the_next_one_all_the_same(replicas: Replicas) -> None:
    replicas.fault = ValueError()
    for _tick in range(50):
        replicas.tick()
        replicas.later(minutes=1)
    assert replicas.runs()[0].tries == 3
    assert replicas.runs()[0].free_at is None
    with replicas.stores[0].begin() as books:
        assert books.jobs.failing(NOON) == {NAME: 1}
    replicas.fault = None
    replicas.later(minutes=10)
    replicas.tick()
    assert replicas.slots == [NOON + HOUR]


def test_a_failed_slot_that_is_over_is_left_to_the_present_one(replicas: Replicas) -> None:
    replicas.fault = ValueError()
    replicas.tick()
    replicas.fault = None
    replicas.later(hours=2)
    replicas.tick()
    replicas.tick()
    assert replicas.slots == [NOON + 2 * HOUR]
    assert [run.state for run in replicas.runs()] == [RunState.FAILED, RunState.DONE]


def test_a_failed_slot_of_a_job_that_catches_up_is_tried_again_when_it_is_over(
    catching_up: Replicas,
) -> None:
    catching_up.now += timedelta(minutes=58)
    catching_up.fault = ValueError()
    catching_up.tick()
    catching_up.fault = None
    catching_up.later(minutes=6)
    catching_up.tick()
    assert catching_up.slots == [NOON, NOON + HOUR]


# dying


def _dies_after(replicas: Replicas, many: int) -> None:
    """The first replica's process ends when it has done so much."""

    def dying(office: Office) -> int:
        if len(replicas.slots) == many:
            raise Killed
        return replicas.job.run(office)

    with pytest.raises(Killed):
        run_due(replicas.engines[0], replace(replicas.job, run=dying))


def test_the_slot_of_a_replica_that_died_is_taken_over_once(replicas: Replicas) -> None:
    replicas.left = 5
    _dies_after(replicas, 2)
    assert replicas.left == 3
    replicas.now += LEASE - timedelta(seconds=1)
    assert replicas.tick_together() == [0, 0]
    replicas.later(seconds=1)
    assert sorted(replicas.tick_together()) == [0, 1]
    assert replicas.left == -1
    assert [(run.state, run.tries) for run in replicas.runs()] == [(RunState.DONE, 2)]


def test_a_slot_that_kills_every_replica_is_given_up(replicas: Replicas) -> None:
    for _try in range(3):
        _dies_after(replicas, 0)
        replicas.now += LEASE
    assert replicas.tick_together() == [0, 0]
    run = replicas.runs()[0]
    assert (run.state, run.failed, run.tries) == (RunState.FAILED, "broke off", 3)


def test_a_replica_that_was_taken_for_dead_stops_when_it_wakes(replicas: Replicas) -> None:
    replicas.left = 5
    slept = False

    def sleeping(office: Office) -> int:
        nonlocal slept
        done = replicas.job.run(office)
        if not slept and len(replicas.slots) == 2:
            slept = True
            replicas.now += LEASE
        return done

    # The second replica takes the slot over between two transactions of the first.
    def overtaken() -> bool:
        if slept and len(replicas.slots) == 2:
            replicas.tick(1)
        return False

    run_due(replicas.engines[0], replace(replicas.job, run=sleeping), overtaken)
    assert len(replicas.slots) == 6
    assert [(run.state, run.tries) for run in replicas.runs()] == [(RunState.DONE, 2)]


def test_a_long_run_is_not_taken_over_while_it_goes_on(replicas: Replicas) -> None:
    replicas.left = 10
    taken = []

    def slow(office: Office) -> int:
        replicas.now += LEASE / 2
        return replicas.job.run(office)

    def look() -> bool:
        if replicas.slots and replicas.now < NOON + HOUR:
            taken.append(replicas.tick(1))
        return False

    run_due(replicas.engines[0], replace(replicas.job, run=slow), look)
    assert taken == [0] * 11
    assert [run.tries for run in replicas.runs()] == [1]
