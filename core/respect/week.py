"""When a member may be written to, exact in their own time zone and across both clock changes.

A moment is judged by the clock on their wall: in the hour that comes twice in autumn both passes
count, and a time that is skipped in spring begins where the clock lands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from core.respect.bank_holidays import is_bank_holiday
from core.respect.model import Pattern, Preferences, Week

DAY = 24 * 60
FURTHEST = 1000
"""How many days ahead a moment is looked for: more than the longest leave that can be given."""

_ALL_DAY = ((0, DAY),)
_WORKING_DAYS: Week = ((480, 1080),) * 5 + ((),) * 2
WEEKS: dict[Pattern, Week] = {
    Pattern.USUAL: _WORKING_DAYS,
    Pattern.ANY_TIME: ((0, DAY),) * 7,
    Pattern.DAYS: _WORKING_DAYS,
    Pattern.EVENINGS: ((1020, 1260),) * 7,
    Pattern.NIGHTS: ((1080, 480),) * 7,
    Pattern.WEEKENDS: ((),) * 5 + ((540, 1080),) * 2,
}
"""The weeks behind the patterns that are chosen from a list, as ``Preferences.week`` has them."""

_HOURS_FROM_MONDAY_9AM = tuple(divmod(hour % (7 * 24), 24) for hour in range(9, 9 + 7 * 24))

Spans = tuple[tuple[int, int], ...]
"""Parts of a day, in minutes from midnight."""


def next_moment(
    preferences: Preferences, zone: tzinfo, now: datetime, *, unasked: bool
) -> datetime:
    """``now`` where the member may be written to, else the next moment they may be, in UTC.

    ``unasked`` is for what Hourbridge itself thought of telling them: it keeps to the usual hours
    where they have chosen none, and waits on a bank holiday.
    """
    return _first(lambda day: _open_on(preferences, day, unasked=unasked), zone, now)


def week_of(preferences: Preferences) -> Week:
    """The week behind the member's pattern, from Monday to Sunday."""
    if preferences.pattern is Pattern.OWN:
        return preferences.week
    return WEEKS[preferences.pattern]


def digest_time(preferences: Preferences) -> tuple[int, int]:
    """The weekday and the hour of a digest whose time nobody chose: Monday 9am, or the first full
    hour after it that is within the hours of their week, where there is one."""
    week = week_of(preferences)
    for weekday, hour in _HOURS_FROM_MONDAY_9AM:
        minute = hour * 60
        if any(start <= minute < end for start, end in _spans(week, weekday)):
            return weekday, hour
    return _HOURS_FROM_MONDAY_9AM[0]


def _open_on(preferences: Preferences, day: date, *, unasked: bool) -> Spans:
    """The parts of a local day in which the member may be written to."""
    if preferences.away_on(day):
        return ()
    if preferences.pattern is Pattern.ANY_TIME:
        return _ALL_DAY
    if unasked and is_bank_holiday(day, preferences.nation):
        return ()
    if preferences.pattern is Pattern.USUAL and not unasked:
        return _ALL_DAY
    return _spans(week_of(preferences), day.weekday())


def _spans(week: Week, weekday: int) -> Spans:
    """A weekday's own spans, and what goes on past midnight from the day before."""
    night = ((0, last) for first, last in _pairs(week[weekday - 1]) if last <= first)
    own = ((first, last if last > first else DAY) for first, last in _pairs(week[weekday]))
    return tuple(sorted((*night, *own)))


def _pairs(minutes: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    return zip(minutes[::2], minutes[1::2], strict=True)


def _first(open_on: Callable[[date], Spans], zone: tzinfo, now: datetime) -> datetime:
    """The first moment from ``now`` on that is open."""
    for start, end, offset in _stretches(zone, now.astimezone(UTC)):
        wall, until = (moment.replace(tzinfo=None) + offset for moment in (start, end))
        for days in range((until.date() - wall.date()).days + 1):
            midnight = datetime.combine(wall.date() + timedelta(days=days), time())
            for first, last in open_on(midnight.date()):
                at = max(wall, midnight + timedelta(minutes=first))
                if at < min(until, midnight + timedelta(minutes=last)):
                    return (at - offset).replace(tzinfo=UTC)
    return now.astimezone(UTC) + timedelta(days=FURTHEST)


def _stretches(zone: tzinfo, start: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Times in which the clocks do not change, one after the other, each with its offset."""
    for _day in range(FURTHEST):
        end = start + timedelta(days=1)
        change = _clock_change(zone, start, end)
        if change < end:
            yield start, change, _offset(zone, start)
            start = change
        yield start, end, _offset(zone, start)
        start = end


def _clock_change(zone: tzinfo, start: datetime, end: datetime) -> datetime:
    """When the clocks change between two moments, to the second; ``end`` where they do not."""
    before = _offset(zone, start)
    if _offset(zone, end) == before:
        return end
    # The moments move towards each other until the change is all there is between them.
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    while end - start > timedelta(seconds=1):
        middle = start + timedelta(seconds=(end - start) // timedelta(seconds=2))
        if _offset(zone, middle) == before:
            start = middle
        else:
            end = middle
    return end


def _offset(zone: tzinfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
