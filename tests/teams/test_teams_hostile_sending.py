"""Teams is too busy for one tenant, and an app goes in the middle of a send: with the real pump."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest_asyncio

from tests.story.chats import Friend
from tests.story.in_teams import TeamsFriend
from tests.story.stage import Scene
from tests.story.town import Town, open_town
from tests.teams.fake_teams import FakeTeams, Person

BUSY = "7f000000-0000-4000-8000-0000000000bb"


@pytest_asyncio.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    async with open_town(database_url) as opened:
        yield opened


async def _agreed(town: Town, ana: Friend, bo: Friend) -> str:
    """Bo helps Ana; the exchange's reference."""
    scene = await Scene(town, ana, bo).agreed()
    await town.settles()
    return scene.exchange


async def _in_busy_tenant(town: Town, busy: FakeTeams) -> TeamsFriend:
    """Bo, of the council, in a tenant of its own that has a connector of its own."""
    with town.store.begin() as books:
        council = books.organisations.by_code("COU")
        assert council is not None
        books.tenants.approve("teams", BUSY, [council.id], town.program.engine.clock())

    async def send(activity: dict[str, Any]) -> aiohttp.ClientResponse:
        return await town.http.post(f"{town.url}/api/messages", json=activity)

    return TeamsFriend(Person(busy, send, "Bo Lin", tenant=BUSY), "COU")


async def _until(so: Callable[[], bool]) -> None:
    """Wait until that is so."""
    patience = time.monotonic() + 20
    while not so():
        assert time.monotonic() < patience
        await asyncio.sleep(0.05)


def _waiting(town: Town) -> list[str]:
    """The kinds of the notices that have no outcome yet."""
    return [kind for kind, state, _behind in town.deliveries() if state == "waiting"]


def _is_held(town: Town) -> bool:
    """Whether the busy tenant is written to no more for now."""
    with town.store.begin() as books:
        return books.deliveries.held_until("teams", BUSY) is not None


async def test_one_tenant_that_is_told_to_wait_holds_nobody_else_up(
    town: Town, teams: FakeTeams
) -> None:
    ana, cai = town.in_slack("Ana Ward"), town.in_teams("Cai Rees")
    bo = await _in_busy_tenant(town, teams)
    for friend in (ana, cai, bo):
        await friend.joins()
    with_bo, with_cai = await _agreed(town, ana, bo), await _agreed(town, ana, cai)
    teams.fail(429, Retry_After="3600")
    asked = teams.requests
    await ana.types(f"message {with_bo} Held back")
    await _until(lambda: _is_held(town))
    for number in range(3):
        await ana.types(f"message {with_cai} Number {number}")
        await ana.types(f"message {with_bo} Held back too")
        await cai.hears(f"Number {number}")
    assert teams.requests == asked + 1, "what Teams has asked for is kept to"
    assert "Held back" not in bo.reads()
    await _until(lambda: _waiting(town) == ["exchange.message"] * 4)


async def test_what_had_to_wait_arrives_once_when_the_time_is_over(
    town: Town, teams: FakeTeams
) -> None:
    ana = town.in_slack("Ana Ward")
    bo = await _in_busy_tenant(town, teams)
    for friend in (ana, bo):
        await friend.joins()
    with_bo = await _agreed(town, ana, bo)
    teams.fail(429, Retry_After="1")
    await ana.types(f"message {with_bo} Which day suits you?")
    await bo.hears("Which day suits you?")
    await town.settles()
    assert bo.reads().count("Which day suits you?") == 1


async def test_an_app_taken_out_in_the_middle_of_a_send_is_told_later_when_it_is_back(
    town: Town,
) -> None:
    ana, bo = town.in_slack("Ana Ward"), town.in_teams("Bo Lin", "COU")
    for friend in (ana, bo):
        await friend.joins()
    with_bo = await _agreed(town, ana, bo)
    town.teams.fail(403, code="BotNotInConversationRoster")
    await ana.types(f"message {with_bo} Sent while it went")
    await town.settles()
    gone = bo.person.activity("installationUpdate", action="remove")
    await bo.person.deliver(gone)
    asked = town.teams.requests
    said = await ana.types(f"message {with_bo} Sent while it was gone")
    assert "Bo Lin is away at the moment" in said
    await _until(lambda: not _waiting(town))
    assert town.teams.requests == asked, "nobody is written to where the app is not"
    assert "Sent while it" not in bo.reads()
    await bo.person.install()
    await bo.hears("Sent while it went")
    await town.settles()
    assert bo.reads().count("Sent while it went") == 1
