"""What people read and fill in when hours are given or granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.exchanges.safety_intents import OpenReport
from core.kernel.minutes import spoken
from core.kernel.references import reference
from core.kernel.texts import Text, Words, _
from core.ledger.intents import ConfirmGift, DropGift, Give, Grant
from core.ledger.views import balance_button, statement_button
from core.ui.forms import (
    ChoiceField,
    DurationField,
    Field,
    Form,
    LongTextField,
    Option,
    PersonField,
)
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    Quote,
    View,
    view,
)

NOTE_LONGEST = 300


def gift_form(
    intent: Give,
    matches: Sequence[tuple[str, Words]] = (),
    sources: Sequence[tuple[str, Words]] = (),
) -> Form:
    """The form, with what is known already.

    ``matches`` are (key, name) of whom the words may mean, to choose one; ``sources`` the pots
    that this member may grant from, asked where there is more than one.
    """
    granting = isinstance(intent, Grant)
    carried: Give = Grant() if granting else Give()
    if isinstance(intent, Grant) and isinstance(carried, Grant) and len(sources) == 1:
        carried = replace(carried, source=sources[0][0])
    fields: list[Field] = []
    if len(sources) > 1:
        options = tuple(Option(key, name) for key, name in sources)
        source = intent.source if isinstance(intent, Grant) else ""
        fields.append(ChoiceField("source", _("From which pot"), options, source))
    fields += [
        DurationField("minutes", _("How long"), intent.minutes, _("For example 1h30 or 45 mins")),
        _receiver(intent, matches),
        LongTextField(
            "note",
            _("A few words to go with it"),
            intent.note,
            _("You can skip this. Only the person you give to reads it."),
            required=False,
            longest=NOTE_LONGEST,
        ),
    ]
    before = _several(len(matches)) if matches else _about(granting=granting)
    return Form(
        _("Grant hours") if granting else _("Give hours"),
        carried,
        tuple(fields),
        _("Next"),
        (before,),
    )


def _receiver(intent: Give, matches: Sequence[tuple[str, Words]]) -> Field:
    if matches:
        options = tuple(Option(key, name) for key, name in matches)
        return ChoiceField("chosen", _("To whom"), options, intent.chosen)
    return PersonField(
        "who",
        _("To whom"),
        intent.who,
        _("A name, an organisation for its pot, or community"),
    )


def _several(count: int) -> Note:
    return Note(_("{count} fit that name. Choose one.", count=count))


def _about(*, granting: bool) -> Paragraph:
    if granting:
        return Paragraph(_("You see what will happen before anything moves."), quiet=True)
    return Paragraph(
        _(
            "Give to a colleague anywhere in the system, to an organisation's pot, or to the "
            "community pot for someone who needs it. You see what will happen before anything "
            "moves."
        ),
        quiet=True,
    )


def sure_view(
    draft_id: int,
    giver: Words | None,
    receiver: Words,
    minutes: int,
    note: str,
    left: int,
    *,
    unread: bool = False,
) -> View:
    """The question before hours move. ``giver`` is the pot, None for the caller, and ``left``
    what is in it afterwards.

    ``unread``: words were written for a pot, where nobody would read them.
    """
    ref = reference("G", draft_id)
    word = "give" if giver is None else "grant"
    if giver is None:
        question = _("Give {time} to {receiver}?", time=spoken(minutes), receiver=receiver)
        after = Fact(_("Your balance after it"), spoken(left))
    else:
        question = _("Grant {time} to {receiver}?", time=spoken(minutes), receiver=receiver)
        after = Fact(_("Left in the pot after it"), spoken(left))
    return view(
        Heading(_("Are you sure?")),
        Paragraph(question),
        Facts((*((Fact(_("From"), giver),) if giver else ()), after, Fact(_("Reference"), ref))),
        Quote(note, _("Your words")) if note else None,
        Note(_("Nobody reads words that go to a pot, so yours are not kept.")) if unread else None,
        Paragraph(_("You cannot take this back."), quiet=True),
        Actions(
            (
                Button(
                    _("Yes, give it") if giver is None else _("Yes, grant it"),
                    ConfirmGift(draft=draft_id),
                    f"{word} {ref}",
                    "primary",
                ),
                Button(_("No"), DropGift(draft=draft_id), f"{word} {ref} no"),
            )
        ),
        summary=_("Are you sure?"),
    )


def given_view(
    giver: Words | None, receiver: Words, minutes: int, left: int, *, again: bool = False
) -> View:
    """It is given; ``again`` after a second press, which gives nothing more."""
    time = spoken(minutes)
    if giver is None:
        done = _("You gave {time} to {receiver}.", time=time, receiver=receiver)
        after: Text = _("Your balance is {time}.", time=spoken(left))
    else:
        done = _(
            "{time} went from {giver} to {receiver}.", time=time, giver=giver, receiver=receiver
        )
        after = _("The pot now holds {time}.", time=spoken(left))
    return view(
        Note(done, "success"),
        Paragraph(_("This was done before. Nothing more has moved.")) if again else None,
        Paragraph(after),
        Actions((statement_button(), balance_button())) if giver is None else None,
    )


def dropped_view() -> View:
    """Nothing was given."""
    return view(Note(_("Nothing was given.")))


def received_view(
    giver: Words, minutes: int, note: str, writer: Words, writer_id: int, *, granted: bool
) -> View:
    """The notice to the receiver. ``giver`` is a member or a pot, ``writer`` wrote the note."""
    time = spoken(minutes)
    told = _("{time} for you, from {giver}.", time=time, giver=giver)
    why = (
        _("It was granted from a pot. You can use it to get help from anyone.")
        if granted
        else _("You can use it to get help from anyone.")
    )
    report = (
        Button(_("Report these words"), OpenReport(about=f"member:{writer_id}"), "report")
        if note
        else None
    )
    return view(
        Heading(_("You were given hours")),
        Paragraph(told),
        Quote(note, writer) if note else None,
        Paragraph(why, quiet=True),
        Actions((balance_button(), statement_button(), *((report,) if report else ()))),
        summary=_("You were given hours"),
    )
