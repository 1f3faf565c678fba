"""Buttons in messages, in direct messages and in channels, over HTTP."""

from __future__ import annotations

import pytest

from adapters.slack import render
from core.callers import Address
from core.kernel.texts import _
from core.ui.gallery import HOSTILE, Sample
from core.ui.replies import Refuse
from core.words import Speech
from tests.slack.fake_slack import FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine
from tests.slack.small_script import CARD, a_card, script


async def test_a_press_replaces_its_card(ana: Person, engine: Engine) -> None:
    card = await a_card(ana, engine)
    await ana.press("Accept")
    assert engine.intent == Sample(number=7, words=HOSTILE)
    assert engine.caller.address == Address("DU0ANA")
    assert "You accepted it." in card.words
    assert ana.messages == [card]


async def test_a_press_whose_answer_is_for_now_leaves_its_card(ana: Person, engine: Engine) -> None:
    card = await a_card(ana, engine)
    engine.reply = Refuse(_("Somebody else was quicker."))
    await ana.press("Accept")
    assert not card.edited
    assert ana.last.to == ana.user
    assert "Somebody else was quicker." in ana.last.words


async def test_a_press_in_an_ephemeral_card_replaces_it(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.command("/hours", channel="C0ALL")
    await ana.press("Accept")
    assert [message.words for message in ana.messages] == ["\u2705 You accepted it."]


async def test_a_press_in_a_channel_never_shows_ones_answer_to_all(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    shape = render.message(CARD, Speech())
    public = slack.post_in_channel("C0ALL", shape["text"], shape["blocks"])
    engine.reply = script
    await ana.press("Accept")
    assert engine.caller.private is False
    assert not public.edited
    assert (ana.last.to, ana.last.channel) == (ana.user, "C0ALL")
    assert "You accepted it." in ana.last.words


async def test_a_form_from_a_card_shows_its_outcome_in_both(ana: Person, engine: Engine) -> None:
    card = await a_card(ana, engine)
    await ana.press("Fill in")
    await ana.submit(title="My own title")
    assert "My own title" in ana.reads
    assert card.edited
    assert "My own title" in card.words


async def test_a_form_from_an_ephemeral_card_shows_its_outcome_in_both(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/hours")
    await ana.press("Fill in")
    await ana.submit(title="My own title")
    assert "My own title" in ana.reads
    assert ["My own title" in message.words for message in ana.messages] == [True]


async def test_a_press_on_a_link_is_acknowledged_in_silence(ana: Person, engine: Engine) -> None:
    await a_card(ana, engine)
    heard = len(engine.heard)
    await ana.press("Privacy notice")
    assert ana.status == 200
    assert len(engine.heard) == heard
    assert len(ana.messages) == 1


async def test_a_response_url_that_is_spent_leads_to_a_direct_message(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    card = await a_card(ana, engine)
    slack.fail("response_url", status=404, body="used_url")
    await ana.press("Accept")
    assert not card.edited
    assert ana.last.to == ""
    assert "You accepted it." in ana.last.words


async def test_an_answer_that_cannot_be_given_at_all_is_logged_without_its_words(
    ana: Person, engine: Engine, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await a_card(ana, engine)
    slack.fail("response_url", status=404, body="used_url")
    slack.fail("conversations.open", "cannot_dm_bot")
    await ana.press("Accept")
    assert "an answer was lost: cannot_dm_bot" in caplog.text
    assert "accepted" not in caplog.text


async def test_a_rate_limit_of_slack_is_waited_for(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    slack.fail("chat.postMessage", "ratelimited", status=429, retry_after=1)
    await ana.say("hours")
    assert "Done." in ana.last.words
    assert len(slack.bodies("chat.postMessage")) == 2
