"""What was typed in one line: "1 hour to Ana Ward: thank you", "30 mins to community"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from core.kernel.durations import find_duration
from core.kernel.minutes import typed_minutes
from core.ledger.intents import Give, Grant
from core.safety.words import checked_words

LINE_LONGEST = 700
_TO = re.compile(r"^(?:to|for|i)\s+", re.IGNORECASE)
_FROM = re.compile(r"\s*\bfrom\s+(?P<source>[^:]+)$", re.IGNORECASE)

AnyGift = TypeVar("AnyGift", bound=Give)


def understood(intent: AnyGift) -> AnyGift:
    """``intent`` with its typed line taken apart into minutes, who, note, and a grant's source.

    Raises ``Refusal`` for a length of time that cannot be, and for a line that is too long.
    """
    if not intent.words:
        return intent
    line = checked_words(intent.words, "who", LINE_LONGEST)
    minutes = ""
    found = find_duration(line)
    if found is not None:
        minutes = typed_minutes(found.value)
        line = f"{line[: found.start]} {line[found.end :]}"
    who, _colon, note = line.partition(":")
    who = " ".join(who.split())
    if isinstance(intent, Grant):
        source = _FROM.search(who)
        who = _FROM.sub("", who)
        intent = replace(intent, source=source["source"].strip() if source else "")
    who = _TO.sub("", who.strip(" ,"))
    return replace(intent, words="", minutes=minutes, who=who.strip(" ,"), note=note.strip())
