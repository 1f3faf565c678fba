"""What an event's page, poster and calendar file say, beside the host's own words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from core.events.access import access_words
from core.events.audience import audience_words
from core.events.calendar import Outside
from core.events.model import Event, EventKind, EventState, Open
from core.kernel.texts import Text, Words, _
from core.ui.views import Fact
from core.words import Speech

KINDS = {
    EventKind.LEARNING: _("Learning session"),
    EventKind.DROP_IN: _("Drop-in"),
    EventKind.VISIT: _("Visit"),
}
CANCELLED = _("This event is cancelled.")
OVER = _("This event is over.")
TO_JOIN = _("How to join")
SCAN = _("Scan the code with your phone's camera.")
CODE_ALT = _("QR code that leads to the page of this event")


def speech_for(event: Event, language: str) -> Speech:
    """A voice in ``language`` that says the times of an event where it takes place."""
    return Speech(language, ZoneInfo(event.zone))


def kind_of(event: Event) -> Text:
    """What sort of event it is."""
    return KINDS[event.kind]


def news(event: Event, now: datetime) -> Text | None:
    """What whoever wants to come must know first."""
    if event.state is EventState.CANCELLED:
        return CANCELLED
    return OVER if event.ends_at <= now else None


def when(event: Event, speech: Speech) -> tuple[Fact, ...]:
    """The day and the times; both days of an event that goes on past midnight."""
    starts, ends = (one.astimezone(speech.zone) for one in (event.starts_at, event.ends_at))
    if starts.date() != ends.date():
        return (
            Fact(_("Starts"), _("{moment}", moment=event.starts_at)),
            Fact(_("Ends"), _("{moment}", moment=event.ends_at)),
        )
    times = _("{start} to {end}", start=speech.clock(starts), end=speech.clock(ends))
    return (Fact(_("Date"), speech.weekday(starts.date())), Fact(_("Time"), times))


def where(outside: Outside) -> Words:
    """The place, and whether it is online; never the link."""
    event = outside.event
    if not event.link:
        return event.place or _("To be announced")
    if event.place:
        return _("{place}, and online", place=event.place)
    return _("Online. You get the link in your chat when you say that you are coming.")


def facts(outside: Outside, speech: Speech) -> tuple[Fact, ...]:
    """All that anybody may know of it, label by label."""
    event = outside.event
    access = access_words(event.access)
    return (
        *when(event, speech),
        Fact(_("Where"), where(outside)),
        *((Fact(_("Access"), access),) if access else ()),
        *_audience(outside),
        Fact(_("Organisation"), outside.organisation),
    )


def _audience(outside: Outside) -> tuple[Fact, ...]:
    """Who may come, where that is not everybody: whoever reads this may be anybody."""
    event = outside.event
    if event.open_to is Open.ALL:
        return ()
    words = audience_words(event.open_to, event.sector, outside.organisation)
    return (Fact(_("Who may come"), words),)


def joining(outside: Outside) -> tuple[Text, ...]:
    """How to say "count me in", in each chat."""
    return how_to_type(f"join {outside.ref}")


def how_to_type(typed: str) -> tuple[Text, Text]:
    """Where words are typed, in each chat."""
    return (
        _("In Slack, type /hourbridge {words}", words=typed),
        _("In Microsoft Teams, open the chat with Hourbridge and type {words}", words=typed),
    )


def in_short(outside: Outside, speech: Speech) -> Text:
    """All of a poster in one line, for whoever cannot see it."""
    event = outside.event
    said = kind_of(event)
    if event.title:
        said = _("{kind}: {title}", kind=said, title=event.title)
    for fact in facts(outside, speech):
        said = _("{before}; {label}: {value}", before=said, label=fact.label, value=fact.value)
    return said
