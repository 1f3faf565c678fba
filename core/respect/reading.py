"""What people type about their time: a week of their own, days of leave, when the digest comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from core.kernel.dates import WEEKDAYS, read_day, read_time
from core.kernel.folding import fold
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.respect.model import Week

WEEK_LONGEST = 600
"""Room for every day with as many times as it may have, in words."""
TIMES_A_DAY = 3
LEAVE_LONGEST = 80
NEXT_YEAR = timedelta(days=183)
"""How long leave over the turn of the year may be where the years are not given."""

_GROUPS = {
    **dict.fromkeys(("every day", "daily", "all week", "bob dydd", "pob dydd"), range(7)),
    **dict.fromkeys(("weekdays", "working days", "dyddiau gwaith"), range(5)),
    **dict.fromkeys(("weekends", "weekend", "penwythnosau", "penwythnos"), range(5, 7)),
}


def _either(words: Iterator[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace(" ", r"\s+") for word in longest_first)


_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<every>(?:every|each|bob|pob)(?=\s+(?:{_either(iter(WEEKDAYS))})\b))
    | (?P<group>(?:{_either(iter(_GROUPS))})\b)
    | (?P<whole>(?:all|drwy'r|trwy'r)\s+(?:day|dydd)\b)
    | (?P<day>(?:{_either(iter(WEEKDAYS))})s?\b\.?)
    | (?P<time>\d{{1,2}}(?:[:.]\d\d)?(?:\s*(?:a\.?m\b\.?|p\.?m\b\.?|yb\b|yp\b))?(?!\w)
      |(?:midday|noon|midnight|canol\s+dydd|hanner\s+dydd|hanner\s+nos|canol\s+nos)\b)
    | (?P<to>(?:to|until|till|til|hyd|tan|i)\b|-)
    | (?P<skip>[,;&+]|(?:and|on|from|between|at|a|ac|ar|o|rhwng|yn)\b)
    )""",
    re.VERBOSE,
)
_PARTS = re.compile(
    r"\s+(?:to|until|till|til|hyd|tan|i)\s+|\s*-\s+|(?:(?<=^\d)|(?<=^\d\d))-(?=\d{1,2}\s)"
)
_FIRST_WORD = re.compile(r"^(?:from|o|until|till|tan|hyd)\s+")
_NEXT_WEEK = re.compile(r"(?:all\s+)?next\s+week|(?:[dt]rwy'r\s+)?wythnos\s+nesaf")
_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?")
_EVERY = re.compile(r"^(?:every|each|on|bob|pob|ar)\s+")
_DIGEST = re.compile(rf"(?P<day>{_either(iter(WEEKDAYS))})s?\.?,?\s+(?:at\s+|am\s+)?(?P<time>.+)")


@dataclass(slots=True)
class _Week:
    """A week as it is read, from left to right."""

    days: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    spans: tuple[list[int], ...] = field(default_factory=lambda: tuple([] for _day in range(7)))
    ranging: bool = False

    def day(self, days: range) -> None:
        """Days named; after times they begin another part of the week."""
        if self.times:
            self.close()
        if self.ranging and self.days:
            start, end = self.days[-1], days[0]
            self.days += [(start + on) % 7 for on in range(1, (end - start) % 7 + 1)]
        else:
            self.days += days
        self.ranging = False

    def close(self) -> None:
        """Give the days their times: the whole day where none are given."""
        if len(self.times) % 2:
            raise _unread_week()
        for day in dict.fromkeys(self.days or range(7)):
            self.spans[day].extend(self.times or (0, 24 * 60))
        self.days, self.times, self.ranging = [], [], False


def read_week(words: str, on: str = "week") -> Week:
    """The week that ``words`` describe, such as "Mon-Fri 9am to 5pm, Sat 10pm to 6am".

    Raises Refusal on the field ``on``, also for a week with no time in it at all.
    """
    text = fold(words).text.strip().rstrip(".")
    if not text or len(text) > WEEK_LONGEST:
        raise _unread_week(on)
    week, place = _Week(), 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None or token.end() == place:
            raise _unread_week(on)
        _take(week, token, on)
        place = token.end()
    if week.ranging:
        raise _unread_week(on)
    if week.days or week.times:
        week.close()
    if not any(week.spans):
        raise _unread_week(on)
    read = tuple(_sorted(spans) for spans in week.spans)
    if max(map(len, read)) > 2 * TIMES_A_DAY:
        raise Refusal(_("Write at most {count} times for a day.", count=TIMES_A_DAY), on)
    return read


