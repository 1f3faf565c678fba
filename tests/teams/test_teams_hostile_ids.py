"""Activities that Microsoft has signed and that want what is not theirs, with the real engine."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import fields
from typing import Any, get_type_hints

import pytest_asyncio

from core.exchanges.intents import Accept
from core.ui.intents import Intent, to_wire
from tests.attack.arena import SECRET, Arena
from tests.attack.monsters import IDS, SHAPES, STRINGS
from tests.exchanges.story import ask
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.wired import SOUTHGATE, WESTSHIRE, Wired, pressed, wired
from tests.world import World

RARE = {"members.leave-now", "members.merge"}
"""Would soon leave nobody to forge with."""


@pytest_asyncio.fixture
async def house(world: World, teams: FakeTeams) -> AsyncIterator[Wired]:
    async with wired(world, teams) as opened:
        yield opened


def _proposed(house: Wired) -> tuple[Person, int]:
    """Bo of the council offers to help Ana of Southgate, who has asked; the exchange's number."""
    ana, bo = house.member("Ana Ward"), house.member("Bo Lin", "COU")
    house.inside(bo).types(f"answer {ask(house.inside(ana))}")
    house.inside(bo).fills()
    return ana, house.world.rows("exchanges")


async def test_a_card_that_names_an_exchange_of_others_is_refused_and_nothing_is_stored(
    house: Wired,
) -> None:
    _ana, exchange = _proposed(house)
    fay = house.member("Fay Lund")
    named = [kind for kind in house.world.engine.vocabulary if "exchange" in get_type_hints(kind)]
    assert len(named) > 20
    before = house.contents()
    for kind in named:
        wire = {"do": kind.name, "exchange": exchange, "minutes": "1 hour", "words": "Hello"}
        answer = await fay.deliver(pressed(fay, wire))
        assert "Bo Lin" not in str(answer), kind.name
        assert house.contents() == before, kind.name
    assert "Bo Lin" not in fay.screen


async def test_the_same_object_id_in_another_tenant_is_another_person(house: Wired) -> None:
    ana, exchange = _proposed(house)
    twin = house.visitor("Ana Ward", WESTSHIRE)
    twin.object_id = ana.object_id
    answer = await twin.deliver(pressed(twin, to_wire(Accept(exchange=exchange))))
    assert "Agreed" not in f"{answer} {twin.screen}"
    assert house.inside(ana).reserved == 0


async def test_ids_that_a_card_carries_say_nothing_of_who_presses_it(house: Wired) -> None:
    ana, exchange = _proposed(house)
    fay = house.member("Fay Lund", "COU")
    forged = pressed(fay, to_wire(Accept(exchange=exchange)), aside=True)
    theirs: dict[str, Any] = {
        "tenant": SOUTHGATE,
        "user": ana.object_id,
        "from": {"id": ana.user, "aadObjectId": ana.object_id},
        "channelData": {"tenant": {"id": SOUTHGATE}},
    }
    forged["value"] |= theirs
    forged["value"]["action"]["data"] |= theirs
    before = house.contents()
    await fay.deliver(forged)
    assert house.contents() == before


def _forged_wires(vocabulary: Any, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Arguments that no button of ours carries, for every intent in turn."""
    for kind in vocabulary:
        if kind.name not in RARE:
            yield {
                "do": kind.name,
                **{name: _monster(kind, name, chance) for name in _fields(kind)},
            }


def _fields(kind: type[Intent]) -> list[str]:
    return [field.name for field in fields(kind)]


def _monster(kind: type[Intent], name: str, chance: random.Random) -> Any:
    if chance.random() < 0.1:
        return chance.choice([one for one in SHAPES if not isinstance(one, float)])
    if get_type_hints(kind)[name] is int:
        return chance.choice((*range(1, 9), *IDS[:5]))
    return chance.choice([one for one in STRINGS if one.isprintable() and len(one) < 5_000])


def _ways(person: Person, wire: dict[str, Any]) -> list[dict[str, Any]]:
    """The same forged data as a press, a dialog, an old client's submit, and an extension's."""
    form = {"intent": wire, "opened_by": wire, "fields": {"words": "text"}}
    data = {"hourbridge": form, "words": "Hello"}
    value = {"commandId": "ask", "data": data}
    return [
        pressed(person, wire),
        person.activity("invoke", name="task/fetch", value=value),
        person.activity("invoke", name="task/submit", value=value),
        person.activity("message", value=data, replyToId="m1"),
        person.activity("invoke", name="composeExtension/submitAction", value=value),
    ]


async def test_forged_data_of_every_intent_breaks_nothing_and_shows_nothing_of_others(
    house: Wired,
) -> None:
    arena = Arena(house.world)
    arena.fill()
    fay = house.member("Fay Lund", "COU")
    wires = list(_forged_wires(house.world.engine.vocabulary, random.Random(5)))
    assert len(wires) > 80
    for number, wire in enumerate(wires * 2):
        # The second time round each intent comes another way.
        activity = _ways(fay, wire)[(number + number // len(wires)) % 5]
        response = await house.posts(activity)
        said = await response.text()
        assert response.status == 200, activity["value"]
        assert "on our side" not in said, activity["value"]
        assert SECRET not in said, activity["value"]
    assert "on our side" not in fay.screen
    assert SECRET not in fay.screen
    assert arena.breaches() == []
