"""What becomes of a member's events and places when an operator suspends them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from core.events.model import EventState, PlaceState
from core.organisations.model import Role
from tests.bot.terminal import Terminal
from tests.events.gatherings import announced, champion, delivered
from tests.world import World


def test_their_events_are_cancelled_and_their_places_go_to_whoever_waits(
    terminal: Terminal, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(now=lambda _zone: world.now)
    monkeypatch.setattr("bot.commands.members.datetime", clock)
    ana = world.person("Ana Ward", user="UANA")
    world.grants(ana, Role.CHAMPION, "NGH")
    hosted = announced(world, ana)
    other = announced(world, champion(world, "Eve Rhys"), capacity="1")
    ben, cara = world.person("Ben Lowe"), world.person("Cara Nwosu")
    hosted.joined_by(ben)
    other.joined_by(ana, cara)
    terminal.does("member suspend slack:T-NORTHGATE:UANA")
    assert hosted.event.state is EventState.CANCELLED
    assert other.state_of(ana) is PlaceState.LEFT
    assert other.state_of(cara) is PlaceState.COMING
    delivered(world)
    assert len(ben.told("events.cancelled")) == 1
    assert len(cara.told("events.place")) == 1
    assert not ana.told("events.cancelled")
    terminal.does("member restore slack:T-NORTHGATE:UANA")
    assert other.state_of(ana) is PlaceState.LEFT
