"""Reads a post typed in one line: "2 hours run charts for beginners, online, until 30 June #spc".

What is understood is cut out, one thing at a time, and the rest is the title: no word is lost that
was not understood. A mark stands where something was cut until the end, so that what is left on
either side is joined tidily and never read as one phrase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.kernel.dates import find_day
from core.kernel.durations import find_duration
from core.kernel.folding import Folded, Found, fold

_CUT = "\0"


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. ``minutes``, ``closes`` and ``site`` are None or "" where it does not."""

    title_words: str
    minutes: int | None
    closes: date | None
    online: bool
    site: str
    tags: tuple[str, ...]


_VERB = re.compile(
    r"\s*(?:/(?:offer|ask|cynnig|gofyn)\b"
    r"|(?:offer|ask|cynnig|gofyn)\b(?!\s+(?:me|us|your|my|our|the|any\w*|of|letters?|an?(?!\s+(?:hour|half|quarter)))\b))"
    r"\s*:?\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?<![\w#&/<])#(?=[\w-]*[^\W\d_])(\w[\w-]*)")

_EDGE = r"(?:^|[,;(]|\x00(?:\s*(?:and|a|ac|&)\s)?|(?<=\s)-)\s*"
_END = r"\s*(?=$|[,;.)\x00]|-\s)"
_ONLINE = r"(?:online|on-line|ar-lein|ar\s+lein|arlein)"
_OVER = (
    r"(?:via|over|on|in|by|through|dros|ar|trwy)\s+(?:(?:ms|microsoft)\s+)?"
    r"(?:teams|zoom|video(?:\s+call)?|fideo)"
)
_ALL_ONLINE = re.compile(
    rf"{_EDGE}(?P<cut>(?:(?:{_ONLINE}|remote|remotely|virtual|virtually|o\s+bell|{_OVER})"
    rf"(?:\s+only|\s+yn\s+unig|\s+please)?))(?={_END})"
)
_ENDS_ONLINE = re.compile(
    # The space comes first: looking back from every letter is dear.
    rf"(?=\s)(?<!\bget)(?<!\bgetting)(?<!\bgo)(?<!\bgoing)(?<!\bsafe)(?<!\bstay)(?<!\bpeople)"
    rf"(?<!\bmembers)(?<!\bpatients)(?<!\bnot)(?<!\bno)(?<!\bor)(?<!\bneu)(?<!\band)"
    rf"\s+(?P<cut>{_ONLINE}|{_OVER})(?={_END})"
)
# Said, but part of the title: these words stay.
_SAYS_ONLINE = re.compile(
    rf"\b{_ONLINE}\s+(?:session|meeting|workshop|chat|call|coaching|training|drop-in|or\s+in\s+person"
    rf"|neu)\b|\b(?:in\s+person|face\s+to\s+face|wyneb\s+yn\s+wyneb)\s+(?:or|neu)\s+{_ONLINE}\b"
)
_EMPTIED = re.compile(r"\(\s*\x00\s*\)")
_JOINING = {"and", "ac", "&"}
_DANGLING = _JOINING | {"a", "."}
_LOOSE = " ,;:-"
_AT = r"(?:(?:\bat|\bin|\bon|\byn|\bym|@)\s*(?:(?:the|y|yr)\s+)?)"


def read_line(words: str, today: date, places: Mapping[str, str]) -> Line:
    """What ``words`` say. ``places`` gives the site id of each name of a site, casefolded.

    Raises Refusal for a length of time or a day that is clear and impossible.
    """
    rest = " ".join(words.replace(_CUT, " ").split())
    if verb := _VERB.match(rest):
        rest = rest[verb.end() :]
    tags = tuple(dict.fromkeys(tag.casefold() for tag in _TAG.findall(rest)))
    rest = _TAG.sub(_CUT, rest)
    site, rest = _take_site(rest, places)
    closes = find_day(rest, today)
    rest = _without(rest, closes)
    minutes = find_duration(rest)
    rest = _without(rest, minutes)
    online, rest = _take_online(rest)
    return Line(
        _tidy(rest),
        minutes.value if minutes else None,
        closes.value if closes else None,
        online,
        site,
        tags,
    )


def _without(words: str, found: Found[int] | Found[date] | Found[str] | None) -> str:
    if found is None:
        return words
    return _EMPTIED.sub(_CUT, f"{words[: found.start]}{_CUT}{words[found.end :]}")


def _take_site(words: str, places: Mapping[str, str]) -> tuple[str, str]:
    """The site named after "at" or "in", or as an item of its own; the longest name first."""
    folded = fold(words)
    plain = {name if name.isascii() else fold(name).text: site for name, site in places.items()}
    named = [name for name in plain if name and name in folded.text]
    for name in sorted(named, key=len, reverse=True):
        if found := _site(folded, name, plain[name]):
            return found.value, _without(words, found)
    return "", words


def _site(folded: Folded, name: str, site: str) -> Found[str] | None:
    sought = re.escape(name)
    found = re.search(rf"(?P<cut>{_AT}{sought})(?!'?\w)", folded.text) or re.search(
        rf"{_EDGE}(?P<cut>{sought})(?={_END})", folded.text
    )
    return folded.found(site, found.start("cut"), found.end("cut")) if found else None


def _take_online(words: str) -> tuple[bool, str]:
    folded = fold(words)
    found = _ALL_ONLINE.search(folded.text) or _ENDS_ONLINE.search(folded.text)
    if found is None:
        return _SAYS_ONLINE.search(folded.text) is not None, words
    return True, _without(words, folded.found("online", found.start("cut"), found.end("cut")))


def _tidy(words: str) -> str:
    """The words around the cuts, joined by a comma where one stood there, else by a space."""
    title, between = "", ""
    pieces = words.split(_CUT)
    for place, piece in enumerate(pieces):
        kept = piece.lstrip(_LOOSE if place else None)
        start = len(piece) - len(kept)
        kept = kept.rstrip(_LOOSE if place < len(pieces) - 1 else None)
        if not kept or kept in _DANGLING:
            between += piece
            continue
        if title:
            title += _joint(between + piece[:start])
        elif place and kept.partition(" ")[0] in _JOINING:
            kept = kept.partition(" ")[2]  # "and" has lost what it joined
        title += kept
        between = piece[len(piece.rstrip(_LOOSE)) :]
    before, _, last = title.rpartition(" ")
    return (before if len(pieces) > 1 and last in _JOINING else title).strip(" ,;")


def _joint(between: str) -> str:
    if "," in between or ";" in between:
        return ", "
    return " - " if " - " in between else " "
