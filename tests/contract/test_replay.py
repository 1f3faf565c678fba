"""One scenario as each platform sends it: whoever decodes it, the same intents come out.

The payloads are written by hand after what the platforms send: only ids and addresses are shorter.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.local.decode import intent_of, read_act
from adapters.slack.decode import (
    command_words,
    is_own_words,
    message_words,
    pressed,
    read_command,
    read_message,
    read_press,
    submitted,
)
from adapters.slack.workspaces import Workspace
from adapters.teams.decode import data_of, press_of, turn_of
from core.commands import Hello, PlainWords, interpreter
from core.exchanges.intents import OpenAccept
from core.posts.intents import FillPost
from core.ui.gallery import Sample
from core.ui.intents import Intent, to_wire
from tests.contract.everything import HOUSE, VOCABULARY

INTERPRET = interpreter(HOUSE)
HERE = Workspace("T0NORTH", "", "B0BOT", "U0BOT", "xoxb-1")


# What Slack sends.


def slack_command(command: str, text: str) -> Intent:
    body = {
        "token": "old",
        "team_id": "T0NORTH",
        "team_domain": "northgate",
        "channel_id": "C0IDEAS",
        "channel_name": "ideas",
        "user_id": "U0ANA",
        "user_name": "ana.ward",
        "command": command,
        "text": text,
        "api_app_id": "A0APP",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.test/commands/1",
        "trigger_id": "1.2.3",
    }
    assert read_command(body, HERE).user == "U0ANA"
    return INTERPRET(command_words(body))


def slack_message(text: str) -> Intent:
    body: dict[str, Any] = {
        "type": "event_callback",
        "team_id": "T0NORTH",
        "event_id": "Ev01",
        "event": {
            "type": "message",
            "channel": "D0ANA",
            "channel_type": "im",
            "user": "U0ANA",
            "team": "T0NORTH",
            "text": text,
            "ts": "1777885200.000100",
            "blocks": [{"type": "rich_text", "elements": []}],
        },
    }
    assert is_own_words(body["event"])
    assert read_message(body, HERE).delivery == "Ev01"
    return INTERPRET(message_words(body["event"], HERE))


def slack_press(intent: Intent) -> Intent:
    value = json.dumps(to_wire(intent))
    body = {
        "type": "block_actions",
        "team": {"id": "T0NORTH", "domain": "northgate"},
        "user": {"id": "U0ANA", "username": "ana.ward", "team_id": "T0NORTH"},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "D0ANA"},
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.slack.test/actions/1",
        "actions": [
            {
                "type": "button",
                "block_id": "x1",
                "action_id": "do:0",
                "text": {"type": "plain_text", "text": "Press", "emoji": False},
                "value": value,
                "action_ts": "1777885201.000200",
            }
        ],
    }
    assert read_press(body, HERE).private
    return pressed(body, VOCABULARY)


def slack_submission(intent: Intent, fields: dict[str, dict[str, Any]]) -> Intent:
    body = {
        "type": "view_submission",
        "team": {"id": "T0NORTH", "domain": "northgate"},
        "user": {"id": "U0ANA", "username": "ana.ward", "team_id": "T0NORTH"},
        "view": {
            "id": "V01",
            "type": "modal",
            "callback_id": "form",
            "private_metadata": json.dumps({"wire": to_wire(intent)}),
            "hash": "1.abc",
            "blocks": [],
            "state": {
                "values": {
                    f"{name}:1f": {f"in:{name}": element} for name, element in fields.items()
                }
            },
        },
    }
    return submitted(body, VOCABULARY)[0]


# What Teams sends.


def _activity(**more: Any) -> dict[str, Any]:
    return {
        "id": "f:1",
        "timestamp": "2026-05-04T09:00:00.000Z",
        "channelId": "msteams",
        "serviceUrl": "https://smba.test/uk/",
        "from": {"id": "29:ana", "name": "Ana Ward", "aadObjectId": "entra-ana"},
        "conversation": {
            "conversationType": "personal",
            "tenantId": "tenant-south",
            "id": "a:ana",
        },
        "recipient": {"id": "28:bot", "name": "Hourbridge"},
        "channelData": {"tenant": {"id": "tenant-south"}},
        "locale": "en-GB",
        **more,
    }


def teams_message(text: str) -> Intent:
    turn = turn_of(_activity(type="message", text=text, textFormat="plain"))
    assert turn.value is None
    return INTERPRET(turn.words)


def teams_mention(text: str) -> Intent:
    mention = {
        "type": "mention",
        "text": "<at>Hourbridge</at>",
        "mentioned": {"id": "28:bot", "name": "Hourbridge"},
    }
    body = _activity(type="message", text=f"<at>Hourbridge</at> {text}\n", entities=[mention])
    return INTERPRET(turn_of(body).words)


def teams_execute(intent: Intent) -> Intent:
    action = {
        "type": "Action.Execute",
        "verb": "hourbridge",
        "data": {"hourbridge": {"intent": to_wire(intent)}},
    }
    body = _activity(
        type="invoke",
        name="adaptiveCard/action",
        value={"action": action, "trigger": "manual"},
        replyToId="m1",
    )
    return press_of(data_of(turn_of(body)), VOCABULARY).intent


def teams_old_client(intent: Intent) -> Intent:
    value = {"hourbridge": {"intent": to_wire(intent)}}
    body = _activity(type="message", value=value, replyToId="m1")
    return press_of(data_of(turn_of(body)), VOCABULARY).intent


def teams_submission(intent: Intent, kinds: dict[str, str], sent: dict[str, Any]) -> Intent:
    ours = {"intent": to_wire(intent), "fields": kinds}
    body = _activity(
        type="invoke",
        name="task/submit",
        value={
            "data": {"hourbridge": ours, **sent},
            "context": {"theme": "default"},
            "tabContext": {},
        },
    )
    return press_of(data_of(turn_of(body)), VOCABULARY).intent


# What the local page sends.


def local(**act: Any) -> Intent:
    body = {"person": "willow:ana", "delivery": "0123abcd-1", **act}
    return intent_of(read_act(json.dumps(body).encode()).what, INTERPRET, VOCABULARY)


@pytest.mark.parametrize(
    ("verb", "rest"),
    [
        ("offer", "2 hours run charts for beginners, online, until 30 June #spc"),
        ("offer", ""),
        ("ask", "help with a driver diagram, 90 minutes"),
        ("ask", "help with A&E > 4 hours <b>"),
    ],
)
def test_a_command_says_the_same_with_a_slash_and_in_every_chat(verb: str, rest: str) -> None:
    escaped = rest.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    wanted = INTERPRET(f"{verb} {rest}")
    assert not isinstance(wanted, (Hello, PlainWords))
    assert slack_command(f"/{verb}", escaped) == wanted
    assert slack_command("/hourbridge", f"{verb} {escaped}") == wanted
    for typed in (f"{verb} {rest}", f"/{verb} {rest}", f" {verb.title()}  {rest} "):
        assert teams_message(typed) == wanted
        assert teams_mention(typed) == wanted
        assert local(words=typed) == wanted
    assert slack_message(f"{verb} {escaped}") == wanted


@pytest.mark.parametrize(
    "words",
    [
        "home",
        "help",
        "accept E-7K2",
        "confirm",
        "undo",
        "stop",
        "balance",
        "find run charts",
        "give 1h to Ana Ward",
        "cymorth",
    ],
)
def test_typed_words_say_the_same_in_every_chat(words: str) -> None:
    wanted = INTERPRET(words)
    heard = [
        slack_command("/hourbridge", words),
        slack_message(words),
        teams_message(words),
        teams_message(f"/{words}"),
        teams_mention(words),
        local(words=words),
    ]
    assert heard == [wanted] * len(heard)


def test_words_that_are_no_command_say_the_same_in_every_chat() -> None:
    wanted = PlainWords(words="See you on Tuesday, by the front desk")
    words = wanted.words
    heard = [slack_message(words), teams_message(words), local(words=words)]
    assert heard == [wanted] * 3


def test_nothing_typed_is_a_first_hello_in_every_chat() -> None:
    heard = [slack_command("/hourbridge", ""), slack_message("<@U0BOT>"), teams_mention("")]
    assert heard == [Hello()] * 3


@pytest.mark.parametrize(
    "intent",
    [
        OpenAccept(exchange=42, version=3),
        Sample(number=7, words="words <b> & “more”", chosen=("a", "b"), ticked=True),
        Sample(words="Cymru ŵ, عربي, 😀"),
    ],
)
def test_a_button_says_the_same_in_every_chat(intent: Intent) -> None:
    heard = [
        slack_press(intent),
        teams_execute(intent),
        teams_old_client(intent),
        local(wire=to_wire(intent), card="m1"),
    ]
    assert heard == [intent] * 4


def test_a_form_of_text_says_the_same_in_every_chat() -> None:
    given = {
        "title": "run charts for beginners",
        "details": "Bring your own data.\nNo patient details.",
        "minutes": "1h30",
        "closes": "2026-06-30",
        "place": "",
    }
    wanted = FillPost(
        kind="offer",
        title=given["title"],
        details=given["details"],
        minutes=given["minutes"],
        closes=given["closes"],
    )
    elements: dict[str, dict[str, Any]] = {
        name: {"type": "plain_text_input", "value": value or None} for name, value in given.items()
    }
    elements["closes"] = {"type": "datepicker", "selected_date": given["closes"]}
    opened = FillPost(kind="offer", place="what stood there before")
    assert slack_submission(opened, elements) == wanted
    kinds = dict.fromkeys(given, "text")
    assert teams_submission(opened, kinds, {k: v for k, v in given.items() if v}) == wanted
    assert local(wire=to_wire(opened), fields=given, card="") == wanted


def test_choices_and_ticks_say_the_same_in_every_chat() -> None:
    wanted = Sample(number=4, words="b", chosen=("x", "z"), ticked=True)
    opened = Sample(number=4)

    def option(value: str) -> dict[str, Any]:
        return {"text": {"type": "plain_text", "text": value.upper()}, "value": value}

    elements: dict[str, dict[str, Any]] = {
        "words": {"type": "radio_buttons", "selected_option": option("b")},
        "chosen": {
            "type": "multi_static_select",
            "selected_options": [option("x"), option("z")],
        },
        "ticked": {"type": "checkboxes", "selected_options": [option("yes")]},
    }
    assert slack_submission(opened, elements) == wanted
    kinds = {"words": "one", "chosen": "many", "ticked": "many"}
    sent = {"words": "b", "chosen": "x,z", "ticked": "yes"}
    assert teams_submission(opened, kinds, sent) == wanted
    fields = {"words": "b", "chosen": ["x", "z"], "ticked": ["yes"]}
    assert local(wire=to_wire(opened), fields=fields, card="") == wanted


def test_nothing_chosen_and_nothing_ticked_say_the_same_in_every_chat() -> None:
    opened = Sample(number=4, chosen=("x",), ticked=True)
    elements: dict[str, dict[str, Any]] = {
        "words": {"type": "radio_buttons", "selected_option": None},
        "chosen": {"type": "checkboxes", "selected_options": []},
        "ticked": {"type": "checkboxes", "selected_options": []},
    }
    assert slack_submission(opened, elements) == Sample(number=4)
    kinds = {"words": "one", "chosen": "many", "ticked": "many"}
    assert teams_submission(opened, kinds, {"words": "-", "ticked": "false"}) == Sample(number=4)
    fields = {"words": "", "chosen": [], "ticked": []}
    assert local(wire=to_wire(opened), fields=fields, card="") == Sample(number=4)
