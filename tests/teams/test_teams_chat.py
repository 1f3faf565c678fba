"""The personal chat: typed words, buttons that replace, forms as cards, dialogs."""

from __future__ import annotations

import logging

import pytest

from tests.teams.cards import inputs_of
from tests.teams.fake_engine import SECRET, FakeEngine, Hello, OpenOffer, PostOffer
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.house import House

FILLED = {"words": "Charts", "minutes": "1h30"}


async def test_adding_the_app_greets_once(ana: Person, engine: FakeEngine) -> None:
    await ana.install()
    assert len(ana.messages) == 1
    assert "Welcome to Hourbridge" in ana.screen
    assert [intent for _caller, intent in engine.asked] == [Hello()]


async def test_adding_the_app_to_a_team_greets_nobody(ana: Person, engine: FakeEngine) -> None:
    channel = {"id": "19:x@thread.tacv2", "conversationType": "channel"}
    await ana.deliver(ana.activity("installationUpdate", action="add", conversation=channel))
    await ana.deliver(ana.activity("installationUpdate", action="remove"))
    assert engine.asked == []


async def test_what_is_no_message_is_acknowledged_and_nothing_happens(
    ana: Person, engine: FakeEngine, teams: FakeTeams
) -> None:
    for kind in ("typing", "conversationUpdate", "messageReaction", "somethingNew"):
        assert await ana.deliver({"type": kind}) is None
    assert await ana.deliver(ana.activity("invoke", name="somethingNew")) is None
    assert (engine.asked, teams.requests) == ([], 0)


@pytest.mark.parametrize("words", ["look", "/look"])
async def test_typed_words_are_answered_with_or_without_a_slash(ana: Person, words: str) -> None:
    await ana.say(words)
    assert ana.last == f"What you asked for: {SECRET}"
    assert ana.messages[-1].activity["summary"] == f"What you asked for: {SECRET}"


async def test_unknown_words_are_refused_in_words_and_not_as_markup(ana: Person) -> None:
    await ana.say("*bold* [x](http://x.test)")
    assert ana.last == "⚠ I do not know *bold* [x](http://x.test). Type help."


async def test_a_repeat_of_what_was_answered_shows_nothing_more(ana: Person) -> None:
    await ana.say("again")
    assert ana.messages == []


async def test_a_button_replaces_its_card(ana: Person, engine: FakeEngine) -> None:
    await ana.say("")
    await ana.press("Accept 7")
    assert engine.accepted == {7}
    assert (len(ana.messages), ana.last) == (1, "Accepted 7")


async def test_a_client_without_execute_gets_the_same_by_submit(
    teams: FakeTeams, house: House, engine: FakeEngine
) -> None:
    bo = Person(teams, house.send, "Bo Ek", old_client=True)
    await bo.say("")
    await bo.press("Accept 7")
    assert engine.accepted == {7}
    assert (len(bo.messages), bo.last, bo.messages[0].edits) == (1, "Accepted 7", 1)


async def test_are_you_sure_leads_to_the_same_button(ana: Person, engine: FakeEngine) -> None:
    await ana.say("")
    await ana.press("Accept 9")
    assert engine.accepted == set()
    await ana.press("Yes, accept 9")
    assert engine.accepted == {9}


async def test_a_button_that_says_something_leaves_its_card(ana: Person) -> None:
    await ana.say("")
    await ana.press("Look")
    assert "Welcome" in ana.messages[0].text
    assert SECRET in ana.last
    assert ana.toasts == [f"What you asked for: {SECRET}"]


async def test_a_refused_button_says_why_and_leaves_its_card(ana: Person) -> None:
    await ana.say("")
    await ana.press("Forbidden")
    assert ana.toasts == ["You have no right to do this. Ask your lead."]
    assert (len(ana.messages), ana.messages[0].edits) == (1, 0)


async def test_a_second_press_of_what_was_done_says_so(ana: Person) -> None:
    await ana.say("")
    await ana.press("Again")
    assert ana.toasts == ["You have done this."]


async def test_a_forged_button_is_refused_and_nothing_is_asked(
    ana: Person, engine: FakeEngine
) -> None:
    forged = {"action": {"data": {"hourbridge": {"intent": {"do": "ledger.mint"}}}}}
    answer = await ana.deliver(
        ana.activity("invoke", name="adaptiveCard/action", value=forged, replyToId="m1")
    )
    assert answer["value"].startswith("This button no longer works.")
    await ana.deliver(ana.activity("message", value={"anything": 1}))
    assert "This button no longer works." in ana.last
    fetched = await ana.deliver(ana.activity("invoke", name="task/fetch", value={"data": None}))
    assert fetched["task"]["type"] == "continue"
    assert engine.asked == []


