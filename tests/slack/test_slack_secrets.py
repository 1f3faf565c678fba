"""No token and no secret, and nothing that anybody wrote, in any log record at any level.

Everything is done that the app can do, well and badly, with every logger at its most talkative.
"""

from __future__ import annotations

import logging

import pytest

from adapters.slack import SlackPlatform
from core.callers import Address
from core.couriers import Parcel
from core.kernel.texts import _
from core.ui.replies import Refuse
from core.ui.views import Paragraph, view
from core.words import Speech
from tests.slack.conftest import CLIENT_SECRET
from tests.slack.fake_slack import APP_TOKEN, SIGNING_SECRET, FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine
from tests.slack.small_script import script
from tests.slack.transports import Http

WORDS = "private words"


@pytest.fixture
def app_token() -> str:
    return APP_TOKEN


@pytest.fixture
def platform(installed: SlackPlatform) -> SlackPlatform:
    return installed


async def test_no_secret_and_no_words_are_in_any_record_whatever_happens(
    ana: Person,
    engine: Engine,
    slack: FakeSlack,
    platform: SlackPlatform,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("slack_bolt", "slack_sdk", "aiohttp", "asyncio", "adapters", "hourbridge"):
        caplog.set_level(logging.DEBUG, logger=name)
    engine.reply = script
    for transport in (ana._transport, Http(*ana._address)):
        ana._transport = transport
        await _everything_goes_well(ana)
        await _everything_goes_badly(ana, engine, platform)
        await slack.socket.ask_to_reconnect()
    slack.home_team.live = True
    await platform.close()
    said = "\n".join(_whole(record) for record in caplog.records)
    for secret in (slack.home_team.token, APP_TOKEN, SIGNING_SECRET, CLIENT_SECRET, "Bearer"):
        assert secret not in said
    assert WORDS not in said
    assert "/answer/" not in said, "a response URL answers for whoever knows it"


async def _everything_goes_well(ana: Person) -> None:
    await ana.command("/offer", WORDS)
    await ana.submit(minutes="7")
    await ana.submit(minutes="15")
    await ana.press("Accept")
    ana.close_modal()
    await ana.say(WORDS)
    await ana.press("Accept", ana.last)
    await ana.mention(WORDS)
    await ana.open_home()
    await ana.shortcut("offer")
    ana.close_modal()
    await ana.is_changed(name=WORDS)


async def _everything_goes_badly(ana: Person, engine: Engine, platform: SlackPlatform) -> None:
    slack = ana.slack
    notice = Parcel(1, slack.team, ana.user, Address(), view(Paragraph(WORDS)), Speech())
    for error in ("internal_error", "invalid_auth", "token_revoked", "msg_too_long", "no_such"):
        slack.fail("chat.postMessage", error)
        await ana.say(WORDS)
        slack.fail("chat.postMessage", error)
        await platform.courier.deliver(notice)
    slack.fail("chat.postMessage", "ratelimited", status=429, retry_after=0)
    await ana.say(WORDS)
    slack.fail("chat.postMessage", status=503, body=f"<html>{WORDS}</html>", kind="text/html")
    await ana.say(WORDS)
    slack.fail("response_url", status=404, body="used_url")
    await ana.say("show me")
    await ana.press("Accept", ana.last)
    slack.fail("views.open", "invalid_arguments")
    await ana.command("/offer", WORDS)
    engine.reply = RuntimeError(WORDS)
    await ana.command("/hours", WORDS)
    await ana.say(WORDS)
    engine.reply = Refuse(_("No."))
    await ana.shortcut("ask")
    ana.close_modal()
    engine.reply = script
    slack.down = True
    await platform.courier.deliver(notice)
    await ana.say(WORDS)
    slack.down = False
    slack.home_team.live = False
    await platform.courier.deliver(notice)
    await ana.say(WORDS)
    slack.home_team.live = True
    await ana.send_raw(WORDS, {})
    await ana.send_raw(f'{{"{WORDS}":', {"Content-Type": "application/json"})


def _whole(record: logging.LogRecord) -> str:
    """Everything that a handler could write of ``record``."""
    kept = {name: str(value) for name, value in vars(record).items()}
    error = record.exc_info and record.exc_info[1]
    return f"{record.getMessage()} {kept} {error!r}"
