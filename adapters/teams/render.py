"""From a view to an Adaptive Card, and from a card to a message activity. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, assert_never

from adapters.teams.buttons import Surface, action_sets
from adapters.teams.elements import Element, fact_set, heading, lines, quote, rich, run
from adapters.teams.limits import CARD_BYTES, CARD_VERSION, CardTooBig
from core.ui import plain
from core.ui.views import (
    Actions,
    Block,
    Divider,
    Facts,
    Heading,
    Image,
    Item,
    Items,
    Note,
    Paragraph,
    Quote,
    Table,
    View,
)
from core.words import Speech

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# Shares of a table's width, in letters.
_NARROWEST, _WIDEST = 10, 24
# A sign beside the colour, for whoever does not see the colour.
_NOTES = {"info": ("accent", "ℹ"), "success": ("good", "✓"), "warning": ("warning", "⚠")}


def card(view: View, speech: Speech, surface: Surface = "chat") -> Element:
    """``view`` as a card. Raises ``CardTooBig`` above what Teams takes."""
    return enclose(
        elements(view.blocks, speech, surface),
        speech,
        fallback=plain.plain(view, speech),
        summary=plain.summary(view, speech),
        wide=any(isinstance(block, Table) for block in view.blocks),
    )


def message(content: Element, summary: str) -> dict[str, Any]:
    """A message activity that shows the card; ``summary`` is its notification."""
    return {
        "type": "message",
        "summary": summary,
        "attachments": [{"contentType": CARD_TYPE, "content": content}],
    }


def enclose(
    body: list[Element], speech: Speech, *, fallback: str, summary: str, wide: bool = False
) -> Element:
    """A whole card around ``body``. ``fallback`` is read where the card cannot be drawn.

    A fallback that would make the card too big gives way to the ``summary``: every client of
    today draws the card itself.
    """
    whole: Element = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": CARD_VERSION,
        "lang": speech.language,
        "fallbackText": fallback,
        "body": body,
    }
    if wide:
        whole["msteams"] = {"width": "Full"}
    if size_of(whole) > CARD_BYTES:
        whole["fallbackText"] = summary
        if (size := size_of(whole)) > CARD_BYTES:
            raise CardTooBig(size)
    return whole


def size_of(content: Element) -> int:
    """The bytes of ``content`` as Teams receives it."""
    return len(_encode(content).encode())


def elements(blocks: Iterable[Block], speech: Speech, surface: Surface) -> list[Element]:
    """The elements of ``blocks``; a divider becomes a line above what follows it."""
    drawn: list[Element] = []
    divide = False
    for block in blocks:
        if isinstance(block, Divider):
            divide = bool(drawn)
            continue
        parts = _block(block, speech, surface)
        if divide and parts:
            parts[0]["separator"] = True
            parts[0].setdefault("spacing", "Medium")
            divide = False
        drawn += parts
    return drawn


def _block(block: Block, speech: Speech, surface: Surface) -> list[Element]:
    match block:
        case Heading(text):
            return [heading(speech(text))]
        case Paragraph(text, quiet):
            return (
                lines(speech(text), isSubtle=True, size="Small") if quiet else lines(speech(text))
            )
        case Quote(text, by):
            return [quote(text, by, speech)]
        case Facts(facts):
            return fact_set(facts, speech)
        case Items(items):
            return [_item(item, speech, surface, first=n == 0) for n, item in enumerate(items)]
        case Table():
            return _table(block, speech)
        case Image(url, alt):
            return [{"type": "Image", "url": url, "altText": speech(alt)}]
        case Note():
            return [_note(block, speech)]
        case Actions(buttons):
            return action_sets(buttons, speech, surface)
        case Divider():
            return []
        case _:
            assert_never(block)


def _item(item: Item, speech: Speech, surface: Surface, *, first: bool) -> Element:
    title = speech(item.title)
    inside = lines(title, weight="Bolder")
    for line in item.lines:
        for part in lines(speech(line), isSubtle=True):
            inside.append({**part, "spacing": "None"})
    inside += action_sets(item.actions, speech, surface, about=title)
    container: Element = {"type": "Container", "items": inside}
    if not first:
        container |= {"separator": True, "spacing": "Medium"}
    return container


def _table(table: Table, speech: Speech) -> list[Element]:
    head = [speech(column) for column in table.columns]
    cells = [[speech(cell) for cell in row] for row in table.rows]
    rows = [_row(head, weight="Bolder"), *map(_row, cells)]
    columns = [{"width": _width(texts)} for texts in zip(head, *cells, strict=True)]
    return [
        *lines(speech(table.caption), weight="Bolder"),
        {"type": "Table", "columns": columns, "rows": rows},
    ]


def _width(texts: tuple[str, ...]) -> int:
    """A column's share of the table: by its longest text, so that few words break on a phone."""
    return max(_NARROWEST, min(_WIDEST, max(map(len, texts))))


def _row(cells: list[str], **looks: Any) -> Element:
    drawn = [{"type": "TableCell", "items": lines(cell, **looks)} for cell in cells]
    return {"type": "TableRow", "cells": drawn}


def _note(note: Note, speech: Speech) -> Element:
    style, sign = _NOTES[note.tone]
    first, *rest = speech(note.text).splitlines() or [""]
    items = [rich(run(f"{sign} "), run(first)), *lines("\n".join(rest))]
    return {"type": "Container", "style": style, "items": items}