def _take(week: _Week, token: re.Match[str], on: str) -> None:
    if token["group"]:
        days = _GROUPS[" ".join(token["group"].split())]
        week.day(days)
    elif token["day"]:
        name = " ".join(token["day"].rstrip(".").split())
        number = WEEKDAYS[name] if name in WEEKDAYS else WEEKDAYS[name.removesuffix("s")]
        week.day(range(number, number + 1))
    elif token["whole"]:
        week.times += (0, 24 * 60)
    elif token["time"]:
        week.times.append(_minutes(token["time"], on))
        week.ranging = False
    elif token["to"]:
        week.ranging = True


def _minutes(words: str, on: str) -> int:
    if words.isdecimal():
        raise Refusal(_("Is {time} morning or afternoon? Add am or pm.", time=words), on)
    at = read_time(words, on)
    return at.hour * 60 + at.minute


def _sorted(spans: list[int]) -> tuple[int, ...]:
    pairs = sorted(set(zip(spans[::2], spans[1::2], strict=True)))
    return tuple(minute for pair in pairs for minute in pair)


def _unread_week(on: str = "week") -> Refusal:
    return Refusal(
        _("We cannot read that week. Write it like Mon-Fri 9am to 5pm, Sat 10pm to 6am."),
        on,
        "week-unread",
    )


def read_leave(words: str, today: date) -> tuple[date, date]:
    """The first and the last day of leave in a line such as "3 August to 17 August"."""
    text = fold(words).text.strip().rstrip(".")
    parts = [part for part in _PARTS.split(text) if part]
    if _NEXT_WEEK.fullmatch(text):
        monday = today + timedelta(days=7 - today.weekday())
        return monday, monday + timedelta(days=6)
    if len(parts) == 1:
        last = read_day(_FIRST_WORD.sub("", parts[0]), today, "leave_until")
        until = re.match(r"(?:until|till|tan|hyd)\s", text)
        return (today if until else last), last
    if len(parts) != 2:
        raise _unread_leave()
    first, last_words = _FIRST_WORD.sub("", parts[0]), parts[1]
    if number := _NUMBER.fullmatch(first):  # "3rd to 17th August"
        first = re.sub(r"^\d{1,2}", number[1], last_words)
    start = read_day(first, today, "leave_from")
    return start, read_last_day(last_words, start, today)


def read_last_day(words: str, start: date, today: date) -> date:
    """The last day of leave that begins on ``start``; without a year it may be in the next one."""
    last = read_day(words, today, "leave_until")
    if last < start and not re.search(r"\d{4}", words):
        last = read_day(words, start, "leave_until")
        if last - start > NEXT_YEAR:
            last = date.min
    if last < start:
        raise Refusal(
            _("The last day away is before the first. Check both days."),
            "leave_until",
            "leave-ends",
        )
    return last


def _unread_leave() -> Refusal:
    return Refusal(
        _("We cannot read those days. Write them like 3 August to 17 August."),
        "leave_from",
        "leave-unread",
    )


def looks_like_leave(words: str) -> bool:
    """Whether a line after "away" names days, be they refused: "away from my desk" does not."""
    try:
        read_leave(words, date(2026, 1, 1))
    except Refusal as refusal:
        return refusal.code not in {"leave-unread", "day-unread"}
    return len(words) <= LEAVE_LONGEST


def looks_like_week(words: str) -> bool:
    """Whether a line after "quiet" describes a week, be it one that is refused."""
    token = _TOKEN.match(fold(words).text)
    begins = token is not None and not (token["skip"] or token["to"])
    return begins and len(words) <= WEEK_LONGEST


def names_hours(words: str) -> bool:
    """Whether a line has a time of the clock in it, and not days alone."""
    return any(token["time"] for token in _TOKEN.finditer(fold(words).text))


def looks_like_digest_time(words: str) -> bool:
    """Whether a line after "digest" begins with a day of the week."""
    token = _TOKEN.match(_digest_line(words))
    return token is not None and bool(token["day"]) and len(words) <= LEAVE_LONGEST


def read_digest_time(words: str) -> tuple[int, int]:
    """The weekday and the hour in a line such as "Monday 9am". Raises Refusal."""
    found = _DIGEST.fullmatch(_digest_line(words))
    at = _hour(found["time"]) if found else None
    if found is None or at is None:
        raise Refusal(
            _("Write a day and a full hour, for example digest Monday 9am."), code="digest-unread"
        )
    return WEEKDAYS[" ".join(found["day"].split())], at.hour


def _digest_line(words: str) -> str:
    """Without the "every" of "every Monday at 9am", which is how the digest itself says it."""
    return _EVERY.sub("", fold(words).text.strip().rstrip("."))


def _hour(words: str) -> time | None:
    try:
        at = read_time(words)
    except Refusal:
        return None
    return None if at.minute else at
