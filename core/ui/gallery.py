"""Named examples of what people see. Every room shows its own; the contract suite walks them all.

This file's examples show every block and every field of the vocabulary itself, at its edges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from core.kernel.texts import _
from core.ui.forms import (
    ChoiceField,
    DurationField,
    Form,
    LongTextField,
    ManyChoicesField,
    MomentField,
    Option,
    PersonField,
    TextField,
)
from core.ui.intents import Intent
from core.ui.views import (
    Actions,
    Button,
    Confirm,
    Divider,
    Fact,
    Facts,
    Heading,
    Image,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    Quote,
    Table,
    View,
    view,
)


@dataclass(frozen=True, slots=True)
class Example:
    """One thing a person may see, under a name that stays: ``room.what-it-shows``."""

    name: str
    shown: View | Form


@dataclass(frozen=True, kw_only=True)
class Sample(Intent):
    """Stands for any intent in the vocabulary's own examples."""

    name: ClassVar[str] = "gallery.sample"
    opens_form: ClassVar[bool] = False

    number: int = 0
    words: str = ""
    chosen: tuple[str, ...] = ()
    ticked: bool = False


HOSTILE = "<b>Dr</b> & *bold* _it_ `code` <!channel> <@U1> [x](http://x.test) \u202eabc عربي 😀"


def examples() -> Iterator[Example]:
    """Every block, every field, hostile words, and the longest text that a form lets through."""
    yield Example("ui.every-block", _every_block())
    yield Example("ui.hostile-words", _hostile())
    yield Example("ui.long-words", _long())
    yield Example("ui.every-field", _every_field())
    yield Example("ui.hostile-form", _hostile_form())


def _every_block() -> View:
    press = Sample(number=7, words="words", chosen=("a", "b"), ticked=True)
    return view(
        Heading(_("Every block")),
        Paragraph(_("A paragraph says a few sentences.")),
        Paragraph(_("A quiet one may be skipped."), quiet=True),
        Quote("See you at 2, by the front desk.", by="Ana Ward"),
        Facts((Fact(_("Time"), _("1 hour")), Fact(_("Place"), "Northgate library"))),
        Divider(),
        Items(
            (
                Item("Run charts", (_("1 hour"), "Online"), (Button(_("Open"), press),)),
                Item("Easy read", ("Two lines\nof words",)),
            )
        ),
        Table(
            _("Your statement"),
            (_("Day"), _("Time")),
            (("6 August 2026", "1 hour"), ("7 August 2026", "minus 30 minutes")),
        ),
        Image("https://hourbridge.example/picture.png", _("Two people at a table")),
        Note(_("This is done."), "success"),
        Note(_("This needs care."), "warning"),
        Note(_("This is good to know."), "info"),
        Actions(
            (
                Button(_("Accept"), press, "accept E-7K2", "primary"),
                Button(
                    _("Cancel it"),
                    Sample(number=8),
                    "cancel E-7K2",
                    "danger",
                    Confirm(_("Are you sure?"), _("Yes, cancel it")),
                ),
                Link(_("Privacy notice"), "https://hourbridge.example/privacy"),
            )
        ),
        summary=_("Every block in one card"),
    )


def _hostile() -> View:
    return view(
        Heading(HOSTILE),
        Paragraph(HOSTILE),
        Quote(HOSTILE, by=HOSTILE),
        Facts((Fact(HOSTILE, HOSTILE),)),
        Items((Item(HOSTILE, (HOSTILE,), (Button(_("Open"), Sample(words=HOSTILE)),)),)),
        Table(HOSTILE, (HOSTILE,), ((HOSTILE,),)),
        Note(HOSTILE),
        summary=HOSTILE,
    )


def _long() -> View:
    return view(
        Heading("W" * 150),
        Paragraph("word " * 400),
        Quote("word " * 600, by="W" * 80),
        Facts(tuple(Fact(f"Label {n}", "value " * 20) for n in range(12))),
        Items(tuple(Item("W" * 150, ("line " * 60,)) for _n in range(5))),
    )


def _every_field() -> Form:
    return Form(
        _("Every field"),
        Sample(number=3),
        (
            TextField("words", _("One line"), "as typed", _("A few words")),
            LongTextField("more", _("Several lines"), required=False),
            ChoiceField("one", _("Choose one"), (Option("a", _("The first")), Option("b", "B"))),
            ManyChoicesField(
                "chosen", _("Choose any"), (Option("a", "A"), Option("b", "B")), ("b",)
            ),
            ManyChoicesField("ticked", _("Your agreement"), (Option("yes", _("I agree")),)),
            DurationField("minutes", _("How long"), "1h30", _("For example 1h30")),
            MomentField("day", _("Which day"), required=False),
            MomentField("at", _("When"), required=False, time=True),
            PersonField("who", _("Who"), required=False),
        ),
        _("Send"),
        (Paragraph(_("Read this first.")),),
    )


def _hostile_form() -> Form:
    return Form(
        HOSTILE,
        Sample(words=HOSTILE),
        (
            TextField("words", HOSTILE, HOSTILE, HOSTILE),
            LongTextField("more", HOSTILE, "word " * 400),
            ChoiceField("one", HOSTILE, (Option("a", HOSTILE),), "a"),
        ),
        _("Send"),
    )
