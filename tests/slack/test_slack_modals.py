"""Forms and what comes of them, in modals, over HTTP."""

from __future__ import annotations

import pytest

from core.kernel.texts import _
from core.ui.forms import Form, TextField
from core.ui.gallery import HOSTILE, Sample
from core.ui.replies import Nothing, Open, Refuse, Say
from core.ui.views import Actions, Button, Paragraph, view
from tests.slack.fake_slack import FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Offer
from tests.slack.small_script import offer_form, script


async def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    await ana.submit(minutes="7", skills=("spc",))
    assert ana.errors == {"minutes": "Time is counted in steps of 15 minutes."}
    await ana.submit(minutes="15")
    wanted = Offer(step=1, title="run charts", minutes="15", skills=("spc",))
    assert engine.intent == wanted


@pytest.mark.parametrize("field", ["", "unknown"])
async def test_a_refusal_without_a_field_stands_at_the_top_and_keeps_what_was_typed(
    ana: Person, engine: Engine, field: str
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = Refuse(_("Your balance is too low."), field)
    await ana.submit(minutes="2h", title="changed")
    assert ana.modal
    first = ana.modal["blocks"][0]["text"]["text"]
    assert first == "\u26a0\ufe0f Your balance is too low."
    engine.reply = script
    await ana.submit()
    assert engine.intent == Offer(step=1, title="changed", minutes="2h")


async def test_the_outcome_of_a_form_is_a_modal_whose_buttons_work(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    await ana.submit()
    assert "run charts" in ana.reads
    await ana.press("Accept")
    assert engine.intent == Sample(number=7, words=HOSTILE)
    assert "You accepted it." in ana.reads
    assert ana.messages == []


async def test_a_form_may_lead_to_the_next_form(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = Open(offer_form(Offer(title="from the second")))
    await ana.submit()
    engine.reply = script
    await ana.submit()
    assert engine.intent == Offer(step=1, title="from the second")


async def test_a_button_in_a_modal_may_open_a_form_above_it(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    await ana.submit()
    await ana.press("Fill in")
    assert len(slack.modals[ana.user]) == 2
    await ana.submit(title="second")
    assert engine.intent == Offer(step=1, title="second")


async def test_a_fourth_modal_takes_the_place_of_the_third(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    for number in range(4):
        await ana.submit()
        await ana.press("Fill in")
        assert len(slack.modals[ana.user]) == min(number + 2, 3)
    assert "Offer help" in ana.reads


async def test_a_refused_press_in_a_modal_is_read_in_that_modal(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    await ana.submit()
    engine.reply = Refuse(_("Somebody else was quicker."))
    await ana.press("Accept")
    assert "Somebody else was quicker." in ana.reads
    assert "run charts" in ana.reads


async def test_words_from_a_button_in_a_form_do_not_cost_the_form(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    help_button = Actions((Button(_("What is this?"), Sample(number=1)),))
    form = Form(_("A form"), Offer(step=1), (TextField("title", _("What")),), _("Send"))
    engine.reply = Open(Form(form.title, form.intent, form.fields, form.submit, (help_button,)))
    await ana.command("/offer")
    engine.reply = Say(view(Paragraph(_("It is a form."))))
    await ana.press("What is this?")
    assert "It is a form." in ana.reads
    slack.modals[ana.user].pop()
    await ana.submit(title="still here")
    assert engine.intent == Offer(step=1, title="still here")


async def test_a_very_slow_form_says_one_moment_and_then_the_outcome(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.delay = 0.3
    await ana.submit()
    assert len(slack.bodies("views.update")) == 1
    assert "run charts" in ana.reads


async def test_a_very_slow_refusal_brings_the_form_back_with_what_was_typed(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.delay = 0.3
    await ana.submit(minutes="7")
    assert "steps of 15 minutes" in ana.reads
    engine.delay = 0
    await ana.submit(minutes="30")
    assert engine.intent == Offer(step=1, title="run charts", minutes="30")


async def test_a_form_closed_before_its_answer_is_answered_by_direct_message(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    slack.fail("views.update", "not_found")
    engine.delay = 0.3
    await ana.submit()
    assert "run charts" in ana.last.words


async def test_a_submission_with_nothing_to_show_closes_the_modal(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = Nothing()
    await ana.submit()
    assert ana.modal is None
