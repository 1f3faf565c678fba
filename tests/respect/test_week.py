"""When a member may be written to: every pattern, both clock changes, leave and bank holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.respect.bank_holidays import is_bank_holiday
from core.respect.model import Nation, Pattern, Preferences
from core.respect.week import next_moment
from tests.respect.rules import WEEKS, may_be_written_to

LONDON = ZoneInfo("Europe/London")
ZONES = (
    "Europe/London",
    "Europe/Warsaw",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kolkata",
    "America/Santiago",  # clocks change at midnight
    "Pacific/Apia",
)


def london(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, *, fold: int = 0
) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON, fold=fold)


def first(preferences: Preferences, now: datetime, *, unasked: bool = True) -> datetime:
    return next_moment(preferences, LONDON, now, unasked=unasked)


def says(**chosen: Any) -> Preferences:
    return Preferences(1, **chosen)


def own(*week: tuple[int, ...]) -> Preferences:
    return says(pattern=Pattern.OWN, week=week)


def test_who_chose_nothing_hears_people_at_once_and_news_in_working_hours() -> None:
    friday_night = london(2026, 5, 8, 23)
    assert first(says(), friday_night, unasked=False) == friday_night
    assert first(says(), friday_night) == london(2026, 5, 11, 8)
    assert first(says(), london(2026, 5, 11, 7, 59)) == london(2026, 5, 11, 8)
    assert first(says(), london(2026, 5, 11, 17, 59)) == london(2026, 5, 11, 17, 59)
    assert first(says(), london(2026, 5, 11, 18)) == london(2026, 5, 12, 8)


@pytest.mark.parametrize(
    ("pattern", "at", "then"),
    [
        (Pattern.ANY_TIME, (2026, 5, 10, 3), (2026, 5, 10, 3)),
        (Pattern.DAYS, (2026, 5, 9, 12), (2026, 5, 11, 8)),
        (Pattern.EVENINGS, (2026, 5, 9, 21), (2026, 5, 10, 17)),
        (Pattern.EVENINGS, (2026, 5, 9, 20, 59), (2026, 5, 9, 20, 59)),
        (Pattern.NIGHTS, (2026, 5, 9, 8), (2026, 5, 9, 18)),
        (Pattern.NIGHTS, (2026, 5, 9, 7, 59), (2026, 5, 9, 7, 59)),
        (Pattern.NIGHTS, (2026, 5, 9, 23), (2026, 5, 9, 23)),
        (Pattern.WEEKENDS, (2026, 5, 6, 12), (2026, 5, 9, 9)),
    ],
)
def test_a_chosen_pattern_holds_for_everything(
    pattern: Pattern, at: tuple[int, ...], then: tuple[int, ...]
) -> None:
    for unasked in (True, False):
        assert first(says(pattern=pattern), london(*at), unasked=unasked) == london(*then)


def test_a_week_of_ones_own_goes_on_past_midnight_into_monday() -> None:
    night = own((), (), (), (), (), (), (1320, 360))
    assert first(night, london(2026, 5, 11, 5, 59)) == london(2026, 5, 11, 5, 59)
    assert first(night, london(2026, 5, 11, 6)) == london(2026, 5, 17, 22)
    split = own((540, 720, 780, 1020), *((),) * 6)
    assert first(split, london(2026, 5, 11, 12)) == london(2026, 5, 11, 13)


def test_in_spring_a_time_that_is_skipped_begins_where_the_clock_lands() -> None:
    sunday = own(*((),) * 6, (90, 150))  # 1.30am to 2.30am
    assert first(sunday, london(2026, 3, 28)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    gone = own(*((),) * 6, (65, 115))  # 1.05am to 1.55am: not on this day
    assert first(gone, london(2026, 3, 28)) == london(2026, 4, 5, 1, 5)


def test_in_autumn_both_passes_of_the_hour_count() -> None:
    sunday = own(*((),) * 6, (75, 105))  # 1.15am to 1.45am
    assert first(sunday, london(2026, 10, 25, 0, 30)) == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert first(sunday, london(2026, 10, 25, 1, 50)) == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert first(sunday, london(2026, 10, 25, 1, 50, fold=1)) == london(2026, 11, 1, 1, 15)


def test_everything_waits_for_the_end_of_leave_leap_day_included() -> None:
    away = says(leave_from=date(2028, 2, 25), leave_until=date(2028, 2, 29))
    assert first(away, london(2028, 2, 24, 23), unasked=False) == london(2028, 2, 24, 23)
    assert first(away, london(2028, 2, 25), unasked=False) == london(2028, 3, 1)
    assert first(away, london(2028, 2, 29, 12)) == london(2028, 3, 1, 8)
    leap = says(leave_from=date(2028, 2, 20), leave_until=date(2028, 2, 28))
    assert first(leap, london(2028, 2, 22)) == london(2028, 2, 29, 8)
    night = says(pattern=Pattern.NIGHTS, leave_from=date(2026, 8, 3), leave_until=date(2026, 8, 17))
    assert first(night, london(2026, 8, 3, 0, 1)) == london(2026, 8, 18)
    long = says(leave_from=date(2026, 8, 3), leave_until=date(2028, 8, 2))
    assert first(long, london(2026, 8, 4), unasked=False) == london(2028, 8, 3)


@pytest.mark.parametrize(
    ("nation", "day", "then"),
    [
        (Nation.ENGLAND, (2026, 5, 4, 10), (2026, 5, 5, 8)),
        (Nation.NONE, (2026, 5, 4, 10), (2026, 5, 4, 10)),
        (Nation.WALES, (2026, 12, 28, 10), (2026, 12, 29, 8)),  # in place of Saturday 26
        (Nation.SCOTLAND, (2026, 12, 31, 18), (2027, 1, 5, 8)),  # 4 January in place of 2 January
        (Nation.ENGLAND, (2026, 12, 31, 18), (2027, 1, 4, 8)),
        (Nation.SCOTLAND, (2026, 8, 31, 10), (2026, 8, 31, 10)),
        (Nation.SCOTLAND, (2026, 4, 6, 10), (2026, 4, 6, 10)),  # no Easter Monday
        (Nation.NORTHERN_IRELAND, (2026, 7, 13, 10), (2026, 7, 14, 8)),
        (Nation.NORTHERN_IRELAND, (2026, 3, 17, 10), (2026, 3, 18, 8)),
    ],
)
def test_news_waits_on_a_bank_holiday_of_the_nation(
    nation: Nation, day: tuple[int, ...], then: tuple[int, ...]
) -> None:
    assert first(says(nation=nation), london(*day)) == london(*then)
    assert first(says(nation=nation), london(*day), unasked=False) == london(*day)
    at_any_time = says(nation=nation, pattern=Pattern.ANY_TIME)
    assert first(at_any_time, london(*day)) == london(*day)


def test_what_people_send_keeps_to_the_pattern_on_a_bank_holiday_and_news_waits() -> None:
    days = says(pattern=Pattern.DAYS)
    assert first(days, london(2026, 5, 4, 9), unasked=False) == london(2026, 5, 4, 9)
    assert first(days, london(2026, 5, 4, 9)) == london(2026, 5, 5, 8)


def test_a_member_in_another_zone_is_judged_by_the_clock_on_their_own_wall() -> None:
    warsaw = ZoneInfo("Europe/Warsaw")
    seven_in_london = london(2026, 5, 11, 7)
    assert next_moment(says(), warsaw, seven_in_london, unasked=True) == seven_in_london
    six = london(2026, 5, 11, 17)
    assert next_moment(says(), warsaw, six, unasked=True) == london(2026, 5, 12, 7)


_PREFERENCES = st.builds(
    Preferences,
    member_id=st.just(1),
    pattern=st.sampled_from(Pattern),
    week=WEEKS,
    nation=st.sampled_from(Nation),
    leave_from=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    leave_until=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
_MOMENTS = st.integers(0, 2 * 365 * 24 * 60 * 60).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(_PREFERENCES, st.sampled_from(ZONES), _MOMENTS, st.booleans())
def test_the_next_moment_is_allowed_and_nothing_before_it_is(
    preferences: Preferences, name: str, now: datetime, unasked: bool
) -> None:
    zone = ZoneInfo(name)
    found = next_moment(preferences, zone, now, unasked=unasked)
    assert found >= now
    if found > now + timedelta(days=900):  # a span that only ever falls into days of leave
        return
    assert may_be_written_to(preferences, found.astimezone(zone), unasked=unasked)
    before, step = found - timedelta(seconds=1), timedelta(minutes=13)
    while before >= max(now, found - timedelta(days=9)):
        assert not may_be_written_to(preferences, before.astimezone(zone), unasked=unasked)
        before -= step


@pytest.mark.parametrize("year", range(2024, 2036))
def test_every_nation_has_its_bank_holidays_every_year(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    for nation in (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND):
        working = [day for day in days if day.weekday() < 5 and is_bank_holiday(day, nation)]
        assert 8 <= len(working) <= 11, (nation, working)
    assert not any(is_bank_holiday(day, Nation.NONE) for day in days)


def test_a_moment_is_given_back_in_utc_with_its_seconds() -> None:
    now = datetime.combine(date(2026, 5, 6), time(10, 0, 30, 5), LONDON)
    assert first(says(), now) == now
    assert first(says(), now).tzinfo is UTC
