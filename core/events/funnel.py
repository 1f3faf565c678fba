"""What became of an event, for those who look after it: counts, and the announcement's truth."""

from __future__ import annotations

from core.events.attending_intents import ShowAnswers, ShowFunnel
from core.events.attending_which import chosen_to_care_for
from core.events.calendar import poster_url
from core.events.follow_up import answers_of
from core.events.funnel_views import PAGE, Outlook, answers_view, funnel_view
from core.events.model import Event
from core.events.rights import not_found
from core.events.telling import ANNOUNCED, TO_COMERS, card_subject
from core.kernel.desk import Desk
from core.ui.paging import pages
from core.ui.replies import Reply, Say


def show_funnel(desk: Desk, intent: ShowFunnel) -> Reply:
    """The counts of one event. What people answered is for its host alone."""
    event = chosen_to_care_for(desk, intent, "funnel")
    if not isinstance(event, Event):
        return event
    hosting = event.host_id == desk.me.id
    outcomes = desk.books.deliveries.outcomes(card_subject(event), ANNOUNCED)
    return Say(
        funnel_view(
            Outlook(
                event,
                desk.now,
                desk.books.events.funnel(event.id, TO_COMERS),
                outcomes,
                hosting,
                answers_of(desk, event) if hosting else None,
                desk.books.host_hours.of_event(event.id) is not None,
                poster_url(desk, event, desk.me.language),
            )
        )
    )


def show_answers(desk: Desk, intent: ShowAnswers) -> Reply:
    """What people will try, a page at a time, for the host alone."""
    event = chosen_to_care_for(desk, intent, "answers")
    if not isinstance(event, Event):
        return event
    if event.host_id != desk.me.id:
        raise not_found()
    words = answers_of(desk, event).words
    page = min(max(0, intent.page), pages(len(words), PAGE) - 1)
    return Say(answers_view(event, words[page * PAGE :][:PAGE], page, pages(len(words), PAGE)))
