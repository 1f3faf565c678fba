"""A champion, an event of hers, and people who come to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.events.model import Event, Place, PlaceState
from core.kernel.references import reference
from core.organisations.model import Role
from core.ui.intents import FieldValue
from tests.world import Person, World

LINE = "run charts for beginners, 12 June 2pm, 1 hour, at Northgate Library"
"""An event on Friday 12 June 2026, 39 days after the world begins."""


@dataclass
class Gathering:
    """An event and its host."""

    world: World
    host: Person
    event_id: int
    guests: list[Person] = field(default_factory=list)

    @property
    def event(self) -> Event:
        """The event as it is kept now."""
        with self.world.store.begin() as books:
            found = books.events.get(self.event_id)
        assert found is not None
        return found

    @property
    def ref(self) -> str:
        return reference("V", self.event_id)

    def place_of(self, person: Person) -> Place | None:
        """Somebody's place, as it is kept now."""
        member_id = person.member.id
        with self.world.store.begin() as books:
            return books.events.place(self.event_id, member_id)

    def state_of(self, person: Person) -> PlaceState | None:
        """Where somebody stands."""
        place = self.place_of(person)
        return place.state if place else None

    def counts(self) -> tuple[int, int]:
        """How many come, and how many wait."""
        with self.world.store.begin() as books:
            found = books.events.counts([self.event_id])[self.event_id]
        return found[PlaceState.COMING], found[PlaceState.WAITING]

    def joined_by(self, *people: Person) -> Gathering:
        """Let people count themselves in, one after the other."""
        for person in people:
            person.types(f"join {self.ref}")
            self.guests.append(person)
        return self


def champion(world: World, name: str = "Ana Ward", code: str = "NGH") -> Person:
    """Somebody who is a champion of their organisation."""
    person = world.person(name, code)
    world.grants(person, Role.CHAMPION, code)
    return person


def announced(
    world: World, host: Person | None = None, line: str = LINE, **fields: FieldValue
) -> Gathering:
    """An event announced by a champion; with ``fields``, by its form changed in these."""
    host = host or champion(world)
    host.types(f"event {line}")
    if fields:
        host.presses("Change it")
        host.fills(**fields)
    assert "Check your event" in host.text, host.text
    host.presses("Announce it")
    assert "Announced." in host.text, host.text
    return Gathering(world, host, newest(world, host).id)


def newest(world: World, host: Person) -> Event:
    """The event that a host announced last."""
    member_id = host.member.id
    with world.store.begin() as books:
        events, _total = books.events.hosted_by(member_id, 0, 50)
    return max(events, key=lambda event: event.id)


def edits(gathering: Gathering, **fields: Any) -> str:
    """Let the host change the event by its form; what they read then."""
    gathering.host.types(f"edit {gathering.ref}")
    return gathering.host.fills(**fields)


def delivered(world: World) -> None:
    """Send all that waits, a minute later: the pace of the platforms lets it go by then."""
    world.later(minutes=1)
    world.deliver()
