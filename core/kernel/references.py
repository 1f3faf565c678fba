"""Short references that people can read out and type: ``O-7K2``.

A reference is the row's number, scrambled within its length so that neighbours do not look alike
and the size of the timebank is not on show. It is a name, not a secret: every use is authorised.
The alphabet has no vowels and no look-alikes, so no reference spells a word.
"""

from __future__ import annotations

import re

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
_BASE = len(ALPHABET)
_SHORTEST = 3
_PATTERN = re.compile(rf"^([A-Z])-?([{ALPHABET}]{{3,9}})$")
# Coprime to 27 (and so to each of its powers), which makes the scramble reversible.
_FACTOR = 7_368_787
LARGEST = 2**31 - 1
"""The largest number that a row can have: what both databases keep as an integer."""


def reference(letter: str, number: int) -> str:
    """The reference of row ``number`` (1 or more) of the kind that ``letter`` names."""
    length, first = _SHORTEST, 0
    while number - first >= _BASE**length:
        first += _BASE**length
        length += 1
    scrambled = ((number - first) * _FACTOR) % _BASE**length
    digits = []
    for _ in range(length):
        scrambled, digit = divmod(scrambled, _BASE)
        digits.append(ALPHABET[digit])
    return f"{letter}-{''.join(reversed(digits))}"


def read_reference(words: str) -> tuple[str, int] | None:
    """The letter and row number behind ``words``, or None where it is not a reference.

    A number too large for any row becomes the largest, which is not there to be found.
    """
    found = _PATTERN.match(words.strip().upper())
    if found is None:
        return None
    letter, digits = found.groups()
    length = len(digits)
    scrambled = 0
    for digit in digits:
        scrambled = scrambled * _BASE + ALPHABET.index(digit)
    first = sum(_BASE**shorter for shorter in range(_SHORTEST, length))
    number = first + scrambled * pow(_FACTOR, -1, _BASE**length) % _BASE**length
    return letter, min(number, LARGEST)
