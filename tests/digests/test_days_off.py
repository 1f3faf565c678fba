"""A digest planned for a day or an hour on which its reader is not written to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.respect.model import Nation, Pattern
from tests.digests.reading import due, helper, plans, prefers, sent
from tests.exchanges.story import ask
from tests.world import Person, World

HOLIDAY = datetime(2026, 8, 31, 8, tzinfo=UTC)
"""9am in London on a Monday that England, Wales and Northern Ireland have off."""


def _ana(world: World) -> Person:
    """Somebody whose digest has something in it."""
    world.now = HOLIDAY - timedelta(days=4)
    ana = helper(world)
    ask(world.person("Ben Lowe", "COU"), "1 hour run charts, online, until 30 September 2026")
    world.deliver()
    return ana


def _came(world: World, ana: Person, *moments: datetime) -> datetime | None:
    """At which of these moments her digest has come, where it has."""
    for moment in moments:
        world.now = moment
        world.deliver()
        if sent(ana):
            return moment
    return None


@pytest.mark.parametrize(
    ("nation", "comes"),
    [
        (Nation.ENGLAND, datetime(2026, 9, 1, 7, tzinfo=UTC)),
        (Nation.WALES, datetime(2026, 9, 1, 7, tzinfo=UTC)),
        (Nation.NORTHERN_IRELAND, datetime(2026, 9, 1, 7, tzinfo=UTC)),
        (Nation.SCOTLAND, HOLIDAY + timedelta(hours=1)),
        (Nation.NONE, HOLIDAY + timedelta(hours=1)),
    ],
)
def test_on_a_bank_holiday_of_the_readers_nation_it_waits_for_the_next_morning(
    world: World, nation: Nation, comes: datetime
) -> None:
    ana = _ana(world)
    prefers(ana, nation=nation)
    plans(world, HOLIDAY)
    tuesday = datetime(2026, 9, 1, tzinfo=UTC)
    before, after = tuesday + timedelta(hours=6, minutes=59), tuesday + timedelta(hours=7)
    assert _came(world, ana, HOLIDAY + timedelta(hours=1), before, after) == comes


def test_who_works_nights_has_it_in_the_evening(world: World) -> None:
    ana = _ana(world)
    ana.types("quiet night shifts")
    prefers(ana, nation=Nation.NONE)
    six, hour = HOLIDAY + timedelta(hours=9), timedelta(hours=1)
    plans(world, HOLIDAY, 9)
    assert due(ana) == []
    plans(world, six)
    assert _came(world, ana, six + hour) == six + hour


@pytest.mark.parametrize("pattern", [Pattern.NIGHTS, Pattern.EVENINGS, Pattern.WEEKENDS])
def test_a_time_that_was_chosen_outweighs_the_hours_of_the_week(
    world: World, pattern: Pattern
) -> None:
    ana = _ana(world)
    prefers(ana, pattern=pattern)
    ana.types("digest Tuesday 11am")
    eleven = HOLIDAY + timedelta(days=1, hours=2)
    plans(world, eleven)
    after = eleven + timedelta(hours=1)
    assert _came(world, ana, after) == after


def test_a_time_that_was_chosen_outweighs_neither_a_day_off_nor_stop(world: World) -> None:
    ana = _ana(world)
    prefers(ana, pattern=Pattern.EVENINGS, digest_weekday=0, digest_hour=11)
    eleven = HOLIDAY + timedelta(hours=2)
    plans(world, eleven)
    hour, tuesday = timedelta(hours=1), HOLIDAY + timedelta(days=1, hours=8)
    assert _came(world, ana, eleven + hour, tuesday - timedelta(minutes=1)) is None
    ana.types("stop")
    assert _came(world, ana, tuesday, tuesday + hour) is None


def test_an_evening_that_was_chosen_is_kept_but_on_leave(world: World) -> None:
    ana = _ana(world)
    sunday = HOLIDAY + timedelta(days=6, hours=11)  # 8pm
    prefers(ana, digest_weekday=6, digest_hour=20, leave_from=date(2026, 9, 6))
    prefers(ana, leave_until=date(2026, 9, 7))
    plans(world, sunday)
    moments = [sunday + timedelta(hours=1), sunday + timedelta(hours=12)]
    tuesday = datetime(2026, 9, 8, 7, tzinfo=UTC)
    assert _came(world, ana, *moments, tuesday - timedelta(minutes=1), tuesday) == tuesday
