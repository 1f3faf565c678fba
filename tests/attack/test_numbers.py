"""Numbers that no row has, by every way in: none reaches a verb, and none ends in an apology."""

from __future__ import annotations

import json
from typing import Any, get_type_hints

import pytest

from adapters.local.decode import intent_of, read_act
from adapters.slack.decode import read_value
from adapters.slack.filled import read_filled
from adapters.teams.buttons import KEY
from adapters.teams.decode import press_of
from core.commands import interpreter
from core.features import the_house
from core.kernel.references import LARGEST
from core.ui.intents import Intent, Unreadable, Vocabulary
from tests.world import World

HOUSE = the_house()
VOCABULARY = Vocabulary(HOUSE.verbs)
TOO_LARGE = (LARGEST + 1, -LARGEST - 1, 2**63, -(2**63) - 1, 2**64, 10**400)
EDGES = (LARGEST, -LARGEST, -1)


def numbers_of(kind: type[Intent]) -> list[str]:
    return [name for name, hint in get_type_hints(kind).items() if hint is int]


NUMBERED = [(kind, name) for kind in VOCABULARY for name in numbers_of(kind)]


def test_there_are_verbs_with_numbers() -> None:
    assert len(NUMBERED) > 50


@pytest.mark.parametrize("number", TOO_LARGE, ids=lambda number: f"{str(number)[:21]}")
def test_no_surface_reads_a_number_that_no_row_can_have(number: int) -> None:
    for kind, name in NUMBERED:
        wire = {"do": kind.name, name: number}
        with pytest.raises(Unreadable):
            VOCABULARY.read(wire)
        with pytest.raises(Unreadable):
            VOCABULARY.read({"do": kind.name}, {name: str(number)})
        with pytest.raises(Unreadable):
            read_value(json.dumps(wire), VOCABULARY)
        with pytest.raises(Unreadable):
            _from_slack_form(wire)
        with pytest.raises(Unreadable):
            _from_local_page(wire)
        with pytest.raises(Unreadable):
            press_of({KEY: {"intent": wire}}, VOCABULARY)


def _from_slack_form(wire: dict[str, Any]) -> Intent:
    view = {"private_metadata": json.dumps({"wire": wire}), "state": {"values": {}}}
    filled = read_filled(view)
    return VOCABULARY.read(filled.wire, filled.fields)


def _from_local_page(wire: dict[str, Any]) -> Intent:
    body = {"person": "willow/ana", "delivery": "d" * 16, "wire": wire}
    return intent_of(read_act(json.dumps(body).encode()).what, interpreter(HOUSE), VOCABULARY)


def test_the_largest_and_the_least_number_of_each_verb_are_answered_without_a_fault(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    for kind, name in NUMBERED:
        for number in EDGES:
            ana.does(world.engine.vocabulary.read({"do": kind.name, name: number}))
            assert ana.refused != "failed", (kind.name, name, number)
