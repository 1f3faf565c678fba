"""The channel of an organisation on the local page: what everybody reads, and what one alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession, web

from adapters.local import LocalPlatform, Persona
from core.callers import Address
from core.couriers import Parcel, Refused, Sent, Unreachable
from core.kernel.texts import _
from core.ui.gallery import Sample
from core.ui.intents import Vocabulary, to_wire
from core.ui.views import Actions, Button, Paragraph, view
from core.words import Speech
from tests.local.house import ANA, BO, Accept, Offer, Page, SmallEngine, Words, interpret

CAI = replace(ANA, user="cai", name="Cai Reed")
"""Of the same organisation as Ana."""


def channel(person: Persona) -> str:
    return f"{person.key}/general"


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    engine = SmallEngine()
    vocabulary = Vocabulary([Words, Offer, Accept, Sample])
    platform = LocalPlatform(lambda: [ANA, CAI, BO], engine, interpret, vocabulary)
    app = web.Application()
    platform.add_routes(app)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        page = Page(platform, engine, session, f"http://127.0.0.1:{runner.addresses[0][1]}")
        await page.open_page()
        yield page
    await runner.cleanup()


async def reads(page: Page, seat: str) -> list[dict[str, Any]]:
    """What stands before somebody who opens this seat."""
    found: list[dict[str, Any]] = []
    query = {"who": seat, "since": "0"}
    asked = page.session.get(f"{page.url}/local/stream", params=query, headers=page.proof)
    async with asked as response:
        assert response.status == 200
        event = b""
        while event != b"event: ready\n":
            event = await asyncio.wait_for(response.content.readline(), 10)
            if event == b"event: message\n":
                data = await response.content.readline()
                found.append(json.loads(data.removeprefix(b"data: "))["message"])
    return found


async def act(page: Page, person: Persona, **what: Any) -> dict[str, Any]:
    page.sends += 1
    body = {"person": channel(person), "delivery": f"delivery-{page.sends:04}", **what}
    status, answer = await page.post("/local/act", body)
    assert status == 200, answer
    return answer


def parcel(words: str = "News.", handle: str = "", tenant: str = "northgate") -> Parcel:
    button = Button(_("Accept"), Accept(number=7), "accept")
    shown = view(Paragraph(words), Actions((button,)))
    address = Address("general")
    return Parcel(1, tenant, "", address, shown, Speech(), handle, channel=True)


async def test_what_is_typed_is_read_by_all_and_the_answer_by_one(page: Page) -> None:
    await act(page, ANA, words="here")
    caller, _intent = page.engine.asked[-1]
    assert (caller.private, caller.conversation) == (False, "general")
    mine = await reads(page, channel(ANA))
    assert [(one["kind"], one["alone"]) for one in mine] == [("own", False), ("answer", True)]
    (theirs,) = await reads(page, channel(CAI))
    assert (theirs["kind"], theirs["author"]) == ("other", "Ana Ward")
    assert "here" in theirs["html"]


async def test_another_organisation_has_another_channel(page: Page) -> None:
    await act(page, ANA, words="here")
    assert await reads(page, channel(BO)) == []


async def test_in_ones_own_chat_there_is_no_channel(page: Page) -> None:
    await page.act(ANA, words="here")
    caller, _intent = page.engine.asked[-1]
    assert (caller.private, caller.conversation) == (True, "")
    assert await reads(page, channel(ANA)) == []


async def test_a_post_stands_before_everybody_and_is_edited_in_place(page: Page) -> None:
    sent = await page.platform.courier.deliver(parcel())
    assert isinstance(sent, Sent)
    assert await page.platform.courier.deliver(parcel("Newer.", sent.handle)) == sent
    for person in (ANA, CAI):
        (post,) = await reads(page, channel(person))
        assert "Newer." in post["html"]
        assert (post["kind"], post["alone"]) == ("notice", False)
    assert await reads(page, channel(BO)) == []
    assert await reads(page, ANA.key) == []


async def test_two_people_press_one_post_and_each_reads_their_own_answer(page: Page) -> None:
    sent = await page.platform.courier.deliver(parcel())
    assert isinstance(sent, Sent)
    for person in (ANA, CAI):
        await act(page, person, wire=to_wire(Accept(number=7)), card=sent.handle)
    for person in (ANA, CAI):
        post, answer = await reads(page, channel(person))
        assert "News." in post["html"]
        assert "Accepted 7" in answer["html"]
        assert answer["alone"]


async def test_ones_own_answer_in_a_channel_is_replaced_and_nobody_elses(page: Page) -> None:
    card = (await act(page, ANA, words="card"))["messages"][-1]["id"]
    await act(page, CAI, wire=to_wire(Accept(number=7)), card=card)
    await act(page, ANA, wire=to_wire(Accept(number=7)), card=card)
    mine = [one for one in await reads(page, channel(ANA)) if one["kind"] == "answer"]
    assert [one["id"] for one in mine] == [card]
    assert "Accepted 7" in mine[0]["html"]


async def test_a_reply_quotes_nothing_that_one_person_alone_sees(page: Page) -> None:
    card = (await act(page, ANA, words="card"))["messages"][-1]["id"]
    page.sends += 1
    body = {"person": channel(CAI), "delivery": f"delivery-{page.sends:04}", "words": "and?"}
    status, answer = await page.post("/local/act", {**body, "replyTo": card})
    assert status == 400
    assert "A card" not in json.dumps(answer)


async def test_a_channel_that_is_not_there_cannot_be_reached(page: Page) -> None:
    courier = page.platform.courier
    assert isinstance(await courier.deliver(parcel(tenant="nowhere")), Unreachable)
    other = replace(parcel(), address=Address("secret"))
    assert isinstance(await courier.deliver(other), Unreachable)
    assert isinstance(await courier.deliver(parcel(handle="gone-by-now")), Refused)


@pytest.mark.parametrize(
    "seat", ["nobody/here/general", "general", "/general", "northgate/#general"]
)
async def test_a_forged_seat_is_nobodys(page: Page, seat: str) -> None:
    body = {"person": seat, "delivery": "delivery-0001", "words": "here"}
    status, answer = await page.post("/local/act", body)
    assert status == 400
    assert "no longer here" in answer["error"]
