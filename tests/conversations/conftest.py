"""A terminal on the world's own database; a champion, and a channel that they may speak in."""

from __future__ import annotations

import pytest

from core.organisations.model import Role
from tests.bot.conftest import empty_terminal, terminal
from tests.world import Channel, Person, World

__all__ = ["empty_terminal", "terminal"]


@pytest.fixture
def ana(world: World) -> Person:
    """A champion of Northgate, in Slack."""
    person = world.person("Ana")
    world.grants(person, Role.CHAMPION, "NGH")
    return person


@pytest.fixture
def room(world: World) -> Channel:
    return world.channel("improvement")
