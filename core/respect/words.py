"""Weeks, leave and the rest of a member's preferences in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import groupby

from core.conversations.times import WEEKDAYS
from core.delivery.model import Family
from core.kernel.clock_words import time_words
from core.kernel.texts import Text, _
from core.respect.model import Nation, Pattern, Preferences, Week

ALL_DAY = (0, 24 * 60)
PATTERNS = {
    Pattern.USUAL: _("The usual: messages from people at once, news Monday to Friday, 8am to 6pm"),
    Pattern.ANY_TIME: _("At any time, day or night"),
    Pattern.DAYS: _("Monday to Friday, 8am to 6pm"),
    Pattern.EVENINGS: _("Every day, 5pm to 9pm"),
    Pattern.NIGHTS: _("I work nights: every day, 6pm to 8am"),
    Pattern.WEEKENDS: _("Saturday and Sunday, 9am to 6pm"),
    Pattern.OWN: _("A week of my own, as I write it below"),
}
"""What is read beside each pattern in a list."""
NATIONS = {
    Nation.NONE: _("None: I work on bank holidays"),
    Nation.ENGLAND: _("England"),
    Nation.WALES: _("Wales"),
    Nation.SCOTLAND: _("Scotland"),
    Nation.NORTHERN_IRELAND: _("Northern Ireland"),
}
FAMILIES = {
    Family.DIGEST: _("My weekly digest"),
    Family.MATCHES: _("Asks and offers that fit me"),
    Family.EVENTS: _("Events"),
    Family.REMINDERS: _("Reminders"),
}
"""The kinds of message that a member may do without."""


def pattern_words(preferences: Preferences) -> Text:
    """When the member is written to."""
    match preferences.pattern:
        case Pattern.OWN:
            return week_words(preferences.week)
        case Pattern.USUAL:
            return _("Messages from people at once, news Monday to Friday, 8am to 6pm")
        case Pattern.NIGHTS:
            return _("Every day, 6pm to 8am")
        case _:
            return PATTERNS[preferences.pattern]


def week_words(week: Week) -> Text:
    """``Monday to Friday, 9am to 5pm; Saturday, 10pm to 6am``: as ``read_week`` reads it again."""
    parts: list[Text] = []
    for spans, group in groupby(range(7), lambda day: week[day]):
        days = tuple(group)
        if spans:
            parts.append(_("{days}, {times}", days=_days(days), times=_times(spans)))
    return joined(parts, lambda first, second: _("{first}; {second}", first=first, second=second))


def _days(days: tuple[int, ...]) -> Text:
    if len(days) == 7:
        return _("Every day")
    if len(days) == 1:
        return WEEKDAYS[days[0]]
    return _("{first} to {last}", first=WEEKDAYS[days[0]], last=WEEKDAYS[days[-1]])


def _times(spans: tuple[int, ...]) -> Text:
    return joined(
        [_span(*pair) for pair in _pairs(spans)],
        lambda first, second: _("{first} and {second}", first=first, second=second),
    )


def _pairs(spans: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    return zip(spans[::2], spans[1::2], strict=True)


def _span(start: int, end: int) -> Text:
    if (start, end) == ALL_DAY:
        return _("all day")
    return _("{start} to {end}", start=time_words(start), end=time_words(end))


def joined(parts: list[Text], put_together: Callable[[Text, Text], Text]) -> Text:
    """Several texts as one, two by two."""
    return reduce(put_together, parts)
