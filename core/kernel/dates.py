"""Days and times as people in Britain write them, in English and Welsh: the day comes first.

A day without a year is the next such day; a weekday's name is the next one, never today. Days
that are over, are in no calendar, or lie more than 2 years ahead are refused. ``find_day`` finds
the closing day inside a line: a day after "until", "by", "before", "closes" and the like. "Before
6 August" means the day it names, so that the person sees back what they wrote.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from core.kernel.durations import NUMBERS
from core.kernel.folding import Found, fold
from core.kernel.refusals import Refusal
from core.kernel.texts import _

_MONTHS = {
    **dict.fromkeys(("january", "jan", "ionawr"), 1),
    **dict.fromkeys(("february", "feb", "chwefror"), 2),
    **dict.fromkeys(("march", "mar", "mawrth", "fawrth"), 3),
    **dict.fromkeys(("april", "apr", "ebrill"), 4),
    **dict.fromkeys(("may", "mai", "fai"), 5),
    **dict.fromkeys(("june", "jun", "mehefin", "fehefin"), 6),
    **dict.fromkeys(("july", "jul", "gorffennaf", "orffennaf"), 7),
    **dict.fromkeys(("august", "aug", "awst"), 8),
    **dict.fromkeys(("september", "sept", "sep", "medi", "fedi"), 9),
    **dict.fromkeys(("october", "oct", "hydref"), 10),
    **dict.fromkeys(("november", "nov", "tachwedd", "dachwedd"), 11),
    **dict.fromkeys(("december", "dec", "rhagfyr"), 12),
}
WEEKDAYS = {
    **dict.fromkeys(("monday", "mon", "dydd llun", "ddydd llun", "llun"), 0),
    **dict.fromkeys(("tuesday", "tues", "tue", "dydd mawrth", "ddydd mawrth"), 1),
    **dict.fromkeys(("wednesday", "weds", "wed", "dydd mercher", "ddydd mercher", "mercher"), 2),
    **dict.fromkeys(("thursday", "thurs", "thur", "thu", "dydd iau", "ddydd iau"), 3),
    **dict.fromkeys(("friday", "fri", "dydd gwener", "ddydd gwener", "gwener"), 4),
    **dict.fromkeys(("saturday", "sat", "dydd sadwrn", "ddydd sadwrn", "sadwrn"), 5),
    **dict.fromkeys(("sunday", "sun", "dydd sul", "ddydd sul"), 6),
}
"""The days of the week by every name they go by, in lower case; 0 is Monday."""
_UNITS = {
    **dict.fromkeys(("day", "days", "diwrnod", "niwrnod", "dydd"), "day"),
    **dict.fromkeys(("week", "weeks", "wythnos"), "week"),
    **dict.fromkeys(("fortnight", "fortnights", "pythefnos"), "fortnight"),
    **dict.fromkeys(("month", "months", "mis"), "month"),
}


def _either(words: dict[str, int] | dict[str, str]) -> str:
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=len, reverse=True))


_MONTH = rf"(?:{_either(_MONTHS)})(?![^\W\d_])\.?"
_WEEKDAY = rf"(?:{_either(WEEKDAYS)})\b"
_NAMED = rf"""
(?:(?P<weekday>{_WEEKDAY})\.?,?\s+(?:the\s+)?)?
(?:
  (?P<number>\d{{1,2}})(?:\s?(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain))?
  (?:\s+of|\s+o)?(?:\s+fis)?\s*-?(?P<month>{_MONTH})
| (?P<month_first>{_MONTH})\s+(?P<number_last>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/]|\.\d)
)
(?:,?[\s-]+(?P<year>20\d\d|19\d\d)(?![\d]))?
"""
_NUMERIC = (
    r"(?P<d>\d{1,2})(?P<mark>[/.-])(?P<m>\d{1,2})(?:(?P=mark)(?P<y>\d{4}|\d{2}))?(?![\d/:]|[.-]\d)"
)
_ISO = r"(?P<iso_y>\d{4})-(?P<iso_m>\d{1,2})-(?P<iso_d>\d{1,2})(?!\d)"
_WORDED = rf"""
(?P<today>today|tonight|heddiw|heno)
| (?P<after>(?:the\s+)?day\s+after\s+tomorrow|drennydd)
| (?P<tomorrow>tomorrow|yfory|fory)
| (?P<end>(?:(?:the\s+)?end|ddiwedd|diwedd)(?:\s+of)?(?:\s+(?:the|this|y|yr|mis))?\s+
    (?:(?P<end_next>next\s+)?(?P<end_unit>month|mis|week|wythnos)(?P<end_nesaf>\s+nesaf)?
      |(?P<end_month>{_MONTH})(?:\s+(?P<end_year>20\d\d))?))
