"""``hourbridge jobs``: what operators see of the clock, and running a job by hand."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.runner import run_due
from core.jobs.model import LEASE, MOST_TRIES
from core.jobs.slots import slot_of
from tests.bot.terminal import Terminal
from tests.world import START, World

NAME = "posts.close"


def _listed(terminal: Terminal, name: str = NAME) -> dict[str, object]:
    return next(one for one in terminal.lists("jobs list") if one["name"] == name)


def test_a_job_that_has_not_run_is_due_now(terminal: Terminal) -> None:
    listed = _listed(terminal)
    assert (listed["every_minutes"], listed["last_slot"], listed["went"]) == (60, None, None)
    assert str(listed["next_due"]).endswith("+00:00")
    assert listed["catch_up_minutes"] is None
    said = terminal.does("jobs list")
    assert "1 hour" in said
    assert "at its next run" in said


def test_what_each_job_does_is_told_in_one_way(terminal: Terminal) -> None:
    for job in terminal.lists("jobs list"):
        assert re.fullmatch(r"[a-z].*[^.]", job["does"]), job["name"]


def test_runs_are_listed_newest_first_with_how_they_went(terminal: Terminal, world: World) -> None:
    job = world.house.jobs[NAME]
    for hour in range(3):
        world.now = START + timedelta(hours=hour)
        run_due(world.engine, job)
    found = terminal.lists(f"jobs runs {NAME} --limit 2")
    assert [one["slot"] for one in found] == [
        (START + timedelta(hours=hour)).isoformat() for hour in (2, 1)
    ]
    assert [(one["went"], one["done"], one["caught_up"]) for one in found] == [
        ("done", 0, False),
        ("done", 0, False),
    ]
    assert _listed(terminal)["last_slot"] == (START + timedelta(hours=2)).isoformat()
    assert f"{START + timedelta(hours=2):%Y-%m-%d %H:%M:%SZ}" in terminal.does("jobs runs")


def test_a_run_that_failed_broke_off_or_was_skipped_says_so(
    terminal: Terminal, world: World
) -> None:
    slots = [START + timedelta(hours=hour) for hour in range(4)]
    with world.store.begin() as books:
        runs = [books.jobs.claim(NAME, slot, slot, slot + LEASE) for slot in slots[:3]]
        assert all(runs)
        first, second, _third = runs
        assert first is not None
        assert second is not None
        books.jobs.fail(first, slots[0], "ValueError 1A2B3C4D", None)
        books.jobs.fail(second, slots[1], "ValueError 5E6F7A8B", slots[1] + LEASE)
        books.jobs.skip(NAME, [slots[2], slots[3]], slots[3])
    found = {one["slot"]: one for one in terminal.lists("jobs runs")}
    went = [found[slot.isoformat()]["went"] for slot in slots]
    assert went == [
        "failed: ValueError 1A2B3C4D",
        "failed, to be tried again: ValueError 5E6F7A8B",
        "broke off, to be taken over",
        "skipped: too late",
    ]
    assert found[slots[3].isoformat()]["started_at"] is None
    assert "skipped" in terminal.does(f"jobs runs {NAME}")


def test_a_run_that_a_program_handed_back_when_it_ended_did_not_break_off(
    terminal: Terminal, world: World
) -> None:
    with world.store.begin() as books:
        run = books.jobs.claim(NAME, START, START, START + LEASE)
        assert run is not None
        books.jobs.hand_back(run, START, 7)
    (found,) = terminal.lists("jobs runs")
    assert (found["went"], found["done"]) == ("handed back, to be gone on with", 7)


def test_there_are_no_runs_before_the_first(terminal: Terminal) -> None:
    assert terminal.does("jobs runs") == "The clock has run nothing yet.\n"
    assert terminal.lists("jobs runs") == []


def test_runs_of_a_job_that_is_not_there_are_refused(sqlite_terminal: Terminal) -> None:
    assert "posts.fly" in sqlite_terminal.fails("jobs runs posts.fly")


def test_running_by_hand_leaves_no_run_behind(terminal: Terminal) -> None:
    assert terminal.does(f"jobs run {NAME} --at 2026-07-02T09:30+01:00") == f"{NAME} is done: 0.\n"
    assert terminal.lists("jobs runs") == []


@pytest.mark.parametrize("line", ["jobs runs", "jobs list", "jobs run"])
def test_each_explains_itself(empty_terminal: Terminal, line: str) -> None:
    assert empty_terminal.run(f"{line} --help") == 0
    assert f"usage: hourbridge {line}" in empty_terminal.out


def test_tries_are_bounded_in_the_listing_too(terminal: Terminal, world: World) -> None:
    job = world.house.jobs[NAME]
    with world.store.begin() as books:
        books.jobs.claim(NAME, slot_of(job, START), START, START + LEASE)
    for _try in range(MOST_TRIES):
        world.later(minutes=11)
        run_due(world.engine, job)
    (found,) = terminal.lists(f"jobs runs {NAME}")
    assert (found["went"], found["tries"]) == ("done", 2)
