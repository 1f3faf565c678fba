"""Cancelling an event: everybody is told, its cards say so, and nothing brings it back."""

from __future__ import annotations

from dataclasses import replace

from core.events.change import CHANGED_SINCE
from core.events.forms import REASON_LONGEST, cancel_form
from core.events.intents import CancelEvent, OpenCancelEvent
from core.events.model import Event, EventState, PlaceState
from core.events.seeing import card, cared_for, chosen_ahead, over_or_off
from core.events.telling import CANCELLED, event_changed, tell_all
from core.groups.withdrawing import withdraw_unanswered
from core.kernel.desk import Desk, Office
from core.kernel.texts import Text, _, plural
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form
from core.ui.replies import Open, Reply


def open_cancel(desk: Desk, intent: OpenCancelEvent) -> Reply:
    """The form that asks why."""
    event = chosen_ahead(desk, intent, "cancel", hosting=True)
    if not isinstance(event, Event):
        return event
    if why := over_or_off(desk, event):
        return card(desk, event, why, tone="info")
    return Open(_form(desk, event, CancelEvent()))


def _form(desk: Desk, event: Event, intent: CancelEvent) -> Form:
    counts = desk.books.events.counts([event.id])[event.id]
    return cancel_form(event, intent, counts[PlaceState.COMING] + counts[PlaceState.WAITING])


def _cancel_event(desk: Desk, intent: CancelEvent) -> Reply:
    reason = screened_words(
        intent.reason,
        "reason",
        REASON_LONGEST,
        required=False,
        confirmed=intent.not_about_a_patient,
    )
    event = cared_for(desk, intent.event)
    if why := over_or_off(desk, event):
        return card(desk, event, why, tone="info")
    if intent.version not in (0, event.version):
        return card(desk, event, CHANGED_SINCE, tone="info")
    event, told = call_off(desk, event, reason, desk.me.id)
    return card(desk, event, _news(told))


def _again(desk: Desk, intent: CancelEvent) -> Form:
    return _form(desk, cared_for(desk, intent.event), intent)


cancel_event = asking_first(_cancel_event, _again)


def _news(told: int) -> Text:
    if not told:
        return _("The event is cancelled.")
    return plural(
        "The event is cancelled. {count} person is told.",
        "The event is cancelled. {count} people are told.",
        told,
    )


def call_off(office: Office, event: Event, reason: str, actor_id: int | None) -> tuple[Event, int]:
    """Cancel an event that is held, and the shares of its time that nobody has accepted; the event,
    and how many people are told."""
    event = office.books.events.save(
        replace(event, state=EventState.CANCELLED, reason=reason, sequence=event.sequence + 1)
    )
    told = tell_all(office, CANCELLED, event, actor_id)
    withdraw_unanswered(office, event, actor_id)
    event_changed(office, event)
    return event, told
