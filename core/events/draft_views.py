"""What a host sees of an event before it is announced."""

from __future__ import annotations

from core.events.access import access_words
from core.events.audience import audience_words
from core.events.calendar_words import KINDS
from core.events.content import Content
from core.events.intents import Announce, DropEventDraft, OpenEventDraft, OpenEventForm
from core.events.seen import in_a_row
from core.kernel.minutes import spoken
from core.kernel.texts import NOTHING, Text, Words, _, plural
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    View,
    view,
)


def preview_view(
    draft_id: int,
    content: Content,
    organisation: str,
    channels: tuple[Words, ...],
    note: Text = NOTHING,
) -> View:
    """What was understood. ``channels`` are the chosen ones by name."""
    return view(
        Note(note, "warning") if note else None,
        Heading(_("Check your event")),
        Paragraph(content.title),
        Paragraph(content.details) if content.details else None,
        Facts(_facts(content, organisation, channels)),
        None if channels else Note(_("No channel is chosen. To choose some, change it first.")),
        Actions(
            (
                Button(_("Announce it"), Announce(draft=draft_id), "announce", "primary"),
                Button(_("Change it"), OpenEventDraft(draft=draft_id), "event change"),
                Button(_("Do not announce it"), DropEventDraft(draft=draft_id), "event drop"),
            )
        ),
        Paragraph(
            _(
                "Hourbridge writes to nobody one by one about a new event. People see it in the "
                "channels you choose, in their weekly digest and when they type events, with your "
                "name."
            ),
            quiet=True,
        ),
    )


def _facts(content: Content, organisation: str, channels: tuple[Words, ...]) -> tuple[Fact, ...]:
    access = access_words(content.access)
    audience = audience_words(content.open_to, content.sector, organisation)
    length = spoken(content.minutes)
    places: Words = _("Any number")
    if content.capacity is not None:
        places = plural("{count} place", "{count} places", content.capacity)
    when = _("{moment}, for {time}", moment=content.starts_at, time=length)
    return (
        Fact(_("What"), KINDS[content.kind]),
        Fact(_("When"), when),
        *((Fact(_("Where"), content.place),) if content.place else ()),
        *((Fact(_("Link"), content.link),) if content.link else ()),
        *((Fact(_("Access"), access),) if access else ()),
        Fact(_("Places"), places),
        Fact(_("Who may come"), audience),
        Fact(_("Announced for"), organisation),
        *((Fact(_("Announced in"), in_a_row(channels)),) if channels else ()),
    )


def dropped_view() -> View:
    """The draft is gone, by choice or by time."""
    return view(
        Note(_("Nothing was announced.")),
        Actions((Button(_("Start again"), OpenEventForm(), "event"),)),
    )
