"""Whoever joins goes on with what they came for, and nothing that they type there is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from core.kernel.texts import _
from core.words import Speech
from tests.teams.cards import inputs_of, text_of
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.wired import Wired, wired
from tests.world import World


@pytest_asyncio.fixture
async def house(world: World, teams: FakeTeams) -> AsyncIterator[Wired]:
    async with wired(world, teams) as opened:
        yield opened


async def _comes_to_offer_and_joins(house: Wired) -> Person:
    ana = house.visitor("Ana Ward")
    await ana.say("offer easy read")
    await ana.press("Join")
    assert ana.dialog is not None
    await ana.press(ana.buttons[-1], {"shown_name": "Ana Ward", "agree": "yes"})
    return ana


async def test_a_wrong_answer_in_the_form_that_follows_joining_keeps_what_was_typed(
    house: Wired,
) -> None:
    ana = await _comes_to_offer_and_joins(house)
    assert "You have joined" in text_of(ana.dialog or {})
    given = {"title": "Easy read leaflets", "minutes": "soon", "place": "online"}
    await ana.press("Look at it first", given)
    assert ana.dialog is not None
    assert "✗ That is not a length of time we can read." in text_of(ana.dialog)
    kept = inputs_of(ana.dialog)
    assert {name: kept[name]["value"] for name in given} == given
    await ana.press("Look at it first", {"minutes": "45 minutes"})
    assert "Check your offer" in f"{ana.dialog_title}\n{text_of(ana.dialog or {})}"


async def test_a_visitor_is_answered_in_the_language_that_their_teams_has_now(house: Wired) -> None:
    ana = house.visitor("Ana Ward")
    await ana.say("home")
    assert "Welcome to Hourbridge" in ana.last
    ana.locale = "cy-GB"
    await ana.say("home")
    assert ana.last.startswith(Speech("cy")(_("Join Hourbridge first")))
