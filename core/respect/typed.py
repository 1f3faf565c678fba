"""From typed words to what is asked for. A line that only begins like a command is plain words."""

from __future__ import annotations

import re

from core.commands import PlainWords
from core.delivery.model import Family
from core.digests.intents import ShowDigest
from core.home.typed import alone
from core.kernel.folding import fold
from core.respect.intents import (
    EndLeave,
    OpenQuiet,
    SetDigest,
    SetLeave,
    SetPattern,
    StartKind,
    StopKind,
)
from core.respect.model import Pattern
from core.respect.reading import (
    looks_like_digest_time,
    looks_like_leave,
    looks_like_week,
    names_hours,
)
from core.ui.intents import Intent

_PATTERNS = {
    **dict.fromkeys(("usual", "the usual", "arferol"), Pattern.USUAL),
    **dict.fromkeys(("any time", "anytime", "never", "off", "unrhyw bryd"), Pattern.ANY_TIME),
    **dict.fromkeys(("night shifts", "i work nights", "shifftiau nos"), Pattern.NIGHTS),
    **dict.fromkeys(("gwaith nos", "rwy'n gweithio nosau", "gweithio nosau"), Pattern.NIGHTS),
}
_TIMES = {
    **dict.fromkeys(("days", "in the day", "dyddiau", "yn y dydd"), Pattern.DAYS),
    **dict.fromkeys(("evenings", "evening", "in the evening", "in the evenings"), Pattern.EVENINGS),
    **dict.fromkeys(("gyda'r nos", "nosweithiau"), Pattern.EVENINGS),
    **dict.fromkeys(
        ("nights", "night", "at night", "nosau", "yn y nos", "dros nos"), Pattern.NIGHTS
    ),
    **dict.fromkeys(("weekends", "at weekends", "weekend", "at the weekend"), Pattern.WEEKENDS),
    **dict.fromkeys(("penwythnosau", "ar benwythnosau"), Pattern.WEEKENDS),
}
"""Times of which nobody can tell whether to be quiet then or to write then, but after "except"."""
_EXCEPT = re.compile(r"(?:except|heblaw|ac eithrio)\s+(?:for\s+|on\s+|ar\s+)?", re.IGNORECASE)
_FAMILIES = {
    **dict.fromkeys(("digest", "digests", "the digest", "crynodeb"), Family.DIGEST),
    **dict.fromkeys(("matches", "asks and offers", "cynigion a cheisiadau"), Family.MATCHES),
    **dict.fromkeys(("events", "digwyddiadau"), Family.EVENTS),
    **dict.fromkeys(("reminders", "nodiadau atgoffa", "atgoffa"), Family.REMINDERS),
}
_OFF = frozenset(("off", "stop", "i ffwrdd"))
_ON = frozenset(("on", "start", "ymlaen"))

read_back = alone("back", EndLeave)


def read_quiet(rest: str) -> Intent:
    """``quiet night shifts``, ``quiet except evenings`` and ``quiet Mon-Fri 9am to 5pm`` do it at
    once; ``quiet``, and ``quiet evenings``, which could mean either, open the form."""
    words = _folded(rest)
    if words in _PATTERNS:
        return SetPattern(pattern=_PATTERNS[words].value)
    if not words or words in _TIMES:
        return OpenQuiet()
    if found := _EXCEPT.match(rest):
        return _written_to(rest[found.end() :]) or _plain_quiet(rest)
    if looks_like_week(rest):
        return SetPattern(week=rest) if names_hours(rest) else OpenQuiet()
    return _plain_quiet(rest)


def _written_to(rest: str) -> Intent | None:
    """The times that somebody names to be written to, where they are times."""
    words = _folded(rest)
    if words in _TIMES:
        return SetPattern(pattern=_TIMES[words].value)
    return SetPattern(week=rest) if looks_like_week(rest) else None


def _plain_quiet(rest: str) -> Intent:
    return PlainWords(words=f"quiet {rest}", nearest="quiet")


def read_away(rest: str) -> Intent:
    """``away 3 August to 17 August``; without days the form."""
    if not rest:
        return OpenQuiet()
    if looks_like_leave(rest):
        return SetLeave(days=rest)
    return PlainWords(words=f"away {rest}", nearest="away")


def read_digest(rest: str) -> Intent:
    """``digest Monday 9am``, ``digest off`` and ``digest on``; alone it shows the digest now."""
    words = _folded(rest)
    if not words:
        return ShowDigest()
    if words in _OFF | _ON:
        verb = StopKind if words in _OFF else StartKind
        return verb(family=Family.DIGEST.value)
    if looks_like_digest_time(rest):
        return SetDigest(when=rest)
    return PlainWords(words=f"digest {rest}", nearest="digest")


def kind_named(rest: str) -> Family | None:
    """The kind of message that is named after "stop" or "start"."""
    return _FAMILIES.get(_folded(rest))


def _folded(rest: str) -> str:
    return " ".join(fold(rest).text.split()).rstrip(".!")
