"""An event as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar, vCalAddress
from icalendar import Event as Entry

from core.events.calendar import Outside
from core.events.calendar_words import facts, joining, kind_of, where
from core.events.model import EventState
from core.events.seen import title_of
from core.words import Speech

TYPE = "text/calendar"
_PRODUCT = "-//Hourbridge//Events//EN"
_NOBODY = "invalid:nomail"
"""An organiser whom nobody can write to: no addresses are kept. Outlook writes it like this."""


def calendar_file(outside: Outside, speech: Speech, url: str, now: datetime) -> bytes:
    """The file that adds the event to a calendar, or changes or cancels the entry that an earlier
    one added: its name there never changes, and its sequence counts the changes."""
    cancelled = outside.event.state is EventState.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_entry(outside, speech, url, now))
    return bytes(calendar.to_ical())


def _entry(outside: Outside, speech: Speech, url: str, now: datetime) -> Entry:
    event = outside.event
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", now.replace(microsecond=0))
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", speech(title_of(event)))
    entry.add("location", _location(outside, speech))
    entry.add("description", _description(outside, speech, url))
    entry.add("url", url)
    entry.add("categories", [speech(kind_of(event))])
    cancelled = event.state is EventState.CANCELLED
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    organiser = vCalAddress(_NOBODY)
    organiser.params["CN"] = outside.organisation
    entry.add("organizer", organiser)
    return entry


def _location(outside: Outside, speech: Speech) -> str:
    if not outside.link:
        return speech(where(outside))
    place = outside.event.place
    return f"{place}, {outside.link}" if place else outside.link


def _description(outside: Outside, speech: Speech, url: str) -> str:
    said = [f"{speech(fact.label)}: {speech(fact.value)}" for fact in facts(outside, speech)]
    parts = [
        speech(kind_of(outside.event)),
        outside.event.details,
        "\n".join(said),
        "\n".join(speech(line) for line in joining(outside)),
        outside.link,
        url,
    ]
    return "\n\n".join(part for part in parts if part)
