"""The Home tab over HTTP."""

from __future__ import annotations

from core.kernel.texts import _
from core.ui.replies import Open, Refuse, Replace
from tests.slack.block_kit import shown
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Offer, Typed
from tests.slack.small_script import CARD, offer_form, script


async def test_opening_home_shows_it_and_sends_no_message(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.open_home()
    assert engine.intent == Typed(words="home")
    assert "An offer" in shown(ana.home)
    await ana.open_home("messages")
    assert len(engine.heard) == 1
    assert ana.messages == []


async def test_home_of_somebody_who_must_first_fill_in_a_form_offers_it(
    ana: Person, engine: Engine
) -> None:
    engine.reply = lambda intent: Open(offer_form(Offer(title="to join")))
    await ana.open_home()
    engine.heard.clear()
    await ana.press("Open the form", "home")
    assert [intent for _caller, intent in engine.heard] == [Typed(words="home")]
    assert ana.modal
    engine.reply = script
    await ana.submit()
    assert engine.intent == Offer(step=1, title="to join")


async def test_a_press_on_home_shows_its_outcome_there_with_a_way_back(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.open_home()
    await ana.press("Accept", "home")
    assert shown(ana.home) == "\u2705 You accepted it.\nBack to home"
    engine.reply = Replace(CARD)
    await ana.press("Back to home", "home")
    assert "An offer" in shown(ana.home)
    assert "Back to home" not in shown(ana.home)


async def test_words_for_now_from_home_open_a_modal_and_leave_home(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.open_home()
    engine.reply = Refuse(_("Somebody else was quicker."))
    await ana.press("Accept", "home")
    assert "Somebody else was quicker." in ana.reads
    assert "An offer" in shown(ana.home)


async def test_a_form_from_home_opens(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.open_home()
    await ana.press("Fill in", "home")
    await ana.submit()
    assert engine.intent == Offer(step=1, title="from a button")
