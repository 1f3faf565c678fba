"""What hosts and the people in the room see of attendance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.events.attending_intents import (
    AddWalkUp,
    CheckIn,
    OpenAttendance,
    ShowFunnel,
    ShowRoomCode,
    TakeAttendance,
)
from core.events.calendar_words import how_to_type
from core.events.model import Event, Funnel, Open
from core.events.seen import title_of, when_words
from core.groups.intents import OpenGroup
from core.kernel.references import reference
from core.kernel.texts import NOTHING, Text, Words, _, plural
from core.ui.forms import ChoiceField, Form, ManyChoicesField, Option, PersonField, TextField
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

PAGE = 50
"""Names on one page of the tick list: half of what Slack shows in one field."""


@dataclass(frozen=True, slots=True)
class Attender:
    """Somebody on the tick list, and whether they are ticked."""

    member_id: int
    name: Words
    organisation: str
    came: bool


def ref_of(event: Event) -> str:
    """What people type for an event."""
    return reference("V", event.id)


def tick_list(event: Event, *, again: bool = False) -> Button:
    """The button that opens the tick list."""
    label = _("Change the list") if again else _("Take attendance")
    return Button(label, OpenAttendance(event=event.id), f"attendance {ref_of(event)}")


def room_code(event: Event) -> Button:
    """The button that shows the code for the room."""
    return Button(_("Show a code"), ShowRoomCode(event=event.id), f"code {ref_of(event)}")


def walk_up(event: Event) -> Button:
    """The button that adds somebody who is not on the list."""
    return Button(_("Add somebody"), AddWalkUp(event=event.id), f"walkup {ref_of(event)}")


def the_numbers(event: Event) -> Button:
    """The button that shows the funnel."""
    return Button(_("See the numbers"), ShowFunnel(event=event.id), f"funnel {ref_of(event)}")


def share_time(event: Event) -> Button:
    """The button that asks those who came to share the host's time."""
    return Button(_("Share the time"), OpenGroup(event=event.id), f"group {ref_of(event)}")


def code_view(event: Event, opens: datetime, closes: datetime) -> View:
    """The code, for the host to write on the board."""
    return view(
        Heading(_("Code for the room: {code}", code=event.code)),
        Paragraph(_("Show it in the room. People are ticked off when they type:")),
        *(Paragraph(one) for one in how_to_type(f"checkin {event.code}")),
        Facts(
            (
                Fact(_("Event"), title_of(event)),
                Fact(_("Works from"), _("{moment}", moment=opens)),
                Fact(_("Works until"), _("{moment}", moment=closes)),
            )
        ),
        Paragraph(_who_counts(event), quiet=True),
        Actions((tick_list(event), the_numbers(event))),
        summary=_("Code for the room: {code}", code=event.code),
    )


def _who_counts(event: Event) -> Text:
    if event.open_to is Open.ALL:
        return _("Whoever is in the room and has joined Hourbridge counts, signed up or not.")
    return _("Whoever this event is for counts, signed up or not. You can add others by name.")


def check_in_form() -> Form:
    """The form that takes the code."""
    return Form(
        _("Say that you are here"),
        CheckIn(),
        (TextField("code", _("Code"), hint=_("The host shows it in the room"), longest=20),),
        _("I am here"),
    )


def checked_in_view(event: Event, news: Text) -> View:
    """To somebody in the room."""
    return view(
        Note(news, "success"),
        Heading(title_of(event)),
        Paragraph(when_words(event)),
        summary=news,
    )


def attendance_form(event: Event, people: Sequence[Attender], page: int, of: int) -> Form:
    """A page of the tick list."""
    shown = tuple(str(one.member_id) for one in people)
    options = tuple(
        Option(
            str(one.member_id),
            _("{name}, {organisation}", name=one.name, organisation=one.organisation),
        )
        for one in people
    )
    ticked = tuple(str(one.member_id) for one in people if one.came)
    hint = _("Page {page} of {of}", page=page + 1, of=of) if of > 1 else NOTHING
    more = page + 1 < of
    return Form(
        _("Who came?"),
        TakeAttendance(event=event.id, page=page, shown=shown, ticked=ticked),
        (ManyChoicesField("came", _("Tick who came"), options, ticked, hint),),
        _("Save and go on") if more else _("Save"),
        (
            Paragraph(title_of(event)),
            Paragraph(
                _("You can change this later. Whoever typed the code is ticked already."),
                quiet=True,
            ),
        ),
    )


def nobody_view(event: Event) -> View:
    """Where there is nobody to tick."""
    return view(
        Heading(title_of(event)),
        Paragraph(
            _("Nobody has said that they are coming. Show a code in the room, or add who came.")
        ),
        Actions((room_code(event), walk_up(event))),
    )


def attendance_view(
    event: Event, funnel: Funnel, news: Text = NOTHING, *, shareable: bool = False
) -> View:
    """How many came. ``shareable``: it is over, and the reader is the host, who has not asked
    a pot for the time."""
    actions = (tick_list(event, again=True), walk_up(event), room_code(event), the_numbers(event))
    return view(
        Note(news, "success") if news else None,
        Heading(title_of(event)),
        Facts(
            (
                Fact(_("Said they were coming"), f"{funnel.coming}"),
                Fact(_("Came"), f"{funnel.came}"),
                Fact(_("Of these, without signing up"), f"{funnel.walk_ups}"),
            )
        ),
        Actions((*actions, share_time(event)) if shareable else actions),
        summary=plural("{count} person came", "{count} people came", funnel.came),
    )


def walk_up_form(
    event: Event, intent: AddWalkUp, matches: Sequence[tuple[str, Words]] = ()
) -> Form:
    """Who came without having said so; with several of one name, which of them."""
    here = AddWalkUp(event=event.id)
    if matches:
        options = tuple(Option(key, line) for key, line in matches)
        return Form(
            _("Add somebody who came"),
            AddWalkUp(event=event.id, who=intent.who),
            (ChoiceField("chosen", _("Which of them?"), options),),
            _("Add them"),
        )
    return Form(
        _("Add somebody who came"),
        here,
        (PersonField("who", _("Who came?"), intent.who, _("A member, by name")),),
        _("Add them"),
        (Paragraph(title_of(event)),),
    )
