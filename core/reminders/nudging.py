"""Reminding members of what waits for them: all of it in one message, at most once a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.kernel.desk import Office
from core.reminders.model import LOOK_AGAIN, ONCE_IN, Reminded
from core.reminders.subjects import subject_of

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Nudge:
    """One kind of reminder. ``due`` finds at most so many members who may have something coming;
    ``news`` says whether one of them has, and keeps what they are told of."""

    kind: str
    due: Callable[[Office, int], Sequence[int]]
    news: Callable[[Office, int], bool]
    again: timedelta = ONCE_IN
    """How long a member hears nothing more of this kind."""


def remind(office: Office, nudge: Nudge) -> int:
    """Remind the members of one batch; how many were looked at."""
    found = nudge.due(office, _AT_ONCE)
    for member_id in found:
        news = nudge.news(office, member_id)
        until = office.now + (nudge.again if news else LOOK_AGAIN)
        # False where another replica has reminded them since they were found.
        if office.books.reminders.rest(nudge.kind, member_id, until, office.now) and news:
            subject = subject_of(nudge.kind, member_id, office.now)
            office.tell(nudge.kind, subject, [member_id])
    return len(found)


def keep(office: Office, things: Sequence[Reminded]) -> bool:
    """Keep how far the reminders of all these have come, where some of it is news; whether it is.
    What one message shows is not told again by the next."""
    told = office.books.reminders.step
    if not any(_is_news(one, told(one.about, one.about_id, one.member_id)) for one in things):
        return False
    for one in things:
        office.books.reminders.remember(one, office.now)
    return True


def _is_news(one: Reminded, told: Reminded | None) -> bool:
    return one.step > (told.step if told is not None and told.since == one.since else 0)
