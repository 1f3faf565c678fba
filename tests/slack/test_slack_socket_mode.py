"""The socket of Socket Mode itself: opened, renewed, lost and found; nothing falls between."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack import SlackPlatform, SlackSettings
from tests.slack.fake_slack import APP_TOKEN, FakeSlack
from tests.slack.payloads import envelope
from tests.slack.people import Person
from tests.slack.small_engine import VOCABULARY, Engine, interpret


@pytest.fixture
def app_token() -> str:
    return APP_TOKEN


async def test_the_socket_is_opened_with_the_app_token_and_answers_with_the_bots(
    ana: Person, slack: FakeSlack
) -> None:
    await ana.say("hours")
    tokens = {call.method: call.token for call in slack.calls}
    assert tokens["apps.connections.open"] == APP_TOKEN
    assert tokens["chat.postMessage"] == slack.home_team.token
    assert slack.socket.connections == 1


async def test_an_answer_that_is_an_acknowledgement_travels_in_it(
    ana: Person, slack: FakeSlack
) -> None:
    await ana.command("/hours")
    assert "Done." in ana.last.words
    assert slack.bodies("response_url") == []
    assert slack.socket.acknowledged[-1]["payload"]["response_type"] == "ephemeral"


async def test_everything_else_is_acknowledged_with_nothing_in_it(
    ana: Person, slack: FakeSlack
) -> None:
    await ana.say("hours")
    await ana.shortcut("offer")
    assert [list(one) for one in slack.socket.acknowledged] == [["envelope_id"]] * 2


async def test_a_socket_that_slack_renews_is_followed_without_a_pause(
    ana: Person, slack: FakeSlack, engine: Engine
) -> None:
    await ana.say("one")
    await slack.socket.ask_to_reconnect()
    await ana.say("two")
    await ana.command("/hours")
    assert slack.socket.connections == 1
    assert len(slack.bodies("apps.connections.open")) == 2
    assert len(engine.heard) == 3


async def test_a_request_sent_before_the_socket_is_renewed_is_still_answered(
    ana: Person, slack: FakeSlack, engine: Engine
) -> None:
    settle, ana._settle = ana._settle, None
    engine.delay = 0.3
    await ana.say("hours")
    await slack.socket.ask_to_reconnect()
    assert settle
    await settle()
    assert "Done." in ana.last.words


async def test_an_event_that_was_not_stored_is_not_acknowledged_and_taken_when_sent_again(
    ana: Person, slack: FakeSlack, engine: Engine, platform: SlackPlatform
) -> None:
    change = envelope(slack.home_team, {"type": "user_change", "user": ana.account.shape()}, "Ev1")
    engine.trouble = RuntimeError("no database")
    lost = await slack.socket.send("events_api", change)
    await ana.say("hours")
    await platform.settle()
    engine.trouble = None
    await slack.socket.deliver("events_api", change, attempt=1)
    assert not slack.socket.is_acknowledged(lost)
    assert len(engine.reported) == 1


async def test_a_repeated_envelope_carries_the_same_delivery_id(
    ana: Person, engine: Engine
) -> None:
    event = {"type": "message", "channel_type": "im", "channel": "DU0ANA", "user": "U0ANA"}
    words = {"text": "confirm", "ts": "5.0"}
    await ana.event({**event, **words}, "Ev77")
    await ana.event({**event, **words}, "Ev77", attempt=1)
    assert [caller.delivery for caller, _intent in engine.heard] == ["Ev77", "Ev77"]


async def test_the_app_answers_http_at_the_same_time(ana: Person, engine: Engine) -> None:
    answer = await ana.send_json({"type": "url_verification", "challenge": "abc"})
    assert answer == {"challenge": "abc"}


async def test_closing_the_app_closes_the_socket(
    ana: Person, slack: FakeSlack, platform: SlackPlatform
) -> None:
    await ana.say("hours")
    await platform.close()
    assert slack.socket.connections == 0


async def test_neither_token_is_logged(
    ana: Person, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await ana.say("private words")
    await slack.socket.ask_to_reconnect()
    await ana.command("/hours", "private words")
    assert APP_TOKEN not in caplog.text
    assert slack.home_team.token not in caplog.text
    assert "private" not in caplog.text


async def test_an_app_whose_socket_cannot_be_opened_starts_and_answers_http(
    settings: SlackSettings, slack: FakeSlack, engine: Engine, http: aiohttp.ClientSession
) -> None:
    slack.fail("apps.connections.open", "invalid_auth", times=1000)
    alone = SlackPlatform(settings, engine, interpret, VOCABULARY, report=engine.report)
    await asyncio.wait_for(alone.start(), 3)
    app = web.Application()
    alone.add_routes(app)
    async with TestServer(app) as server:
        url = str(server.make_url("/slack/events"))
        person = Person(slack, http, url, settle=alone.settle)
        await person.command("/hours")
        assert "Done." in person.last.words
    await asyncio.wait_for(alone.close(), 3)
