"""Verbs that stand alone. "stop by at 2" is a message to somebody and silences nothing."""

from __future__ import annotations

from collections.abc import Callable

from core.commands import PlainWords
from core.ui.intents import Intent

_POLITE = frozenset(("please", "plis", "plîs", "os gwelwch yn dda", "now", "nawr"))


def alone(word: str, make: Callable[[], Intent]) -> Callable[[str], Intent]:
    """A verb that takes no words: with any after it, the line is plain words."""

    def read(rest: str) -> Intent:
        if rest and rest.casefold().rstrip(".!") not in _POLITE:
            return PlainWords(words=f"{word} {rest}", nearest=word)
        return make()

    return read


def short(word: str, longest: int, make: Callable[[str], Intent]) -> Callable[[str], Intent]:
    """A verb that takes a word or two: with more than ``longest`` characters after it, the line
    is plain words."""

    def read(rest: str) -> Intent:
        if len(rest) > longest:
            return PlainWords(words=f"{word} {rest}", nearest=word)
        return make(rest)

    return read
