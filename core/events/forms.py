"""The forms of an event: to announce or change one, and to cancel it."""

from __future__ import annotations

from core.events.access import KNOWN
from core.events.audience import SECTORS
from core.events.calendar_words import KINDS
from core.events.choices import Choices
from core.events.intents import CancelEvent, FillEvent
from core.events.model import Event
from core.events.model import Open as OpenTo
from core.events.reading import ACCESS_LONGEST, DETAILS_LONGEST, PLACE_LONGEST, TITLE_LONGEST
from core.events.seen import title_of
from core.kernel.texts import NOTHING, Text, Words, _
from core.ui.forms import (
    ChoiceField,
    DurationField,
    Field,
    Form,
    LongTextField,
    ManyChoicesField,
    MomentField,
    Option,
    TextField,
)
from core.ui.views import Note, Paragraph

REASON_LONGEST = 300


def event_form(intent: FillEvent, choices: Choices, news: Text = NOTHING) -> Form:
    """The form, holding what ``intent`` already says."""
    standing = bool(intent.event)
    return Form(
        _("Change the event") if standing else _("Announce an event"),
        FillEvent(
            draft=intent.draft,
            event=intent.event,
            version=intent.version,
            copied_from=intent.copied_from,
        ),
        (
            *_what(intent),
            *_when_and_where(intent),
            *_for_whom(intent, choices),
            *_channels(intent, choices, standing=standing),
        ),
        _("Save") if standing else _("Look at it first"),
        (Note(news),) if news else (),
    )


def _what(intent: FillEvent) -> tuple[Field, ...]:
    kinds = tuple(Option(kind.value, label) for kind, label in KINDS.items())
    return (
        ChoiceField("kind", _("What sort of event is it?"), kinds, intent.kind),
        TextField(
            "title",
            _("What is it called?"),
            intent.title,
            _("In a few words. Leave out anything about patients."),
            longest=TITLE_LONGEST,
        ),
        LongTextField(
            "details",
            _("What people need to know"),
            intent.details,
            required=False,
            longest=DETAILS_LONGEST,
        ),
    )


def _when_and_where(intent: FillEvent) -> tuple[Field, ...]:
    access = tuple(Option(value, label) for value, label in KNOWN.items())
    return (
        MomentField(
            "starts",
            _("When does it start?"),
            intent.starts,
            _("A day and a time, for example 12 June 2pm"),
            time=True,
        ),
        DurationField(
            "minutes",
            _("How long does it take?"),
            intent.minutes,
            _("For example 1 hour or 90 mins. 8 hours at most."),
        ),
        TextField(
            "place",
            _("Where is it?"),
            intent.place,
            _("Building, room and address. Leave it empty for an online event."),
            required=False,
            longest=PLACE_LONGEST,
        ),
        TextField(
            "link",
            _("Link to join online"),
            intent.link,
            _("It starts with https://. Only people with a place see it."),
            required=False,
            longest=1000,
        ),
        ManyChoicesField("access", _("What the place offers"), access, intent.access),
        TextField(
            "access_words",
            _("Anything else about access"),
            intent.access_words,
            required=False,
            longest=ACCESS_LONGEST,
        ),
    )


def _for_whom(intent: FillEvent, choices: Choices) -> tuple[Field, ...]:
    named = tuple(Option(str(one.id), one.name) for one in choices.organisations)
    first = choices.organisations[0]
    one_only = len(named) == 1
    own: Words = (
        _("Staff of {organisation}", organisation=first.name)
        if one_only
        else _("Staff of the organisation that announces it")
    )
    sector: Words = (
        _("Staff of {sector}", sector=SECTORS[first.sector])
        if one_only
        else _("Staff of organisations in the same sector")
    )
    audience = (
        Option(OpenTo.ALL.value, _("Everybody in Hourbridge")),
        Option(OpenTo.ORGANISATION.value, own),
        Option(OpenTo.SECTOR.value, sector),
    )
    return (
        TextField(
            "capacity",
            _("How many people can come?"),
            intent.capacity,
            _("A number. Leave it empty for any number."),
            required=False,
            longest=10,
        ),
        ChoiceField("open_to", _("Who may come?"), audience, intent.open_to or OpenTo.ALL.value),
        *(() if one_only else (_organisation(intent, named),)),
    )


def _organisation(intent: FillEvent, named: tuple[Option, ...]) -> ChoiceField:
    chosen = intent.organisation or named[0].value
    return ChoiceField("organisation", _("Which organisation announces it?"), named, chosen)


def _channels(intent: FillEvent, choices: Choices, *, standing: bool) -> tuple[Field, ...]:
    if not choices.channels:
        return ()
    label = _("Announce it in more channels") if standing else _("Announce it in")
    hint = (
        _("There are more channels than fit here. The first {count} are listed.", count=100)
        if choices.more
        else _("Hourbridge posts a card there, which everybody in the channel can read.")
    )
    return (ManyChoicesField("channels", label, choices.channels, intent.channels, hint),)


def cancel_form(event: Event, intent: CancelEvent, told: int) -> Form:
    """The form that asks why, which is also the question whether they are sure."""
    effect = (
        _("Everybody who has a place or waits for one is told. This cannot be undone.")
        if told
        else _("Nobody has a place yet. This cannot be undone.")
    )
    return Form(
        _("Cancel the event"),
        CancelEvent(event=event.id, version=event.version),
        (
            TextField(
                "reason",
                _("Why is it cancelled?"),
                intent.reason,
                _("People who wanted to come read this. You can leave it empty."),
                required=False,
                longest=REASON_LONGEST,
            ),
        ),
        _("Cancel the event"),
        (Paragraph(title_of(event)), Note(effect, "warning")),
    )
