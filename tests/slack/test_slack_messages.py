"""Direct messages to the bot, and mentions of it, over HTTP."""

from __future__ import annotations

import pytest

from tests.slack.fake_slack import FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Offer, Typed
from tests.slack.small_script import a_card, script


async def test_a_direct_message_is_answered_in_the_chat(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.say("find <b>spc</b> & more")
    assert engine.intent == Typed(words="find <b>spc</b> & more")
    assert (ana.last.to, ana.last.channel, ana.last.thread) == ("", "DU0ANA", "")


async def test_a_form_cannot_open_from_a_message_so_a_button_offers_it(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.say("offer run charts")
    assert "No patient details." in ana.last.words
    await ana.press("Open the form")
    assert ana.modal
    await ana.submit()
    assert engine.intent == Offer(step=1, title="run charts")


async def test_words_too_long_for_a_button_are_not_lost_in_silence(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.say("offer " + "word " * 500)
    assert "too long to open a form" in ana.last.words


async def test_a_reply_in_a_thread_names_the_notice_and_is_answered_there(
    ana: Person, engine: Engine
) -> None:
    card = await a_card(ana, engine)
    await ana.say("See you at 2", reply_to=card.ts)
    assert engine.caller.reply_to == f"DU0ANA:{card.ts}"
    assert ana.last.thread == card.ts


@pytest.mark.parametrize(
    "event",
    [{"subtype": "message_changed"}, {"subtype": "message_deleted"}, {"bot_id": "B0ELSE"}],
)
async def test_edits_and_bots_are_not_answered(
    ana: Person, engine: Engine, event: dict[str, str]
) -> None:
    await ana.event({"type": "message", "channel_type": "im", "user": "U0ANA", **event})
    await ana.mention("hello", bot_id="B0ELSE")
    assert engine.heard == []
    assert ana.messages == []


async def test_the_bot_does_not_answer_itself(ana: Person, engine: Engine) -> None:
    ana.user = ana.slack.bot_user
    await ana.say("hello")
    assert engine.heard == []


async def test_a_repeated_event_carries_the_same_delivery_id(ana: Person, engine: Engine) -> None:
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "DU0ANA",
        "user": "U0ANA",
        "text": "confirm",
        "ts": "5.0",
    }
    await ana.event(event, "Ev77")
    await ana.event(event, "Ev77", attempt=1)
    assert [caller.delivery for caller, _intent in engine.heard] == ["Ev77", "Ev77"]


async def test_a_mention_is_answered_only_to_the_one_who_wrote_it(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.mention("balance", thread_ts="9.1")
    assert engine.intent == Typed(words="balance")
    assert (ana.last.to, ana.last.channel, ana.last.thread) == (ana.user, "C0ALL", "9.1")
    assert slack.visible("U0BO") == []


async def test_a_mention_that_cannot_be_answered_in_the_channel_is_answered_directly(
    ana: Person, slack: FakeSlack
) -> None:
    slack.fail("chat.postEphemeral", "user_not_in_channel")
    await ana.mention("balance")
    assert (ana.last.to, ana.last.channel) == ("", "DU0ANA")
