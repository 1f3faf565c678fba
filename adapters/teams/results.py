"""The answers that Teams expects to a search from the box where people write. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adapters.teams import render
from core.ui.views import Item, Items, View
from core.words import Speech

Body = dict[str, Any]
PREVIEW_TYPE = "application/vnd.microsoft.card.thumbnail"
_NO_TAGS = str.maketrans("<>", "‹›")


def message(sentence: str) -> Body:
    """A sentence in place of a list."""
    return {"composeExtension": {"type": "message", "text": sentence}}


def listed(found: Iterable[Body]) -> Body:
    """What was found, to choose from."""
    return {
        "composeExtension": {
            "type": "result",
            "attachmentLayout": "list",
            "attachments": list(found),
        }
    }


def found_in(view: View, speech: Speech) -> list[Body]:
    """Each listed thing that may be put into a message: its card, and how the list shows it."""
    return [
        {
            "contentType": render.CARD_TYPE,
            "content": render.card(item.card, speech),
            "preview": {"contentType": PREVIEW_TYPE, "content": _preview(item, speech)},
        }
        for block in view.blocks
        if isinstance(block, Items)
        for item in block.items
        if item.card is not None
    ]


def _preview(item: Item, speech: Speech) -> Body:
    lines = " · ".join(speech(line) for line in item.lines)
    return {"title": _untagged(speech(item.title)), "text": _untagged(lines)}


def _untagged(words: str) -> str:
    # Teams reads HTML in a preview, and has no way to show a bracket there that it does not read.
    return " ".join(words.translate(_NO_TAGS).split())
