"""Every verb with arguments that no button of ours carries, from everybody who may send them.

Whatever is sent: nothing of ours breaks, no hours come from nowhere, and nobody reads what two
others wrote for each other.
"""

from __future__ import annotations

import random
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchanges.safety_intents import OpenReport
from core.features import the_house
from core.kernel.references import LARGEST, read_reference
from core.kernel.texts import storable
from core.ledger.intents import Give
from core.ui.intents import Intent, Unreadable, Vocabulary
from tests.attack.arena import SECRET, Arena
from tests.attack.monsters import IDS, SHAPES, STRINGS
from tests.world import World

FORGED = 700
TYPED = 500
RARE = {"members.leave-now", "members.merge"}
"""Would soon leave nobody to forge with."""

VOCABULARY = Vocabulary(the_house().verbs)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
ARGUMENTS = sorted({name for kind in VOCABULARY for name in get_type_hints(kind)} - {"name"})
WIRES = st.fixed_dictionaries(
    {"do": st.sampled_from([kind.name for kind in VOCABULARY]) | JSON},
    optional={name: JSON | st.sampled_from(STRINGS) | st.sampled_from(IDS) for name in ARGUMENTS},
)


@settings(max_examples=150, deadline=None)
@given(WIRES)
def test_any_wire_becomes_an_intent_that_can_be_kept_or_is_unreadable(wire: dict[str, Any]) -> None:
    try:
        intent = VOCABULARY.read(wire)
    except Unreadable:
        return
    for name in get_type_hints(type(intent)).keys() - {"name", "opens_form", "kept_for_joining"}:
        value = getattr(intent, name)
        if isinstance(value, int):
            assert abs(value) <= LARGEST
        for words in (value,) if isinstance(value, str) else ():
            assert "\x00" not in words
            words.encode()


def test_half_letters_and_nul_are_dropped_and_whole_letters_stay() -> None:
    assert storable("a\x00b\ud800c") == "abc"
    assert storable("\ud83d\ude00 Siân \ufeff") == "\U0001f600 Siân \ufeff"


def test_a_reference_too_large_for_any_row_names_none_that_is_there() -> None:
    assert read_reference("E-ZZZZZZZZZ") == ("E", LARGEST)


def _forged(kind: type[Intent], chance: random.Random) -> dict[str, Any]:
    wire: dict[str, Any] = {"do": kind.name}
    for name, hint in get_type_hints(kind).items():
        way = chance.random()
        if name in ("name", "opens_form", "kept_for_joining") or way < 0.1:
            continue
        if way < 0.2:
            wire[name] = chance.choice(SHAPES)
        elif hint is int:
            wire[name] = chance.choice(IDS)
        elif hint is bool:
            wire[name] = chance.choice((True, False, "yes", ""))
        else:
            wire[name] = chance.choice(STRINGS)
    return wire


def test_no_forged_intent_breaks_leaks_or_makes_hours(world: World) -> None:
    arena = Arena(world)
    arena.fill()
    assert arena.breaches() == []
    chance = random.Random(11)
    kinds = [kind for kind in world.engine.vocabulary if kind.name not in RARE]
    for _turn in range(FORGED):
        wire = _forged(chance.choice(kinds), chance)
        try:
            intent = world.engine.vocabulary.read(wire)
        except Unreadable:
            continue
        who = chance.choice(arena.everybody)
        said = who.does(intent)
        assert who.refused != "failed", f"{who.caller.name}: {str(wire)[:300]}"
        assert who not in arena.third_parties or SECRET not in said, f"{who.caller.name}: {wire}"
    world.deliver()
    assert arena.breaches() == []


def test_no_typed_line_breaks_leaks_or_makes_hours(world: World) -> None:
    arena = Arena(world)
    arena.fill()
    chance = random.Random(12)
    words = sorted({word for command in world.house.commands for word in command.words})
    for _turn in range(TYPED):
        rest = [chance.choice(STRINGS) for _part in range(chance.randint(0, 3))]
        line = f"{chance.choice(('', '/'))}{chance.choice((*words, ''))} {' '.join(rest)}"
        who = chance.choice(arena.everybody)
        said = who.types(line)
        assert who.refused != "failed", f"{who.caller.name}: {line[:300]!r}"
        assert who not in arena.third_parties or SECRET not in said, f"{who.caller.name}: {line}"
    world.deliver()
    assert arena.breaches() == []


@pytest.mark.parametrize("line", ["accept E-ZZZZZZZZZ", "answer A-ZZZZZZZZZ", "report E-ZZZZZZZZZ"])
def test_a_reference_beyond_every_row_is_not_found(world: World, line: str) -> None:
    ana = world.person("Ana Ward")
    ana.types(line)
    if ana.refused != "not-found":
        ana.fills(words="Something is wrong")
    assert ana.refused == "not-found"


@pytest.mark.parametrize("words", ["x" * 120_000, "a b c " * 5_000])
def test_a_name_longer_than_any_is_nobodys(world: World, words: str) -> None:
    ana = world.person("Ana Ward")
    ana.does(Give(who=words, minutes="15 minutes"))
    assert ana.refused == "nobody"
    ana.does(OpenReport(what=words))
    assert ana.refused != "failed"
