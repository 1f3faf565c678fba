"""Payloads as callers and intents: who acts is Slack's word, what they want is the vocabulary's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.slack.decode import (
    command_words,
    is_own_words,
    is_private,
    message_chosen,
    message_words,
    origin_of,
    pressed,
    read_command,
    read_home,
    read_mention,
    read_message,
    read_press,
    words,
)
from adapters.slack.forms import Origin
from adapters.slack.senders import (
    Sender,
    sender_of_command,
    sender_of_event,
    sender_of_interaction,
)
from adapters.slack.workspaces import Workspace
from core.callers import Address, Caller
from core.ui.gallery import Sample
from core.ui.intents import Unreadable, Vocabulary

HERE = Workspace("T0HOME", "E0ORG", "B0BOT", "U0BOT", "xoxb-secret")
VOCABULARY = Vocabulary((Sample,))


def _press(**container: object) -> dict[str, Any]:
    return {
        "user": {"id": "U0ANA", "team_id": "T0HOME", "name": "ana.ward"},
        "container": {"type": "message", "message_ts": "1.2", **container},
        "response_url": "https://answers.example/1",
        "actions": [{"action_id": "do:0", "value": '{"do":"gallery.sample","number":7}'}],
    }


def _message(**event: object) -> dict[str, Any]:
    plain = {"channel": "DU0ANA", "channel_type": "im", "user": "U0ANA", "ts": "5.0", "text": "hi"}
    return {"event_id": "Ev1", "event": {**plain, **event}}


@pytest.mark.parametrize(
    ("command", "text", "typed"),
    [
        ("/offer", " 2h run charts ", "offer 2h run charts"),
        ("/ask", "", "ask"),
        ("/hours", "statement", "hours statement"),
        ("/hourbridge", "find &lt;b&gt; &amp; more", "find <b> & more"),
        ("/hourbridge", "", ""),
    ],
)
def test_a_command_is_the_words_typed_without_a_slash(command: str, text: str, typed: str) -> None:
    assert command_words({"command": command, "text": text}) == typed


def test_a_command_is_private_wherever_it_is_typed_and_says_nothing_about_the_chat() -> None:
    body = {"team_id": "T0HOME", "user_id": "U0ANA", "user_name": "ana", "channel_id": "DOTHER"}
    assert read_command(body, HERE) == Caller("slack", "T0HOME", "U0ANA", "ana")


@pytest.mark.parametrize(
    ("container", "private", "address"),
    [
        ({"channel_id": "DU0ANA"}, True, Address("DU0ANA")),
        ({"channel_id": "DOTHER", "is_ephemeral": True}, True, Address()),
        ({"channel_id": "C0ALL", "is_ephemeral": True}, True, Address()),
        ({"channel_id": "C0ALL"}, False, Address()),
        ({"type": "view", "view_id": "V1"}, True, Address()),
    ],
)
def test_a_press_is_private_unless_the_message_is_for_a_channel(
    container: dict[str, object], private: bool, address: Address
) -> None:
    body = _press(**container)
    caller = read_press(body, HERE)
    assert (caller.private, caller.address, caller.name) == (private, address, "ana.ward")
    assert is_private(body) is private


def test_only_a_message_of_ones_own_is_the_origin_of_a_form() -> None:
    url = "https://answers.example/1"
    assert origin_of(_press(channel_id="DU0ANA")) == Origin(url, "DU0ANA", "1.2")
    assert origin_of(_press(channel_id="C0ALL", is_ephemeral=True)) == Origin(url)
    assert origin_of(_press(channel_id="C0ALL")) == Origin()


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"do":"nothing.known"}',
        '{"do":["gallery.sample"]}',
        '{"do":"gallery.sample","number":"seven"}',
        '{"do":"gallery.sample","number":true}',
        '{"do":"gallery.sample","chosen":[1]}',
        json.dumps({"do": "gallery.sample", "number": 2**70}),
    ],
)
def test_a_forged_button_is_unreadable(value: object) -> None:
    with pytest.raises(Unreadable):
        pressed({"actions": [{"value": value}]}, VOCABULARY)


def test_a_button_says_nothing_about_who_pressed_it() -> None:
    body = _press(channel_id="DU0ANA")
    forged = {"do": "gallery.sample", "user": "U0EVE", "tenant": "T0EVIL"}
    body["actions"][0]["value"] = json.dumps(forged)
    caller = read_press(body, HERE)
    assert (caller.tenant, caller.user) == ("T0HOME", "U0ANA")
    assert pressed(body, VOCABULARY) == Sample()


def test_what_slack_says_of_the_sender_is_read_apart_from_whose_app_it_is() -> None:
    press = _press()
    press["team"] = {"id": "T0HOME", "domain": "northgate"}
    press["user"]["team_id"] = "T0ELSE"
    assert sender_of_interaction(press) == Sender("U0ANA", "T0HOME", own_team="T0ELSE", shared=True)
    mention = _message(user_team="T0ELSE", team="T0HOME")
    mention["authorizations"] = [{"team_id": "T0HOME", "enterprise_id": None}]
    mention["is_ext_shared_channel"] = True
    assert sender_of_event(mention) == Sender("U0ANA", "T0HOME", own_team="T0ELSE", shared=True)


def test_a_modal_opened_in_a_shared_channel_names_the_team_that_has_the_app() -> None:
    body = {
        "user": {"id": "U0EVE", "team_id": "T0ELSE"},
        "team": {"id": "T0ELSE"},
        "view": {"app_installed_team_id": "T0HOME"},
    }
    assert sender_of_interaction(body).team == "T0HOME"


def test_an_organisation_wide_request_names_the_enterprise_with_or_without_a_team() -> None:
    command = {"user_id": "U0ANA", "enterprise_id": "E0ORG", "is_enterprise_install": "true"}
    assert sender_of_command(command) == Sender("U0ANA", "", "E0ORG")
    assert sender_of_command({**command, "team_id": "T0HOME"}).enterprise == "E0ORG"
    press = {"user": {"id": "U0ANA"}, "team": None, "enterprise": {"id": "E0ORG"}}
    assert sender_of_interaction(press) == Sender("U0ANA", "", "E0ORG")


@pytest.mark.parametrize(
    "body", [{}, {"user": None}, {"user": "U0ANA"}, {"user": {"id": 7}}, {"user": {"id": ""}}]
)
def test_a_press_by_nobody_is_not_read(body: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        sender_of_interaction(body)


def test_a_message_becomes_an_ask_with_its_words_and_the_way_back_to_it() -> None:
    body = {
        "message": {"text": "Who knows <#C1|spc>? &lt;3", "ts": "1800000000.000100"},
        "channel": {"id": "C0ALL"},
        "team": {"id": "T0HOME", "domain": "northgate"},
    }
    assert message_chosen(body) == {
        "do": "posts.from-message",
        "words": "Who knows #spc? <3",
        "source": "https://northgate.slack.com/archives/C0ALL/p1800000000000100",
    }


@pytest.mark.parametrize("domain", ["", "evil.example/", "a b", "northgate.evil", None, 7])
def test_a_way_back_that_is_not_slacks_is_left_out(domain: object) -> None:
    body = {
        "message": {"text": "x", "ts": "1.2"},
        "channel": {"id": "C0ALL"},
        "team": {"domain": domain},
    }
    assert message_chosen(body)["source"] == ""


def test_a_direct_message_carries_its_id_its_chat_and_what_it_replies_to() -> None:
    caller = read_message(_message(), HERE)
    assert (caller.delivery, caller.reply_to) == ("Ev1", "")
    assert caller.address == Address("DU0ANA")
    assert read_message(_message(thread_ts="3.0"), HERE).reply_to == "DU0ANA:3.0"
    assert read_message(_message(thread_ts="5.0"), HERE).reply_to == ""


def test_a_mention_is_public_and_a_look_at_home_is_no_repeat() -> None:
    assert read_mention(_message(), HERE).private is False
    home = read_home({"event_id": "Ev9", "event": {"user": "U0ANA"}}, HERE)
    assert (home.delivery, home.user) == ("", "U0ANA")


@pytest.mark.parametrize(
    ("event", "own"),
    [
        ({}, True),
        ({"subtype": "file_share"}, True),
        ({"subtype": "thread_broadcast"}, True),
        ({"subtype": "message_changed"}, False),
        ({"subtype": "message_deleted"}, False),
        ({"subtype": "bot_message"}, False),
        ({"bot_id": "B0BOT"}, False),
        ({"channel_type": "channel"}, False),
        ({"user": None}, False),
    ],
)
def test_only_what_a_person_just_wrote_to_the_bot_counts(
    event: dict[str, object], own: bool
) -> None:
    assert is_own_words(_message(**event)["event"]) is own


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("see <https://x.test|x.test> now", "see x.test now"),
        ("see <https://x.test>", "see https://x.test"),
        ("write <mailto:a@x.test>", "write a@x.test"),
        ("<@U1> and <@U2|bo> and <#C1|general>", "@U1 and @bo and #general"),
        ("<!channel> <!here|here> <!subteam^S1|@team>", "@channel here @team"),
        ("<b>raw</b> < a > b", "<b>raw</b> < a > b"),
    ],
)
def test_words_are_read_as_their_writer_saw_them(sent: str, read: str) -> None:
    assert words(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("<@U0BOT> find spc", "find spc"),
        ("<@U0BOT|hourbridge>: find\nspc", "find\nspc"),
        ("please <@U0BOT> help", "please help"),
        ("<@U0BOT>", ""),
        ("tell <@U9>", "tell @U9"),
    ],
)
def test_the_mention_of_the_bot_is_not_part_of_what_was_said(sent: str, read: str) -> None:
    assert message_words({"text": sent}, HERE) == read


def test_a_workspace_does_not_show_its_token() -> None:
    assert "xoxb" not in repr(HERE)
