"""The id of a message in Teams is a moment in milliseconds: it is only its conversation's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.teams.fake_teams import FakeTeams
from tests.teams.wired import Wired, wired
from tests.world import World

MOMENT = "1795330800123"


@pytest_asyncio.fixture
async def house(world: World, teams: FakeTeams) -> AsyncIterator[Wired]:
    async with wired(world, teams) as opened:
        yield opened


async def test_two_people_who_write_in_the_same_millisecond_are_both_answered(house: Wired) -> None:
    ana, bo = house.member("Ana Ward"), house.member("Bo Lin")
    assert ana.tenant == bo.tenant
    await ana.say("offer 2h run charts", id=MOMENT)
    await bo.say("offer 1h easy read", id=MOMENT)
    assert "run charts" in ana.screen.lower()
    assert "easy read" in bo.screen.lower()


async def test_a_message_that_comes_again_in_its_conversation_is_answered_once(
    house: Wired,
) -> None:
    ana = house.member("Ana Ward")
    for _time in range(2):
        await ana.say("offer 2h run charts", id=MOMENT)
    assert len(ana.messages) == 1
