"""What a reminder says. It stays true while it stands in a chat: it names the time."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.events.access import access_words
from core.events.buttons import see_it
from core.events.intents import LeaveEvent
from core.events.seen import Seen, title_of, when_facts, when_words, where_words
from core.kernel.texts import _
from core.ui.views import Actions, Button, Fact, Facts, Heading, Link, Note, View, view


def reminder_view(shown: Seen, calendar: str) -> View:
    """To somebody who is coming: when, where, the way in, and a way out."""
    event = shown.event
    link = event.link if shown.sees_link and shown.ahead else ""
    join = Link(_("Join on {site}", site=urlsplit(link).hostname or ""), link)
    leave = Button(_("I cannot come"), LeaveEvent(event=event.id), f"leave event {shown.ref}")
    return view(
        Heading(title_of(event)),
        Note(_("You have a place.")) if shown.ahead else Note(_("This event is over.")),
        Facts(_facts(shown)),
        Actions(
            (
                *((join,) if link else ()),
                *((leave,) if shown.ahead else ()),
                see_it(shown),
                Link(_("Add to my calendar"), calendar),
            )
        ),
        summary=_("{title}, {when}", title=title_of(event), when=when_words(event)),
    )


def _facts(shown: Seen) -> tuple[Fact, ...]:
    event = shown.event
    access = access_words(event.access)
    host = _("{name}, {organisation}", name=shown.host, organisation=shown.organisation)
    return (
        *when_facts(event, shown.zone),
        Fact(_("Where"), where_words(shown)),
        *((Fact(_("Access"), access),) if access else ()),
        Fact(_("Host"), host),
    )
