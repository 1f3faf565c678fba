"""What is kept of events, of who comes, and of the hours of their hosts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.events.model import Event, Funnel, HostHours, Place, PlaceState
from core.organisations.model import Sector


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a list of events is for: the organisations they act for, and the sectors of these."""

    member_id: int
    organisation_ids: tuple[int, ...]
    sectors: tuple[Sector, ...]


class EventBook(Protocol):
    """Events, the places at them, and where they were announced."""

    def add(self, event: Event) -> Event:
        """Keep a new event."""
        ...

    def get(self, event_id: int) -> Event | None:
        """The event with this id."""
        ...

    def by_token(self, token: str) -> Event | None:
        """The event behind a link."""
        ...

    def by_code(self, code: str, since: datetime, until: datetime) -> Event | None:
        """The open event with this attendance code, whatever its case, that starts between."""
        ...

    def lock(self, event_id: int) -> Event | None:
        """The same as ``get``, and nobody else changes it or its places before this transaction
        ends."""
        ...

    def save(self, event: Event) -> Event:
        """Keep an event that changed, its version one higher. Raises ``Stale`` where somebody was
        quicker."""
        ...

    def coming_up(
        self, reader: Reader, since: datetime, offset: int, limit: int
    ) -> tuple[Sequence[Event], int]:
        """Open events that end after ``since`` which the reader may come to or hosts, soonest
        first; and how many there are."""
        ...

    def soonest(
        self, reader: Reader, since: datetime, until: datetime, limit: int
    ) -> Sequence[Event]:
        """The first of those that start after ``since`` and before ``until``. Nothing is counted,
        so it costs the same however many there are."""
        ...

    def ahead(
        self, member_id: int, since: datetime, offset: int, limit: int
    ) -> tuple[Sequence[Event], int]:
        """Open events that end after ``since`` which a member hosts, has a place at or waits for,
        soonest first; and how many there are."""
        ...

    def hosted_by(self, member_id: int, offset: int, limit: int) -> tuple[Sequence[Event], int]:
        """A host's events, latest start first; and how many there are."""
        ...

    def starting(self, since: datetime, until: datetime) -> Sequence[Event]:
        """Open events that start from ``since`` and before ``until``."""
        ...

    def unasked(self, since: datetime, until: datetime, key: str) -> Sequence[Event]:
        """Open events that end from ``since`` and before ``until``, and to which somebody came who
        was not told by the notice of this ``key``, with the id of the event behind it."""
        ...

    def place(self, event_id: int, member_id: int) -> Place | None:
        """A member's place at an event."""
        ...

    def places_of(self, member_id: int, event_ids: Sequence[int]) -> Mapping[int, Place]:
        """A member's places at these events, by event."""
        ...

    def places(self, event_id: int) -> Sequence[Place]:
        """Every place at an event, in the order of the queue."""
        ...

    def keep_place(self, place: Place) -> Place:
        """Keep a new place, or one as it is now."""
        ...

    def counts(self, event_ids: Sequence[int]) -> Mapping[int, Mapping[PlaceState, int]]:
        """How many places in each state these events have."""
        ...

    def move_up(self, event_id: int, most: int | None, at: datetime) -> Sequence[int]:
        """Give places to the first ``most`` in the queue, or to all of them, save those who are
        away, those whom the event is no longer for, and those between whom and the host there is a
        block; ids of these members, in order."""
        ...

    def position(self, place: Place) -> int:
        """Where somebody stands in the queue, from 1."""
        ...

    def announced_in(self, event_id: int) -> Sequence[int]:
        """Ids of the conversations that an event was announced in."""
        ...

    def announce_in(self, event_id: int, conversation_ids: Sequence[int]) -> Sequence[int]:
        """Note these conversations; the ids of those that are new."""
        ...

    def funnel(self, event_id: int, told_by: Sequence[str]) -> Funnel:
        """What became of an event; ``told_by`` are the kinds of notice that count as telling."""
        ...

    def of_member(self, member_id: int) -> Sequence[tuple[Event, Place | None]]:
        """All that is kept of a member: events they host, and their places at events."""
        ...

    def move(self, from_member: int, to_member: int) -> Sequence[int]:
        """Two members turn out to be one. Of two places at one event the better one stays; ids of
        the events where a place is free for that."""
        ...

    def give_up(self, member_id: int, at: datetime) -> Sequence[int]:
        """A member takes part no more: they leave every event that ends after ``at``; ids of the
        events whose places have changed."""
        ...

    def forget_words_of(self, member_id: int) -> None:
        """What they wrote goes, of the events they hosted and after those they came to."""
        ...


class HostHoursBook(Protocol):
    """The hours that hosts earn."""

    def of_event(self, event_id: int) -> HostHours | None:
        """The hours of an event's host."""
        ...

    def lock(self, hours_id: int) -> HostHours | None:
        """The same by its own id, held until this transaction ends."""
        ...

    def keep(self, hours: HostHours) -> HostHours:
        """Keep new hours, or some as they are now. Raises ``Stale`` where somebody was quicker."""
        ...

    def waiting(
        self, organisation_ids: Sequence[int], *, community: bool, without_host: int
    ) -> Sequence[tuple[Event, HostHours]]:
        """Hours that wait to be approved from these organisations' pots, and from the community's,
        oldest first; none of cancelled events, none of hosts who take part no more, and none of
        one host."""
        ...

    def due(self, now: datetime, after_id: int, limit: int) -> Sequence[HostHours]:
        """Approved hours, in order of their ids, of hosts who take part still and of events that
        were held: they have ended, and were not cancelled."""
        ...
