"""Every surface of every platform, from one list: how it draws, and how what it drew is read back.

A surface that is not here is not under contract; ``test_no_platform_opts_out`` counts them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from adapters.local.decode import intent_of, read_act
from adapters.local.forms import form_fragment
from adapters.local.render import fragment
from adapters.slack import render as slack
from adapters.slack.decode import read_value, submitted
from adapters.slack.forms import FIELD, form_modal
from adapters.teams import invokes
from adapters.teams import render as teams
from adapters.teams import shown as teams_shown
from adapters.teams.decode import press_of
from adapters.teams.forms import fits_frame, form_card
from adapters.teams.shown import APP_NAME
from core.commands import interpreter
from core.ui.forms import Form
from core.ui.intents import Intent
from core.ui.views import View
from core.words import Speech
from tests.contract import slack_limits, teams_limits
from tests.contract.everything import HOUSE, VOCABULARY, Shown
from tests.contract.local_page import Page

Wire = Any
"""What goes to the platform: a JSON object, or the local page's HTML."""


@dataclass(frozen=True)
class Surface:
    """One place of one platform. ``draws`` says what it takes: views, forms or both.

    ``pressed`` gives the intents of the buttons in reading order, ``sent`` the intent of a form
    sent in as it stands, ``labels`` the label of each field by name.
    """

    name: str
    draws: tuple[type[View] | type[Form], ...]
    draw: Callable[[Any, Speech], Wire]
    problems: Callable[[Wire], Iterable[str]]
    readable: Callable[[Wire], Iterable[str]]
    pressed: Callable[[Wire], list[Intent]]
    sent: Callable[[Wire], Intent]
    labels: Callable[[Wire], dict[str, str]]

    @property
    def platform(self) -> str:
        return self.name.partition("-")[0]

    def takes(self, shown: Shown) -> bool:
        """Whether ``shown`` may come here."""
        return isinstance(shown, self.draws)


# Slack


