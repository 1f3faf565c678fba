"""What hosts, leads and administrators see of a host's hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.events.attending_intents import ApproveHours, AskHours, DeclineHours, ShowHours
from core.events.attending_views import ref_of
from core.events.model import Event, EventState, HostHours, HoursState
from core.events.seen import minutes_of, title_of, when_words
from core.kernel.minutes import spoken, typed_minutes
from core.kernel.texts import Text, Words, _, plural
from core.ledger.views import balance_button
from core.ui.forms import ChoiceField, DurationField, Form, Option
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    View,
    view,
)

MOST = 8 * 60
"""The most minutes that a host can earn with one event."""
LISTED = 10
"""How many hosts who wait are listed at a time."""


@dataclass(frozen=True, slots=True)
class SeenHours:
    """A host's hours as one reader sees them. ``pot`` is as a sentence has it,
    ``organisation`` whose it is; None for the community's."""

    hours: HostHours
    event: Event
    host: Words
    pot: Words
    organisation: str | None
    now: datetime
    decider: Words | None = None
    hosting: bool = False
    may_decide: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody has yet to decide."""
        return self.hours.state is HoursState.ASKED and not self.cancelled

    @property
    def cancelled(self) -> bool:
        """Whether the event is, so that nothing is earned."""
        return self.event.state is EventState.CANCELLED


def usual_minutes(event: Event, step: int) -> int:
    """The event's length in whole steps, as far as a host can earn it."""
    steps = max(1, -(-minutes_of(event) // step))
    return min(steps * step, MOST // step * step)


def ask_form(event: Event, intent: AskHours, minutes: int, organisation: str) -> Form:
    """How long, and from which pot."""
    pots = (
        Option("organisation", _pot_line(organisation)),
        Option("community", _pot_line(None)),
    )
    return Form(
        _("Ask for your hours"),
        AskHours(event=event.id),
        (
            DurationField(
                "minutes",
                _("How long"),
                intent.minutes or typed_minutes(minutes),
                _("For example 1h30. The event's own length to begin with"),
            ),
            ChoiceField("pot", _("From"), pots, intent.pot or "organisation"),
        ),
        _("Ask"),
        (
            Paragraph(title_of(event)),
            Paragraph(
                _(
                    "Whoever looks after the pot decides. The hours come to you when the event "
                    "is over. People who come pay nothing."
                ),
                quiet=True,
            ),
        ),
    )


def _pot_line(organisation: str | None) -> Text:
    """A pot, as a line begins with it; None for the community's."""
    if organisation is None:
        return _("The community pot")
    return _("The pot of {organisation}", organisation=organisation)


def hours_card(seen: SeenHours, news: Note | None = None) -> View:
    """A host's hours, with what this reader may do."""
    return view(
        news,
        Heading(_("Hours for hosting")),
        Facts(
            (
                Fact(_("Event"), title_of(seen.event)),
                Fact(_("When"), when_words(seen.event)),
                Fact(_("Host"), _("You") if seen.hosting else seen.host),
                Fact(_("Time"), spoken(seen.hours.minutes)),
                Fact(_("From"), _pot_line(seen.organisation)),
                Fact(_("Where it stands"), standing_words(seen)),
            )
        ),
        _actions(seen),
        summary=_("Hours for hosting {title}", title=title_of(seen.event)),
    )


def standing_words(seen: SeenHours) -> Text:
    """How far it has come."""
    if seen.hours.state is HoursState.PAID:
        return _("The hours have moved.")
    if seen.cancelled:
        return _("The event is cancelled, so no hours move.")
    name = seen.decider or ""
    match seen.hours.state:
        case HoursState.ASKED:
            return _("Waits for whoever looks after the pot")
        case HoursState.DECLINED:
            return _("Declined by {name}. No hours have moved.", name=name)
        case _:
            return _approved(seen, name)


def _approved(seen: SeenHours, name: Words) -> Text:
    if seen.event.ends_at > seen.now:
        return _("Approved by {name}. The hours move when the event is over.", name=name)
    return _("Approved by {name}. The hours move once the pot holds enough.", name=name)


def _actions(seen: SeenHours) -> Actions | None:
    event, version, ref = seen.event.id, seen.hours.version, ref_of(seen.event)
    if seen.open and seen.may_decide:
        yes, no = (
            ApproveHours(event=event, version=version),
            DeclineHours(event=event, version=version),
        )
        return Actions(
            (
                Button(_("Approve"), yes, f"hosting approve {ref}", "primary"),
                Button(_("Decline"), no, f"hosting decline {ref}"),
            )
        )
    if seen.hosting and seen.hours.state is HoursState.PAID:
        return Actions((balance_button(),))
    if seen.hosting and seen.hours.state is HoursState.DECLINED and not seen.cancelled:
        return Actions((Button(_("Ask again"), AskHours(event=event), f"earn {ref}"),))
    return None


def hours_list_view(first: Sequence[SeenHours], more: int = 0) -> View:
    """The first of what waits for this reader to decide; ``more`` wait beyond them."""
    if not first:
        return view(
            Heading(_("Hours for hosting")), Paragraph(_("No host waits for your decision."))
        )
    left = plural(
        "{count} more waits. Decide these first.", "{count} more wait. Decide these first.", more
    )
    return view(
        Heading(_("Hours for hosting")),
        Items(tuple(_item(seen) for seen in first)),
        Paragraph(left, quiet=True) if more > 0 else None,
    )


def _item(seen: SeenHours) -> Item:
    show = ShowHours(event=seen.event.id)
    return Item(
        title_of(seen.event),
        (
            _("{name}, {time}", name=seen.host, time=spoken(seen.hours.minutes)),
            _("From {name}", name=seen.pot),
        ),
        (Button(_("Open"), show, f"hosting {ref_of(seen.event)}"),),
    )
