"""Whose digest is planned, for when, and never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.digests.planning import SPREAD, plan_personal
from core.jobs.slots import due as due_slots
from core.members.model import MemberState
from tests.digests.reading import due, lives_in, plans, prefers
from tests.together import together
from tests.world import Person, World

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
WEEK = 7 * 24
ZONES = (
    "Europe/London",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)


def _people(world: World) -> dict[str, Person]:
    found = {}
    for zone in ZONES:
        found[zone] = world.person(zone.replace("/", " "), user=f"U-{zone}")
        lives_in(found[zone], zone)
    return found


def test_everybody_has_theirs_once_a_week_on_monday_at_nine_of_their_own_day(
    world: World,
) -> None:
    people = _people(world)
    plans(world, MONDAY - timedelta(days=1), WEEK)
    for zone, person in people.items():
        (one,) = due(person)
        here = one.at.astimezone(ZoneInfo(zone))
        assert (here.strftime("%A %H:%M"), here.year) == ("Monday 09:00", 2026), zone
        assert one.at <= one.not_before <= one.at + SPREAD


def test_a_chosen_day_and_hour_hold_instead(world: World) -> None:
    people = _people(world)
    for person in people.values():
        prefers(person, digest_weekday=4, digest_hour=16)
    plans(world, MONDAY - timedelta(days=1), WEEK)
    for zone, person in people.items():
        (one,) = due(person)
        assert one.at.astimezone(ZoneInfo(zone)).strftime("%A %H:%M") == "Friday 16:00", zone


def test_the_digests_of_one_hour_are_spread_over_most_of_it(world: World) -> None:
    people = [world.person(f"Member {number}") for number in range(20)]
    plans(world, MONDAY + timedelta(hours=8))
    late = sorted(due(person)[0].not_before - due(person)[0].at for person in people)
    assert late[-1] <= SPREAD
    assert late[0] < SPREAD / 5
    assert late[-1] > SPREAD * 4 / 5
    assert len(set(late)) > 15


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        # The clock goes from 1am to 2am, and from 2am back to 1am.
        (date(2026, 3, 29), 1, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (date(2026, 3, 29), 9, datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (date(2026, 10, 25), 1, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        (date(2026, 10, 25), 2, datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (date(2028, 2, 29), 9, datetime(2028, 2, 29, 9, tzinfo=UTC)),
    ],
)
def test_clock_changes_and_a_leap_day_neither_lose_nor_double_one(
    world: World, day: date, hour: int, moment: datetime
) -> None:
    ana = world.person("Ana Ward")
    prefers(ana, digest_weekday=day.weekday(), digest_hour=hour)
    midnight = datetime.combine(day, time(), UTC)
    plans(world, midnight - timedelta(hours=2), 28)
    assert [one.at for one in due(ana)] == [moment]


def test_planning_again_plans_nothing_again(world: World) -> None:
    people = _people(world)
    plans(world, MONDAY + timedelta(hours=8))
    before = {zone: due(person) for zone, person in people.items()}
    plans(world, MONDAY + timedelta(hours=8))
    assert {zone: due(person) for zone, person in people.items()} == before
    assert len(before["Europe/London"]) == 1


def test_everybody_is_gone_through_once_however_often_the_job_runs(world: World) -> None:
    ana = world.person("Ana Ward")
    with world.asked() as statements:
        for _time in range(2):
            plans(world, MONDAY + timedelta(hours=8))
    gone_through = [one for one, _given in statements if one.startswith("INSERT INTO deliveries")]
    assert (len(gone_through), len(due(ana))) == (1, 1)


def test_replicas_that_plan_at_the_same_time_plan_it_once(world: World) -> None:
    people = [world.person(f"Member {number}") for number in range(5)]
    world.now = slot = MONDAY + timedelta(hours=8)

    def plan() -> int:
        return world.engine.transact(lambda books: plan_personal(world.engine.office(books, slot)))

    assert sum(together(*[plan] * 4)) == 5
    assert [len(due(person)) for person in people] == [1] * 5


def test_nothing_is_kept_for_an_hour_that_nobody_reads_theirs_in(world: World) -> None:
    ana = world.person("Ana Ward")
    plans(world, MONDAY + timedelta(hours=9), 24)
    assert world.rows("notices") == len(ana.inbox) + 1  # the welcome
    assert due(ana) == []


def test_who_wants_none_gets_none(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe")
    prefers(ana, digest=False)
    plans(world, MONDAY + timedelta(hours=8))
    assert (len(due(ana)), len(due(ben))) == (0, 1)


@pytest.mark.parametrize("state", [one for one in MemberState if one is not MemberState.ACTIVE])
def test_only_those_who_take_part_get_one(world: World, state: MemberState) -> None:
    ana, member = world.person("Ana Ward"), world.person("Ben Lowe").member
    with world.store.begin() as books:
        books.members.save(replace(member, state=state))
    plans(world, MONDAY + timedelta(hours=8))
    assert len(due(ana)) == 1
    with world.store.begin() as books:
        kinds = [notice.kind for _one, notice in books.deliveries.of_member(member.id)]
    assert "digests.personal" not in kinds


@pytest.mark.parametrize("name", ["digests.plan", "digests.channels"])
def test_a_slot_missed_by_hours_is_caught_up_and_one_missed_by_days_is_not(
    world: World, name: str
) -> None:
    slot = MONDAY + timedelta(hours=8)
    for late, runs in ((3, True), (20, True), (72, False)):
        found = due_slots(world.house.jobs[name], slot - timedelta(hours=1), slot + _hours(late))
        assert (slot in found.to_run) is runs
        assert (slot in found.too_late) is not runs


def _hours(count: int) -> timedelta:
    return timedelta(hours=count)


def test_a_slot_that_is_caught_up_is_planned_for_the_hour_it_was_for(world: World) -> None:
    ana = world.person("Ana Ward")
    world.now = MONDAY + timedelta(hours=11, minutes=20)
    with world.store.begin() as books:
        office = world.engine.office(books, MONDAY + timedelta(hours=8))
        assert plan_personal(office) == 1
    assert due(ana)[0].at == MONDAY + timedelta(hours=8)


def test_a_member_in_a_zone_that_no_clock_knows_is_planned_for_by_the_usual_one(
    world: World,
) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe")
    lives_in(ana, "Europe/Atlantis")
    plans(world, MONDAY + timedelta(hours=8))
    assert (len(due(ana)), len(due(ben))) == (1, 1)