def _slack_pressed(wire: Wire) -> list[Intent]:
    buttons = [
        element
        for block in wire["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    return [read_value(one["value"], VOCABULARY) for one in buttons if "value" in one]


_SLACK_STATE: dict[str, tuple[str, str, object]] = {
    "plain_text_input": ("value", "initial_value", None),
    "datepicker": ("selected_date", "initial_date", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "static_select": ("selected_option", "initial_option", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_static_select": ("selected_options", "initial_options", []),
}


def slack_submission(modal: Wire) -> dict[str, Any]:
    """The ``view_submission`` that Slack sends when nothing is changed before sending."""
    values: dict[str, Any] = {}
    for block in modal["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            held, first, nothing = _SLACK_STATE[element["type"]]
            state = {"type": element["type"], held: element.get(first, nothing)}
            values[block["block_id"]] = {element["action_id"]: state}
    return {"type": "view_submission", "view": {**modal, "state": {"values": values}}}


def _slack_sent(wire: Wire) -> Intent:
    return submitted(slack_submission(wire), VOCABULARY)[0]


def _slack_labels(wire: Wire) -> dict[str, str]:
    inputs = [block for block in wire["blocks"] if block["type"] == "input"]
    return {
        block["element"]["action_id"].removeprefix(FIELD): block["label"]["text"]
        for block in inputs
    }


def _slack_readable(wire: Wire) -> Iterable[str]:
    # Not a message's "text": that is what a phone shows in place of the blocks.
    return slack_limits.readable({key: part for key, part in wire.items() if key != "text"})


def _slack(
    name: str, draw: Callable[[Any, Speech], Wire], kind: type[View] | type[Form]
) -> Surface:
    message = "message" in name
    return Surface(
        name=f"slack-{name}",
        draws=(kind,),
        draw=draw,
        problems=slack_limits.problems_of_message if message else slack_limits.problems_of_view,
        readable=_slack_readable,
        pressed=_slack_pressed,
        sent=_slack_sent,
        labels=_slack_labels,
    )


def _whole(view: View, speech: Speech) -> Wire:
    return slack.message(view, speech, whole_text=True)


# Teams


def teams_data(card: Wire) -> list[dict[str, Any]]:
    """The data of every action that sends something, in reading order."""
    return [part["data"] for part in teams_limits.parts(card) if "data" in part]


def _teams_pressed(wire: Wire) -> list[Intent]:
    card = teams_card_of(wire)
    presses = [press_of(data, VOCABULARY) for data in teams_data(card)]
    return [press.intent for press in presses if not press.form]


def teams_card_of(wire: Wire) -> dict[str, Any]:
    """The card in a dialog; a card by itself is one already."""
    card: dict[str, Any] = wire["task"]["value"]["card"]["content"] if "task" in wire else wire
    return card


def teams_submission(card: Wire) -> dict[str, Any]:
    """The data that a client sends for a form when nothing is changed before sending."""
    sent = {
        part["id"]: part["value"]
        for part in teams_limits.parts(card)
        if part["type"].startswith("Input.") and part.get("value")
    }
    return {**teams_data(card)[-1], **sent}


def _teams_sent(wire: Wire) -> Intent:
    return press_of(teams_submission(teams_card_of(wire)), VOCABULARY).intent


def _teams_labels(wire: Wire) -> dict[str, str]:
    parts = teams_limits.parts(teams_card_of(wire))
    return {part["id"]: part["label"] for part in parts if part["type"].startswith("Input.")}


_NARROW = {ord(mark) + 0xFEE0: mark for mark in "\\*_`[]<>~|&@:."}
"""Back from the wide forms that keep people's words from being read as Markdown."""


def _teams_readable(wire: Wire) -> Iterable[str]:
    if "task" in wire:
        yield wire["task"]["value"]["title"]
    for words in teams_limits.readable(teams_card_of(wire)):
        yield words.translate(_NARROW)


def _teams_problems(wire: Wire) -> Iterable[str]:
    yield from teams_limits.problems_of_card(
        teams_card_of(wire), "dialog" if "task" in wire else "chat"
    )
    if "task" in wire and not 0 < len(wire["task"]["value"]["title"]) <= 64:
        yield "a dialog's title is cut"


def _teams_chat(shown: Shown, speech: Speech) -> Wire:
    return teams.card(shown, speech) if isinstance(shown, View) else form_card(shown, speech)


def _teams_dialog(shown: Shown, speech: Speech) -> Wire:
    """The answer to the invoke that opens a dialog or that a dialog sends."""
    if isinstance(shown, View):
        card, title, fields = teams.card(shown, speech, "dialog"), APP_NAME, 0
    else:
        card, title = form_card(shown, speech, "dialog"), speech(shown.title)
        fields = len(shown.fields)
    frame = title if fits_frame(title) else APP_NAME
    return invokes.dialog(teams_shown.Shown(card, title, speech, "over", frame, fields))


def _teams(name: str, draw: Callable[[Any, Speech], Wire]) -> Surface:
    return Surface(
        name=f"teams-{name}",
        draws=(View, Form),
        draw=draw,
        problems=_teams_problems,
        readable=_teams_readable,
        pressed=_teams_pressed,
        sent=_teams_sent,
        labels=_teams_labels,
    )


# The local page


def _local_draw(shown: Shown, speech: Speech) -> str:
    return fragment(shown, speech) if isinstance(shown, View) else form_fragment(shown, speech)


def local_submission(html: str) -> bytes:
    """The body that the page posts for a form when nothing is changed before sending."""
    page = Page(html)
    act = {"wire": page.wires("form")[0], "fields": page.values(), "card": ""}
    return json.dumps({"person": "willow:ana", "delivery": "00000000", **act}).encode()


def _local_sent(html: str) -> Intent:
    return intent_of(read_act(local_submission(html)).what, interpreter(HOUSE), VOCABULARY)


LOCAL = Surface(
    name="local",
    draws=(View, Form),
    draw=_local_draw,
    problems=lambda html: Page(html).problems,
    readable=lambda html: Page(html).readable,
    pressed=lambda html: [VOCABULARY.read(wire) for wire in Page(html).wires("button")],
    sent=_local_sent,
    labels=lambda html: Page(html).labels(),
)

SURFACES: tuple[Surface, ...] = (
    _slack("message", slack.message, View),
    _slack("message-read-aloud", _whole, View),
    _slack("modal", slack.modal, View),
    _slack("home", slack.home, View),
    _slack("form", form_modal, Form),
    _teams("chat", _teams_chat),
    _teams("dialog", _teams_dialog),
    LOCAL,
)


def surfaces_for(shown: Shown) -> list[Surface]:
    """Every surface that ``shown`` may come to."""
    return [surface for surface in SURFACES if surface.takes(shown)]
