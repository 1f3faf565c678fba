"""The time of an event is earned once: from a pot, or from those who share it."""

from __future__ import annotations

from core.events.model import Event, HoursState
from core.exchanges.model import Exchange
from core.kernel.desk import Office
from core.kernel.refusals import Refusal
from core.kernel.texts import _


def pot_asked(office: Office, event: Event) -> bool:
    """Whether the host has asked a pot for the time of an event, and was not turned down."""
    asked = office.books.host_hours.of_event(event.id)
    return asked is not None and asked.state is not HoursState.DECLINED


def refuse_after_a_pot(office: Office, event: Event) -> None:
    """Refuses to share the time of an event whose host has asked a pot for it."""
    if pot_asked(office, event):
        raise Refusal(
            _("You have asked a pot for the hours of this event. A host earns them once."),
            code="earned-once",
        )


def shares_of(office: Office, event: Event) -> list[Exchange]:
    """The shares of an event's time that may still be paid for, or were."""
    return [
        share
        for group in office.books.groups.of_event(event.host_id, event.id)
        for share in office.books.exchanges.of_group(group.id)
        if share.state.open or share.settled_minutes
    ]


def refuse_after_a_group(office: Office, event: Event) -> None:
    """Refuses to ask a pot for the time of an event that its host shares among people."""
    if shares_of(office, event):
        raise Refusal(
            _("You share the time of this event with a group. A host earns it once."),
            code="earned-once",
        )
