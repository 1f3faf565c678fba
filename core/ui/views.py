"""What a person sees: a closed set of frozen blocks that each platform renders in its own way.

``str`` inside a view is a person's own words and is escaped by the renderer; ``Text`` is our copy,
spoken in the reader's language. No block carries markup: emphasis comes from the kind of block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.kernel.texts import NOTHING, Words
from core.ui.intents import Intent


@dataclass(frozen=True, slots=True)
class Confirm:
    """An "are you sure" that the platform asks before it sends the button's intent."""

    question: Words
    yes: Words


@dataclass(frozen=True, slots=True)
class Button:
    """A press that carries an intent. ``typed`` is what to type to do the same."""

    label: Words
    intent: Intent
    typed: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    confirm: Confirm | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A press that opens a page of ours; ``url`` is never taken from a person's words."""

    label: Words
    url: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a card or of a part of it."""

    text: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences. ``quiet`` is for what may be skipped: smaller and greyer."""

    text: Words
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A person's own words and whose they are."""

    text: str
    by: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, shown beside each other where there is room."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a list: its name, a few short lines, and what can be done with it.

    ``card`` stands for it where somebody puts it into a conversation: for everybody there to read,
    members or not. A list does not show it.
    """

    title: Words
    lines: tuple[Words, ...] = ()
    actions: tuple[Button, ...] = ()
    card: View | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list of things, each with its own actions."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of short cells under column names. Every row has as many cells as ``columns``."""

    caption: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of ours with the words that say the same."""

    url: str
    alt: Words


@dataclass(frozen=True, slots=True)
class Note:
    """One thing the reader must not miss: what was done, what to watch, what went wrong."""

    text: Words
    tone: Literal["info", "success", "warning"] = "info"


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two parts."""


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be done with the whole card. The first is the likeliest."""

    buttons: tuple[Button | Link, ...]


Block = Heading | Paragraph | Quote | Facts | Items | Table | Image | Note | Divider | Actions


@dataclass(frozen=True, slots=True)
class View:
    """A card, a message or a page.

    ``summary`` is one line for a phone's lock screen: it never holds private words of another
    person. Where it is empty the first heading or paragraph serves.
    """

    blocks: tuple[Block, ...]
    summary: Words = NOTHING


def view(*blocks: Block | None, summary: Words = NOTHING) -> View:
    """A view of ``blocks``, leaving out the ones that are None."""
    return View(tuple(block for block in blocks if block is not None), summary)
