"""More words than a card holds: whoever typed them hears what to do, and not an apology."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.teams.cards import inputs_of, text_of
from tests.teams.fake_teams import FakeTeams
from tests.teams.wired import Wired, wired
from tests.world import World

STORY = "Long story. " * 2_300
"""Teams lets people type about this much."""


@pytest_asyncio.fixture
async def house(world: World, teams: FakeTeams) -> AsyncIterator[Wired]:
    async with wired(world, teams) as opened:
        yield opened


async def test_a_field_with_far_too_much_in_it_is_refused_and_the_others_stay_filled(
    house: Wired,
) -> None:
    ana = house.member("Ana Ward")
    await ana.say("home")
    await ana.press("Offer help")
    given = {"title": "Easy read", "minutes": "1h"}
    await ana.press("Look at it first", {**given, "details": STORY})
    assert not ana.toasts
    assert ana.dialog is not None
    assert "The longest is 2,000 characters." in text_of(ana.dialog)
    kept = inputs_of(ana.dialog)
    assert {name: kept[name].get("value") for name in given} == given
    await ana.press("Look at it first", {"details": "Leaflets and posters"})
    assert "Check your offer" in f"{ana.dialog_title}\n{text_of(ana.dialog or {})}"
