"""Every view and form of the room of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from core.events.access import packed
from core.events.choices import Choices
from core.events.content import Content, content_of_event, form_of
from core.events.draft_views import dropped_view, preview_view
from core.events.forms import cancel_form, event_form
from core.events.intents import CancelEvent, FillEvent, JoinEvent, ListEvents
from core.events.list_views import Comer, coming_view, events_view, my_events_view
from core.events.model import Event, EventKind, EventState, Place, PlaceState
from core.events.model import Open as OpenTo
from core.events.reading import DETAILS_LONGEST, PLACE_LONGEST, TITLE_LONGEST
from core.events.seen import Seen
from core.events.views import channel_view, choose_view, event_view
from core.kernel.texts import _
from core.organisations.model import Organisation, Sector
from core.safety.free_text import with_tick
from core.ui.forms import Option
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Button
from core.words import Speech

_NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
_TRUST = Organisation("NGH", "Northgate Hospital Trust", Sector.NHS_TRUST, id=1)
_COUNCIL = Organisation("COU", "Westshire Council", Sector.COUNCIL, id=3)
_PAGE = "https://hourbridge.example/events/Jx0hQp3w"

EVENT = Event(
    EventKind.LEARNING,
    "Run charts for beginners",
    1,
    1,
    datetime(2026, 6, 12, 13, tzinfo=UTC),
    datetime(2026, 6, 12, 14, 30, tzinfo=UTC),
    _NOW,
    "Jx0hQp3w@hourbridge",
    "Jx0hQp3w",
    details="We draw a run chart together, from data that you bring or from ours.",
    place="Seminar Room 2, Northgate Library",
    link="https://teams.microsoft.com/l/meetup-join/19%3ameeting",
    access=packed(("step-free", "hearing-loop"), "Ring the bell at the side door"),
    capacity=20,
    id=42,
)
OPEN = Seen(EVENT, "Ana Ward", "Northgate Hospital Trust", 13, 0, _NOW, "Europe/London")
_PLACE = Place(42, 7, 3, PlaceState.COMING, _NOW, id=5)
_COMING = replace(OPEN, place=_PLACE, coming=14, calendar=f"{_PAGE}/event.ics?key=4f2a")
_FULL = replace(OPEN, coming=20, waiting=3)
_WAITING = replace(_FULL, place=replace(_PLACE, state=PlaceState.WAITING), position=3)
_HOST = replace(
    OPEN,
    hosting=True,
    cares=True,
    channels=("#qi-community in Northgate", "Improvement in Westshire Council"),
    poster=f"{_PAGE}/poster.pdf?lang=en",
)
_DROP_IN = replace(
    EVENT,
    kind=EventKind.DROP_IN,
    title="QI clinic",
    details="",
    place="",
    access="",
    capacity=None,
    open_to=OpenTo.ORGANISATION,
    id=43,
)
_VISIT = replace(
    EVENT,
    kind=EventKind.VISIT,
    title="Visit to the pharmacy robot",
    link="",
    open_to=OpenTo.SECTOR,
    sector=Sector.NHS_TRUST,
    id=44,
)


def _is(shown: Seen, **changed: object) -> Seen:
    """``shown`` with its event changed."""
    return replace(shown, event=replace(shown.event, **changed))  # type: ignore[arg-type]


def examples() -> Iterator[Example]:
    """Forms, previews, cards and lists, from empty to as full as they get."""
    yield from _forms()
    yield from _drafts()
    yield from _cards()
    yield from _channels()
    yield from _lists()


def _forms() -> Iterator[Example]:
    one = Choices((_TRUST,))
    many = Choices(
        (_TRUST, _COUNCIL),
        (
            Option("3", "#qi-community in Northgate (Slack)"),
            Option("8", "Improvement in Westshire Council (Microsoft Teams)"),
        ),
    )
    yield Example("events.form-empty", event_form(FillEvent(), one))
    filled = form_of(content_of_event(EVENT), FillEvent(channels=("3",)), Speech())
    filled = replace(filled, channels=("3",))
    yield Example("events.form-filled", event_form(filled, many))
    doubt = _("This may be about a patient.")
    yield Example("events.form-in-doubt", with_tick(event_form(filled, many), doubt))
    yield Example("events.form-edit", event_form(replace(filled, event=42, version=3), many))
    copied = replace(filled, starts="", copied_from=42)
    news = _("This is a copy. Choose its day and time.")
    yield Example("events.form-copy", event_form(copied, many, news))
    crowded = Choices((_TRUST,), many.channels, more=True)
    yield Example("events.form-many-channels", event_form(filled, crowded))
    yield Example("events.form-cancel", cancel_form(EVENT, CancelEvent(), 14))
    yield Example("events.form-cancel-nobody", cancel_form(EVENT, CancelEvent(), 0))


def _drafts() -> Iterator[Example]:
    content = content_of_event(EVENT)
    channels = ("#qi-community in Northgate (Slack)", "Improvement (Microsoft Teams)")
    name = _TRUST.name
    yield Example("events.preview", preview_view(5, content, name, channels))
    bare: Content = content_of_event(_DROP_IN)
    late = _("Its start has passed. Change it first.")
    yield Example("events.preview-no-channel", preview_view(5, bare, name, (), late))
    yield Example("events.preview-visit", preview_view(5, content_of_event(_VISIT), name, channels))
    hostile = replace(content, title=HOSTILE, details=HOSTILE, place=HOSTILE)
    yield Example("events.preview-hostile", preview_view(5, hostile, name, (HOSTILE,)))
    yield Example("events.dropped", dropped_view())


def _cards() -> Iterator[Example]:
    yield Example("events.card", event_view(OPEN))
    yield Example("events.card-full", event_view(_FULL))
    yield Example("events.card-coming", event_view(_COMING))
    joined = event_view(_COMING, _("You have a place. See you there."))
    yield Example("events.card-joined", joined)
    yield Example("events.card-waiting", event_view(_WAITING))
    yield Example("events.card-host", event_view(_HOST))
    lead = replace(_HOST, hosting=False)
    yield Example("events.card-lead", event_view(lead, _("The event is changed.")))
    yield Example("events.card-elsewhere", event_view(replace(OPEN, zone="Europe/Athens")))
    nobody = replace(OPEN, event=_DROP_IN, coming=0)
    yield Example("events.card-nobody", event_view(nobody))
    yield Example("events.card-drop-in", event_view(replace(OPEN, event=_DROP_IN)))
    yield Example("events.card-visit", event_view(replace(OPEN, event=_VISIT)))
    moved = _("The time or the place has changed. This is how it is now.")
    yield Example("events.told-changed", event_view(_COMING, moved, "info"))
    free = _("A place is free and it is yours. You are coming.")
    yield Example("events.told-place", event_view(_COMING, free))
    off = _is(_COMING, state=EventState.CANCELLED, reason="The room has flooded.")
    yield Example("events.card-cancelled", event_view(off))
    yield Example("events.card-cancelled-host", event_view(_is(_HOST, state=EventState.CANCELLED)))
    now = replace(_HOST, now=EVENT.ticked_from)
    yield Example("events.card-host-now", event_view(now))
    over = replace(_HOST, now=datetime(2026, 7, 1, tzinfo=UTC), shareable=True)
    yield Example("events.card-over-host", event_view(over))
    yield Example("events.card-over", event_view(replace(_COMING, now=over.now)))
    gone = _is(OPEN, title="", details="", place="", link="", access="")
    gone = _is(gone, state=EventState.CANCELLED)
    yield Example(
        "events.card-host-left", event_view(replace(gone, host=_("Someone who has left")))
    )
    longest = _is(
        _HOST,
        title="W" * TITLE_LONGEST,
        details="word " * (DETAILS_LONGEST // 5),
        place="W" * PLACE_LONGEST,
        id=10**9,
    )
    yield Example("events.card-longest", event_view(longest))
    hostile = _is(OPEN, title=HOSTILE, details=HOSTILE, place=HOSTILE, access=f"\n{HOSTILE}")
    yield Example("events.card-hostile", event_view(replace(hostile, host=HOSTILE)))


def _channels() -> Iterator[Example]:
    yield Example("events.channel", channel_view(OPEN))
    yield Example("events.channel-full", channel_view(_FULL))
    off = _is(OPEN, state=EventState.CANCELLED, reason="The room has flooded.")
    yield Example("events.channel-cancelled", channel_view(off))
    over = replace(OPEN, now=datetime(2026, 7, 1, tzinfo=UTC))
    yield Example("events.channel-over", channel_view(over))
    hostile = _is(OPEN, title=HOSTILE, details=HOSTILE, place=HOSTILE)
    yield Example("events.channel-hostile", channel_view(replace(hostile, host=HOSTILE)))


def _lists() -> Iterator[Example]:
    five = [OPEN, _FULL, _COMING, _WAITING, _HOST]
    yield Example("events.list", events_view(five, 12, ListEvents(page=1)))
    yield Example("events.list-one", events_view([OPEN], 1, ListEvents(words="run charts")))
    yield Example("events.list-none", events_view([], 0, ListEvents()))
    yield Example("events.list-not-found", events_view([], 0, ListEvents(words="jam")))
    off = _is(_COMING, state=EventState.CANCELLED)
    over = replace(_COMING, now=datetime(2026, 7, 1, tzinfo=UTC))
    yield Example("events.mine", my_events_view([_HOST, _COMING, _WAITING, off, over], 7, 0))
    yield Example("events.mine-none", my_events_view([], 0, 0))
    comers = [
        Comer("Ben Lowe", "Westshire Council"),
        Comer("Cara Nwosu", "Willow Hospice"),
        Comer(_("Someone who has left"), "Mill Lane Practice", waiting=True),
    ]
    yield Example("events.coming", coming_view(_HOST, comers, 43, 1))
    yield Example("events.coming-nobody", coming_view(replace(_HOST, coming=0), [], 0, 0))
    rows = [
        (one, Button(_("This one"), JoinEvent(event=one.event.id), f"join {one.ref}"))
        for one in (OPEN, _FULL)
    ]
    yield Example("events.choose", choose_view(rows, more=True))
