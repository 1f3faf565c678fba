"""Reminders to those who are coming: 7 days, 1 day and 1 hour before.

Each goes once for each time that an event is set to. Whoever counts themselves in later than one
falls due does without it; who does so in the last hour gets none. One that has fallen due already
when an event is set to another time does not go: that time has just been told to everybody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from core.delivery.model import Audience, Notice, Withheld
from core.events.calendar import calendar_url
from core.events.model import Event, EventState, PlaceState
from core.events.reminding_views import reminder_view
from core.events.seeing import seen
from core.events.telling import REMINDER, subject_of
from core.kernel.desk import Office
from core.members.model import Member
from core.ui.views import View

BEFORE = (
    ("week", timedelta(days=7)),
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
)
"""Which reminders there are, the earliest first, and how long before the start they fall due."""


def remind(office: Office) -> int:
    """Plan the reminders that have fallen due; how many people they are for."""
    planned = 0
    # Up to and with the moment at which the first one falls due.
    until = office.now + BEFORE[0][1] + timedelta(microseconds=1)
    for event in office.books.events.starting(office.now, until):
        latest = _latest(event, office.now)
        if latest is None or not office.books.journal.claim(_key(event, latest[0]), office.now):
            continue
        which, before = latest
        due = event.starts_at - before
        late = tuple(one.member_id for one in office.books.events.places(event.id) if one.at > due)
        planned += office.tell_all(
            REMINDER,
            subject_of(event),
            Audience(event_id=event.id, event_states=(PlaceState.COMING.value,), without=late),
            {"event": event.id, "which": [name for name, _before in BEFORE].index(which)},
            key=_key(event, which),
        )
    return planned


def _key(event: Event, which: str) -> str:
    return f"{REMINDER}:{event.id}:{which}:{event.starts_at:%Y%m%dT%H%M}"


def skip_reminders_due(office: Office, event: Event) -> None:
    """Let go of what has fallen due by now: an event has been set to another time."""
    if latest := _latest(event, office.now):
        office.books.journal.claim(_key(event, latest[0]), office.now)


def _latest(event: Event, now: datetime) -> tuple[str, timedelta] | None:
    """The last reminder that has fallen due: of those that were missed, only this one goes."""
    left = event.starts_at - now
    return next((one for one in reversed(BEFORE) if left <= one[1]), None)


def still_ahead(office: Office, notice: Notice) -> bool:
    """Whether the next reminder, or the event itself, has not overtaken this one. A reminder of
    another time that the event was once set to is overtaken too."""
    event = office.books.events.get(int(notice.data["event"]))
    if event is None or event.state is not EventState.OPEN:
        return False
    which = int(notice.data["which"])
    if notice.key != _key(event, BEFORE[which][0]):
        return False
    left = event.starts_at - office.now
    following = BEFORE[which + 1][1] if which + 1 < len(BEFORE) else timedelta()
    return following < left <= BEFORE[which][1]


def render_reminder(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """To somebody who is coming, as the event stands now."""
    event = office.books.events.get(int(notice.data["event"]))
    if event is None or event.state is not EventState.OPEN:
        return Withheld.CANCELLED
    shown = seen(office, event, member)
    if not shown.is_coming:
        return Withheld.CANCELLED
    return reminder_view(shown, calendar_url(office, event, member.id))
