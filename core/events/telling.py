"""Who is told what of an event, and which messages that stand in chats are brought up to date.

A channel's card counts the places, so it changes with every one that is taken; what people have in
their own chats changes only with the event. The two have subjects of their own, so that one more
person coming edits a card in each channel and not a message of everybody who comes.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.model import Audience
from core.events.model import Event, PlaceState
from core.kernel.desk import Office

ANNOUNCED = "events.announced"
CHANGED = "events.changed"
CANCELLED = "events.cancelled"
PLACE_FREE = "events.place"
REMINDER = "events.reminder"
FOLLOW_UP = "events.follow-up"
TO_COMERS = (CHANGED, CANCELLED, PLACE_FREE, REMINDER, FOLLOW_UP)
"""What those who come or wait are told in their own chats."""

_STANDING = (PlaceState.COMING.value, PlaceState.WAITING.value)


def subject_of(event: Event) -> str:
    """The subject of everything that people are told of an event."""
    return f"event:{event.id}"


def card_subject(event: Event) -> str:
    """The subject of its cards in channels."""
    return f"event-card:{event.id}"


def event_changed(office: Office, event: Event) -> None:
    """Bring every message about an event up to date."""
    office.changed(subject_of(event))
    office.changed(card_subject(event))


def places_changed(office: Office, event: Event) -> None:
    """Bring the cards that count its places up to date."""
    office.changed(card_subject(event))


def announce(office: Office, event: Event, conversation_ids: Sequence[int]) -> int:
    """Post the event's card into these channels, once into each; how many are new."""
    new = office.books.events.announce_in(event.id, conversation_ids)
    if new:
        key = f"announced:{event.id}"
        data = {"event": event.id}
        office.tell_channels(ANNOUNCED, card_subject(event), new, data, key=key)
    return len(new)


def tell_all(office: Office, kind: str, event: Event, actor_id: int | None) -> int:
    """Tell everybody who has a place or waits for one, and the host; not whoever did it. How many
    of them have a place or wait."""
    data = {"event": event.id, "sequence": event.sequence}
    without = () if actor_id is None else (actor_id,)
    audience = Audience(event_id=event.id, event_states=_STANDING, without=without)
    told = office.tell_all(kind, subject_of(event), audience, data)
    if event.host_id != actor_id:
        office.tell(kind, subject_of(event), [event.host_id], data)
    return told
