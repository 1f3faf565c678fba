"""Everything that people see around an event, at its edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.events.attending_intents import AddWalkUp, AskHours
from core.events.attending_views import (
    PAGE,
    Attender,
    attendance_form,
    attendance_view,
    check_in_form,
    checked_in_view,
    code_view,
    nobody_view,
    walk_up_form,
)
from core.events.follow_up_views import WORDS_LONGEST, Answers, asking_view, next_form
from core.events.funnel_views import PAGE as ANSWERS_PAGE
from core.events.funnel_views import Outlook, answers_view, funnel_view
from core.events.host_hours_views import (
    LISTED,
    SeenHours,
    ask_form,
    hours_card,
    hours_list_view,
)
from core.events.model import (
    Event,
    EventKind,
    EventState,
    Funnel,
    HostHours,
    HoursState,
    Open,
    Place,
    PlaceState,
)
from core.events.reminding_views import reminder_view
from core.events.seen import Seen
from core.kernel.texts import Words, _
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Note

_STARTS = datetime(2026, 8, 6, 13, 0, tzinfo=UTC)
_BEFORE = _STARTS - timedelta(days=1)
_AFTER = _STARTS + timedelta(days=1)
_URL = "https://hourbridge.example/events/a-token"
_TRUST = "Northgate Hospital Trust"
_POT: Words = _("the pot of {organisation}", organisation=_TRUST)
_EVENT = Event(
    EventKind.LEARNING,
    "Run charts for beginners",
    1,
    1,
    _STARTS,
    _STARTS + timedelta(minutes=90),
    _STARTS - timedelta(days=21),
    "a-name@hourbridge",
    "a-token",
    place="Northgate Library, Mill Road",
    access="step-free hearing-loop\nAsk for Ana at the front desk.",
    code="7K2PM",
    id=7,
)
_ONLINE = replace(_EVENT, place="", link="https://meet.example/room", access="captions")
_LONG = replace(_EVENT, title="W" * 150, place="Mill Road " * 20, id=8)
_HOSTILE = replace(_EVENT, title=HOSTILE, place=HOSTILE, id=9)
_PLACE = Place(7, 2, 1, PlaceState.COMING, _BEFORE, came=True)


def examples() -> Iterator[Example]:
    """Every view and form around an event."""
    yield from _reminders()
    yield from _attendance()
    yield from _questions()
    yield from _hours()
    yield from _funnels()


def _reminders() -> Iterator[Example]:
    for name, event, now in (
        ("place", _EVENT, _BEFORE),
        ("online", _ONLINE, _BEFORE),
        ("over", _ONLINE, _AFTER),
        ("hostile", _HOSTILE, _BEFORE),
        ("long", _LONG, _BEFORE),
    ):
        shown = Seen(
            event, "Ana Ward", "Northgate Hospital Trust", 12, 0, now, "Europe/London", _PLACE
        )
        yield Example(f"events.reminder-{name}", reminder_view(shown, f"{_URL}/event.ics"))


def _attendance() -> Iterator[Example]:
    closes = _EVENT.ends_at + timedelta(hours=2)
    yield Example("events.room-code", code_view(_EVENT, _BEFORE, closes))
    yield Example("events.room-code-hostile", code_view(_HOSTILE, _BEFORE, closes))
    ours = replace(_EVENT, open_to=Open.ORGANISATION)
    yield Example("events.room-code-ours", code_view(ours, _BEFORE, closes))
    yield Example("events.check-in-form", check_in_form())
    thanks = _("You are ticked off. Thank you for coming.")
    yield Example("events.checked-in", checked_in_view(_EVENT, thanks))
    yield Example("events.checked-in-hostile", checked_in_view(_HOSTILE, thanks))
    few = [Attender(1, "Cai Price", "Westshire Council", True), Attender(2, HOSTILE, "B", False)]
    yield Example("events.attendance-form", attendance_form(_EVENT, few, 0, 1))
    many = [Attender(n, f"{'W' * 76} {n:03}", "Northgate " * 8, n % 2 == 0) for n in range(PAGE)]
    yield Example("events.attendance-form-long", attendance_form(_LONG, many, 0, 3))
    yield Example("events.attendance-nobody", nobody_view(_EVENT))
    taken = _("Attendance is taken.")
    yield Example("events.attendance", attendance_view(_EVENT, _funnel(), taken, shareable=True))
    yield Example("events.attendance-hostile", attendance_view(_HOSTILE, Funnel(*[0] * 7)))
    yield Example("events.walk-up-form", walk_up_form(_EVENT, AddWalkUp(event=7)))
    matches = [("member:1", HOSTILE), ("member:2", "Ana Ward, Northgate Hospital Trust")]
    asked = AddWalkUp(event=7, who="Ana")
    yield Example("events.walk-up-form-matches", walk_up_form(_EVENT, asked, matches))


def _questions() -> Iterator[Example]:
    thanks = _("Thank you. The host sees counts, without names.")
    answered = replace(_PLACE, useful="partly", answered_at=_AFTER)
    yield Example("events.follow-up", asking_view(_EVENT, _PLACE))
    yield Example("events.follow-up-answered", asking_view(_EVENT, answered, thanks))
    both = replace(answered, next="word " * (WORDS_LONGEST // 5))
    yield Example("events.follow-up-both", asking_view(_LONG, both))
    hostile = replace(answered, next=HOSTILE)
    yield Example("events.follow-up-hostile", asking_view(_HOSTILE, hostile))
    yield Example("events.follow-up-closed", asking_view(_EVENT, _PLACE, closed=True))
    yield Example("events.follow-up-closed-both", asking_view(_LONG, both, closed=True))
    yield Example("events.next-form", next_form(_EVENT, ""))
    yield Example("events.next-form-closed", next_form(_EVENT, "A run chart", closed=True))
    yield Example("events.next-form-hostile", next_form(_HOSTILE, HOSTILE))


def _hours() -> Iterator[Example]:
    yield Example("events.ask-hours-form", ask_form(_EVENT, AskHours(event=7), 90, "Northgate"))
    hostile = AskHours(event=9, minutes=HOSTILE, pot="community")
    yield Example("events.ask-hours-form-hostile", ask_form(_HOSTILE, hostile, 90, HOSTILE))
    asked = HostHours(7, 1, 90, _BEFORE, id=1)
    for name, hours, event, now, who in (
        ("asked-host", asked, _EVENT, _BEFORE, "host"),
        ("asked-lead", asked, _EVENT, _BEFORE, "lead"),
        ("asked-hostile", asked, _HOSTILE, _BEFORE, "lead"),
        ("approved", _state(HoursState.APPROVED), _EVENT, _BEFORE, "host"),
        ("waits-for-pot", _state(HoursState.APPROVED), _EVENT, _AFTER, "lead"),
        ("declined", _state(HoursState.DECLINED), _EVENT, _BEFORE, "host"),
        ("paid", _state(HoursState.PAID), _EVENT, _AFTER, "host"),
        ("cancelled", asked, replace(_EVENT, state=EventState.CANCELLED), _BEFORE, "lead"),
    ):
        yield Example(f"events.hours-{name}", hours_card(_hours_seen(hours, event, now, who)))
    low = _("The pot does not hold enough for these hours. They move once it does.")
    waits = _hours_seen(_state(HoursState.APPROVED), _EVENT, _AFTER, "lead")
    yield Example("events.hours-low", hours_card(waits, Note(low, "warning")))
    yield Example("events.hours-list-none", hours_list_view([]))
    lead = _hours_seen(asked, _HOSTILE, _BEFORE, "lead")
    yield Example("events.hours-list", hours_list_view([lead] * LISTED, 2))


def _state(state: HoursState) -> HostHours:
    return HostHours(7, 1, 90, _BEFORE, state, 3, _BEFORE, id=1)


def _hours_seen(hours: HostHours, event: Event, now: datetime, who: str) -> SeenHours:
    decider = None if hours.decided_by is None else "Dilys Rees"
    lead = who == "lead"
    return SeenHours(
        hours, event, "Ana Ward", _POT, _TRUST, now, decider, hosting=not lead, may_decide=lead
    )


def _funnel() -> Funnel:
    return Funnel(told=31, coming=16, waiting=2, left=3, came=18, walk_ups=4, answered=12)


def _funnels() -> Iterator[Example]:
    outcomes = {("sent", ""): 3, ("waiting", ""): 1, ("withheld", "too late"): 1}
    outcomes |= {("refused", "no such channel"): 1, ("unreachable", "app not in channel"): 2}
    answers = Answers((7, 3, 2), (HOSTILE,) * 3)
    host = Outlook(_EVENT, _AFTER, _funnel(), outcomes, True, answers, True, _URL)
    yield Example("events.funnel-host", funnel_view(host))
    lead = replace(host, event=_HOSTILE, now=_BEFORE, hosting=False, answers=None, outcomes={})
    yield Example("events.funnel-lead", funnel_view(lead))
    few = replace(host, event=_LONG, answers=Answers((0, 0, 0), ()), asked=False)
    yield Example("events.funnel-few-answers", funnel_view(few))
    gone = replace(host, event=replace(_EVENT, state=EventState.CANCELLED))
    yield Example("events.funnel-cancelled", funnel_view(gone))
    words = ["word " * (WORDS_LONGEST // 5), *[HOSTILE] * (ANSWERS_PAGE - 1)]
    yield Example("events.answers", answers_view(_EVENT, words, 1, 3))
    yield Example("events.answers-none", answers_view(_EVENT, [], 0, 1))
