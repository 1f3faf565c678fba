"""Which event a verb of its host means, once it is about to begin or is over."""

from __future__ import annotations

from dataclasses import replace

from core.events.attending_intents import (
    AddWalkUp,
    AskHours,
    OpenAttendance,
    ShowAnswers,
    ShowFunnel,
    ShowRoomCode,
)
from core.events.model import Event, EventState
from core.events.seeing import cared_for, seen_many
from core.events.views import choose_view
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ui.replies import Reply, Say
from core.ui.views import Button

CHOICES = 10

OfHost = ShowRoomCode | OpenAttendance | AddWalkUp | AskHours | ShowFunnel | ShowAnswers


def chosen_to_care_for(desk: Desk, intent: OfHost, word: str) -> Event | Reply:
    """The event that a host's verb means, held: the one named, else the only one that they host.
    Lists the latest where there are several, each with a button for ``word``."""
    if intent.event:
        return cared_for(desk, intent.event)
    events, total = desk.books.events.hosted_by(desk.me.id, 0, CHOICES)
    if not events:
        raise Refusal(_("Which event? Add its reference, for example V-7K2."), code="nothing-fits")
    if total == 1:
        return cared_for(desk, events[0].id)
    rows = [
        (one, Button(_("This one"), replace(intent, event=one.event.id), f"{word} {one.ref}"))
        for one in seen_many(desk, events, desk.me)
    ]
    return Say(choose_view(rows, more=total > CHOICES))


def open_to_tick(desk: Desk, event: Event) -> Event:
    """``event``, if people can be ticked off at it; refuses one that is cancelled or not due."""
    if event.state is EventState.CANCELLED:
        raise Refusal(_("This event is cancelled."), code="cancelled")
    if desk.now < event.ticked_from:
        reason = _("You can do this from {moment}.", moment=event.ticked_from)
        raise Refusal(reason, code="too-early")
    return event
