"""Requests that are forged, broken, too old, too large or from elsewhere, and engines that fail."""

from __future__ import annotations

import json
import logging
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack import SlackPlatform, SlackSettings
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ui.gallery import HOSTILE
from core.ui.replies import Open, Say
from core.ui.views import Paragraph, view
from tests.slack.fake_slack import SIGNING_SECRET, TOKEN, FakeSlack
from tests.slack.people import Person, signed
from tests.slack.small_engine import VOCABULARY, Engine, Offer, Typed, interpret
from tests.slack.small_script import a_card, offer_form, script

COMMAND = urlencode({"command": "/hours", "user_id": "U0ANA", "team_id": "T0HOME", "text": "x"})
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


async def test_a_signed_command_is_taken(ana: Person, engine: Engine) -> None:
    await ana.send_raw(COMMAND, {**FORM, **signed(COMMAND)})
    assert ana.status == 200
    assert len(engine.heard) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(COMMAND, secret="another secret"),
        signed(COMMAND + "&text=more"),
        signed(COMMAND, age=600),
        {**signed(COMMAND), "X-Slack-Request-Timestamp": "soon"},
        {**signed(COMMAND), "X-Slack-Signature": "v0=\u00e9"},
    ],
    ids=["none", "another secret", "another body", "10 minutes old", "no time", "no letters"],
)
async def test_a_request_with_a_wrong_signature_is_turned_away(
    ana: Person, engine: Engine, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await ana.send_raw(COMMAND, {**FORM, **headers})
    assert ana.status == 401
    assert engine.heard == []
    assert "U0ANA" not in caplog.text


async def test_the_address_is_verified_for_slack(ana: Person) -> None:
    answer = await ana.send_json({"type": "url_verification", "challenge": "abc"})
    assert answer == {"challenge": "abc"}


async def test_a_body_over_a_megabyte_is_not_read(ana: Person, engine: Engine) -> None:
    body = COMMAND + "x" * 1_000_001
    await ana.send_raw(body, {**FORM, **signed(body)})
    assert ana.status == 413
    assert engine.heard == []


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("{", JSON),
        ("[1]", JSON),
        ("7", JSON),
        ("[" * 100_000, JSON),
        ("payload=%7B", FORM),
        ("payload=[]", FORM),
        ("a=1", {"Content-Type": "text/plain; charset=nonsense"}),
    ],
)
async def test_a_body_that_is_no_payload_of_slack_breaks_nothing(
    ana: Person, engine: Engine, body: str, headers: dict[str, str]
) -> None:
    await ana.send_raw(body, {**headers, **signed(body)})
    assert ana.status in (400, 401, 404)
    assert engine.heard == []


async def test_bytes_that_are_no_text_break_nothing(ana: Person, url: str) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=b"\xff\xfe", headers=FORM) as answer,
    ):
        assert answer.status in (400, 401)


