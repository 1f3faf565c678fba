"""One message for all that was held back: a line for each thing, with what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.commands import Hello
from core.kernel.texts import Text, Words, _, plural
from core.ui.views import (
    Actions,
    Button,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    Quote,
    View,
    view,
)

MOST = 10
"""How many things are listed; the rest is behind a button."""
_BUTTONS = 2
_LINE_LONGEST = 200
"""Longer words of a person are read on the thing's own card."""


def catch_up_view(views: Sequence[View], *, away: bool) -> View:
    """Everything that was held back, in the order given. ``away``: the reader was on leave."""
    items = distinct(as_item(one) for one in views)
    title = _("While you were away") if away else _("Since we last wrote")
    more = len(items) - MOST
    rest = plural("There is {count} more thing.", "There are {count} more things.", more)
    return view(
        Heading(title),
        Items(items[:MOST]),
        Paragraph(rest) if more > 0 else None,
        Actions((Button(_("See everything that waits for you"), Hello(), "home"),)),
        summary=plural(
            "{title}: {count} thing", "{title}: {count} things", len(items), title=title
        ),
    )


def distinct(items: Iterable[Item]) -> tuple[Item, ...]:
    """Of several that are about one thing the newest, where the first of them stood."""
    found: dict[tuple[Words, tuple[Button, ...]], Item] = {}
    for one in items:
        found[one.title, one.actions] = one
    return tuple(found.values())


def as_item(card: View) -> Item:
    """A card in a line: what it is about, what is new, and its first buttons."""
    told = [words for words in _told(card) if words]
    headings = [block.text for block in card.blocks if isinstance(block, Heading)]
    title = headings[0] if headings else told[0]
    line = next((words for words in told if words != title), None)
    buttons = tuple(_buttons(card))[:_BUTTONS]
    return Item(title, () if line is None else (line,), buttons)


def _told(card: View) -> Iterator[Words]:
    """What a card says, the likeliest news first."""
    for block in card.blocks:
        if isinstance(block, Note):
            yield block.text
    yield card.summary
    for block in card.blocks:
        if isinstance(block, (Paragraph, Quote)) and (
            isinstance(block.text, Text) or len(block.text) <= _LINE_LONGEST
        ):
            yield block.text
    yield _("There is something new")


def _buttons(card: View) -> Iterator[Button]:
    for block in card.blocks:
        if isinstance(block, Items):
            yield from (button for item in block.items for button in item.actions)
        elif isinstance(block, Actions):
            yield from (button for button in block.buttons if isinstance(button, Button))
