"""The forms of a group exchange: proposing it, asking more people, and saying that it is done."""

from __future__ import annotations

from dataclasses import dataclass

from core.exchanges.forms import WHEN_LONGEST, terms_fields
from core.exchanges.model import Terms
from core.groups.intents import GroupDone, MorePeople, ProposeGroup
from core.groups.model import Group
from core.groups.people import PEOPLE_LONGEST
from core.groups.views import Share
from core.kernel.minutes import spoken, typed_minutes
from core.kernel.texts import Text, _
from core.members.model import Member
from core.ui.forms import (
    DurationField,
    Field,
    Form,
    LongTextField,
    ManyChoicesField,
    Option,
    TextField,
)
from core.ui.views import Fact, Facts, Paragraph

TITLE_LONGEST = 100

__all__ = ["TITLE_LONGEST", "WHEN_LONGEST", "GroupAnswers", "done_form", "group_form", "more_form"]


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """What a new group's form starts with."""

    terms: Terms
    key: str
    title: str = ""
    minutes: str = ""
    people: str = ""


def group_form(answers: GroupAnswers, event_id: int = 0, at_event: tuple[Member, ...] = ()) -> Form:
    """A new group. ``at_event`` are people to tick, all ticked to begin with."""
    return Form(
        _("Help a group"),
        ProposeGroup(event=event_id, key=answers.key),
        (
            TextField("title", _("What will you do?"), answers.title, longest=TITLE_LONGEST),
            DurationField(
                "minutes",
                _("How much time will you give?"),
                answers.minutes,
                _("Yours, once. It is shared out among those who are there."),
            ),
            *_who(answers, at_event),
            DurationField(
                "most",
                _("The largest share for each person"),
                "",
                _("Leave this empty to share evenly. Nobody gives more than they accept."),
                required=False,
            ),
            TextField(
                "when",
                _("When?"),
                "",
                _("For example Tuesday 2pm, online. You can skip this."),
                required=False,
                longest=WHEN_LONGEST,
            ),
            *terms_fields(answers.terms),
        ),
        _("Send"),
        (
            Paragraph(
                _(
                    "Each person is asked to accept a share. After the work you say how long it "
                    "took and who was there, and each confirms their own."
                )
            ),
        ),
    )


def _who(answers: GroupAnswers, at_event: tuple[Member, ...]) -> tuple[Field, ...]:
    if not at_event:
        return (_people(_("Who is it for?"), answers.people, required=True),)
    options = tuple(Option(str(one.id), one.name) for one in at_event)
    ticks = ManyChoicesField(
        "members", _("Who is it for?"), options, tuple(str(one.id) for one in at_event)
    )
    return ticks, _people(_("Anybody else?"), answers.people, required=False)


def _people(label: Text, value: str, *, required: bool) -> LongTextField:
    return LongTextField(
        "people",
        label,
        value,
        _("Names with semicolons between, for example: Ana Ward; Ben Lowe, Westshire"),
        required,
        PEOPLE_LONGEST,
    )


def more_form(group: Group) -> Form:
    """More people for the same share."""
    return Form(
        _("Ask more people"),
        MorePeople(group=group.id, version=group.version),
        (_people(_("Who else is it for?"), "", required=True),),
        _("Send"),
        (
            Facts((Fact(_("What for"), group.title),)),
            Paragraph(
                _("Each is asked to accept a share of {time} at most.", time=spoken(group.most))
            ),
        ),
    )


def done_form(group: Group, agreed: tuple[Share, ...]) -> Form:
    """How long it took and who was there, of those who accepted."""
    options = tuple(Option(str(one.exchange.id), one.name) for one in agreed)
    return Form(
        _("It is done"),
        GroupDone(group=group.id, version=group.version),
        (
            DurationField(
                "minutes",
                _("How long did it take?"),
                typed_minutes(group.minutes),
                _("For example 1h30 or 45 mins"),
            ),
            ManyChoicesField(
                "came",
                _("Who was there?"),
                options,
                tuple(option.value for option in options),
                _("Only they are asked to confirm a share."),
            ),
        ),
        _("Send"),
        (Facts((Fact(_("What for"), group.title),)),),
    )