@pytest.mark.parametrize("kind", ["shortcut", "block_suggestion", "nothing_known"])
async def test_a_kind_of_request_that_is_not_for_us_is_not_found(
    ana: Person, engine: Engine, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    team, user = {"id": "T0HOME"}, {"id": "U0ANA"}
    await ana.send_interaction({"type": kind, "team": team, "user": user, "text": "private"})
    assert ana.status == 404
    assert engine.heard == []
    assert "private" not in caplog.text


async def test_an_event_of_no_interest_is_acknowledged(ana: Person, engine: Engine) -> None:
    await ana.event({"type": "team_join", "user": {"id": "U0NEW"}})
    assert ana.status == 200
    assert engine.heard == []


async def test_an_event_without_its_parts_is_not_repeated_for_ever(
    ana: Person, engine: Engine
) -> None:
    await ana.event({"type": "message", "channel_type": "im", "user": "U0ANA"})
    assert ana.status == 200
    assert engine.heard == []


@pytest.mark.parametrize(
    "value", ["", "{", '{"do":"nothing.known"}', '{"do":"test.offer","step":"x"}']
)
async def test_a_forged_button_is_refused_and_nothing_is_performed(
    ana: Person, engine: Engine, value: str
) -> None:
    card = await a_card(ana, engine)
    engine.heard.clear()
    await ana.press_value({"type": "button", "action_id": "do:0", "value": value}, card)
    assert engine.heard == []
    assert not card.edited
    assert "This button no longer works." in ana.last.words


async def test_a_forged_form_is_refused_and_nothing_is_performed(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.heard.clear()
    assert ana.modal
    forged = {"private_metadata": json.dumps({"wire": {"do": "nothing.known"}})}
    await ana.submit_view({**ana.modal, "state": {"values": {}}, **forged})
    assert engine.heard == []
    assert "no longer works" in ana.reads


async def test_somebody_from_another_workspace_is_sent_to_their_own_kindly(
    ana: Person, engine: Engine
) -> None:
    card = await a_card(ana, engine)
    engine.heard.clear()
    me = {"id": ana.user, "team_id": "T0ELSE"}
    button = {"type": "button", "action_id": "do:0", "value": '{"do":"test.typed"}'}
    await ana.press_value(button, card, user=me)
    assert "You are from another Slack workspace." in ana.last.words
    await ana.mention("balance", user_team="T0ELSE")
    assert ana.last.to == ana.user
    assert "You are from another Slack workspace." in ana.last.words
    assert engine.heard == []


async def test_a_workspace_that_the_app_is_not_installed_in_is_told_so(
    ana: Person, engine: Engine
) -> None:
    ana.team = "T0ELSE"
    await ana.command("/hours")
    assert engine.heard == []
    assert "cannot answer in this workspace" in ana.last.words


async def test_a_dead_token_is_an_apology_and_no_token_is_logged(
    ana: Person, engine: Engine, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail("auth.test", "invalid_auth")
    await ana.command("/hours")
    assert engine.heard == []
    assert "cannot answer in this workspace" in ana.last.words
    assert "xoxb" not in caplog.text
    await ana.command("/hours")
    assert len(engine.heard) == 1


# Engines and views that fail.


async def test_a_refusal_that_an_engine_raises_is_shown_at_its_field(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = Refusal(_("Too long."), "title")
    await ana.submit()
    assert ana.errors == {"title": "Too long."}


async def test_a_broken_engine_leads_to_an_apology_with_the_reference_that_is_logged(
    ana: Person, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.reply = RuntimeError(f"private words {HOSTILE}")
    await ana.command("/hours")
    said = ana.last.words
    assert "Something went wrong on our side" in said
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    reference = said.rstrip(".").split()[-1]
    assert record.__dict__["reference"] == reference, "the field that operators look for"
    assert record.__dict__["error"] == "RuntimeError"
    assert "private" not in caplog.text
    await ana.say("hours")
    assert "Something went wrong on our side" in ana.last.words
    assert ana.status == 200


async def test_a_broken_engine_does_not_cost_what_was_filled_in(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = RuntimeError("boom")
    await ana.submit(title="a better title")
    assert "Something went wrong on our side" in ana.reads
    engine.reply = script
    await ana.submit()
    assert engine.intent == Offer(step=1, title="a better title")


async def test_a_view_too_large_for_slack_leads_to_an_apology_not_to_silence(
    ana: Person, engine: Engine
) -> None:
    engine.reply = Say(view(*(Paragraph("x") for _n in range(51))))
    await ana.command("/hours")
    assert "Something went wrong on our side" in ana.last.words
    engine.reply = Open(offer_form(Offer(title="x" * 3000)))
    await ana.command("/offer")
    assert ana.modal


async def test_what_was_begun_is_answered_before_the_app_closes(
    ana: Person, engine: Engine, platform: SlackPlatform
) -> None:
    ana._settle = None
    engine.delay = 0.3
    await ana.say("hours")
    assert ana.messages == []
    await platform.close()
    assert "Done." in ana.last.words


async def test_an_interrupted_slack_is_tried_again(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    slack.fail("chat.postMessage", "internal_error")
    await ana.say("hours")
    assert "Done." in ana.last.words
    assert engine.intent == Typed(words="hours")


async def test_the_settings_do_not_show_their_secrets(slack: FakeSlack) -> None:
    settings = SlackSettings(SIGNING_SECRET, "xoxb-token", slack.api_url)
    assert "xoxb" not in repr(settings)
    assert SIGNING_SECRET not in repr(settings)


async def test_a_slack_that_is_away_when_the_app_starts_does_not_stop_it(
    engine: Engine, http: aiohttp.ClientSession, slack: FakeSlack
) -> None:
    settings = SlackSettings(SIGNING_SECRET, "xoxb-token", api_url="http://127.0.0.1:9/api/")
    platform = SlackPlatform(settings, engine, interpret, VOCABULARY, report=engine.report)
    app = web.Application()
    platform.add_routes(app)
    async with TestServer(app) as server:
        person = Person(slack, http, str(server.make_url("/slack/events")))
        answer = await person.send_raw(COMMAND, {**FORM, **signed(COMMAND)})
    assert "cannot answer in this workspace" in str(answer)
    await platform.close()


async def test_a_token_in_the_environment_is_no_reason_to_warn(
    slack: FakeSlack,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
    settings = SlackSettings(SIGNING_SECRET, TOKEN, api_url=slack.api_url)
    await SlackPlatform(settings, engine, interpret, VOCABULARY, report=engine.report).close()
    assert caplog.messages == []
