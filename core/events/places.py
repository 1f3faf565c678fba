"""Places: count me in, I cannot come, and the queue that moves up by itself."""

from __future__ import annotations

from dataclasses import replace

from core.events.intents import JoinEvent, LeaveEvent
from core.events.model import Event, EventState, Place, PlaceState
from core.events.rights import acting_for, may_come, not_found
from core.events.seeing import card, chosen_ahead, over_or_off
from core.events.telling import PLACE_FREE, places_changed, subject_of
from core.kernel.desk import Desk, Office
from core.kernel.stale import Stale
from core.kernel.texts import Text, _
from core.ui.replies import Reply


def join_event(desk: Desk, intent: JoinEvent) -> Reply:
    """Count the acting member in: a place, or one in the queue. Twice is once."""
    event = chosen_ahead(desk, intent, "join")
    if not isinstance(event, Event):
        return event
    place = desk.books.events.place(event.id, desk.me.id)
    if place is not None and place.state is not PlaceState.LEFT:
        return card(desk, event, _standing_already(place), tone="info")
    if event.host_id == desk.me.id:
        return card(desk, event, _("You host this event, so you are counted in."), tone="info")
    if not may_come(desk, event, desk.me.id):
        raise not_found()
    if why := over_or_off(desk, event):
        return card(desk, event, why, tone="info")
    if desk.books.members.lock(desk.me.id).state is not desk.me.state:
        raise Stale  # left or suspended since they were let in: tried again, they are told so
    # Whoever waits already comes first, should a place be free.
    fill_places(desk, event)
    state = PlaceState.WAITING if _room(desk, event) == 0 else PlaceState.COMING
    new = place or Place(event.id, desk.me.id, 0, state, desk.now)
    desk.books.events.keep_place(
        replace(new, organisation_id=acting_for(desk, event), state=state, at=desk.now)
    )
    places_changed(desk, event)
    if state is PlaceState.COMING:
        return card(desk, event, _("You have a place. See you there."))
    return card(desk, event, _("You are in the queue. Hourbridge tells you when a place is yours."))


def _standing_already(place: Place) -> Text:
    if place.state is PlaceState.COMING:
        return _("You have a place already.")
    return _("You are in the queue already.")


def leave_event(desk: Desk, intent: LeaveEvent) -> Reply:
    """Free the acting member's place, or leave the queue."""
    event = chosen_ahead(desk, intent, "leave event", mine=True)
    if not isinstance(event, Event):
        return event
    place = desk.books.events.place(event.id, desk.me.id)
    if place is None or place.state is PlaceState.LEFT:
        return card(desk, event, _("You have no place at this event."), tone="info")
    if why := over_or_off(desk, event):
        return card(desk, event, why, tone="info")
    desk.books.events.keep_place(replace(place, state=PlaceState.LEFT, at=desk.now))
    if place.state is PlaceState.COMING:
        fill_places(desk, event)
        news = _("You are not coming. Thank you for making room for somebody else.")
    else:
        news = _("You are no longer in the queue.")
    places_changed(desk, event)
    return card(desk, event, news)


def fill_places(office: Office, event: Event) -> int:
    """Give free places to whoever waits longest, and tell them; how many. ``event`` is held."""
    if event.state is not EventState.OPEN or event.ends_at <= office.now:
        return 0
    room = _room(office, event)
    if room == 0:
        return 0
    moved = office.books.events.move_up(event.id, room, office.now)
    office.tell(PLACE_FREE, subject_of(event), moved, {"event": event.id})
    return len(moved)


def _room(office: Office, event: Event) -> int | None:
    """How many more may come; None for any number."""
    if event.capacity is None:
        return None
    coming = office.books.events.counts([event.id])[event.id][PlaceState.COMING]
    return max(0, event.capacity - coming)
