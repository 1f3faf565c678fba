"""Somebody who has chosen Welsh, and whose Teams speaks English: every word is in Welsh."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from core.kernel.texts import _
from core.words import Speech
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.wired import Wired, pressed, wired
from tests.world import World

ONCE = _("You have done this.")
NO_LONGER = _("This button no longer works. Type home to see where things are now.")
UNKNOWN = _("Hourbridge does not know this command. Type help in our private chat.")


@pytest_asyncio.fixture
async def house(world: World, teams: FakeTeams) -> AsyncIterator[Wired]:
    async with wired(world, teams) as opened:
        yield opened


async def _said(ana: Person) -> list[str]:
    """A press twice, a press on a button long gone, a form of it, and a command unknown here."""
    twice = pressed(ana, {"do": "home.home"})
    opened = ana.activity("invoke", name="composeExtension/fetchTask", value={"commandId": "x"})
    await ana.deliver(twice)
    answers = [await ana.deliver(one) for one in (twice, pressed(ana, {"do": "gone"}), opened)]
    return [answer.get("value") or answer["task"]["value"] for answer in answers]


@pytest.mark.parametrize(
    ("language", "locale", "speaks"), [("cymraeg", "en-GB", "cy"), ("english", "cy-GB", "en")]
)
async def test_what_is_said_beside_the_engine_is_in_the_language_that_was_chosen(
    house: Wired, language: str, locale: str, speaks: str
) -> None:
    ana = house.member("Ana Ward")
    ana.locale = locale
    await ana.say(f"language {language}")
    speech = Speech(speaks)
    assert await _said(ana) == [speech(words) for words in (ONCE, NO_LONGER, UNKNOWN)]


async def test_whoever_was_not_answered_yet_is_told_in_the_language_of_their_teams(
    house: Wired,
) -> None:
    ana = house.member("Ana Ward")
    ana.locale = "cy-GB"
    answer = await ana.deliver(pressed(ana, {"do": "gone"}))
    assert answer["value"] == Speech("cy")(NO_LONGER)
