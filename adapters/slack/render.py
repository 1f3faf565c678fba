"""Views as Block Kit: messages, modals and the Home tab. Pure.

People's words and ours alike go into ``plain_text`` and ``rich_text``, where Slack reads no markup,
no mention, no link and no emoji name: mrkdwn has no escape for ``*`` or `````. A table is a list
that names each value: it reads the same in every surface, on a phone, and to a screen reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import assert_never

from adapters.slack import limits
from adapters.slack.limits import DoesNotFit, Shape, fitting, pieces
from core.kernel.texts import Words, _
from core.ui.intents import to_wire
from core.ui.plain import plain, summary
from core.ui.views import (
    Actions,
    Block,
    Button,
    Confirm,
    Divider,
    Facts,
    Heading,
    Image,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    Quote,
    Table,
    View,
)
from core.words import Speech

NAME = "Hourbridge"
PRESS = "do:"
"""Starts the action id of a button that carries an intent."""
LINK = "link:"
"""Starts the action id of a button that only opens a page."""
RESULT = "result"
"""The callback id of a modal that shows a view."""

QUIET: Shape = {"unfurl_links": False, "unfurl_media": False}
"""Goes with a message that is posted: it shows no previews of the links in it."""
_MARKS = {"info": "\N{INFORMATION SOURCE}\ufe0f", "success": "\u2705", "warning": "\u26a0\ufe0f"}
_OPENS_DIRECTION = re.compile("[\u202a\u202b\u202d\u202e]")
_OPENS_ISOLATE = re.compile("[\u2066-\u2068]")


def message(view: View, speech: Speech, *, whole_text: bool = False) -> Shape:
    """``{"text", "blocks"}`` of a message.

    ``text`` is the one line that phones show, or with ``whole_text`` everything, which suits a
    message that notifies nobody: a screen reader reads ``text`` before it reads blocks.
    Raises ``DoesNotFit``.
    """
    card = _card(view.blocks, speech)
    shapes = _bounded(card.shapes, limits.MESSAGE_BLOCKS, "a message's blocks")
    if card.characters > limits.MESSAGE_CHARACTERS:
        raise DoesNotFit("a message's text", card.characters, limits.MESSAGE_CHARACTERS)
    text = plain(view, speech) if whole_text else summary(view, speech)
    return {"text": fitting(escaped(text.strip() or NAME), limits.TEXT, "text"), "blocks": shapes}


def modal(view: View, speech: Speech) -> Shape:
    """A modal that shows ``view``, with its buttons. Raises ``DoesNotFit``."""
    return {
        "type": "modal",
        "callback_id": RESULT,
        "title": plain_text(NAME),
        "close": plain_text(speech(_("Close"))),
        "blocks": view_blocks(view.blocks, speech),
    }


def home(view: View, speech: Speech) -> Shape:
    """The Home tab showing ``view``. Raises ``DoesNotFit``."""
    return {"type": "home", "callback_id": "home", "blocks": view_blocks(view.blocks, speech)}


def view_blocks(shown: Iterable[Block], speech: Speech) -> list[Shape]:
    """``shown`` as the blocks of a modal or Home tab; never none. Raises ``DoesNotFit``."""
    shapes = blocks(shown, speech) or [{"type": "divider"}]
    return _bounded(shapes, limits.VIEW_BLOCKS, "a view's blocks")


def blocks(shown: Iterable[Block], speech: Speech) -> list[Shape]:
    """``shown`` as Block Kit that every surface takes. Blank words leave no block."""
    return _card(shown, speech).shapes


def _card(shown: Iterable[Block], speech: Speech) -> _Card:
    card = _Card(speech)
    for block in shown:
        card.add(block)
    return card


def escaped(words: str) -> str:
    """``words`` for a field that Slack reads as mrkdwn: no mention or link can result."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(words: str) -> Shape:
    """A text object in which nothing is markup."""
    return {"type": "plain_text", "text": words, "emoji": False}


