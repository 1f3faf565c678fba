"""The answers that Teams expects to an invoke, as plain data."""

from __future__ import annotations

from typing import Any

from adapters.teams.elements import Element
from adapters.teams.render import CARD_TYPE
from adapters.teams.shown import Shown
from core.kernel.texts import _
from core.words import Speech

_TALL = 4


def card(content: Element) -> dict[str, Any]:
    """To a pressed button: this card takes the place of the one it stood on."""
    return {"statusCode": 200, "type": CARD_TYPE, "value": content}


def notice(sentence: str) -> dict[str, Any]:
    """To a pressed button: a sentence, and the card stays as it is."""
    return {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": sentence,
    }


def nothing(speech: Speech) -> dict[str, Any]:
    """To a pressed button whose answer was already given."""
    return notice(speech(_("You have done this.")))


def dialog(shown: Shown) -> dict[str, Any]:
    """To a dialog that opens or is sent: it goes on with this card."""
    return {
        "task": {
            "type": "continue",
            "value": {
                "title": shown.title,
                "height": "large" if shown.fields > _TALL else "medium",
                "width": "medium",
                "card": {"contentType": CARD_TYPE, "content": shown.card},
            },
        }
    }


def dialog_message(sentence: str) -> dict[str, Any]:
    """To a dialog that opens or is sent: it closes with a sentence."""
    return {"task": {"type": "message", "value": sentence}}
