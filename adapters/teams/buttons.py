"""Buttons: an intent as an Adaptive Card action, and the data that comes back when it is pressed.

Everything of ours in an action's data stands under ``KEY``, apart from the values of inputs, which
the client lays beside it by input id: ``{"hourbridge": {"intent": {...}}, "words": "as typed"}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from adapters.teams.elements import Element, lines
from adapters.teams.limits import (
    ACTIONS_IN_A_ROW,
    BUTTON_FRAME,
    CARD_VERSION,
    ROW_ON_A_PHONE,
)
from core.ui.intents import to_wire
from core.ui.views import Button, Link
from core.words import Speech

KEY = "hourbridge"
ASIDE = "aside"
"""In a button's data: its card is seen by one person in a conversation of many."""
Surface = Literal["chat", "dialog", "aside"]
"""Where a card stands: in a chat, in a dialog, or in a conversation of many where one alone sees
it. In a dialog every button is a submit, which the dialog itself answers."""


def stands_aside(data: object) -> bool:
    """Whether the pressed card says that one person alone sees it."""
    ours = data.get(KEY) if isinstance(data, Mapping) else None
    return isinstance(ours, Mapping) and ours.get(ASIDE) is True


_STYLES = {"primary": "positive", "danger": "destructive"}


def action_sets(
    buttons: tuple[Button | Link, ...], speech: Speech, surface: Surface, about: str = ""
) -> list[Element]:
    """Rows of as many buttons as a phone shows whole. ``about`` tells equal labels apart."""
    rows: list[list[Element]] = []
    room = 0
    for button in buttons:
        action = _action(button, speech, surface, about)
        needed = len(action["title"]) + BUTTON_FRAME
        if not rows or needed > room or len(rows[-1]) == ACTIONS_IN_A_ROW:
            rows.append([])
            room = ROW_ON_A_PHONE
        rows[-1].append(action)
        room -= needed
    return [{"type": "ActionSet", "actions": row} for row in rows]


def sender(
    title: str, ours: dict[str, Any], surface: Surface, *, style: str = "", fetches: bool = False
) -> Element:
    """The action that sends ``ours``. With ``fetches`` the answer opens as a dialog."""
    if surface == "dialog" or fetches:
        opener = {"msteams": {"type": "task/fetch"}} if fetches and surface != "dialog" else {}
        action = {"type": "Action.Submit", "title": title, "data": {**opener, KEY: ours}}
    else:
        if surface == "aside":
            ours = {**ours, ASIDE: True}
        action = {
            "type": "Action.Execute",
            "title": title,
            "verb": "hourbridge",
            "data": {KEY: ours},
            "fallback": {"type": "Action.Submit", "title": title, "data": {KEY: ours}},
        }
    if style:
        action["style"] = style
    return action


def _action(button: Button | Link, speech: Speech, surface: Surface, about: str) -> Element:
    label = speech(button.label)
    if isinstance(button, Link):
        return {"type": "Action.OpenUrl", "title": label, "url": button.url}
    ours = {"intent": to_wire(button.intent)}
    style, fetches = _STYLES.get(button.style, ""), button.intent.opens_form
    if button.confirm is None:
        action = sender(label, ours, surface, style=style, fetches=fetches)
    else:
        yes = speech(button.confirm.yes)
        action = {
            "type": "Action.ShowCard",
            "title": label,
            "card": {
                "type": "AdaptiveCard",
                "version": CARD_VERSION,
                "body": lines(speech(button.confirm.question)),
                "actions": [sender(yes, ours, surface, style=style, fetches=fetches)],
            },
        }
        if style:
            action["style"] = style
    if about:
        action["tooltip"] = f"{label}: {about}"
    return action