def level(words: str) -> str:
    """``words`` with every change of writing direction ended, so that none leaks into ours."""
    if words.isascii():
        return words
    ends = "\u202c" * len(_OPENS_DIRECTION.findall(words))
    ends += "\u2069" * len(_OPENS_ISOLATE.findall(words))
    return words + ends


def _bounded(shapes: list[Shape], most: int, what: str) -> list[Shape]:
    if len(shapes) > most:
        raise DoesNotFit(what, len(shapes), most)
    return shapes


def _run(words: str, *, bold: bool = False) -> Shape:
    run: Shape = {"type": "text", "text": words}
    if bold:
        run["style"] = {"bold": True}
    return run


def _rich(*elements: Shape) -> Shape:
    return {"type": "rich_text", "elements": list(elements)}


def _part(kind: str, runs: list[Shape]) -> Shape:
    return {"type": f"rich_text_{kind}", "elements": runs}


def _listed(entries: list[list[Shape]]) -> Shape:
    sections = [_part("section", runs) for runs in entries]
    return {"type": "rich_text_list", "style": "bullet", "elements": sections}


_AROUND = 4
"""The most characters that a card puts around one spoken text: a mark, or commas and a colon."""


class _Card:
    """Blocks in the making: numbers the buttons, so that each action id is used once.

    ``characters`` is at least the sum of all text in the blocks.
    """

    def __init__(self, speech: Speech) -> None:
        self.shapes: list[Shape] = []
        self.characters = 0
        self._speech = speech
        self._buttons = 0

    def add(self, block: Block) -> None:
        match block:
            case Heading(text):
                self._heading(self._say(text))
            case Paragraph(text, quiet):
                self._paragraph(self._say(text), quiet)
            case Quote(text, by):
                self._quote(self._say(text), self._say(by))
            case Facts():
                self._facts(block)
            case Items(items):
                self._items(items)
            case Table():
                self._table(block)
            case Image(url, alt):
                self._image(url, self._say(alt))
            case Note(text, tone):
                spoken = self._say(text)
                self._paragraph(f"{_MARKS[tone]} {spoken}" if spoken else "", quiet=False)
            case Divider():
                self.shapes.append({"type": "divider"})
            case Actions(buttons):
                self._actions(buttons)
            case _:
                assert_never(block)

    def _say(self, words: Words) -> str:
        spoken = self._speech(words)
        self.characters += len(spoken) + _AROUND
        return level(spoken) if spoken.strip() else ""

    def _heading(self, text: str) -> None:
        if len(text) > limits.HEADER:
            runs = [_run(part, bold=True) for part in pieces(text, limits.SECTION)]
            self.shapes.append(_rich(_part("section", runs)))
        elif text:
            self.shapes.append({"type": "header", "text": plain_text(text)})

    def _paragraph(self, text: str, quiet: bool) -> None:
        if quiet:
            parts = pieces(text, limits.CONTEXT_TEXT)
            for start in range(0, len(parts), limits.CONTEXT_ELEMENTS):
                some = parts[start : start + limits.CONTEXT_ELEMENTS]
                elements = [plain_text(part) for part in some]
                self.shapes.append({"type": "context", "elements": elements})
            return
        for part in pieces(text, limits.SECTION):
            self.shapes.append({"type": "section", "text": plain_text(part)})

    def _quote(self, text: str, by: str) -> None:
        parts = [_part("section", [_run(by, bold=True)])] if by else []
        if text:
            parts.append(_part("quote", [_run(text)]))
        if parts:
            self.shapes.append(_rich(*parts))

    def _facts(self, block: Facts) -> None:
        runs: list[Shape] = []
        for fact in block.facts:
            label, value = self._say(fact.label), self._say(fact.value)
            if not label and not value:
                continue
            if runs:
                runs.append(_run("\n"))
            if label:
                runs.append(_run(f"{label}: ", bold=True))
            if value:
                runs.append(_run(value))
        if runs:
            self.shapes.append(_rich(_part("section", runs)))

    def _items(self, items: tuple[Item, ...]) -> None:
        """Things without buttons gather in one list; a thing with buttons stands above them."""
        gathered: list[list[Shape]] = []
        for item in items:
            title = self._say(item.title)
            lines = [line for line in map(self._say, item.lines) if line]
            runs = [_run(title, bold=True)] if title else []
            if lines:
                runs.append(_run(("\n" if title else "") + "\n".join(lines)))
            if not item.actions:
                if runs:
                    gathered.append(runs)
                continue
            self._list(gathered)
            gathered = []
            if runs:
                self.shapes.append(_rich(_part("section", runs)))
            self._actions(item.actions, about=title)
        self._list(gathered)

    def _list(self, entries: list[list[Shape]]) -> None:
        if entries:
            self.shapes.append(_rich(_listed(entries)))

    def _table(self, table: Table) -> None:
        names = [self._say(column) for column in table.columns]
        rows: list[list[Shape]] = []
        for row in table.rows:
            runs: list[Shape] = []
            for name, cell in zip(names, map(self._say, row), strict=True):
                if not cell:
                    continue
                start = "; " if runs else ""
                if name or start:
                    runs.append(_run(f"{start}{name}: " if name else start))
                runs.append(_run(cell, bold=len(runs) < 2))
            if runs:
                rows.append(runs)
        caption = self._say(table.caption)
        parts = [_part("section", [_run(caption, bold=True)])] if caption else []
        if rows:
            parts.append(_listed(rows))
        if parts:
            self.shapes.append(_rich(*parts))

    def _image(self, url: str, alt: str) -> None:
        self.shapes.append(
            {
                "type": "image",
                "image_url": fitting(url, limits.URL, "an image's address"),
                "alt_text": fitting(alt, limits.ALT_TEXT, "an image's text"),
            }
        )

    def _actions(self, buttons: tuple[Button | Link, ...], about: str = "") -> None:
        elements = [self._button(button, about) for button in buttons]
        for start in range(0, len(elements), limits.ACTIONS):
            some = elements[start : start + limits.ACTIONS]
            self.shapes.append({"type": "actions", "elements": some})

    def _button(self, button: Button | Link, about: str) -> Shape:
        label = fitting(self._say(button.label), limits.BUTTON_LABEL, "a button's label")
        if not label:
            raise DoesNotFit("a button's label", 0, limits.BUTTON_LABEL)
        number, self._buttons = self._buttons, self._buttons + 1
        shape: Shape = {"type": "button", "text": plain_text(label)}
        if isinstance(button, Link):
            shape["action_id"] = f"{LINK}{number}"
            shape["url"] = fitting(button.url, limits.URL, "a link's address")
            return shape
        shape["action_id"] = f"{PRESS}{number}"
        shape["value"] = button_value(button)
        if about and len(label) + len(about) + 2 <= limits.BUTTON_LABEL:
            shape["accessibility_label"] = f"{label}: {about}"
        if button.style != "plain":
            shape["style"] = button.style
        if button.confirm:
            shape["confirm"] = self._confirm(label, button.confirm, button.style)
        return shape

    def _confirm(self, label: str, confirm: Confirm, style: str) -> Shape:
        question, yes = self._say(confirm.question), self._say(confirm.yes)
        shape: Shape = {
            "title": plain_text(fitting(label, limits.CONFIRM_TITLE, "a question's title")),
            "text": plain_text(fitting(question, limits.CONFIRM_TEXT, "a question")),
            "confirm": plain_text(fitting(yes, limits.CONFIRM_BUTTON, "a question's yes")),
            "deny": plain_text(self._speech(_("Go back"))),
        }
        if style == "danger":
            shape["style"] = "danger"
        return shape


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def button_value(button: Button) -> str:
    """The wire of ``button``'s intent, as compact JSON. Raises ``DoesNotFit``."""
    return fitting(
        _compact(to_wire(button.intent)), limits.BUTTON_VALUE, f"the button {button.intent.name}"
    )
