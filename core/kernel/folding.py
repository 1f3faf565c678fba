"""Plain letters to read, and where each one came from, so that what was read can be cut out.

People type full-width digits, curly quotes, "½" and three kinds of dash. ``fold`` brings them to
one lower-case form (NFKC) and remembers each letter's place in the words as typed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

# A leading space keeps "1½" from becoming "11/2".
_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
_ALIKE = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_ALIKE |= dict.fromkeys("\u2018\u2019\u02bc", "'")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """What was read, and ``words[start:end]`` where it stood in the words as typed."""

    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` in plain lower case; ``starts[i]`` is where its letter ``i`` stood as typed."""

    text: str
    starts: Sequence[int]

    def found(self, value: Value, start: int, end: int) -> Found[Value]:
        """``value`` read from ``text[start:end]``, with its place in the words as typed."""
        return Found(value, self.starts[start], self.starts[end - 1] + 1)


def fold(words: str) -> Folded:
    """``words`` in plain lower-case letters, each traced back to where it was typed."""
    if words.isascii():
        return Folded(words.lower(), range(len(words)))
    pieces: list[str] = []
    starts: list[int] = []
    for place, letter in enumerate(words):
        piece = _FRACTIONS.get(letter) or _plain(letter)
        pieces.append(piece)
        starts.extend([place] * len(piece))
    return Folded("".join(pieces), starts)


def _plain(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    if unicodedata.category(letter) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", letter).casefold()
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in plain)
