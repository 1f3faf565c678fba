"""From typed words to an intent. Pure, so an adapter knows early what may open a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, cast

from rapidfuzz import fuzz, process

from core.feature import Command, House
from core.kernel.texts import storable
from core.ui.intents import Intent, TypedLine


@dataclass(frozen=True, kw_only=True)
class Hello(Intent):
    """Nothing typed at all: a first contact or an empty message."""

    name: ClassVar[str] = "hello"
    repeatable: ClassVar[bool] = True
    kept_for_joining: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class PlainWords(Intent):
    """Words that are not a command: perhaps an answer to a relayed message, perhaps a slip."""

    name: ClassVar[str] = "words"
    opens_form: ClassVar[bool] = False

    words: str = ""
    nearest: str = ""
    """The command that was perhaps meant."""


# "find run charts page 2": any list can be turned by typing.
_PAGED = re.compile(r"(?P<list>.+?),?\s+(?:page|tudalen)\s+(?P<page>[1-9]\d{0,3})", re.I | re.S)


def interpreter(house: House) -> Callable[[str], Intent]:
    """The function that turns typed words, with or without a leading slash, into an intent."""
    by_word: dict[str, Command] = {
        word: command for command in house.commands for word in command.words
    }
    names = sorted(by_word)

    def interpret(words: str) -> Intent:
        words = storable(words)
        paged = _PAGED.fullmatch(words.strip())
        if paged is not None:
            intent = line(paged["list"])
            if "page" in intent.__dataclass_fields__:
                turned: Intent = replace(cast("Any", intent), page=int(paged["page"]) - 1)
                return turned
        return line(words)

    def line(words: str) -> Intent:
        typed = words.strip().removeprefix("/").strip()
        if not typed:
            return Hello()
        first, _, rest = typed.partition(" ")
        first = first.casefold().rstrip(":!.,?")
        command = by_word.get(first)
        if command is None and rest:
            second, _, after = rest.strip().partition(" ")
            two = f"{first} {second.casefold()}"
            command, rest = by_word.get(two), after if two in by_word else rest
        if command is not None:
            intent = command.read(rest.strip())
            # A verb that declines the line leaves it as it was typed.
            if isinstance(intent, PlainWords):
                return replace(intent, words=words.strip())
            if isinstance(intent, TypedLine):
                return replace(intent, line=words.strip())
            return intent
        near = process.extractOne(first, names, scorer=fuzz.ratio, score_cutoff=70)
        return PlainWords(words=words.strip(), nearest=near[0] if near else "")

    return interpret
