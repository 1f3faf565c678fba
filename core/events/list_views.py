"""Events in lists: what is coming up, one's own, and who comes to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.events.buttons import count_me_in, see_it
from core.events.intents import ListComing, ListEvents, MyEvents, OpenEventForm, ShowEvent
from core.events.model import EventState
from core.events.seen import Seen, places_words, title_of, when_words, where_words
from core.kernel.texts import Text, Words, _, plural
from core.ui.paging import pages, turn
from core.ui.views import (
    Actions,
    Button,
    Heading,
    Item,
    Items,
    Paragraph,
    Table,
    View,
    view,
)

PAGE = 5
NAMES = 20
"""How many names a page of who comes has."""


@dataclass(frozen=True, slots=True)
class Comer:
    """One of those who come or wait, as the host reads them."""

    name: Words
    organisation: str
    waiting: bool = False


def event_item(shown: Seen) -> Item:
    """An event as one of a list."""
    lines: list[Words] = [
        when_words(shown.event),
        _("{where}. {ref}", where=where_words(shown), ref=shown.ref),
    ]
    lines.append(_standing(shown) or places_words(shown))
    free = shown.ahead and not (shown.hosting or shown.is_coming or shown.is_waiting)
    return Item(
        title_of(shown.event),
        tuple(lines),
        (count_me_in(shown), see_it(shown)) if free else (see_it(shown),),
    )


def _standing(shown: Seen) -> Text | None:
    """Where the reader stands with it."""
    if shown.event.state is EventState.CANCELLED:
        return _("Cancelled")
    if not shown.ahead:
        return _("Over")
    if shown.hosting:
        return _("You host this. {places}", places=places_words(shown))
    if shown.is_coming:
        return _("You have a place")
    return _("You are in the queue") if shown.is_waiting else None


def events_view(found: Sequence[Seen], total: int, intent: ListEvents) -> View:
    """A page of what is coming up."""
    typed = f"events {intent.words}".strip()
    mine = Button(_("Your events"), MyEvents(), "my events")
    if not found:
        return view(
            Heading(_("Events")),
            Paragraph(_nothing(intent.words)),
            Actions((mine,)),
        )
    return view(
        Heading(plural("{count} event coming up", "{count} events coming up", total)),
        Items(tuple(event_item(one) for one in found)),
        turn(intent, intent.page, pages(total, PAGE), typed),
        Actions((mine,)),
    )


def _nothing(words: str) -> Text:
    if words:
        return _("No event coming up has the words {words}. Type events for all.", words=words)
    return _("No event is coming up that is open to you.")


def my_events_view(found: Sequence[Seen], total: int, page: int) -> View:
    """A page of one's own: those to come, then those that are over."""
    coming_up = Button(_("See what is coming up"), ListEvents(), "events")
    if not found:
        return view(
            Heading(_("Your events")),
            Paragraph(_("You have no place at an event and host none.")),
            Actions((coming_up,)),
        )
    return view(
        Heading(_("Your events")),
        Items(tuple(event_item(one) for one in found)),
        turn(MyEvents(), page, pages(total, PAGE), "my events"),
        Actions((coming_up, Button(_("Announce an event"), OpenEventForm(), "event"))),
    )


def coming_view(shown: Seen, comers: Sequence[Comer], total: int, page: int) -> View:
    """Who comes and who waits, for those who look after the event alone."""
    rows = tuple((one.name, one.organisation, _state(one)) for one in comers)
    table = Table(_("Who is coming"), (_("Name"), _("Organisation"), _("Place")), rows)
    return view(
        Heading(title_of(shown.event)),
        Paragraph(_when(shown)),
        table if comers else Paragraph(_("Nobody has said that they come yet.")),
        turn(ListComing(event=shown.event.id), page, pages(total, NAMES), f"coming {shown.ref}"),
        Actions((Button(_("See it"), ShowEvent(event=shown.event.id), f"event {shown.ref}"),)),
    )


def _when(shown: Seen) -> Text:
    """When it is, and the places as long as there are any to have."""
    when = when_words(shown.event)
    if not shown.ahead:
        return when
    return _("{when}. {places}.", when=when, places=places_words(shown))


def _state(comer: Comer) -> Text:
    return _("In the queue") if comer.waiting else _("Has a place")
