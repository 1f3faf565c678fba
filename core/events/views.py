"""What people see of one event: its card in their own chat, and in a channel."""

from __future__ import annotations

from collections.abc import Sequence

from core.events.buttons import buttons, count_me_in, more
from core.events.model import EventState
from core.events.seen import Seen, facts_of, in_a_row, title_of, when_words
from core.kernel.texts import NOTHING, Text, _
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    View,
    view,
)


def event_view(shown: Seen, news: Text = NOTHING, tone: str = "success") -> View:
    """An event's card, with what this reader may do."""
    event = shown.event
    facts = [*facts_of(shown)]
    if shown.channels:
        facts.append(Fact(_("Announced in"), in_a_row(shown.channels)))
    actions = buttons(shown)
    return view(
        Note(news, "success" if tone == "success" else "info") if news else None,
        Heading(title_of(event)),
        *_standing(shown, news),
        Paragraph(event.details) if event.details else None,
        Facts(tuple(facts)),
        Actions(actions) if actions else None,
        summary=_summary(shown, news),
    )


def channel_view(shown: Seen) -> View:
    """The card for everybody who reads along in a channel: no name but the host's, and no link."""
    event = shown.event
    return view(
        Heading(title_of(event)),
        *_off(shown),
        Paragraph(event.details) if event.details else None,
        Facts(facts_of(shown)),
        Actions((count_me_in(shown), more(shown))) if shown.ahead else None,
        summary=_summary(shown, NOTHING),
    )


def _summary(shown: Seen, news: Text) -> Text:
    title, when = title_of(shown.event), when_words(shown.event)
    if not news:
        return _("{title}, {when}", title=title, when=when)
    return _("{title}: {news}", title=title, news=news)


def _standing(shown: Seen, news: Text) -> tuple[Note, ...]:
    """That it is off or over; else where the reader stands, unless the news says so."""
    if not shown.ahead:
        return () if news else _off(shown)
    if shown.is_waiting:
        return (Note(_("You are number {place} in the queue.", place=shown.position)),)
    if shown.is_coming and not news:
        return (Note(_("You have a place."), "success"),)
    return ()


def _off(shown: Seen) -> tuple[Note, ...]:
    if shown.event.state is EventState.CANCELLED:
        return (Note(cancelled_words(shown), "warning"),)
    return () if shown.ahead else (Note(_("This event is over.")),)


def cancelled_words(shown: Seen) -> Text:
    """That it is cancelled, and why where the host says."""
    if shown.event.reason:
        return _("This event is cancelled: {reason}", reason=shown.event.reason)
    return _("This event is cancelled.")


def choose_view(rows: Sequence[tuple[Seen, Button]], *, more: bool) -> View:
    """The events that typed words may mean, each with a button."""
    items = tuple(
        Item(
            title_of(shown.event),
            (_("{when}, {ref}", when=when_words(shown.event), ref=shown.ref),),
            (button,),
        )
        for shown, button in rows
    )
    hint = _("There are more. Add the event's reference, for example {ref}.", ref=rows[0][0].ref)
    return view(
        Heading(_("Which event do you mean?")),
        Items(items),
        Paragraph(hint, quiet=True) if more else None,
    )
