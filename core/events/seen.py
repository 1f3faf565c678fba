"""An event as one reader sees it, and the words for its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from core.events.access import access_words
from core.events.audience import audience_words
from core.events.calendar_words import KINDS
from core.events.model import Event, EventState, Place, PlaceState
from core.kernel.minutes import spoken
from core.kernel.references import reference
from core.kernel.texts import NOTHING, Text, Words, _, plural
from core.ui.views import Fact


@dataclass(frozen=True, slots=True)
class Seen:
    """An event with the names and counts around it, for a reader in ``zone`` at the moment ``now``.

    ``place`` is the reader's own, ``position`` where they stand in the queue. ``hosting``: they
    host it; ``cares``: they may change and cancel it; ``shareable``: it is over and its time may
    be shared among those who came. ``channels`` are where it was announced,
    ``calendar`` and ``poster`` the ways to its files, each for those who get to see them.
    """

    event: Event
    host: Words
    organisation: str
    coming: int
    waiting: int
    now: datetime
    zone: str
    place: Place | None = None
    position: int = 0
    hosting: bool = False
    cares: bool = False
    shareable: bool = False
    channels: tuple[Words, ...] = ()
    calendar: str = ""
    poster: str = ""

    @property
    def ref(self) -> str:
        """What people type for it, such as V-7K2."""
        return reference("V", self.event.id)

    @property
    def ahead(self) -> bool:
        """Whether anybody can still join or change it."""
        return self.event.state is EventState.OPEN and self.event.ends_at > self.now

    @property
    def is_coming(self) -> bool:
        """Whether the reader has a place."""
        return self.place is not None and self.place.state is PlaceState.COMING

    @property
    def is_waiting(self) -> bool:
        """Whether the reader is in the queue."""
        return self.place is not None and self.place.state is PlaceState.WAITING

    @property
    def full(self) -> bool:
        """Whether whoever comes now has to wait for a place."""
        capacity = self.event.capacity
        return capacity is not None and (self.coming >= capacity or self.waiting > 0)

    @property
    def sees_link(self) -> bool:
        """Whether the link to the meeting is for this reader."""
        return bool(self.event.link) and (self.is_coming or self.hosting or self.cares)


def title_of(event: Event) -> Words:
    """What an event is called; what sort it is where the words of its host are gone."""
    return event.title or KINDS[event.kind]


def minutes_of(event: Event) -> int:
    """How long an event takes, in whole minutes."""
    return (event.ends_at - event.starts_at) // timedelta(minutes=1)


def when_words(event: Event) -> Text:
    """When it starts, for the reader, and how long it takes."""
    length = spoken(minutes_of(event))
    return _("{moment}, for {time}", moment=event.starts_at, time=length)


def when_facts(event: Event, zone: str) -> tuple[Fact, ...]:
    """When it is for a reader in ``zone``; and when it is there, where that is another time."""
    when = Fact(_("When"), when_words(event))
    there = event.starts_at.astimezone(ZoneInfo(event.zone)).replace(tzinfo=None)
    here = event.starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if there == here:
        return (when,)
    # The other clock's time, so that the reader's voice says it as it stands.
    moment = there.replace(tzinfo=ZoneInfo(zone))
    return (when, Fact(_("Time where it is held"), _("{moment}", moment=moment)))


def where_words(shown: Seen) -> Words:
    """Where it is. Whoever has no place yet learns that it is online, and no more."""
    event = shown.event
    if not event.link:
        return event.place or _("To be announced")
    if shown.sees_link:
        host = urlsplit(event.link).hostname or ""
        online = _("Online, on {site}", site=host)
    else:
        online = _("Online. You get the link when you have a place")
    return _("{place}. {online}", place=event.place, online=online) if event.place else online


def places_words(shown: Seen) -> Text:
    """How many come, and how many places are left."""
    capacity = shown.event.capacity
    if capacity is None:
        if not shown.coming:
            return _("Nobody is coming yet")
        return plural("{count} person is coming", "{count} people are coming", shown.coming)
    left = _("No places left")
    if capacity > shown.coming:
        left = _("{left} of {capacity} left", left=capacity - shown.coming, capacity=capacity)
    if not shown.waiting:
        return left
    return plural(
        "{left}, {count} person is waiting",
        "{left}, {count} people are waiting",
        shown.waiting,
        left=left,
    )


def facts_of(shown: Seen) -> tuple[Fact, ...]:
    """What everybody who sees the event may know of it, label by label."""
    event = shown.event
    access = access_words(event.access)
    audience = audience_words(event.open_to, event.sector, shown.organisation)
    host = _("{name}, {organisation}", name=shown.host, organisation=shown.organisation)
    return (
        Fact(_("What"), KINDS[event.kind]),
        *when_facts(event, shown.zone),
        Fact(_("Where"), where_words(shown)),
        *((Fact(_("Access"), access),) if access else ()),
        Fact(_("Who may come"), audience),
        *((Fact(_("Places"), places_words(shown)),) if shown.ahead else ()),
        Fact(_("Host"), _("You") if shown.hosting else host),
        Fact(_("Reference"), shown.ref),
    )


def in_a_row(words: Sequence[Words]) -> Words:
    """Names one after another, with commas between them; nothing where there is none."""
    said: Words = NOTHING
    for one in words:
        said = _("{first}, {second}", first=said, second=one) if said else one
    return said
