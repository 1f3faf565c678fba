"""From a list of names to the members whom a giver may ask."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.events.model import Event, EventState, PlaceState
from core.groups.earning import refuse_after_a_pot
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.model import AccountKind
from core.ledger.receivers import find_receivers
from core.members.model import Member, MemberState
from core.safety.words import checked_words
from core.ui.intents import Unreadable

MOST_PEOPLE = 30
PEOPLE_LONGEST = 2000
_BETWEEN = re.compile(r"[;\n]+")


def people_named(desk: Desk, words: str) -> list[Member]:
    """The members whose names stand in ``words``, with a semicolon or a new line between.

    Refuses, on the field ``people``, a name that nobody or more than one has.
    """
    text = checked_words(words, "people", PEOPLE_LONGEST, required=False)
    names = [name.strip(" .") for name in _BETWEEN.split(text) if name.strip(" .")]
    if len(names) > MOST_PEOPLE:
        raise too_many()
    found: dict[int, Member] = {}
    for name in names:
        member = _named(desk, name)
        found[member.id] = member
    return list(found.values())


def _named(desk: Desk, name: str) -> Member:
    try:
        holders = find_receivers(desk, name)
    except Refusal as refusal:
        if refusal.code == "to-yourself":
            raise Refusal(
                _("You give in this exchange, so leave your own name out."), "people", "to-yourself"
            ) from None
        holders = ()
    ids = [one.id for one in holders if one.kind is AccountKind.MEMBER and one.id is not None]
    if len(ids) > 1:
        raise Refusal(
            _(
                "More than one person may be called {name}. Add the organisation after a comma, "
                "for example {name}, Northgate.",
                name=name,
            ),
            "people",
            "which-one",
        )
    if not ids:
        raise Refusal(
            _(
                "I cannot find {name}. Write each first name and surname, with a semicolon or a "
                "new line between people.",
                name=name,
            ),
            "people",
            "nobody",
        )
    return desk.books.members.get(ids[0])


def event_to_share(desk: Desk, event_id: int) -> Event:
    """An event of the caller's whose time they may share, held until the transaction ends."""
    event = desk.books.events.lock(event_id) if event_id > 0 else None
    if event is None or event.host_id != desk.me.id:
        raise Refusal(_("I cannot find that."), code="not-found")
    if event.state is EventState.CANCELLED:
        raise Refusal(_("This event is cancelled."), code="cancelled")
    refuse_after_a_pot(desk, event)
    return event


def people_at(desk: Desk, event: Event) -> list[Member]:
    """The members at an event whom its host may ask: those who came, once that is known, else
    those who are coming."""
    places = desk.books.events.places(event.id)
    came = [one.member_id for one in places if one.came]
    coming = [one.member_id for one in places if one.state is PlaceState.COMING]
    blocked = desk.books.members.blocked_either_way(desk.me.id)
    found = desk.books.members.many(came or coming)
    members = (found[one] for one in came or coming if one in found and one not in blocked)
    return [one for one in members if one.state is MemberState.ACTIVE]


def people_ticked(desk: Desk, event: Event, ticked: Sequence[str]) -> list[Member]:
    """Those of ``people_at`` who are ticked; an id that was never offered is a forgery."""
    offered = {str(one.id): one for one in people_at(desk, event)}
    if not set(ticked) <= set(offered):
        raise Unreadable
    return [offered[one] for one in dict.fromkeys(ticked)]


def too_many() -> Refusal:
    """More than any card can list."""
    return Refusal(
        _("A group can have {count} people at most. Make two groups.", count=str(MOST_PEOPLE)),
        "people",
        "too-many",
    )
