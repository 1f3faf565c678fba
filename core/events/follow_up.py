"""Two questions to those who came, the morning after: was it useful, and what will you try?

They are asked once. The host alone sees the answers, and never whose they are. All of them come
out together, 8 days after the event, where 3 people or more have answered; what people write
follows the same rule, counted by itself. Until then the host sees none, and from then on none is
added or changed: whoever could look before and after would tell one from what changed. The form
says who will read it and when before anything is written, so sending it is the leave to show it;
what somebody wrote they can take back at any time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.delivery.model import Audience, Notice, Withheld
from core.events.attending_intents import AnswerUseful, OpenNext, SayNext
from core.events.follow_up_views import (
    USEFUL,
    WORDS_LONGEST,
    Answers,
    asking_view,
    next_form,
)
from core.events.model import Event, EventState, Place, PlaceState
from core.events.rights import not_found
from core.events.telling import FOLLOW_UP, subject_of
from core.kernel.desk import Desk, Office
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.members.model import Member
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form
from core.ui.replies import Open, Replace, Reply
from core.ui.views import View

AT_LEAST = 3
"""Fewer answers than these never come out."""
ASKED_AT = time(9)
FOR_DAYS = timedelta(days=7)
"""How long after the event it is still asked: attendance may be taken late."""


def ask_after(office: Office) -> int:
    """Plan the questions of events whose morning after has come; how many people are asked."""
    asked = 0
    for event in office.books.events.unasked(office.now - FOR_DAYS, office.now, f"{FOLLOW_UP}:"):
        if office.now < _morning_after(event):
            continue
        places = office.books.events.places(event.id)
        away = tuple(one.member_id for one in places if not one.came)
        asked += office.tell_all(
            FOLLOW_UP,
            subject_of(event),
            Audience(event_id=event.id, event_states=(PlaceState.COMING.value,), without=away),
            {"event": event.id},
            key=f"{FOLLOW_UP}:{event.id}",
        )
    return asked


def _morning_after(event: Event) -> datetime:
    zone = ZoneInfo(event.zone)
    day = event.ends_at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, ASKED_AT, zone)


def still_fresh(office: Office, notice: Notice) -> bool:
    """Whether it can still be answered."""
    event = office.books.events.get(int(notice.data["event"]))
    return event is not None and not _closed(office, event)


def render_follow_up(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """To somebody who came."""
    event = office.books.events.get(int(notice.data["event"]))
    place = office.books.events.place(event.id, member.id) if event else None
    if event is None or place is None or not place.came or event.state is not EventState.OPEN:
        return Withheld.CANCELLED
    return asking_view(event, place, closed=_closed(office, event))


def _closed(office: Office, event: Event) -> bool:
    return office.now >= event.answers_until


def _too_late(event: Event) -> Refusal:
    return Refusal(
        _("You could answer until {moment}.", moment=event.answers_until), code="too-late"
    )


def _mine(desk: Desk, event_id: int) -> tuple[Event, Place]:
    """An event and the acting member's place at it, both held, if they came; 0 for the last one."""
    event = desk.books.events.lock(event_id or _last_event(desk)) if event_id >= 0 else None
    place = desk.books.events.place(event.id, desk.me.id) if event else None
    if event is None or place is None:
        raise not_found()
    if not place.came:
        raise Refusal(
            _("Only people who came are asked. If you did, the host can tick you off."),
            code="did-not-come",
        )
    return event, place


def _last_event(desk: Desk) -> int:
    """The event that ended last of those that the acting member came to; 0 for none."""
    came = [
        event
        for event, place in desk.books.events.of_member(desk.me.id)
        if place is not None and place.came
    ]
    return max(came, key=lambda one: (one.ends_at, one.id)).id if came else 0


def answer_useful(desk: Desk, intent: AnswerUseful) -> Reply:
    """Keep the first answer, or another one in its place."""
    event, place = _mine(desk, intent.event)
    if intent.useful not in USEFUL:
        raise Refusal(_("Answer yes, partly or no. For example: useful yes"), code="no-answer")
    if _closed(desk, event):
        raise _too_late(event)
    place = _keep(desk, replace(place, useful=intent.useful))
    news = _("Thank you. The host sees counts, without names.")
    return Replace(asking_view(event, place, news))


def open_next(desk: Desk, intent: OpenNext) -> Reply:
    """The form for the second question."""
    event, place = _mine(desk, intent.event)
    closed = _closed(desk, event)
    if closed and not place.next:
        raise _too_late(event)
    return Open(next_form(event, place.next, closed=closed))


def _say_next(desk: Desk, intent: SayNext) -> Reply:
    """Keep the second answer, or blank it. Once the host sees it, it can only be blanked."""
    event, place = _mine(desk, intent.event)
    closed = _closed(desk, event)
    if closed and intent.words.strip():
        raise _too_late(event)
    words = screened_words(
        intent.words,
        "words",
        WORDS_LONGEST,
        required=False,
        confirmed=intent.not_about_a_patient,
    )
    place = _keep(desk, replace(place, next=words))
    news = _("Thank you. The host reads it without your name.") if words else _("It is blank now.")
    return Replace(asking_view(event, place, news, closed=closed))


def _form(desk: Desk, intent: SayNext) -> Form:
    return next_form(_mine(desk, intent.event)[0], intent.words)


say_next = asking_first(_say_next, _form)


def _keep(desk: Desk, place: Place) -> Place:
    return desk.books.events.keep_place(replace(place, answered_at=place.answered_at or desk.now))


def answers_of(office: Office, event: Event) -> Answers:
    """What the host may see now: counts and words, in no telling order. Whoever is no longer
    ticked off counts still, or else the host could tell an answer by taking its tick away."""
    places = office.books.events.places(event.id) if _closed(office, event) else ()
    useful = _out(tuple(one.useful for one in places if one.useful))
    words = _out(tuple(one.next for one in places if one.next))
    counts = tuple(useful.count(one) for one in USEFUL)
    return Answers(counts, tuple(sorted(words, key=str.casefold)))


def _out(answers: tuple[str, ...]) -> tuple[str, ...]:
    return answers if len(answers) >= AT_LEAST else ()
