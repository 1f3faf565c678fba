"""Every local hour begins exactly once, in every zone and across every clock change."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.digests.hours import HOUR, LocalHour, begins, hours_within

LONDON = ZoneInfo("Europe/London")
ZONES = (
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)


def _hours(zone: str, first: datetime, days: int) -> list[LocalHour]:
    """The local hours that begin in each hour of these days, as a job would come on them."""
    slots = (first + HOUR * number for number in range(24 * days))
    return [local for slot in slots for local in hours_within(ZoneInfo(zone), slot)]


@pytest.mark.parametrize("zone", ZONES)
def test_over_a_year_every_hour_of_every_local_day_comes_up_once(zone: str) -> None:
    found = _hours(zone, datetime(2028, 1, 1, tzinfo=UTC), 366)
    counted = Counter((local.day, local.hour) for local in found)
    assert set(counted.values()) == {1}
    days = {day for day, _hour in counted}
    whole = sorted(days)[2:-2]
    assert date(2028, 2, 29) in whole
    assert all((day, hour) in counted for day in whole for hour in range(24))


@pytest.mark.parametrize("zone", ZONES)
def test_an_hour_is_served_at_its_own_moment_within_the_slot(zone: str) -> None:
    slot = datetime(2026, 5, 4, 7, tzinfo=UTC)
    (local,) = hours_within(ZoneInfo(zone), slot)
    here = local.moment.astimezone(ZoneInfo(zone))
    assert (here.date(), here.hour, here.minute) == (local.day, local.hour, 0)
    assert slot <= local.moment < slot + timedelta(hours=1)


def test_half_and_quarter_hours_are_planned_for_the_minute_they_begin_at() -> None:
    slot = datetime(2026, 5, 4, 3, tzinfo=UTC)
    (kolkata,) = hours_within(ZoneInfo("Asia/Kolkata"), slot)
    (kathmandu,) = hours_within(ZoneInfo("Asia/Kathmandu"), slot)
    assert (kolkata.hour, kolkata.moment.minute) == (9, 30)
    assert (kathmandu.hour, kathmandu.moment.minute) == (9, 15)


def test_an_hour_that_the_clock_skips_begins_when_the_clock_has_been_put_forward() -> None:
    spring = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert [(one.hour, one.moment) for one in hours_within(LONDON, spring)] == [
        (1, spring),
        (2, spring),
    ]


def test_an_hour_that_comes_twice_begins_the_first_time() -> None:
    autumn = datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert [one.hour for one in hours_within(LONDON, autumn)] == [1]
    assert list(hours_within(LONDON, autumn + HOUR)) == []
    assert [one.hour for one in hours_within(LONDON, autumn + 2 * HOUR)] == [2]


def test_a_change_of_half_an_hour_skips_to_the_half_hour() -> None:
    moment = begins(ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 4), 2)
    here = moment.astimezone(ZoneInfo("Australia/Lord_Howe"))
    assert (here.hour, here.minute) == (2, 30)
