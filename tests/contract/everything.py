"""Everything that is ever shown, from one place: each suite here walks these lists and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from core.features import the_house
from core.kernel.texts import Text
from core.ui import gallery
from core.ui.forms import ChoiceField, Form, ManyChoicesField, MomentField, Option
from core.ui.gallery import Example, Sample
from core.ui.intents import Intent, Vocabulary
from core.ui.views import Actions, Block, Button, Items, Link, Table, View
from core.words import LANGUAGES, Speech

Shown = View | Form

HOUSE = the_house()
VOCABULARY = Vocabulary((Sample, *HOUSE.verbs))
SPEECHES = tuple(Speech(language) for language in LANGUAGES)
EXAMPLES: tuple[Example, ...] = (*gallery.examples(), *HOUSE.gallery())
VIEWS = tuple(example for example in EXAMPLES if isinstance(example.shown, View))
FORMS = tuple(example for example in EXAMPLES if isinstance(example.shown, Form))


def blocks_of(shown: Shown) -> tuple[Block, ...]:
    """The blocks of a view, or what is read before a form's fields."""
    return shown.before if isinstance(shown, Form) else shown.blocks


def buttons_of(shown: Shown) -> list[Button | Link]:
    """Every button and link, those of lists included, in reading order."""
    found: list[Button | Link] = []
    for block in blocks_of(shown):
        if isinstance(block, Actions):
            found += block.buttons
        elif isinstance(block, Items):
            found += [button for item in block.items for button in item.actions]
    return found


def intents_of(shown: Shown) -> list[Intent]:
    """What the buttons do, in reading order; a form's own intent is not among them."""
    return [button.intent for button in buttons_of(shown) if isinstance(button, Button)]


def words_of(part: object, speech: Speech) -> Iterator[str]:
    """Everything in ``part`` that its reader must be able to read, spoken.

    Not what is typed instead of a button (some surfaces show it, plain text always does), nor
    what stays in the machine: intents, names of fields, values of options. A summary is for
    notifications; a table without rows may leave out its column names.
    """
    match part:
        case Text() | str():
            if spoken := speech(part):
                yield spoken
        case tuple():
            for item in part:
                yield from words_of(item, speech)
        case View():
            yield from words_of(part.blocks, speech)
        case Table(caption, columns, rows):
            yield from words_of((caption, columns if rows else (), rows), speech)
        case Intent():
            return
        case _ if is_dataclass(part):
            for field in fields(part):
                typed = field.name == "value" and not isinstance(part, _CODED)
                if typed or field.name in _READ:
                    yield from words_of(getattr(part, field.name), speech)


_READ = frozenset(
    (
        *("text", "by", "label", "title", "lines", "actions", "items", "facts", "alt", "buttons"),
        *("confirm", "question", "yes", "options", "hint", "before", "fields", "submit"),
    )
)
"""The parts of blocks and fields that people read."""
_CODED = (ChoiceField, ManyChoicesField, MomentField, Option)
"""Kinds whose value is a code that a label speaks for, or that a picker shows in its own way."""
