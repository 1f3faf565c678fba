"""What may be typed after ``here``, in English and Welsh.

Anything else makes the line plain words: "here you are, the slides" is a message to somebody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.commands import PlainWords
from core.conversations.intents import Here, OpenChannel
from core.kernel.folding import fold
from core.kernel.references import read_reference
from core.ui.intents import Intent

LETTER = "H"
"""Channels are called ``H-7K2``."""

_DAYS = (
    r"mon(?:day)?s?|(?:dydd )?llun",
    r"tue(?:s(?:day)?)?s?|dydd mawrth|mawrth",
    r"wed(?:s|nesday)?s?|(?:dydd )?mercher",
    r"thu(?:rs?(?:day)?)?s?|(?:dydd )?iau",
    r"fri(?:day)?s?|(?:dydd )?gwener",
    r"sat(?:urday)?s?|(?:dydd )?sadwrn",
    r"sun(?:day)?s?|(?:dydd )?sul",
)
_OFF = r"(?P<switch>\s+(?:on|off|ymlaen|i ffwrdd))?"
_CLAUSES = tuple(
    (name, re.compile(rf"(?:{pattern})(?!\w)"))
    for name, pattern in (
        ("digests", rf"(?:(?:weekly )?digests?|crynodeb(?:au)?){_OFF}"),
        ("announcements", rf"(?:announcements?|cyhoeddiad(?:au)?){_OFF}"),
        ("stop", "stop|off|stopio|peidio"),
        ("change", "change|newid"),
        ("cy", "welsh|cymraeg"),
        ("en", "english|saesneg"),
        ("hour", r"(?P<h>\d{1,2})(?:[.:](?P<min>\d\d))?\s*(?P<half>am|pm|yb|yp)"),
        ("hour", r"(?P<h>\d{1,2})[.:](?P<min>\d\d)"),
        ("midday", "midday|noon|canol dydd|hanner dydd"),
        ("midnight", "midnight|canol nos|hanner nos"),
        *((str(number), names) for number, names in enumerate(_DAYS)),
        ("", "and|at|on|in|every|please|a|ac|am|ar|yn|bob|plis|os gwelwch yn dda"),
    )
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to change. None and empty words leave it as it is. ``part_hour``: a time was named
    that is no whole hour."""

    digests: bool | None = None
    announcements: bool | None = None
    stop: bool = False
    change: bool = False
    language: str = ""
    weekday: int | None = None
    hour: int | None = None
    part_hour: bool = False


def read_wish(words: str) -> Wish | None:
    """What ``words`` ask for; None where they are about something else."""
    rest = fold(words).text.strip(" ,.!?")
    wish = Wish()
    while rest:
        found = next(
            ((name, hit) for name, clause in _CLAUSES if (hit := clause.match(rest))), None
        )
        if found is None:
            return None
        added = _with(wish, *found)
        if added is None:
            return None
        wish = added
        rest = rest[found[1].end() :].lstrip(" ,.!?")
    return wish


def _with(wish: Wish, name: str, hit: re.Match[str]) -> Wish | None:
    """``wish`` with one clause more; None for what is no time of any day."""
    match name:
        case "digests":
            return replace(wish, digests=_on(hit))
        case "announcements":
            return replace(wish, announcements=_on(hit))
        case "stop":
            return replace(wish, stop=True)
        case "change":
            return replace(wish, change=True)
        case "cy" | "en":
            return replace(wish, language=name)
        case "midday" | "midnight":
            return replace(wish, hour=12 if name == "midday" else 0)
        case "hour":
            return _at(wish, hit)
        case "":
            return wish
        case _:
            return replace(wish, weekday=int(name))


def _on(hit: re.Match[str]) -> bool:
    return (hit["switch"] or "").strip() not in ("off", "i ffwrdd")


def _at(wish: Wish, hit: re.Match[str]) -> Wish | None:
    half = hit.groupdict().get("half")
    hour, minutes = int(hit["h"]), int(hit["min"] or 0)
    if minutes > 59 or hour > (12 if half else 23) or (half and hour == 0):
        return None
    if half:
        hour = hour % 12 + (12 if half in ("pm", "yp") else 0)
    return replace(wish, hour=hour, part_hour=minutes != 0)


def read_here(rest: str) -> Intent:
    """``here``, with the reference of a channel or without, and what to change there."""
    first, _space, more = rest.strip().partition(" ")
    named = read_reference(first)
    conversation, words = 0, rest.strip()
    if named is not None and named[0] == LETTER:
        conversation, words = named[1], more.strip()
    wish = read_wish(words)
    if wish is None:
        return PlainWords(words=f"here {rest}", nearest="here")
    if wish.change:
        return OpenChannel(conversation=conversation)
    return Here(conversation=conversation, words=words)
