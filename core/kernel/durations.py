"""Lengths of time as people write them: "2h", "1h30", "an hour and a half", "hanner awr".

``read_duration`` reads words that are nothing but a length of time. ``find_duration`` finds one
inside a longer line, and so is more careful: "5pm", "30/6", "in 2 hours" and "the 4-hour target"
are no lengths of time. Both count in whole minutes and refuse 0, less than 0 and odd seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from core.kernel.folding import Found, fold
from core.kernel.minutes import spoken
from core.kernel.refusals import Refusal
from core.kernel.texts import _

FIELD = "minutes"
_BARE_MINUTES = 15
"""A number alone is read as minutes from here up; "2" may be hours, so it is asked about."""

NUMBERS = {
    **dict.fromkeys(("a", "an", "one", "un"), 1),
    **dict.fromkeys(("two", "couple of", "a couple of", "dwy", "ddwy", "dau", "ddau"), 2),
    **dict.fromkeys(("three", "tair", "tri", "thair", "thri", "dair", "dri"), 3),
    **dict.fromkeys(("four", "pedair", "pedwar", "bedair", "bedwar"), 4),
    **dict.fromkeys(("five", "pum", "pump", "bum", "bump"), 5),
    **dict.fromkeys(("six", "chwe", "chwech"), 6),
    **dict.fromkeys(("seven", "saith"), 7),
    **dict.fromkeys(("eight", "wyth"), 8),
    **dict.fromkeys(("nine", "naw"), 9),
    **dict.fromkeys(("ten", "deg", "deng", "ddeg", "ddeng"), 10),
    "eleven": 11,
    "twelve": 12,
    **dict.fromkeys(("fifteen", "pymtheg", "bymtheg"), 15),
    **dict.fromkeys(("twenty", "ugain"), 20),
    "twenty five": 25,
    "thirty": 30,
    "thirty five": 35,
    "forty": 40,
    **dict.fromkeys(("forty five", "fortyfive"), 45),
    **dict.fromkeys(("fifty", "hanner cant"), 50),
    "fifty five": 55,
    "sixty": 60,
    "seventy five": 75,
    "ninety": 90,
}
"""Numbers as words, in English and Welsh, mutated forms too."""

_PARTS = {
    **dict.fromkeys(("three quarters", "three quarter", "3 quarters", "3/4"), Fraction(3, 4)),
    **dict.fromkeys(("tri chwarter", "thri chwarter", "dri chwarter"), Fraction(3, 4)),
    **dict.fromkeys(("a quarter", "one quarter", "quarter", "chwarter", "1/4"), Fraction(1, 4)),
    **dict.fromkeys(("a half", "one half", "half", "hanner", "1/2"), Fraction(1, 2)),
}


def _either(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace(" ", r"[\s-]+") for word in longest_first)


_NUMBER = (
    r"(?:\d{1,2}[\s-]\d/\d|\d{1,2}/\d{1,2}|\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9}(?:[.,]\d{1,4})?|"
    rf"\.\d{{1,4}}|(?:{_either(NUMBERS)})\b)"
)
_PART = rf"(?:{_either(_PARTS)})(?!\w)"
_HOUR = r"(?:hours?|hrs?|h|awr|oriau)\b\.?(?:'s?(?!\w))?"
_MINUTE = r"(?:minutes?|mins?|munudau|munud|mun|m)\b\.?(?:'s?(?!\w))?"
_JOIN = r"(?:and|a|ac)"

_LENGTH = rf"""
(?P<minus>-[ ]?|minus[ ]+)?
(?:
  (?P<part>{_PART})(?:\s+of)?(?:\s+an?)?(?:\s+|\s?-\s?){_HOUR}
| (?P<clock>\d{{1,3}}):(?P<past>[0-5]\d)\s*{_HOUR}
| (?P<glued>\d{{1,3}})\s?(?:hours?|hrs?|h)(?P<rest>\d{{1,2}})(?:\s?{_MINUTE}|(?!\w|[:/.,-]\d))
| (?P<hours>{_NUMBER})[\s-]*(?:{_JOIN}\s+(?P<before>{_PART})\s*)?(?:o\s+)?{_HOUR}
  (?:\s+{_JOIN}\s+(?P<after>{_PART})
    |[\s,]*(?:{_JOIN}\s+)?(?P<minutes>{_NUMBER})[\s-]*(?:o\s+)?{_MINUTE})?
| (?P<awr>awr)\b
  (?:\s+a\s+(?P<awr_part>{_PART})
    |\s+(?:a\s+)?(?P<awr_minutes>{_NUMBER})[\s-]*(?:o\s+)?{_MINUTE})?
| (?P<only>{_NUMBER})(?P<gap>[\s-]*(?:o\s+)?)(?P<unit>{_MINUTE})
)
"""
_LEAD = (
    r"(?:\b(?:for|about|around|approximately|approx\.?|roughly|up\s+to|takes?|taking|am|tua)\s+)"
)
_TAIL = r"(?:\s+or\s+so\b)?(?:\s+of(?:\s+(?:your|my|our)\s+time)?\b)?"

_WHOLE = re.compile(rf"{_LEAD}*{_LENGTH}(?:\s+or\s+so)?\.?", re.VERBOSE)
_BARE_HOUR = re.compile(rf"hour(?:\s+and\s+(?P<part>{_PART}))?")
_UNSAID_MINUTES = re.compile(
    rf"(?P<hours>{_NUMBER})[\s-]*(?:hours?|hrs?|h|awr)\s+(?P<minutes>{_NUMBER})"
)
_CLOCK = re.compile(r"(?P<minus>-\s?)?(?P<clock>\d{1,3}):(?P<past>[0-5]\d)")
_BARE = re.compile(r"(?P<minus>-\s?)?(?P<number>\d{1,9})")

_HAS_UNIT = re.compile(r"(?:\b|\d)(?:hour|hr|h\b|h\d|min|mun|m\b)|awr|oriau")
# A cheap look at the first word, so that most words of a line cost next to nothing.
_STARTS = (
    rf"(?=[-.\d]|(?:for|about|around|approx(?:imately)?|roughly|up|takes?|taking|am|tua|minus|awr"
    rf"|{_either({word.split()[0] for word in (*NUMBERS, *_PARTS)})})\b)"
)
_INSIDE = re.compile(
    rf"(?<![\w\u00a3$€@\#/:.])(?<!\d,){_STARTS}{_LEAD}*{_LENGTH}{_TAIL}", re.VERBOSE
)
_NOT_AFTER = re.compile(
    r"\b(?:in|within|every|each|last|past|next|first|per|after|mewn|bob|yr|y)\s+(?:the\s+)?$"
)
_RANGE_BEFORE = re.compile(
    rf"(?<![\w/:.])(?:{_NUMBER}|an)\s*(?:{_HOUR}|{_MINUTE})?\s*(?:-|\b(?:to|or|neu|i))\s*$"
)
_NOT_BEFORE = re.compile(
    rf"\s*(?:-|\b(?:to|or|neu|i)\b)\s*{_NUMBER}\s*(?:{_HOUR}|{_MINUTE})"
    rf"|\s+(?:or|neu)\s+(?:{_NUMBER}|more|less|fewer|fwy|lai)(?!\w)"
    r"|\s*(?:\b(?:an?|per|each|every|y|yr|bob)\b|/)\s*"
    r"(?:day|night|week|wk|fortnight|month|quarter|year|term|shift|person|session"
    r"|dydd|diwrnod|wythnos|mis|flwyddyn)\b"
    r"|\s*(?:daily|weekly|fortnightly|monthly|ago|later|early|late|away|notice)\b"
    r"|[\s-]+(?:target|standard|waits?|breach|shifts?|turnaround|response|rule|ecg|tape|urine"
    r"|cover|rota|clock)\b"
)
_CLOCK_ALONE = re.compile(
    r"(?:(?:^|[,;\x00])\s*(?:for\s+)?|\bfor\s+)(?P<clock>[0-4]):(?P<past>[0-5]\d)(?=\s*(?:$|[,;\x00]))"
)


def read_duration(words: str) -> int:
    """The minutes in ``words``, which are nothing but a length of time.

    Raises Refusal, on the field ``minutes``, where they are not one, or not whole minutes above 0.
    """
    text = fold(words).text.strip()
    if bare := _BARE.fullmatch(text):
        return _bare(bare)
    if found := _WHOLE.fullmatch(text) or _CLOCK.fullmatch(text):
        return _whole(_minutes(found.groupdict()))
    if found := _BARE_HOUR.fullmatch(text):
        return _whole(60 + 60 * _part(found["part"]))
    if found := _UNSAID_MINUTES.fullmatch(text):
        return _whole(60 * _number(found["hours"]) + _number(found["minutes"]))
    raise Refusal(
        _(
            "That is not a length of time we can read. Write it like {example} or {other}.",
            example=spoken(90),
            other=spoken(45),
        ),
        FIELD,
        "duration-unread",
    )


def find_duration(words: str) -> Found[int] | None:
    """The first length of time inside ``words``, in minutes, with what belongs to it ("for", "of").

    None where there is none, or only one that is not a plain length ("1 to 2 hours", "2 hours a
    week"). Raises Refusal for one that is clear and impossible: 0, below 0, not whole minutes.
    """
    folded = fold(words)
    text = folded.text
    if _HAS_UNIT.search(text):
        for found in _INSIDE.finditer(text):
            if _is_length(found, text):
                groups = found.groupdict()
                if groups["minus"] == "- ":  # a dash between two thoughts
                    groups["minus"] = None
                value = _whole(_minutes(groups))
                return folded.found(value, found.start(), found.end())
    if alone := _CLOCK_ALONE.search(text):
        value = _whole(_minutes(alone.groupdict()))
        return folded.found(value, alone.start("clock"), alone.end())
    return None


def _is_length(found: re.Match[str], text: str) -> bool:
    only, unit, gap = found["only"], found["unit"], found["gap"]
    if only in ("a", "an", "one", "un"):  # "wait a minute"
        return False
    if unit == "m" and (gap or not re.fullmatch(r"\d\d", only)):  # "1.5m people", "5 m"
        return False
    before = text[max(0, found.start() - 40) : found.start()]
    if before.rstrip().endswith(("-", " to", " or", " neu", " i")) and _RANGE_BEFORE.search(before):
        return False
    return not (_NOT_AFTER.search(before) or _NOT_BEFORE.match(text, found.end()))


def _minutes(groups: dict[str, str | None]) -> Fraction | int:
    """The minutes that a match means, not yet known to be whole or above 0."""
    get = groups.get
    hours = _part(get("part")) + _part(get("before")) + _part(get("after")) + _part(get("awr_part"))
    for name in ("hours", "clock", "glued"):
        hours += _number(get(name))
    hours += 1 if get("awr") else 0
    minutes = 60 * hours
    for name in ("minutes", "past", "rest", "awr_minutes", "only"):
        minutes += _number(get(name))
    return -minutes if get("minus") else minutes


def _bare(found: re.Match[str]) -> int:
    number = int(found["number"])
    if found["minus"] or number == 0 or number >= _BARE_MINUTES:
        return _whole(Fraction(-number if found["minus"] else number))
    raise Refusal(
        _(
            "Is that hours or minutes? Write {hours} or {minutes}.",
            hours=spoken(60 * number),
            minutes=spoken(number),
        ),
        FIELD,
        "duration-unclear",
    )


def _whole(minutes: Fraction | int) -> int:
    if minutes <= 0:
        raise Refusal(_("The time must be more than 0 minutes."), FIELD, "duration-not-positive")
    if minutes.denominator != 1:
        raise Refusal(_("Time is counted in whole minutes. Leave out the part of a minute."), FIELD)
    return int(minutes)


def _part(word: str | None) -> Fraction | int:
    return _PARTS[re.sub(r"[\s-]+", " ", word)] if word else 0


def _number(word: str | None) -> Fraction | int:
    if not word:
        return 0
    if word.isdecimal():
        return int(word)
    if not any(letter.isdigit() for letter in word):
        return Fraction(NUMBERS[re.sub(r"[\s-]+", " ", word)])
    if "/" in word:
        *whole, part = re.split(r"[\s-]", word)
        above, below = part.split("/")
        if int(below) == 0:
            return 0
        return Fraction(int(above), int(below)) + (int(whole[0]) if whole else 0)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", word):
        return Fraction(word.replace(",", ""))
    return Fraction(word.replace(",", "."))
