"""What becomes of events when somebody leaves, comes back, or turns out to be somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from core.events.cancel import call_off
from core.events.model import Event, EventState, PlaceState
from core.events.places import fill_places
from core.events.telling import event_changed, places_changed
from core.kernel.desk import Office

_MANY = 10_000


def hosted_ahead(office: Office, member_id: int) -> list[Event]:
    """The open events to come that a member hosts, soonest first."""
    events, _total = office.books.events.ahead(member_id, office.now, 0, _MANY)
    return [one for one in events if one.host_id == member_id]


def step_back(office: Office, member_id: int) -> None:
    """A member takes part no more: what they host is cancelled and everybody told, and the places
    that they held go to whoever waits."""
    for found in hosted_ahead(office, member_id):
        event = office.books.events.lock(found.id)
        if event is not None and event.state is EventState.OPEN:
            call_off(office, event, "", member_id)
    _fill(office, office.books.events.give_up(member_id, office.now))


def come_back_to(office: Office, member_id: int) -> None:
    """A member is back. They were passed over in the queue while they were away; where a place is
    free still, it goes to whoever is first now."""
    events, _total = office.books.events.ahead(member_id, office.now, 0, _MANY)
    places = office.books.events.places_of(member_id, [event.id for event in events])
    _fill(office, [one for one, place in places.items() if place.state is PlaceState.WAITING])


def become_one(office: Office, gone_id: int, kept_id: int) -> None:
    """Two members are one: their events and places move, and a place that both had is free."""
    hosted = hosted_ahead(office, gone_id)
    _fill(office, office.books.events.move(gone_id, kept_id))
    for event in hosted:
        event_changed(office, event)


def _fill(office: Office, event_ids: Sequence[int]) -> None:
    for event_id in sorted(set(event_ids)):
        event = office.books.events.lock(event_id)
        if event is not None:
            fill_places(office, event)
            places_changed(office, event)
