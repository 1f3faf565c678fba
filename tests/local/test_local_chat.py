"""Typing, pressing and filling in over real HTTP, and what the person then sees."""

from __future__ import annotations

import asyncio
import json
import re
from html import unescape
from typing import Any

import pytest

from adapters.local.chats import LONGEST
from core.ui.gallery import HOSTILE
from tests.local.house import ANA, BO, OFFER, Accept, Offer, Page, Words


def wire_in(html: str) -> dict[str, Any]:
    """The wire of the first button or form in a fragment."""
    found = re.search(r'data-wire="([^"]*)"', html)
    assert found
    wire: dict[str, Any] = json.loads(unescape(found[1]))
    return wire


async def test_opening_a_pane_shows_that_persons_home(page: Page) -> None:
    status, answer = await page.post("/local/open", {"person": BO.key})
    assert status == 200
    assert "Hello Bo Lin" in answer["messages"][0]["html"]
    caller, intent = page.engine.asked[0]
    assert (caller.platform, caller.tenant, caller.user) == ("local", BO.tenant, BO.user)
    assert intent == Words(words="home")


async def test_opening_again_renews_the_home_and_does_not_pile_up(page: Page) -> None:
    first = (await page.post("/local/open", {"person": ANA.key}))[1]["messages"][0]
    again = (await page.post("/local/open", {"person": ANA.key}))[1]["messages"][0]
    await page.act(words="something else")
    later = (await page.post("/local/open", {"person": ANA.key}))[1]["messages"][0]
    assert again["id"] == first["id"]
    assert later["id"] != first["id"]


async def test_a_home_that_was_acted_upon_stays_when_the_pane_opens_again(page: Page) -> None:
    home = (await page.post("/local/open", {"person": ANA.key}))[1]["messages"][0]
    await page.act(wire={"do": Accept.name}, card=home["id"])
    again = (await page.post("/local/open", {"person": ANA.key}))[1]["messages"][0]
    assert again["id"] != home["id"]


async def test_typed_words_are_shown_and_answered_in_order(page: Page) -> None:
    messages = (await page.act(words=HOSTILE))["messages"]
    assert [message["kind"] for message in messages] == ["own", "answer"]
    for message in messages:
        assert HOSTILE in unescape(message["html"])
        assert "<b>" not in message["html"]


async def test_a_pressed_button_replaces_its_card_in_place(page: Page) -> None:
    card = (await page.act(words="card"))["messages"][1]
    (after,) = (await page.act(wire=wire_in(card["html"]), card=card["id"]))["messages"]
    assert (after["id"], after["kind"]) == (card["id"], "answer")
    assert "Accepted 7" in after["html"]
    assert after["version"] > card["version"]


async def test_a_replacement_without_its_card_is_said_afresh(page: Page) -> None:
    own = (await page.act(words="hello"))["messages"][0]
    for card in ("", "no-such-message", own["id"]):
        (said,) = (await page.act(wire={"do": Accept.name}, card=card))["messages"]
        assert said["id"] != card
        assert said["kind"] == "answer"


async def test_a_card_of_somebody_else_is_not_replaced(page: Page) -> None:
    card = (await page.act(BO, words="card"))["messages"][1]
    (said,) = (await page.act(ANA, wire={"do": Accept.name}, card=card["id"]))["messages"]
    assert said["id"] != card["id"]


async def test_a_refusal_is_a_warning_in_the_chat(page: Page) -> None:
    (_own, said) = (await page.act(words="no"))["messages"]
    assert 'class="note warning"' in said["html"]
    assert "You cannot do that now." in said["html"]


async def test_nothing_to_show_adds_nothing(page: Page) -> None:
    assert [m["kind"] for m in (await page.act(words="nothing"))["messages"]] == ["own"]


async def test_a_form_opens_is_refused_on_its_field_and_then_taken(page: Page) -> None:
    form = (await page.act(words="offer"))["form"]
    assert all(f'data-field="{field.name}"' in form for field in OFFER.fields)
    wire = wire_in(form)
    no = await page.act(wire=wire, fields={"title": "Charts", "minutes": ""})
    assert no["refused"] == {
        "reason": "Type how long it takes.",
        "field": "minutes",
        "language": "en",
    }
    assert no["messages"] == []
    done = await page.act(wire=wire, fields={"title": "Charts", "minutes": "1h", "other": []})
    assert "Charts" in done["messages"][0]["html"]
    assert page.engine.asked[-1][1] == Offer(title="Charts", minutes="1h")


async def test_a_fragment_carries_the_language_of_its_reader(page: Page) -> None:
    page.engine.language = "cy"
    message = (await page.act(words="hello"))["messages"][1]
    assert message["language"] == "cy"
    assert '<div class="card" lang="cy">' in message["html"]