| (?:in|mewn|ymhen)\s+(?P<ahead>\d{{1,4}}|(?:{_either(NUMBERS)})\b)?\s*(?P<unit>{_either(_UNITS)})
  (?:'?s?\s+time)?
| next\s+(?P<next_unit>week|month) | (?P<nesaf_unit>wythnos|mis)\s+nesaf
| (?:(?P<next>next)\s+|this\s+)?(?P<day>{_WEEKDAY})(?P<nesaf>\s+nesaf)?
"""
_DAY = rf"(?:{_ISO}|{_NAMED}|{_NUMERIC}|{_WORDED})(?!'?\w)"
_WHOLE = re.compile(
    rf"(?:(?:on|by|until|till|before|the|ar|tan|erbyn)\s+){{0,4}}{_DAY}\.?", re.VERBOSE
)
_CUE = (
    r"(?:(?:is\s+|it\s+|and\s+|yn\s+)?\b(?:open\s+|available\s+|ar\s+agor\s+)?"
    r"(?:until|till|til|by|before|close[sd]?|closing|ends?|ending|expires|deadline|tan|hyd|erbyn"
    r"|cyn|cau|dyddiad\s+cau)\b(?:\s+date)?\s*:?\s*(?:(?:is|on|by|before|the|ar)\s+){0,3})"
)
_HAS_CUE = re.compile(
    r"\b(?:until|till?|by|before|clos|end|expires|deadline|tan|hyd|erbyn|cyn|cau)"
)
# "by 1/2 of the wards", "by 1.5 hours" and "24/7" are no days.
_CLOSING = re.compile(
    rf"{_CUE}(?!24/7)(?P<found>{_DAY})(?!\s*(?:of|hours?|hrs?|minutes?|mins?|%)\b)",
    re.VERBOSE,
)
_CLOCK = r"(?P<h>\d{1,2})(?:[:.](?P<min>[0-5]\d)(?::[0-5]\d)?)?"
_HALF = r"\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?|yb\b|yp\b|yr?\s+(?:bore|prynhawn|hwyr|nos)\b)"
_AT = r"(?:,?\s*(?:\bat|\bam|@|\bfrom|\bo)\s*)?"
_CLOCKS = tuple(
    re.compile(rf"{_AT}{clock}(?!\w)")
    for clock in (
        rf"(?<![\d:./]){_CLOCK}{_HALF}",
        r"(?P<word>\b(?:midday|noon|midnight|canol\s+dydd|hanner\s+dydd|hanner\s+nos|canol\s+nos))",
        r"(?<![\d:./])(?P<h>\d{1,2}):(?P<min>[0-5]\d)(?::[0-5]\d)?",
        r"(?<![\d:./])(?P<h>\d{1,2})\.(?P<min>[0-5]\d)(?![\d.])",
        r"(?<![\d:./])(?P<h>\d{1,2})\s*o'clock",
        r"(?<=at )(?P<h>\d{1,2})",
    )
)
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?")


def read_day(words: str, today: date, field: str = "closes") -> date:
    """The day that ``words`` name, today or later. Raises Refusal on ``field``."""
    found = _WHOLE.fullmatch(fold(words).text.strip())
    if found is None:
        raise Refusal(
            _("That is not a day we can read. Write it like {day}.", day=today + timedelta(28)),
            field,
            "day-unread",
        )
    return _day(found, today, field)


def find_day(words: str, today: date, field: str = "closes") -> Found[date] | None:
    """The closing day inside ``words``, with its "until" or "by"; None where there is none.

    Raises Refusal on ``field`` for a day that is clear and impossible, such as 31 February.
    """
    folded = fold(words)
    if not _HAS_CUE.search(folded.text):
        return None
    found = _CLOSING.search(folded.text)
    if found is None:
        return None
    return folded.found(_day(found, today, field), found.start(), found.end())


def read_moment(words: str, now: datetime, zone: tzinfo, field: str = "when") -> datetime:
    """The moment that ``words`` name, in ``zone`` and after ``now`` (which is aware).

    A time without a day is the next such time. Raises Refusal on ``field``.
    """
    here = now.astimezone(zone)
    text = fold(words).text.strip()
    if _ISO_MOMENT.fullmatch(text):
        moment = _iso(text, zone, field)
        _within(moment.date(), here.date(), field)
    else:
        moment = _spoken_moment(text, here, zone, field)
    if moment <= now:
        raise Refusal(_("That time has passed. Choose a later one."), field, "moment-past")
    return moment


def read_time(words: str, field: str = "when") -> time:
    """The time of day that ``words`` name. Raises Refusal on ``field``."""
    text = fold(words).text.strip()
    for clock in _CLOCKS:
        found = clock.fullmatch(text)
        if found is not None:
            return _time(found, field)
    raise Refusal(
        _("That is not a time we can read. Write it like 9am or 5.30pm."), field, "time-unread"
    )


def _iso(text: str, zone: tzinfo, field: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.upper())
        return moment.astimezone(zone) if moment.tzinfo else _placed(moment, zone, field)
    except (ValueError, OverflowError):
        raise _no_such_day(field) from None


def _spoken_moment(text: str, here: datetime, zone: tzinfo, field: str) -> datetime:
    for clock in _CLOCKS:
        for found in clock.finditer(text):
            rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,")
            rest = re.sub(r"^(?:on|ar)\s+|\s+(?:on|ar)$", "", rest)
            day = _WHOLE.fullmatch(rest)
            if day is None and rest:
                continue
            at = _time(found, field)
            if day is not None:
                return _placed(datetime.combine(_day(day, here.date(), field), at), zone, field)
            moment = _placed(datetime.combine(here.date(), at), zone, field)
            if moment > here:
                return moment
            return _placed(datetime.combine(here.date() + timedelta(days=1), at), zone, field)
    if _WHOLE.fullmatch(text):
        reason = _("Add a time to the day, for example 2.30pm or 14:30.")
    else:
        reason = _("That is not a time we can read. Write it like 6 August 2026 2.30pm.")
    raise Refusal(reason, field, "moment-unread")


def _time(found: re.Match[str], field: str) -> time:
    groups = found.groupdict()
    if word := groups.get("word"):
        return time(0 if word.endswith(("night", "nos")) else 12)
    hour, minute = int(groups["h"]), int(groups.get("min") or 0)
    half = (groups.get("half") or "").replace(".", "")
    if hour > 23 or (half and not 1 <= hour <= 12):
        raise Refusal(_("There is no such time. Write it like 2.30pm or 14:30."), field)
    if half:
        afternoon = half.endswith(("pm", "yp", "prynhawn", "hwyr", "nos"))
        return time(hour % 12 + 12 * afternoon, minute)
    if 1 <= hour <= 6 and not groups["h"].startswith("0"):
        raise Refusal(_("Is that morning or afternoon? Add am or pm, for example 2.30pm."), field)
    return time(hour, minute)


def _placed(moment: datetime, zone: tzinfo, field: str) -> datetime:
    """The naive ``moment`` in ``zone``; refused in the hour that is skipped in spring."""
    placed = moment.replace(tzinfo=zone)
    if placed.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
        raise Refusal(
            _("The clocks go forward then, so there is no such time. Choose another."), field
        )
    return placed


def _day(found: re.Match[str], today: date, field: str) -> date:
    groups = found.groupdict()
    if groups["iso_y"]:
        day = _date(int(groups["iso_y"]), int(groups["iso_m"]), int(groups["iso_d"]), field)
    elif groups["d"]:
        year = int(groups["y"]) if groups["y"] else None
        year = 2000 + year if year is not None and year < 100 else year
        day = _dated(int(groups["d"]), int(groups["m"]), year, today, field)
    elif month := groups["month"] or groups["month_first"]:
        number = int(groups["number"] or groups["number_last"])
        year = int(groups["year"]) if groups["year"] else None
        day = _dated(number, _MONTHS[month.rstrip(".")], year, today, field)
        if groups["weekday"] and WEEKDAYS[_tidy(groups["weekday"])] != day.weekday():
            raise Refusal(
                _("{day} is another day of the week. Check the date.", day=day),
                field,
                "day-mismatch",
            )
    else:
        day = _worded(groups, today)
    return _within(day, today, field)


def _within(day: date, today: date, field: str) -> date:
    if day < today:
        raise Refusal(_("{day} has passed. Choose a later day.", day=day), field, "day-past")
    furthest = _months_on(today, 24)
    if day > furthest:
        raise Refusal(
            _("That is more than 2 years ahead. Choose a day up to {day}.", day=furthest),
            field,
            "day-far",
        )
    return day


def _dated(number: int, month: int, year: int | None, today: date, field: str) -> date:
    """The day of that year, or the next such day."""
    if year is not None:
        return _date(year, month, number, field)
    if (month, number) == (2, 29):
        year = next(each for each in range(today.year, today.year + 9) if calendar.isleap(each))
        return _date(year + 4 * (date(year, 2, 29) < today), 2, 29, field)
    day = _date(today.year, month, number, field)
    return day if day >= today else _date(today.year + 1, month, number, field)


def _date(year: int, month: int, number: int, field: str) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise _no_such_day(field) from None


def _no_such_day(field: str) -> Refusal:
    return Refusal(_("There is no such day in the calendar. Check the date."), field, "day-none")


def _worded(groups: dict[str, str | None], today: date) -> date:
    if groups["today"]:
        return today
    if groups["tomorrow"]:
        return today + timedelta(days=1)
    if groups["after"]:
        return today + timedelta(days=2)
    if groups["end"]:
        return _end(groups, today)
    if unit := groups["unit"]:
        word = groups["ahead"] or "1"
        count = int(word) if word.isdecimal() else NUMBERS[_tidy(word)]
        return _ahead(_UNITS[unit], count, today)
    if unit := groups["next_unit"] or groups["nesaf_unit"]:
        return _ahead(_UNITS[unit], 1, today)
    weekday = WEEKDAYS[_tidy(groups["day"] or "")]
    if groups["next"] or groups["nesaf"]:  # of the week after this one
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _end(groups: dict[str, str | None], today: date) -> date:
    """The last day of a month, or the Friday of a week."""
    if month := groups["end_month"]:
        number = _MONTHS[month.rstrip(".")]
        year = int(groups["end_year"] or today.year + (number < today.month))
        return date(year, number, calendar.monthrange(year, number)[1])
    following = bool(groups["end_next"] or groups["end_nesaf"])
    if _UNITS[groups["end_unit"] or "month"] == "month":
        month_of = _months_on(today, int(following))
        return month_of.replace(day=calendar.monthrange(month_of.year, month_of.month)[1])
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    return friday + timedelta(days=7 * following)


def _ahead(unit: str, count: int, today: date) -> date:
    if unit == "month":
        return _months_on(today, count)
    return today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _months_on(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _tidy(word: str) -> str:
    return " ".join(word.replace("-", " ").split())
