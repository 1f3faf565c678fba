"""The same thing twice: a double click, and an activity that comes again a day or two months later.

Both databases, the real engine, real HTTP.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from core.exchanges.intents import Accept
from core.ui.intents import to_wire
from core.upkeep.feature import RECEIPTS
from tests.exchanges.story import ask
from tests.teams.cards import text_of
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.wired import Wired, pressed, wired
from tests.world import World

DONE = "You have done this."


@pytest_asyncio.fixture
async def house(world: World, teams: FakeTeams) -> AsyncIterator[Wired]:
    async with wired(world, teams) as opened:
        yield opened


@pytest.fixture
def ana(house: Wired) -> Person:
    return house.member("Ana Ward")


@pytest.fixture
def bo(house: Wired) -> Person:
    return house.member("Bo Lin", "COU")


def _proposed(house: Wired, ana: Person, bo: Person) -> int:
    """Bo offers to help Ana, who has asked; the exchange's number."""
    house.inside(bo).types(f"answer {ask(house.inside(ana))}")
    house.inside(bo).fills()
    return house.world.rows("exchanges")


def _read(answer: dict[str, Any]) -> str:
    """What the presser sees."""
    value = answer["value"]
    return text_of(value) if isinstance(value, dict) else str(value)


async def test_a_double_click_has_one_effect_and_both_clicks_are_answered(
    house: Wired, ana: Person, bo: Person
) -> None:
    exchange = _proposed(house, ana, bo)
    wire = to_wire(Accept(exchange=exchange, version=1))
    clicks = [ana.deliver(pressed(ana, wire)) for _click in range(2)]
    said = [_read(answer) for answer in await asyncio.gather(*clicks)]
    assert any("Agreed. Bo Lin has been told." in one for one in said), said
    assert all(said)
    assert "on our side" not in "".join(said)
    assert house.inside(ana).reserved == 60
    house.world.deliver()
    told = [one for one in house.inside(bo).told() if "Ana Ward has accepted." in one.text]
    assert len(told) == 1


async def test_a_form_that_is_sent_twice_at_once_posts_one_thing(house: Wired, ana: Person) -> None:
    await ana.say("ask help with run charts, 1 hour")
    card = ana.messages[-1]
    assert card.card is not None
    action = next(
        element["actions"][0] for element in card.card["body"] if element["type"] == "ActionSet"
    )
    value = {"action": action}
    clicks = [
        ana.activity("invoke", name="adaptiveCard/action", value=value, replyToId=card.id)
        for _click in range(2)
    ]
    said = [_read(answer) for answer in await asyncio.gather(*map(ana.deliver, clicks))]
    assert any("Posted." in one for one in said), said
    assert all(said)
    assert house.world.rows("posts") == 1


async def _acts(house: Wired, ana: Person, bo: Person) -> list[dict[str, Any]]:
    """Something of every kind that Ana does: typed, pressed, sent as a dialog."""
    exchange = _proposed(house, ana, bo)
    dialog = {
        "hourbridge": {
            "intent": {"do": "exchange.message", "exchange": exchange, "key": "k1"},
            "fields": {"words": "text"},
        },
        "words": "By dialog",
    }
    reference = house.inside(ana).types("exchanges").split("E-")[1][:3]
    return [
        ana.activity("message", text=f"message E-{reference} By typing"),
        ana.activity("message", text="ask help with minutes, 30 minutes"),
        ana.activity("invoke", name="task/submit", value={"data": dialog}),
        pressed(ana, to_wire(Accept(exchange=exchange, version=1))),
        ana.activity("message", text="give 15 minutes to Bo Lin"),
    ]


@pytest.mark.parametrize("days", [1, RECEIPTS.days - 1])
async def test_what_comes_again_days_later_has_no_second_effect_and_says_nothing_new(
    house: Wired, ana: Person, bo: Person, days: int
) -> None:
    activities = await _acts(house, ana, bo)
    for activity in activities:
        await ana.deliver(activity)
    assert house.inside(ana).reserved == 60
    assert house.world.rows("messages") == 2
    house.world.later(days=days)
    house.world.runs("upkeep.tidy")
    before, shown = house.contents(), len(ana.messages)
    answers = [await ana.deliver(activity) for activity in activities]
    assert answers[0] is answers[1] is answers[2] is None
    assert _read(answers[3]) == DONE
    assert len(ana.messages) == shown
    assert house.contents() == before


async def test_when_the_receipt_is_tidied_away_too_no_hours_are_set_aside_or_moved_again(
    house: Wired, ana: Person, bo: Person
) -> None:
    activities = await _acts(house, ana, bo)
    for activity in activities:
        await ana.deliver(activity)
    house.world.later(days=RECEIPTS.days + 1)
    house.world.runs("upkeep.tidy")
    before = house.contents()
    answers = [await ana.deliver(activity) for activity in activities]
    assert "This has changed since." in _read(answers[3])
    after = house.contents()
    for table in ("accounts", "entries", "postings", "exchanges", "posts", "gifts"):
        assert after[table] == before[table], table
