"""Changing an event that stands, and copying one."""

from __future__ import annotations

from dataclasses import replace

from core.events.calendar_words import speech_for
from core.events.choices import choices_for
from core.events.content import Content, content_of_event, form_of
from core.events.draft import fill_draft
from core.events.forms import event_form
from core.events.host_hours_paying import ask_again_if_shorter
from core.events.intents import CopyEvent, FillEvent, OpenEditEvent
from core.events.model import Event, PlaceState
from core.events.places import fill_places
from core.events.reading import read_content
from core.events.reminding import skip_reminders_due
from core.events.seeing import card, cared_for, chosen_ahead, over_or_off
from core.events.telling import CHANGED, announce, event_changed, tell_all
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _, plural
from core.safety.free_text import asking_first
from core.ui.forms import Form
from core.ui.replies import Open, Reply

CHANGED_SINCE = _("This has changed since. Here is how it is now.")

_FOR_PEOPLE = ("starts_at", "ends_at", "place", "link")
"""What everybody who comes has to know at once when it changes."""
_FOR_CALENDARS = (*_FOR_PEOPLE, "kind", "title", "details", "access", "open_to", "sector")


def open_edit(desk: Desk, intent: OpenEditEvent) -> Reply:
    """The form with an event's own words."""
    event = chosen_ahead(desk, intent, "edit", hosting=True)
    if not isinstance(event, Event):
        return event
    if why := over_or_off(desk, event):
        return card(desk, event, why, tone="info")
    into = FillEvent(event=event.id, version=event.version)
    fill = form_of(content_of_event(event), into, speech_for(event, desk.me.language))
    return Open(event_form(fill, choices_for(desk, event)))


def fill(desk: Desk, intent: FillEvent) -> Reply:
    """The form filled in: a draft to look at, or an event that stands changed."""
    return edit_event(desk, intent) if intent.event else fill_draft(desk, intent)


def _edit_event(desk: Desk, intent: FillEvent) -> Reply:
    event = cared_for(desk, intent.event)
    if why := over_or_off(desk, event):
        return card(desk, event, why, tone="info")
    if event.version != intent.version:
        return card(desk, event, CHANGED_SINCE, tone="info")
    content = read_content(desk, intent, event)
    _check_room(desk, event, content)
    changed = content.laid_over(event)
    announce(desk, event, content.channels)
    if changed == event:
        event_changed(desk, event)
        return card(desk, event, _("The event is as it was."), tone="info")
    return _saved(desk, event, changed)


def _again(desk: Desk, intent: FillEvent) -> Form:
    return event_form(intent, choices_for(desk, cared_for(desk, intent.event)))


edit_event = asking_first(_edit_event, _again)


def _saved(desk: Desk, before: Event, changed: Event) -> Reply:
    """Keep it, bring its cards up to date, and tell people what they have to know."""
    if _differ(before, changed, _FOR_CALENDARS):
        changed = replace(changed, sequence=changed.sequence + 1)
    changed = desk.books.events.save(changed)
    if changed.starts_at != before.starts_at:
        skip_reminders_due(desk, changed)
    ask_again_if_shorter(desk, before, changed)
    told = 0
    if _differ(before, changed, _FOR_PEOPLE):
        told = tell_all(desk, CHANGED, changed, desk.me.id)
    fill_places(desk, changed)
    event_changed(desk, changed)
    return card(desk, changed, _news(told))


def _differ(one: Event, other: Event, names: tuple[str, ...]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _news(told: int) -> Text:
    if not told:
        return _("The event is changed.")
    return plural(
        "The event is changed. {count} person who comes or waits is told.",
        "The event is changed. {count} people who come or wait are told.",
        told,
    )


def _check_room(desk: Desk, event: Event, content: Content) -> None:
    """Refuse fewer places than are taken: nobody loses theirs. Where people were let in without
    one, the number may stay as it is."""
    coming = desk.books.events.counts([event.id])[event.id][PlaceState.COMING]
    fewer = content.capacity != event.capacity
    if fewer and content.capacity is not None and content.capacity < coming:
        raise Refusal(
            plural(
                "{count} person has a place already. Write {count} or more.",
                "{count} people have a place already. Write {count} or more.",
                coming,
            ),
            "capacity",
            "capacity-taken",
        )


def copy_event(desk: Desk, intent: CopyEvent) -> Reply:
    """The form for a new event like this one; its day and its people are its own."""
    event = chosen_ahead(desk, intent, "copy", hosting=True)
    if not isinstance(event, Event):
        return event
    choices = choices_for(desk)
    content = replace(content_of_event(event), copied_from=event.id)
    fill = replace(form_of(content, FillEvent(), desk.speech), starts="")
    return Open(event_form(fill, choices, _("This is a copy. Choose its day and time.")))
