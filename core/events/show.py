"""Looking at events: one card, what is coming up, one's own, and who comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.events.intents import ListComing, ListEvents, MyEvents, ShowEvent
from core.events.list_views import NAMES, PAGE, Comer, coming_view, events_view, my_events_view
from core.events.model import Event, EventState, PlaceState
from core.events.rights import reader_of
from core.events.seeing import card, cared_for, chosen_ahead, seen, seen_many, visible
from core.exchanges.seeing import name_of
from core.kernel.desk import Desk
from core.kernel.folding import fold
from core.safety.words import checked_words
from core.ui.paging import pages
from core.ui.replies import Replace, Reply

WORDS_LONGEST = 100
_SEARCHED = 500
"""How many events coming up are looked through for words."""


def show_event(desk: Desk, intent: ShowEvent) -> Reply:
    """One event's card, in place of the list it was opened from."""
    return card(desk, visible(desk, intent.event))


def list_events(desk: Desk, intent: ListEvents) -> Reply:
    """A page of what is coming up that the acting member may come to or hosts."""
    words = checked_words(intent.words, "words", WORDS_LONGEST, required=False)
    page = max(0, intent.page)
    events, total = _coming_up(desk, words, page)
    if page and not events:  # the pages have become fewer since the button was drawn
        page = 0
        events, total = _coming_up(desk, words, page)
    found = seen_many(desk, events, desk.me)
    return Replace(events_view(found, total, replace(intent, words=words, page=page)))


def _coming_up(desk: Desk, words: str, page: int) -> tuple[Sequence[Event], int]:
    reader, book = reader_of(desk, desk.me.id), desk.books.events
    if not words:
        return book.coming_up(reader, desk.now, page * PAGE, PAGE)
    sought = fold(words).text.split()
    events, _total = book.coming_up(reader, desk.now, 0, _SEARCHED)
    fitting = [one for one in events if _has(one, sought)]
    return fitting[page * PAGE :][:PAGE], len(fitting)


def _has(event: Event, words: Sequence[str]) -> bool:
    text = fold(f"{event.title} {event.details} {event.place} {event.kind.value}").text
    return all(word in text for word in words)


def my_events(desk: Desk, intent: MyEvents) -> Reply:
    """A page of what the acting member hosts, has a place at or waits for: what is to come, the
    soonest first, then what is over, the latest first."""
    mine = [
        event
        for event, place in desk.books.events.of_member(desk.me.id)
        if event.host_id == desk.me.id or (place is not None and place.state is not PlaceState.LEFT)
    ]
    ahead = [one for one in mine if _is_ahead(desk, one)]
    over = [one for one in reversed(mine) if not _is_ahead(desk, one)]
    both = [*ahead, *over]
    page = min(max(0, intent.page), pages(len(both), PAGE) - 1)
    found = seen_many(desk, both[page * PAGE :][:PAGE], desk.me)
    return Replace(my_events_view(found, len(both), page))


def _is_ahead(desk: Desk, event: Event) -> bool:
    return event.state is EventState.OPEN and event.ends_at > desk.now


def list_coming(desk: Desk, intent: ListComing) -> Reply:
    """Who comes and who waits, in the order of their places."""
    event = chosen_ahead(desk, intent, "coming", hosting=True)
    if not isinstance(event, Event):
        return event
    event = cared_for(desk, event.id)
    places = [one for one in desk.books.events.places(event.id) if one.state is not PlaceState.LEFT]
    places.sort(key=lambda one: one.state is PlaceState.WAITING)
    page = min(max(0, intent.page), pages(len(places), NAMES) - 1)
    on_page = places[page * NAMES :][:NAMES]
    members = desk.books.members.many([one.member_id for one in on_page])
    comers = [
        Comer(
            name_of(members[one.member_id]),
            desk.books.organisations.get(one.organisation_id).name,
            one.state is PlaceState.WAITING,
        )
        for one in on_page
    ]
    return Replace(coming_view(seen(desk, event, desk.me), comers, len(places), page))
