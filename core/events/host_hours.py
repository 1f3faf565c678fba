"""The host's hours: asked for by the host, approved by who looks after the pot, paid once.

Attenders pay nothing. The hours move when the event was held: it is over and was not cancelled.
Nobody approves hours for themselves. Paid hours are not taken back here.
"""

from __future__ import annotations

from dataclasses import replace

from core.events.attending_intents import (
    ApproveHours,
    AskHours,
    DeclineHours,
    ListHours,
    ShowHours,
)
from core.events.attending_which import chosen_to_care_for
from core.events.host_hours_paying import ASKED, approve_room, pay
from core.events.host_hours_rights import (
    deciders,
    may_decide,
    seen_by,
    waiting_for,
)
from core.events.host_hours_views import (
    LISTED,
    MOST,
    ask_form,
    hours_card,
    hours_list_view,
    usual_minutes,
)
from core.events.model import Event, EventState, HostHours, HoursState
from core.events.rights import not_found
from core.events.telling import subject_of
from core.groups.earning import refuse_after_a_group
from core.kernel.desk import Desk
from core.kernel.durations import read_duration
from core.kernel.minutes import checked, spoken
from core.kernel.refusals import Refusal
from core.kernel.texts import NOTHING, Text, _
from core.members.model import HERE_OR_AWAY
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Note

DECIDED = "events.hours-decided"
ORGANISATION, COMMUNITY = "organisation", "community"


def ask_hours(desk: Desk, intent: AskHours) -> Reply:
    """Ask for the hours of an event that the acting member hosts."""
    event = chosen_to_care_for(desk, intent, "earn")
    if not isinstance(event, Event):
        return event
    standing = desk.books.host_hours.of_event(event.id)
    if event.host_id != desk.me.id:
        if standing is not None and may_decide(desk, event, standing, desk.me.id):
            return _card(desk, event, standing)
        raise Refusal(_("Only the host can ask for these hours."), code="not-the-host")
    if standing is not None and standing.state is not HoursState.DECLINED:
        return _card(desk, event, standing)
    if event.state is EventState.CANCELLED:
        raise Refusal(_("This event is cancelled."), code="cancelled")
    refuse_after_a_group(desk, event)
    organisation = desk.books.organisations.get(event.organisation_id).name
    if not intent.minutes.strip():
        minutes = usual_minutes(event, desk.policy.step_minutes)
        return Open(ask_form(event, intent, minutes, organisation))
    return _asked(desk, event, _wanted(desk, event, intent, standing))


def _wanted(desk: Desk, event: Event, intent: AskHours, standing: HostHours | None) -> HostHours:
    minutes = checked(read_duration(intent.minutes), desk.policy.step_minutes)
    if minutes > MOST:
        raise Refusal(
            _("A host can earn {most} at most.", most=spoken(MOST)), "minutes", "too-long"
        )
    if intent.pot not in ("", ORGANISATION, COMMUNITY):
        raise Refusal(_("Choose one of the pots."), "pot", "no-pot")
    pot = None if intent.pot == COMMUNITY else event.organisation_id
    wanted = HostHours(event.id, pot, minutes, desk.now)
    if standing is not None:
        wanted = replace(wanted, id=standing.id, version=standing.version)
    return wanted


def _asked(desk: Desk, event: Event, wanted: HostHours) -> Reply:
    asked = deciders(desk, event, wanted)
    if not asked:
        raise Refusal(
            _(
                "Nobody but you looks after that pot, and somebody else has to approve. "
                "Choose another pot."
            ),
            "pot",
            "nobody-decides",
        )
    hours = desk.books.host_hours.keep(wanted)
    desk.tell(ASKED, subject_of(event), asked, {"event": event.id})
    return _card(desk, event, hours, _("Asked. You hear when somebody has decided."))


def list_hours(desk: Desk, _intent: ListHours) -> Reply:
    """What waits for the acting member to decide."""
    waiting = waiting_for(desk, desk.me.id)
    first = [seen_by(desk, event, one, desk.me.id) for event, one in waiting[:LISTED]]
    return Say(hours_list_view(first, len(waiting) - len(first)))


def show_hours(desk: Desk, intent: ShowHours) -> Reply:
    """One host's hours, for the host and whoever decides."""
    event, hours = _found(desk, intent.event)
    return _card(desk, event, hours)


def approve_hours(desk: Desk, intent: ApproveHours) -> Reply:
    """Say yes; the hours move now if the event was held, else when it has been."""
    event, hours = _to_decide(desk, intent.event)
    if late := _changed(desk, event, hours, intent.version):
        return late
    if event.state is EventState.CANCELLED:
        news = _("This event is cancelled, so no hours move.")
        return _card(desk, event, hours, news, changed=False)
    if desk.books.members.get(event.host_id).state not in HERE_OR_AWAY:
        news = _("The host does not take part now, so no hours move.")
        return _card(desk, event, hours, news, changed=False)
    approve_room(desk, hours)
    hours = _settled(desk, event, hours, HoursState.APPROVED)
    paid = pay(desk, event, hours)
    if paid is not None:
        return _card(desk, event, paid, _("Approved. The hours have moved."))
    _tell_host(desk, event)
    return _card(desk, event, hours, _("Approved. The hours move when the event is over."))


def decline_hours(desk: Desk, intent: DeclineHours) -> Reply:
    """Say no; the host may ask another pot."""
    event, hours = _to_decide(desk, intent.event)
    if late := _changed(desk, event, hours, intent.version):
        return late
    hours = _settled(desk, event, hours, HoursState.DECLINED)
    _tell_host(desk, event)
    return _card(desk, event, hours, _("Declined. No hours have moved."))


def _settled(desk: Desk, event: Event, hours: HostHours, state: HoursState) -> HostHours:
    settled = desk.books.host_hours.keep(
        replace(hours, state=state, decided_by=desk.me.id, decided_at=desk.now)
    )
    desk.changed(subject_of(event))
    return settled


def _tell_host(desk: Desk, event: Event) -> None:
    desk.tell(DECIDED, subject_of(event), [event.host_id], {"event": event.id})


def _found(desk: Desk, event_id: int) -> tuple[Event, HostHours]:
    """An event and its host's hours, both held, if they are for the acting member to see."""
    event = desk.books.events.lock(event_id) if event_id > 0 else None
    hours = desk.books.host_hours.of_event(event.id) if event else None
    hours = desk.books.host_hours.lock(hours.id) if hours else None
    if event is None or hours is None:
        raise not_found()
    if event.host_id != desk.me.id and not may_decide(desk, event, hours, desk.me.id):
        raise not_found()
    return event, hours


def _to_decide(desk: Desk, event_id: int) -> tuple[Event, HostHours]:
    event, hours = _found(desk, event_id)
    if not may_decide(desk, event, hours, desk.me.id):
        raise Refusal(_("Somebody else has to decide about your hours."), code="not-allowed")
    return event, hours


def _changed(desk: Desk, event: Event, hours: HostHours, version: int) -> Reply | None:
    """The present card, where somebody has decided or the button is from an older card."""
    if hours.state is HoursState.ASKED and version in (0, hours.version):
        return None
    news = _("This has changed since. Here is how it stands now.")
    return _card(desk, event, hours, news, changed=False)


def _card(
    desk: Desk, event: Event, hours: HostHours, news: Text = NOTHING, *, changed: bool = True
) -> Reply:
    note = Note(news, "success" if changed else "info") if news else None
    return Replace(hours_card(seen_by(desk, event, hours, desk.me.id), note))