async def test_typed_words_open_a_form_as_a_card_that_becomes_the_answer(
    ana: Person, engine: FakeEngine
) -> None:
    await ana.say("/offer Charts")
    assert inputs_of(ana.messages[0].card or {})["words"]["value"] == "Charts"
    await ana.press("Post it", {"How long? (For example 1h30)": "90 mins"})
    assert engine.posted == [PostOffer(key="form-1", words="Charts", minutes="90 mins")]
    assert (len(ana.messages), ana.last) == (1, "✓ Posted.\nCharts")
    await ana.press("Accept it")
    assert ana.last == "Accepted 1"


@pytest.mark.parametrize("old_client", [False, True])
async def test_a_refused_form_in_the_chat_comes_back_with_the_reason_and_what_was_typed(
    teams: FakeTeams, house: House, engine: FakeEngine, old_client: bool
) -> None:
    bo = Person(teams, house.send, "Bo Ek", old_client=old_client)
    await bo.say("offer")
    values = {"words": "Charts", "minutes": "7", "skills": "excel,spc", "agreed": "yes"}
    await bo.press("Post it", values)
    assert len(bo.messages) == 1
    assert "✗ Time is counted in steps of 15 minutes.\nHow long?" in bo.last
    kept = inputs_of(bo.messages[0].card or {})
    assert {name: kept[name]["value"] for name in values} == values
    await bo.press("Post it", {"minutes": "15"})
    assert engine.posted[0].minutes == "15"
    assert engine.posted[0].skills == ("excel", "spc")
    assert "Posted." in bo.last


async def test_a_second_look_at_a_form_is_not_taken_for_a_repeat(
    ana: Person, engine: FakeEngine
) -> None:
    await ana.say("offer")
    await ana.press("Post it", {**FILLED, "minutes": "7"})
    (_c1, _first), (submitted, _post), (looked, again) = engine.asked
    assert submitted.delivery
    assert (looked.delivery, again) == ("", OpenOffer())


async def test_a_form_that_no_longer_opens_says_why_it_was_refused(
    ana: Person, engine: FakeEngine
) -> None:
    await ana.say("offer")
    engine.closed = True
    await ana.press("Post it", {**FILLED, "words": "patient"})
    assert ana.toasts == ["Leave out patient details."]


async def test_a_dialog_opens_fills_refuses_and_answers_in_place(
    ana: Person, engine: FakeEngine
) -> None:
    await ana.say("")
    await ana.press("Make an offer")
    assert (ana.dialog_title, ana.buttons) == ("Make an offer", ["Post it"])
    await ana.press("Post it", {**FILLED, "minutes": "7", "site": "4"})
    assert ana.dialog is not None
    kept = inputs_of(ana.dialog)
    assert (kept["words"]["value"], kept["site"]["value"]) == ("Charts", "4")
    await ana.press("Post it", {"minutes": "1h"})
    assert [offer.site for offer in engine.posted] == [4]
    assert ana.buttons == ["Accept it"]
    await ana.press("Accept it")
    assert engine.accepted == {1}
    assert ana.dialog_title == "Hourbridge"
    assert len(ana.messages) == 1


async def test_a_dialog_that_may_not_open_says_why(ana: Person, engine: FakeEngine) -> None:
    await ana.say("")
    engine.closed = True
    await ana.press("Make an offer")
    assert ana.dialog is not None
    assert "Offers are closed." in ana.dialog["fallbackText"]


async def test_a_fault_of_ours_is_an_apology_with_the_logs_reference_and_no_words(
    ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await ana.say("boom")
        await ana.say("")
        await ana.press("Break")
    for told in (ana.messages[0].text, ana.toasts[0]):
        assert told.startswith("Something went wrong on our side.")
    reference = ana.toasts[0].split(": ")[-1].rstrip(".")
    found = [getattr(record, "reference", "") for record in caplog.records]
    assert reference in found, "the field that operators look for"
    assert "RuntimeError" in [getattr(record, "error", "") for record in caplog.records]
    assert SECRET not in caplog.text
    assert "Ana" not in caplog.text


async def test_an_answer_that_teams_is_too_busy_for_is_sent_once_more(
    ana: Person, teams: FakeTeams
) -> None:
    teams.fail(429, Retry_After="0.1")
    await ana.say("look")
    assert SECRET in ana.screen


async def test_a_card_that_was_deleted_meanwhile_is_answered_afresh(
    teams: FakeTeams, house: House
) -> None:
    bo = Person(teams, house.send, "Bo Ek", old_client=True)
    await bo.say("")
    data = {"hourbridge": {"intent": {"do": "t.accept", "number": 7}}}
    teams.delete(f"{bo.chat_id}|{bo.messages[0].id}")
    await bo.deliver(bo.activity("message", value=data, replyToId="m1"))
    assert bo.screen == "Accepted 7"
