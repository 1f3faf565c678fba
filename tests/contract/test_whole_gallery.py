"""Nothing is shown to people that the gallery does not show to the contract."""

from __future__ import annotations

import pytest

from core.feature import Feature
from tests.contract.everything import EXAMPLES, HOUSE
from tests.contract.seen import makers, modules, ran_during, unseen


def _shows_something(room: Feature) -> bool:
    return any(verb for verb in room.verbs) or bool(room.notices)


@pytest.mark.parametrize("room", HOUSE.features, ids=lambda room: str(room.name))
def test_every_room_that_answers_people_has_a_gallery_of_its_own(room: Feature) -> None:
    examples = list(room.gallery())
    assert examples or not _shows_something(room)
    assert {example.name.partition(".")[0] for example in examples} <= {room.name}


def test_every_room_of_the_core_is_in_the_house() -> None:
    named = {module.__name__.split(".")[1] for module in modules()}
    rooms = {name for name in named if any(_contributes(name, module) for module in modules())}
    assert rooms == {room.name for room in HOUSE.features}


def _contributes(name: str, module: object) -> bool:
    return getattr(module, "__name__", "") == f"core.{name}.feature"


def test_every_function_that_makes_a_view_is_shown_in_a_gallery() -> None:
    assert unseen() == []


def test_a_view_that_no_gallery_shows_would_be_noticed() -> None:
    import core.home.views as example

    found = {maker.__name__ for maker in makers(example)}
    assert "home_view" in found
    codes = {maker.__code__ for maker in makers(example)}
    assert not codes & ran_during(lambda: None)
    assert len(EXAMPLES) > 100


def test_the_gallery_is_the_same_each_time_it_is_made() -> None:
    first = [*HOUSE.gallery()]
    assert first == [*HOUSE.gallery()]
