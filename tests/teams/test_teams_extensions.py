"""The message extension on the wire: dialogs from the compose box and a message, and a search."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from adapters.teams.limits import CARD_BYTES
from adapters.teams.render import size_of
from core.ui.replies import Nothing
from tests.teams.cards import actions_of, inputs_of
from tests.teams.composing import GROUP, Composer, cards_in, message_payload
from tests.teams.extension_engine import (
    Ask,
    ExtensionEngine,
    FindToShare,
    FromMessage,
    extended_house,
)
from tests.teams.fake_engine import SECRET, OpenOffer, PostOffer
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.golden import answers, present
from tests.teams.house import House

LINK = "https://teams.microsoft.com/l/message/19:ward-7@thread.v2/1777885200000"
FILLED = {"words": "Charts", "minutes": "1h"}
_PRESENT = present()
_HINT = "if the change is meant: python -m tests.teams.golden --write"
UNKNOWN = "Hourbridge does not know this command. Type help in our private chat."


@pytest.fixture
def engine() -> ExtensionEngine:
    return ExtensionEngine()


@pytest_asyncio.fixture
async def house(engine: ExtensionEngine) -> AsyncIterator[House]:
    async with extended_house(engine) as house:
        yield house


@pytest.fixture
def composer(ana: Person) -> Composer:
    return Composer(ana)


def test_the_answers_are_as_they_were_reviewed() -> None:
    wanted = asyncio.run(answers())
    assert sorted(wanted) == sorted(_PRESENT), _HINT
    for path, answer in wanted.items():
        assert answer == _PRESENT[path], f"{path}: {_HINT}"


def test_golden_files_hold_nothing_of_the_house_they_came_from() -> None:
    assert Path("extension-found.json") in _PRESENT
    assert not [path for path, answer in _PRESENT.items() if "127.0.0.1" in answer]


# Forms


@pytest.mark.parametrize(("command", "words"), [("offer", ""), ("ask", "ask")])
async def test_a_command_opens_the_form_that_typed_words_open(
    composer: Composer, engine: ExtensionEngine, command: str, words: str
) -> None:
    answer = await composer.opens(command)
    assert answer["task"]["type"] == "continue"
    assert [intent for _caller, intent in engine.asked] == [OpenOffer(words=words)]
    assert composer.person.dialog_title == "Make an offer"
    assert composer.person.messages == []


async def test_a_dialog_refuses_keeps_what_was_typed_and_goes_on_until_nothing_is_left(
    composer: Composer, engine: ExtensionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await composer.opens("offer")
    await composer.presses("Post it", {**FILLED, "minutes": "7", "skills": "excel,spc"})
    card = composer.person.dialog
    assert card is not None
    assert "✗ Time is counted in steps of 15 minutes." in str(card)
    assert inputs_of(card)["words"]["value"] == "Charts"
    await composer.presses("Post it", {"minutes": "1h"})
    assert engine.posted == [
        PostOffer(key="form-1", words="Charts", minutes="1h", skills=("excel", "spc"))
    ]
    await composer.presses("Accept it")
    assert engine.accepted == {1}
    monkeypatch.setattr(engine, "_reply", lambda _intent: Nothing())
    await composer.opens("offer")
    assert composer.person.dialog is None


async def test_a_repeat_closes_the_dialog(
    composer: Composer, engine: ExtensionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await composer.opens("offer")
    monkeypatch.setattr(engine, "_reply", lambda _intent: Nothing())
    assert await composer.presses("Post it", FILLED) is None


async def test_a_refusal_that_no_form_comes_back_from_is_shown_in_the_dialog(
    composer: Composer, engine: ExtensionEngine
) -> None:
    await composer.opens("offer")
    engine.closed = True
    await composer.presses("Post it", {**FILLED, "words": "patient"})
    assert composer.person.dialog is not None
    assert "Leave out patient details." in composer.person.dialog["fallbackText"]


async def test_where_the_extension_is_used_is_never_taken_for_the_persons_own_chat(
    composer: Composer, ana: Person, engine: ExtensionEngine
) -> None:
    one_to_one = {"id": "19:ana_bo@unq.gbl.spaces", "conversationType": "personal"}
    with_another_bot = {"id": "a:ana-and-another-bot", "conversationType": "personal"}
    for where in (GROUP, one_to_one, with_another_bot):
        composer.conversation = where
        await composer.opens("offer")
        await composer.presses("Post it", FILLED)
        await composer.looks("charts")
    assert {caller.address.conversation for caller, _intent in engine.asked} == {""}
    assert {caller.address.user for caller, _intent in engine.asked} == {ana.user}


# A message


async def test_a_message_opens_the_form_with_its_words_and_the_way_back(
    composer: Composer, engine: ExtensionEngine
) -> None:
    await composer.turns('<p>Hi <at id="0">Bo</at>,</p><p>who knows <b>run&nbsp;charts</b>?</p>')
    words = "Hi Bo,\nwho knows run charts?"
    assert [intent for _caller, intent in engine.asked] == [FromMessage(words=words, source=LINK)]
    await composer.presses("Look at it first", {"minutes": "1h"})
    assert engine.asks == [Ask(title=words, details=words, minutes="1h", source=LINK)]


async def test_a_long_message_fits_into_its_dialog_and_into_the_second_try(
    composer: Composer, engine: ExtensionEngine
) -> None:
    await composer.turns("ŵ😀 " * 9_000)
    ((_caller, asked),) = engine.asked
    assert isinstance(asked, FromMessage)
    assert len(asked.words) > 26_000
    await composer.presses("Look at it first", {"minutes": "7"})
    card = composer.person.dialog
    assert card is not None
    assert "steps of 15 minutes" in str(card)
    assert inputs_of(card)["details"]["value"] == asked.words[:2000]
    assert size_of(card) < CARD_BYTES
    await composer.presses("Look at it first", {"minutes": "1h"})
    assert engine.asks[0].details == asked.words[:2000].strip()


@pytest.mark.parametrize(
    "payload",
    [
        None,
        7,
        [],
        {"body": []},
        message_payload(""),
        message_payload("<p>Bed 7</p>", sender={"application": {"id": "x"}}),
    ],
)
async def test_a_message_without_words_of_a_person_opens_an_empty_form(
    composer: Composer, engine: ExtensionEngine, payload: Any
) -> None:
    answer = await composer.opens("turn", messagePayload=payload)
    assert answer["task"]["type"] == "continue"
    ((_caller, asked),) = engine.asked
    assert isinstance(asked, FromMessage)
    assert asked.words == ""


async def test_almost_a_megabyte_of_markup_is_answered(
    composer: Composer, engine: ExtensionEngine
) -> None:
    await composer.turns("<p>" * 100_000 + "words" * 100_000)
    assert composer.person.dialog is not None
    deep = "<div>" * 10_000 + "run charts" + "</div>" * 10_000
    await composer.turns(deep)
    assert inputs_of(composer.person.dialog)["title"]["value"] == "run charts"


# A search


async def test_looking_keeps_no_receipt_and_asks_for_the_page_that_teams_asks_for(
    composer: Composer, engine: ExtensionEngine
) -> None:
    found = await composer.looks("run charts", skip=1, count=2)
    assert len(cards_in(found)) == 2
    ((caller, asked),) = engine.asked
    assert asked == FindToShare(words="run charts", skip=1, count=2)
    assert caller.delivery == ""


async def test_each_result_is_a_card_and_a_preview_in_plain_words(composer: Composer) -> None:
    first = (await composer.looks("run charts"))["attachments"][0]
    assert [action["title"] for action in actions_of(first["content"])] == ["I can help", "See it"]
    assert first["preview"] == {
        "contentType": "application/vnd.microsoft.card.thumbnail",
        "content": {
            "title": "‹b›Run charts‹/b› & more 0",
            "text": "1 hour · Ana Ward, Northgate ‹Trust›",
        },
    }


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (None, FindToShare()),
        ([], FindToShare()),
        ({"skip": "5", "count": None}, FindToShare()),
        ({"skip": -5, "count": True}, FindToShare()),
        ({"skip": 10**30, "count": 10**30}, FindToShare(skip=10_000, count=10_000)),
    ],
)
async def test_a_page_that_no_client_asks_for_is_answered(
    composer: Composer, engine: ExtensionEngine, options: Any, asked: FindToShare
) -> None:
    sent = {"commandId": "find", "queryOptions": options}
    answer = await composer.invokes("composeExtension/query", sent)
    assert answer["composeExtension"]["type"] == "result"
    assert engine.asked[0][1] == asked


@pytest.mark.parametrize(
    "parameters", [None, "charts", [None], [{"name": "words", "value": 7}], [{"value": "charts"}]]
)
async def test_parameters_of_another_shape_look_for_everything(
    composer: Composer, engine: ExtensionEngine, parameters: Any
) -> None:
    sent = {"commandId": "find", "parameters": parameters}
    await composer.invokes("composeExtension/query", sent)
    assert engine.asked[0][1] == FindToShare()


async def test_whoever_has_not_joined_or_is_refused_reads_why(
    composer: Composer, engine: ExtensionEngine
) -> None:
    assert await composer.looks("!") == {
        "type": "message",
        "text": "Use some words, not only signs or emoji.",
    }
    engine.visitor = True
    found = await composer.looks("charts")
    assert found["type"] == "message"
    assert found["text"].startswith("Join Hourbridge first: choose Offer help")


async def test_a_fault_of_ours_in_a_search_is_an_apology_and_holds_no_words(
    composer: Composer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        found = await composer.looks("boom")
    assert found["type"] == "message"
    assert found["text"].startswith("Something went wrong on our side.")
    assert SECRET not in found["text"] + caplog.text


# What no client of ours sends


@pytest.mark.parametrize("name", ["queryLink", "anonymousQueryLink"])
async def test_a_link_is_never_unfurled(
    composer: Composer, engine: ExtensionEngine, name: str
) -> None:
    value = {"url": "https://hourbridge.example/posts/7"}
    answer = await composer.invokes(f"composeExtension/{name}", value)
    assert answer["composeExtension"]["attachments"] == []
    assert engine.asked == []


@pytest.mark.parametrize("name", ["selectItem", "setting", "querySettingUrl", "brandNew", ""])
async def test_what_the_extension_does_not_use_is_acknowledged_and_does_nothing(
    composer: Composer, engine: ExtensionEngine, name: str
) -> None:
    assert await composer.invokes(f"composeExtension/{name}", {"commandId": "find"}) is None
    assert engine.asked == []


@pytest.mark.parametrize(
    "value", [None, "x", [], {}, {"commandId": 7}, {"commandId": ["offer"]}, {"commandId": "mint"}]
)
async def test_an_unknown_command_is_answered_in_words(
    composer: Composer, engine: ExtensionEngine, value: Any
) -> None:
    opened = await composer.invokes("composeExtension/fetchTask", value)
    assert opened == {"task": {"type": "message", "value": UNKNOWN}}
    looked = await composer.invokes("composeExtension/query", value)
    assert looked == {"composeExtension": {"type": "message", "text": UNKNOWN}}
    assert engine.asked == []


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"data": None},
        {"data": {"msteams": {"justInTimeInstall": True}}},
        {"data": {"hourbridge": {"intent": {"do": "ledger.mint"}}}},
    ],
)
async def test_a_forged_form_is_refused_and_nothing_is_asked(
    composer: Composer, engine: ExtensionEngine, value: Any
) -> None:
    answer = await composer.invokes("composeExtension/submitAction", value)
    assert "This button no longer works." in str(answer["task"]["value"]["card"])
    assert engine.asked == []


@pytest.mark.parametrize("action", ["send", "edit"])
async def test_a_preview_that_we_never_sent_is_answered_in_words(
    composer: Composer, engine: ExtensionEngine, action: str
) -> None:
    value = {"botMessagePreviewAction": action, "botActivityPreview": [{}], "commandId": "ask"}
    answer = await composer.invokes("composeExtension/submitAction", value)
    assert answer["task"]["type"] == "message"
    assert "Choose Find help" in answer["task"]["value"]
    assert engine.asked == []


async def test_the_tenant_is_the_one_that_microsoft_vouches_for(
    composer: Composer, ana: Person, engine: ExtensionEngine, teams: FakeTeams
) -> None:
    forged = {"tenant": {"id": "another"}, "tenantId": "another", "aadObjectId": "another"}
    await composer.opens("offer", channelData=forged, **forged)
    payload = message_payload("hi", sender={"user": {"id": "another", "tenantId": "another"}})
    await composer.opens("turn", messagePayload=payload, **forged)
    assert {(one.tenant, one.user) for one, _intent in engine.asked} == {
        (ana.tenant, ana.object_id)
    }
    assert teams.requests == 0
