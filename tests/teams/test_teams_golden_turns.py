"""Dialogs, buttons and messages for one person are answered as the golden files say."""

from __future__ import annotations

import pytest

from tests.teams.golden_turns import FOLDER, SCENES, path_of, played
from tests.world import World


@pytest.mark.parametrize("name", SCENES)
async def test_the_answer_and_what_is_sent_are_those_of_the_golden_file(
    world: World, name: str
) -> None:
    assert await played(name, world) == path_of(name).read_text(encoding="utf-8")


def test_every_golden_file_is_of_a_scene() -> None:
    assert {path.stem for path in FOLDER.glob("*")} == set(SCENES)
