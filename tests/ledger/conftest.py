"""Two members who may give each other hours."""

from __future__ import annotations

import pytest

from tests.world import Person, World


@pytest.fixture
def ana(world: World) -> Person:
    return world.person("Ana Ward")


@pytest.fixture
def ben(world: World) -> Person:
    return world.person("Ben Okoro", "COU")
