"""When a member may be written to, in the plainest way, to hold the engine against."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

from core.respect.bank_holidays import is_bank_holiday
from core.respect.model import Pattern, Preferences
from core.respect.week import week_of

_MINUTES = st.integers(0, 24 * 4).map(lambda quarter: quarter * 15)
_DAYS = st.one_of(
    st.just(()),
    st.tuples(_MINUTES.filter(lambda minute: minute < 1440), _MINUTES),
)
WEEKS = st.tuples(*[_DAYS] * 7).filter(any)
"""Weeks of one's own, with nights in them."""


def may_be_written_to(preferences: Preferences, here: datetime, *, unasked: bool) -> bool:
    """Whether this minute of the clock on the wall is allowed."""
    day, minute = here.date(), here.hour * 60 + here.minute
    away = preferences.leave_from, preferences.leave_until
    if away[0] is not None and away[1] is not None and away[0] <= day <= away[1]:
        return False
    if preferences.pattern is Pattern.ANY_TIME:
        return True
    if unasked and is_bank_holiday(day, preferences.nation):
        return False
    if preferences.pattern is Pattern.USUAL and not unasked:
        return True
    week = week_of(preferences)
    today, yesterday = week[day.weekday()], week[day.weekday() - 1]
    if today and (today[0] <= minute < today[1] or (today[1] <= today[0] and minute >= today[0])):
        return True
    return bool(yesterday) and yesterday[1] <= yesterday[0] and minute < yesterday[1]


def may_have_digest(preferences: Preferences, here: datetime) -> bool:
    """Whether the weekly digest may come in this minute: its own day and hour are asked for, so
    they outweigh the hours of the week, and nothing else."""
    if may_be_written_to(preferences, here, unasked=True):
        return True
    if here.weekday() != preferences.digest_weekday:
        return False
    on_a_day_off = is_bank_holiday(here.date(), preferences.nation)
    on_leave = preferences.away_on(here.date())
    since = here.hour - preferences.digest_hour
    return since in (0, 1, 2) and not on_a_day_off and not on_leave
