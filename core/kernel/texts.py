"""Our own copy, kept as a message until the reader's language is known.

``_("You gave {time}.", time=spoken(90))`` names an English message and its values.
``core.words.Speech`` turns it into a sentence in the reader's language, late: a refusal raised
in the engine and a card rendered next week both speak the language of whoever reads them.
A plain ``str`` is always a person's own words: never translated, always escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Text:
    """A message of ours: English as written, its plural if it has one, and the values in it."""

    message: str
    plural: str = ""
    count: int | None = None
    values: tuple[tuple[str, str | int | date | datetime | Text], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.message)


Words = str | Text
"""Either a person's own words (``str``) or a message of ours (``Text``)."""


def _(message: str, **values: str | int | date | datetime | Text) -> Text:
    """A message of ours. ``values`` fill its ``{names}`` when it is spoken."""
    return Text(message, values=tuple(values.items())) if values else Text(message)


def plural(one: str, many: str, count: int, **values: str | int | date | datetime | Text) -> Text:
    """A message that depends on ``count``, which it may show as ``{count}``."""
    return Text(one, many, count, (("count", count), *values.items()))


NOTHING = Text("")


def storable(words: str) -> str:
    """A person's words without what no database and no chat takes: NUL and half letters."""
    if words.isascii() and "\x00" not in words:
        return words
    whole = words.replace("\x00", "").encode("utf-16", "surrogatepass")
    return whole.decode("utf-16", "ignore")
