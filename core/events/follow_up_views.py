"""What people who came are asked, and what the host sees of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.events.attending_intents import AnswerUseful, OpenNext, SayNext
from core.events.attending_views import ref_of
from core.events.model import Event, Place
from core.events.seen import title_of
from core.kernel.texts import NOTHING, Text, _
from core.ui.forms import Form, LongTextField
from core.ui.views import (
    Actions,
    Block,
    Button,
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    View,
    view,
)

WORDS_LONGEST = 500
USEFUL = {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}
"""The answers to the first question, best first."""
_WHO_READS = _(
    "The host reads it without your name 8 days after the event, if 3 people or more have written "
    "something."
)
_TAKE_BACK = _("Leave this empty to take back what you wrote.")


@dataclass(frozen=True, slots=True)
class Answers:
    """What is out: how many said each of ``USEFUL``, and what people will try."""

    useful: tuple[int, ...]
    words: tuple[str, ...]


def asking_view(event: Event, place: Place, news: Text = NOTHING, *, closed: bool = False) -> View:
    """Both questions, with what this reader has answered. ``closed``: nobody can answer now."""
    said = (
        *((Fact(_("Useful"), USEFUL[place.useful]),) if place.useful in USEFUL else ()),
        *((Fact(_("What you will try"), place.next),) if place.next else ()),
    )
    return view(
        Note(news, "success") if news else None,
        Heading(title_of(event)),
        Facts(said) if said else None,
        *(() if place.useful or closed else _first(event)),
        *(_over(event, place) if closed else _second(event, place)),
        summary=news or _("Was it useful? {title}", title=title_of(event)),
    )


def _first(event: Event) -> tuple[Block, ...]:
    return (
        Paragraph(_("You were there. Was it useful?")),
        Actions(
            tuple(
                Button(
                    label,
                    AnswerUseful(event=event.id, useful=value),
                    f"useful {ref_of(event)} {value}",
                )
                for value, label in USEFUL.items()
            )
        ),
    )


def _second(event: Event, place: Place) -> tuple[Block, ...]:
    label = _("Change what you wrote") if place.next else _("Write it")
    button = Button(label, OpenNext(event=event.id), f"try {ref_of(event)}")
    return (
        Paragraph(_("What will you try because of it? Answer if you like.")),
        Paragraph(_WHO_READS, quiet=True),
        Actions((button,)),
    )


def _over(event: Event, place: Place) -> tuple[Block, ...]:
    closed = Paragraph(_("You could answer until {moment}.", moment=event.answers_until))
    if not place.next:
        return (closed,)
    label = _("Take back what you wrote")
    return closed, Actions((Button(label, OpenNext(event=event.id), f"try {ref_of(event)}"),))


def next_form(event: Event, words: str, *, closed: bool = False) -> Form:
    """The second question. ``closed``: what was written can only be taken back."""
    field = LongTextField(
        "words",
        _("What will you try because of it?"),
        words,
        _TAKE_BACK if closed else _WHO_READS,
        required=False,
        longest=WORDS_LONGEST,
    )
    return Form(
        _("What will you try?"),
        SayNext(event=event.id),
        (field,),
        _("Send"),
        (Paragraph(title_of(event)),),
    )