@pytest.mark.parametrize(
    "wire", [{}, {"do": "no.such"}, {"do": 7}, {"do": Accept.name, "number": "; drop table"}]
)
async def test_a_forged_button_is_refused_and_never_reaches_the_engine(
    page: Page, wire: dict[str, Any]
) -> None:
    (said,) = (await page.act(wire=wire, card="x"))["messages"]
    assert "This button no longer works" in said["html"]
    refused = (await page.act(wire=wire, fields={"title": "x"}))["refused"]
    assert refused["reason"].startswith("This button no longer works")
    assert page.engine.asked == []


async def test_a_repeated_send_is_done_once_and_answered_the_same(page: Page) -> None:
    first = await page.act(words="hello", delivery="same-delivery")
    again = await page.act(words="hello", delivery="same-delivery")
    other = await page.act(BO, words="hello", delivery="same-delivery")
    assert again == first
    assert other != first
    assert [caller.delivery for caller, _intent in page.engine.asked] == ["same-delivery"] * 2


async def test_a_repeat_while_the_first_is_under_way_waits_for_it(page: Page) -> None:
    page.engine.gate = asyncio.Event()
    sends = [asyncio.create_task(page.act(words="hi", delivery="delivery-x")) for _n in range(3)]
    await asyncio.sleep(0.1)
    page.engine.gate.set()
    answers = await asyncio.gather(*sends)
    assert answers[0] == answers[1] == answers[2]
    assert len(page.engine.asked) == 1


async def test_a_failure_says_so_and_a_retry_shows_the_words_once(page: Page) -> None:
    page.engine.broken = 1
    body = {"person": ANA.key, "delivery": "delivery-y", "words": "hello"}
    status, answer = await page.post("/local/act", body)
    assert status == 500
    assert answer["error"].startswith("Something went wrong on our side.")
    messages = (await page.act(words="hello", delivery="delivery-y"))["messages"]
    assert messages[0]["id"] == "own-delivery-y"
    assert [message["kind"] for message in messages] == ["own", "answer"]


async def test_a_reply_tells_the_engine_which_message_it_answers(page: Page) -> None:
    about = (await page.act(words="hello"))["messages"][1]
    own = (await page.act(words="yes please", replyTo=about["id"]))["messages"][0]
    assert page.engine.asked[-1][0].reply_to == about["id"]
    assert own["reply"] == "hello"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'"\\ud800"',
        {"delivery": "delivery-1"},
        {"delivery": "short", "words": "hello"},
        {"delivery": "delivery-1", "person": 7, "words": "hello"},
        {"delivery": "delivery-1", "words": ["hello"]},
        {"delivery": "delivery-1", "words": " \n "},
        {"delivery": "delivery-1", "words": "\ud800"},
        {"delivery": "delivery-1", "words": "hello", "replyTo": "no-such-message"},
        {"delivery": "delivery-1", "words": "hello", "person": "nobody/here"},
        {"delivery": "delivery-1", "wire": "accept"},
        {"delivery": "delivery-1", "wire": {"do": Accept.name}, "fields": []},
        {"delivery": "delivery-1", "wire": {"do": Accept.name}, "fields": {"a": 1}},
        {"delivery": "delivery-1", "wire": {"do": Accept.name}, "fields": {"a": [1]}},
    ],
)
async def test_what_the_page_would_not_send_is_refused_with_a_sentence(
    page: Page, body: Any
) -> None:
    sent = {"person": ANA.key, **body} if isinstance(body, dict) else body
    status, answer = await page.post("/local/act", sent)
    assert status == 400
    assert answer["error"].endswith(".")
    assert page.engine.asked == []


async def test_a_body_that_is_too_big_is_refused(page: Page) -> None:
    body = {"person": ANA.key, "delivery": "delivery-1", "words": "x" * 2_000_000}
    status, answer = await page.post("/local/act", body)
    assert status == 413
    assert answer["error"] == "That is too long to send. Shorten it and try again."
    assert page.engine.asked == []


async def test_a_long_text_that_a_form_allows_gets_through_whole(page: Page) -> None:
    words = "عربي" * 5000
    assert words in (await page.act(words=words))["messages"][1]["html"]


async def test_a_chat_keeps_its_newest_messages(page: Page) -> None:
    for number in range(LONGEST // 2 + 5):
        await page.act(words=f"number {number}")
    chats = page.platform._chats
    kept = chats.since(ANA.key, 0)
    assert len(kept) == LONGEST
    assert f"number {LONGEST // 2 + 4}" in kept[-1].shown.html


async def test_everybody_is_listed_with_initials_and_a_colour_of_their_organisation(
    page: Page,
) -> None:
    async with page.session.get(page.url + "/local/people", headers=page.proof) as response:
        people = (await response.json())["people"]
    assert [(one["name"], one["initials"], one["tint"]) for one in people] == [
        ("Ana Ward", "AW", 0),
        ("Bo Lin", "BL", 1),
    ]
    assert [one["key"] for one in people] == ["northgate/ana", "south%2Fmoor/bo%20lin"]
