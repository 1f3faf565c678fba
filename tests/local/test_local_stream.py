"""Deliveries reach every page that shows the person, live, and edits happen in place."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientResponse

from core.callers import Address
from core.couriers import Parcel, Sent, Unreachable
from core.ui.views import Paragraph, view
from core.words import Speech
from tests.local.house import ANA, BO, Page

Event = tuple[str, Any]


def parcel(words: str, handle: str = "", user: str = ANA.user, language: str = "en") -> Parcel:
    return Parcel(1, ANA.tenant, user, Address(), view(Paragraph(words)), Speech(language), handle)


@asynccontextmanager
async def listening(page: Page, **since: int) -> AsyncIterator[ClientResponse]:
    keys = {"ana": ANA.key, "bo": BO.key}
    query = [
        pair
        for who, version in since.items()
        for pair in (("who", keys[who]), ("since", str(version)))
    ]
    async with page.session.get(page.url + "/local/stream", params=query, headers=page.proof) as r:
        assert r.status == 200
        yield r


async def events(response: ClientResponse, count: int) -> list[Event]:
    found: list[Event] = []
    async with asyncio.timeout(5):
        while len(found) < count:
            name = (await response.content.readline()).decode()
            if name.startswith("event: "):
                data = (await response.content.readline()).decode()
                found.append((name[7:].strip(), json.loads(data[6:])))
    return found


async def until(response: ClientResponse, name: str) -> list[Event]:
    found = await events(response, 1)
    while found[-1][0] != name:
        found += await events(response, 1)
    return found


async def sent(page: Page, one: Parcel) -> str:
    outcome = await page.platform.courier.deliver(one)
    assert isinstance(outcome, Sent)
    return outcome.handle


async def test_a_delivery_arrives_live_and_a_later_one_edits_it(page: Page) -> None:
    async with listening(page, ana=0) as first, listening(page, ana=0, bo=0) as second:
        for response in (first, second):
            await until(response, "ready")
        handle = await sent(page, parcel("<i>Bo</i> can help"))
        assert await sent(page, parcel("Bo has agreed", handle, language="cy")) == handle
        for response in (first, second):
            said: list[Any] = []
            while not said or "agreed" not in said[-1]["message"]["html"]:
                said += [
                    data for name, data in await until(response, "message") if name == "message"
                ]
            assert {(one["person"], one["message"]["id"]) for one in said} == {(ANA.key, handle)}
            assert said[-1]["message"]["edited"]
            assert said[-1]["message"]["kind"] == "notice"
            assert said[-1]["message"]["language"] == "cy"
            assert all("<i>" not in one["message"]["html"] for one in said)


async def test_a_page_that_comes_back_gets_only_what_it_has_not_seen(page: Page) -> None:
    old = await sent(page, parcel("old"))
    async with listening(page, ana=0) as response:
        before = await until(response, "ready")
    version = before[0][1]["message"]["version"]
    new = await sent(page, parcel("new"))
    async with listening(page, ana=version) as response:
        after = await until(response, "ready")
    assert [data["message"]["id"] for _name, data in before[:-1]] == [old]
    assert [data["message"]["id"] for _name, data in after[:-1]] == [new]


async def test_what_one_person_does_is_not_told_to_another(page: Page) -> None:
    async with listening(page, bo=0) as response:
        await until(response, "ready")
        await page.act(ANA, words="a secret")
        await page.act(BO, words="hello")
        said = await until(response, "message")
        assert said[-1][1]["person"] == BO.key
        assert "secret" not in json.dumps(said)


async def test_unseen_deliveries_are_counted_until_somebody_sees_them(page: Page) -> None:
    await sent(page, parcel("one"))
    await sent(page, parcel("two"))
    async with listening(page, bo=0) as other:
        assert (await until(other, "waiting"))[-1] == ("waiting", {ANA.key: 2})
        async with listening(page, ana=0) as own:
            await until(own, "ready")
        assert (await until(other, "waiting"))[-1] == ("waiting", {})


async def test_a_person_who_is_not_on_the_page_cannot_be_reached(page: Page) -> None:
    assert isinstance(await page.platform.courier.deliver(parcel("x", user="nobody")), Unreachable)


async def test_a_handle_from_an_earlier_run_is_written_afresh(page: Page) -> None:
    handle = await sent(page, parcel("still here", "handle-of-another-day"))
    assert handle != "handle-of-another-day"


async def test_closing_ends_the_streams_at_once(page: Page) -> None:
    async with listening(page, ana=0) as response:
        await until(response, "ready")
        await page.platform.close()
        async with asyncio.timeout(2):
            await response.content.read()
    await page.platform.close()


@pytest.mark.parametrize(
    "query",
    [
        "who=northgate%2Fana",
        "who=northgate%2Fana&since=x",
        "who=nobody&since=0",
        "since=1",
        "&".join(["who=northgate%2Fana&since=0"] * 3),
    ],
)
async def test_a_stream_asked_for_wrongly_is_refused(page: Page, query: str) -> None:
    url = f"{page.url}/local/stream?{query}"
    async with page.session.get(url, headers=page.proof) as response:
        assert response.status == 400
        assert (await response.json())["error"].endswith(".")
