"""Slash commands over HTTP: answered in time or later, alone or with a form."""

from __future__ import annotations

from core.kernel.texts import _
from core.ui.gallery import HOSTILE
from core.ui.replies import Nothing, Refuse, Say
from core.ui.views import Paragraph, view
from tests.slack.block_kit import shown
from tests.slack.fake_slack import FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Offer, Typed
from tests.slack.small_script import script


async def test_a_command_is_answered_to_the_one_who_typed_it_alone(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = Say(view(Paragraph(HOSTILE)))
    await ana.command("/hours", "statement", channel="C0ALL")
    assert engine.intent == Typed(words="hours statement")
    assert engine.caller.private
    assert ana.last.to == ana.user
    assert HOSTILE in ana.last.words
    assert slack.visible("U0BO") == []


async def test_a_command_that_needs_a_form_opens_it_prefilled(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts & more")
    assert ana.modal
    assert "No patient details." in ana.reads
    await ana.submit(minutes="1h")
    assert engine.intent == Offer(step=1, title="run charts & more", minutes="1h")


async def test_a_form_too_late_for_its_trigger_is_offered_as_a_button(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    slack.fail("views.open", "expired_trigger_id")
    await ana.command("/offer", "run charts")
    assert ana.modal is None
    await ana.press("Open the form")
    assert engine.intent == Offer(title="run charts")
    assert ana.modal


async def test_a_slow_form_says_one_moment_and_is_then_filled_in(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply, engine.delay = script, 0.15
    await ana.command("/offer", "run charts")
    [opened] = slack.bodies("views.open")
    assert "One moment." in shown(opened["view"])
    engine.delay = 0
    await ana.submit()
    assert engine.intent == Offer(step=1, title="run charts")


async def test_a_slow_refusal_of_a_form_is_read_in_the_modal_that_waits(
    ana: Person, engine: Engine
) -> None:
    engine.reply, engine.delay = Refuse(_("Join first.")), 0.15
    await ana.command("/offer", "run charts")
    assert "Join first." in ana.reads
    engine.reply = Nothing()
    await ana.command("/offer", "run charts")
    assert "This was done already." in ana.reads


async def test_a_very_slow_command_is_acknowledged_and_answered_later(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply, engine.delay = script, 0.3
    await ana.command("/hours")
    assert ana.status == 200
    assert len(slack.bodies("response_url")) == 1
    assert ana.last.to == ana.user
    assert "An offer" in ana.last.words


async def test_a_plain_answer_opens_no_modal(ana: Person, slack: FakeSlack) -> None:
    await ana.command("/hourbridge", "help")
    assert [call.method for call in slack.calls] == ["auth.test"]


async def test_nothing_to_say_shows_nothing(ana: Person, engine: Engine) -> None:
    engine.reply = Nothing()
    await ana.command("/hours")
    assert ana.messages == []


async def test_slack_is_asked_once_who_the_bot_is(ana: Person, slack: FakeSlack) -> None:
    for _n in range(3):
        await ana.command("/hours")
        await ana.say("hours")
    assert len(slack.bodies("auth.test")) == 1
