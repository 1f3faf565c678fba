"""Looking an event up for one member: whether they may, and all that they then see of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.conversations.naming import where
from core.events.calendar import calendar_url, poster_url
from core.events.intents import (
    CopyEvent,
    JoinEvent,
    LeaveEvent,
    ListComing,
    OpenCancelEvent,
    OpenEditEvent,
)
from core.events.model import Event, EventState, PlaceState
from core.events.rights import looks_after, may_see, not_found
from core.events.seen import Seen
from core.events.views import choose_view, event_view
from core.exchanges.seeing import name_of
from core.groups.earning import pot_asked
from core.kernel.desk import Desk, Office
from core.kernel.refusals import Refusal
from core.kernel.texts import NOTHING, Text, Words, _
from core.members.model import Member
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Button

CHOICES = 10
"""How many candidates are listed where typed words may mean several."""

OnEvent = JoinEvent | LeaveEvent | OpenEditEvent | OpenCancelEvent | CopyEvent | ListComing


def visible(desk: Desk, event_id: int) -> Event:
    """An event that the acting member may see; refuses the rest all in the same words."""
    event = desk.books.events.get(event_id) if event_id > 0 else None
    if event is None or not may_see(desk, event, desk.me.id):
        raise not_found()
    return event


def held(desk: Desk, event_id: int) -> Event:
    """The same, held until the transaction ends."""
    event = desk.books.events.lock(event_id) if event_id > 0 else None
    if event is None or not may_see(desk, event, desk.me.id):
        raise not_found()
    return event


def cared_for(desk: Desk, event_id: int) -> Event:
    """An event that the acting member looks after, held. Whoever may only see it is told so."""
    event = held(desk, event_id)
    if not looks_after(desk, event, desk.me.id):
        raise Refusal(
            _("Only the host, an organisation lead or a system administrator can do that."),
            code="not-yours",
        )
    return event


def over_or_off(office: Office, event: Event) -> Text:
    """Why nobody can join or change an event any more; nothing where they can."""
    if event.state is EventState.CANCELLED:
        return _("This event is cancelled.")
    if event.ends_at <= office.now:
        return _("This event is over.")
    return NOTHING


def chosen_ahead(
    desk: Desk, intent: OnEvent, word: str, *, mine: bool = False, hosting: bool = False
) -> Event | Reply:
    """The event that a verb means, held: the one named, else the only one ahead that fits.

    ``mine``: one that the member has a place at or waits for; ``hosting``: one that they look
    after. Lists the candidates, each with a button for ``word``, where more than one fits.
    """
    if intent.event:
        return cared_for(desk, intent.event) if hosting else held(desk, intent.event)
    fitting = _fitting(desk, mine=mine, hosting=hosting)
    if not fitting:
        raise Refusal(_NOTHING_FITS[mine, hosting], code="nothing-fits")
    if len(fitting) == 1:
        return held(desk, fitting[0].id)
    rows = [
        (one, Button(_("This one"), replace(intent, event=one.event.id), f"{word} {one.ref}"))
        for one in seen_many(desk, fitting[:CHOICES], desk.me)
    ]
    return Say(choose_view(rows, more=len(fitting) > CHOICES))


_NOTHING_FITS = {
    (False, False): _("Which event? Type events to see what is coming up."),
    (True, False): _("You have no place at an event to come. Type events to see them."),
    (False, True): _("You host no event to come. Type event to announce one."),
}


def _fitting(desk: Desk, *, mine: bool, hosting: bool) -> Sequence[Event]:
    if not (mine or hosting):
        return ()
    events, _total = desk.books.events.ahead(desk.me.id, desk.now, 0, CHOICES * 2)
    if hosting:
        return [one for one in events if one.host_id == desk.me.id]
    places = desk.books.events.places_of(desk.me.id, [one.id for one in events])
    return [
        one for one in events if one.id in places and places[one.id].state is not PlaceState.LEFT
    ]


def seen(office: Office, event: Event, reader: Member) -> Seen:
    """One event as a member sees it."""
    found = seen_many(office, [event], reader)[0]
    if found.place is not None and found.place.state is PlaceState.WAITING:
        found = replace(found, position=office.books.events.position(found.place))
    cares = looks_after(office, event, reader.id)
    if cares or found.is_coming:
        found = replace(found, calendar=calendar_url(office, event, reader.id))
    if cares:
        poster = poster_url(office, event, reader.language)
        found = replace(found, poster=poster, channels=_channels(office, event))
    if found.hosting and not found.ahead:
        free = event.state is EventState.OPEN and not pot_asked(office, event)
        found = replace(found, shareable=free)
    return replace(found, cares=cares)


def seen_many(office: Office, events: Sequence[Event], reader: Member) -> list[Seen]:
    """Events as one of a list shows them to a member."""
    if not events:
        return []
    ids = [event.id for event in events]
    counts = office.books.events.counts(ids)
    places = office.books.events.places_of(reader.id, ids)
    hosts = office.books.members.many([event.host_id for event in events])
    return [
        Seen(
            event,
            name_of(hosts[event.host_id]),
            office.books.organisations.get(event.organisation_id).name,
            counts[event.id][PlaceState.COMING],
            counts[event.id][PlaceState.WAITING],
            office.now,
            reader.zone,
            places.get(event.id),
            hosting=event.host_id == reader.id,
        )
        for event in events
    ]


def seen_by_all(office: Office, event: Event, zone: str) -> Seen:
    """One event as a channel shows it, to everybody who reads along."""
    host = office.books.members.get(event.host_id)
    counts = office.books.events.counts([event.id])[event.id]
    return Seen(
        event,
        name_of(host),
        office.books.organisations.get(event.organisation_id).name,
        counts[PlaceState.COMING],
        counts[PlaceState.WAITING],
        office.now,
        zone,
    )


def _channels(office: Office, event: Event) -> tuple[Words, ...]:
    found = (
        office.books.conversations.get(one) for one in office.books.events.announced_in(event.id)
    )
    return tuple(where(one) for one in found if one is not None)


def card(desk: Desk, event: Event, news: Text = NOTHING, *, tone: str = "success") -> Reply:
    """The event's card as it now stands for the acting member, with what has just happened."""
    return Replace(event_view(seen(desk, event, desk.me), news, tone))
