"""People who are told of asks, and what becomes of that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.delivery.model import DeliveryState
from tests.world import Person, World

LONDON = ZoneInfo("Europe/London")
NEWS, CATCH_UP, NEWS_CATCH_UP = (
    "posts.new-ask",
    "respect.catch-up",
    "respect.catch-up-unasked",
)


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def helper(world: World, name: str = "Ana Ward") -> Person:
    ana = world.person(name)
    ana.types("settings")
    ana.fills(can_help="run charts", told="asks")
    world.deliver()  # the welcome
    return ana


def asks(person: Person, number: int = 1) -> None:
    """Posts, each under a title of its own."""
    for one in range(number):
        person.types(f"ask help with run charts for team {one + 1}, 1 hour")
        person.presses("Post it")


def keeps(person: Person, **said: Any) -> None:
    member_id = person.member.id
    with person.world.store.begin() as books:
        books.preferences.keep(replace(books.preferences.of(member_id), **said))


def states(person: Person, kind: str) -> list[tuple[DeliveryState, str]]:
    """How the deliveries of a kind to somebody stand, oldest first."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        found = books.deliveries.of_member(member_id)
    return [(one.state, one.reason) for one, notice in reversed(found) if notice.kind == kind]
