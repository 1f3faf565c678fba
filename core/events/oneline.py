"""Reads an event typed in one line: "learning run charts, 12 June 2pm, 1 hour, online https://…".

What is understood is cut out, one thing at a time, and the rest is the title. What makes no event
yet, because it lacks a time or a place, fills the form as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from core.events.model import EventKind
from core.kernel.dates import read_moment
from core.kernel.folding import fold
from core.kernel.refusals import Refusal
from core.posts.oneline import read_line

_LONGEST_LINE = 1000
_WINDOW = 9
"""How many words a day and a time have at most: "Thursday the 6th of August 2026 at 2.30 pm"."""

_KIND_WORDS = {
    EventKind.LEARNING: r"learning|training|dysgu|hyfforddiant",
    EventKind.DROP_IN: r"drop-?\s?in|galw\s+heibio",
    EventKind.VISIT: r"visit|ymweliad",
}
# "visit to the pharmacy" is a title: its first word says the sort, and stays.
_STAYS = r"(?!\s*(?:to|at|with|for|from|about|of|on|and|i|â|ag|am|ar|gyda)\b)"
_KINDS = {
    kind: re.compile(rf"\s*(?P<cut>(?:{words})\b(?:\s+(?:session|event))?{_STAYS}[\s:,]*)?", re.I)
    for kind, words in _KIND_WORDS.items()
}
_SAYS = {kind: re.compile(rf"\s*(?:{words})\b", re.I) for kind, words in _KIND_WORDS.items()}
_LINK = re.compile(r"<?(https?://[^\s<>|]+)(?:\|[^>]*)?>?", re.I)
_PLACES = re.compile(
    r"(?:\b(?:up\s+to|max(?:imum)?|hyd\s+at)\s+)?(?<![\w.:/-])(\d{1,6})\s+"
    r"(?:places|spaces|seats|people|lle|o\s+leoedd|o\s+bobl)\b(?:\s+(?:max|at\s+most))?",
    re.I,
)
_CLOCK = r"\d{1,2}(?:[.:][0-5]\d)?"
_HALF = r"\s?[ap]\.?m\b\.?"
_UNTIL = re.compile(
    rf"(?<![\d./:])(?P<first>(?:{_CLOCK})(?P<half>{_HALF})?)\s*(?:to|until|till|hyd|-|\u2013)\s*"
    rf"(?P<last>{_CLOCK}(?P<last_half>{_HALF})|\d{{1,2}}[.:][0-5]\d)(?![\d/])",
    re.I,
)
_AT_A_PLACE = re.compile(
    r"\s*(?:(?:at|in|yn|ym|@)\s+(?P<place>.+)|(?P<room>(?:room|ystafell)\s.+))", re.I
)


@dataclass(frozen=True, slots=True)
class EventLine:
    """What a line says; empty, None or 0 where it does not."""

    kind: EventKind
    title: str
    starts_at: datetime | None = None
    minutes: int | None = None
    place: str = ""
    link: str = ""
    capacity: str = ""
    online: bool = False


def read_event_line(
    words: str, now: datetime, zone: tzinfo, places: Mapping[str, str]
) -> EventLine:
    """What ``words`` say. ``places`` gives the name of each known site by its name casefolded.

    Raises Refusal for a length of time or a moment that is clear and impossible.
    """
    rest = " ".join(words[:_LONGEST_LINE].split())
    kind, rest = _take_kind(rest)
    link, rest = _take(_LINK, rest)
    capacity, rest = _take(_PLACES, rest)
    last, rest = _take_end(rest)
    starts_at, rest = _take_moment(rest, now, zone)
    place, rest = _take_place(rest)
    line = read_line(rest, now.astimezone(zone).date(), places)
    where = ", ".join(one for one in (place, line.site) if one)
    minutes = line.minutes
    if minutes is None and last and starts_at is not None:
        minutes = _until(starts_at, last, zone)
    return EventLine(kind, line.title_words, starts_at, minutes, where, link, capacity, line.online)


def _take_kind(words: str) -> tuple[EventKind, str]:
    for kind, said in _SAYS.items():
        if said.match(words):
            found = _KINDS[kind].match(words)
            end = found.end("cut") if found and found["cut"] else 0
            return kind, words[end:]
    return EventKind.LEARNING, words


def _take(pattern: re.Pattern[str], words: str) -> tuple[str, str]:
    found = pattern.search(words)
    if found is None:
        return "", words
    return found[1], _cut(words, found.start(), found.end())


def _cut(words: str, start: int, end: int) -> str:
    """``words`` without a piece; the comma that stood before it closes the gap."""
    before, after = words[:start].rstrip(), words[end:].lstrip(" ,;.")
    if not before:
        return after
    joint = "" if before.endswith((",", ";")) or not after else ","
    return f"{before}{joint} {after}".strip(" ,;")


def _take_end(words: str) -> tuple[str, str]:
    """Of "2 to 3pm" the words keep "2pm", and the end comes back beside them."""
    found = _UNTIL.search(words)
    if found is None:
        return "", words
    half = found["half"] or found["last_half"] or ""
    first = found["first"] if found["half"] else f"{found['first']}{half}"
    return found["last"], f"{words[: found.start()]}{first}{words[found.end() :]}"


def _take_moment(words: str, now: datetime, zone: tzinfo) -> tuple[datetime | None, str]:
    """The longest run of words that is a day with a time. A clear one that is impossible or over
    is refused; a time without a day is not enough."""
    spans = [found.span() for found in re.finditer(r"\S+", words)]
    refusal: Refusal | None = None
    for length in range(min(_WINDOW, len(spans)), 1, -1):
        for first in range(len(spans) - length + 1):
            start, end = spans[first][0], spans[first + length - 1][1]
            piece = words[start:end].strip(" ,;.")
            if not any(letter.isalnum() for letter in piece):
                continue
            try:
                moment = read_moment(piece, now, zone, "starts")
            except Refusal as why:
                if why.code != "moment-unread" and refusal is None:
                    refusal = why
                continue
            return moment, _cut(words, start, end)
    if refusal is not None:
        raise refusal
    return None, words


def _take_place(words: str) -> tuple[str, str]:
    """The part between commas that says where: "at the Seminar Room", "Room 4"."""
    parts = [part.strip() for part in words.split(",")]
    for number, part in enumerate(parts[1:], 1):
        found = _AT_A_PLACE.fullmatch(part)
        if found and not _is_online(part):
            place = found["place"] or found["room"]
            return place, ", ".join((*parts[:number], *parts[number + 1 :]))
    return "", words


def _is_online(part: str) -> bool:
    return bool(re.search(r"\b(?:teams|zoom|online|person)\b", fold(part).text))


def _until(starts_at: datetime, last: str, zone: tzinfo) -> int | None:
    """The minutes from the start to the clock time ``last`` on the same day."""
    day = starts_at.astimezone(zone).date()
    before = starts_at - timedelta(days=1)
    try:
        ends_at = read_moment(f"{day.isoformat()} {last}", before, zone, "minutes")
    except Refusal:
        return None
    minutes = (ends_at - starts_at) // timedelta(minutes=1)
    return minutes if minutes > 0 else None
