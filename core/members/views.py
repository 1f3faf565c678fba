"""What people see of linking, merging, stopping, and their own data."""

from __future__ import annotations

from core.commands import Hello
from core.kernel.texts import _, plural
from core.members.organisation_field import organisation_field
from core.organisations.model import Organisation
from core.ui.forms import Form, TextField
from core.ui.intents import Intent
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    View,
    view,
)

CODE_LONGEST = 20


def home_button() -> Actions:
    """The way on from a card that asks nothing more."""
    return Actions((Button(_("Home"), Hello(), "home"),))


def code_view(code: str, minutes: int) -> View:
    """A one-time code and what to do with it. The summary leaves the code out."""
    return view(
        Heading(_("Use Hourbridge in another chat")),
        Facts((Fact(_("Your code"), code),)),
        Paragraph(
            _(
                "In your other chat, open Hourbridge and choose “I already use Hourbridge "
                "elsewhere”. Then type this code. If you have joined there already, type: "
                "link {code}",
                code=code,
            )
        ),
        Note(
            plural(
                "The code works once, for {count} minute. Do not give it to anyone else: whoever "
                "types it becomes you here.",
                "The code works once, for {count} minutes. Do not give it to anyone else: whoever "
                "types it becomes you here.",
                minutes,
            ),
            "warning",
        ),
        summary=_("Your code for another chat"),
    )


def link_form(organisations: list[Organisation], intent: Intent, *, asked: bool = False) -> Form:
    """Where a visitor types the code; the organisation stands in it only where there are several.
    ``asked``: somebody there has to confirm it, unless they know this member already."""
    ask_organisation = organisation_field(
        organisations,
        asked=asked,
        label=_("Your organisation here"),
        asked_hint=_("If it is a new one for you, someone there is asked to confirm it."),
    )
    return Form(
        _("I already use Hourbridge"),
        intent,
        (
            TextField(
                "code",
                _("Your code"),
                hint=_("8 letters and numbers, for example BCDF-2345"),
                longest=CODE_LONGEST,
            ),
            *((ask_organisation,) if len(organisations) > 1 else ()),
        ),
        _("Continue"),
        (
            Paragraph(
                _(
                    "In the chat where you already use Hourbridge, type link. You get a code that "
                    "works once, for a few minutes. Type it here."
                )
            ),
        ),
    )


def linked_view(name: str) -> View:
    """A second chat now belongs to the same member."""
    return view(
        Note(_("Welcome back, {name}. You can now use Hourbridge here too.", name=name), "success"),
        Paragraph(
            _(
                "Your hours, offers and asks are the same in every chat. Hourbridge writes to you "
                "in the chat you used last. To choose one, type settings."
            )
        ),
    )


def same_member_view(name: str) -> View:
    """The code belongs to the member who typed it."""
    return view(
        Note(_("This chat is joined to your membership already, {name}.", name=name)), home_button()
    )


def merge_question_view(name: str, between: int, yes: Intent, typed: str) -> View:
    """What merging does, before anything moves."""
    happens = [
        _("Your hours are added together. You keep one opening credit, not two."),
        _("Your offers, asks, exchanges and skills move to {name}.", name=name),
    ]
    if between:
        happens.append(
            plural(
                "{count} open exchange between the two memberships is cancelled.",
                "{count} open exchanges between the two memberships are cancelled.",
                between,
            )
        )
    return view(
        Heading(_("You have joined Hourbridge twice")),
        Paragraph(
            _(
                "This code belongs to you in another chat, where your name is {name}. The two "
                "memberships can become one.",
                name=name,
            )
        ),
        Items(tuple(Item(one) for one in happens)),
        Note(_("This cannot be undone."), "warning"),
        Actions(
            (
                Button(_("Yes, make them one"), yes, typed, "primary"),
                Button(_("No, leave them as they are"), Hello(), "home"),
            )
        ),
    )


def merged_view(name: str, cancelled: int) -> View:
    """Two members are one."""
    return view(
        Note(_("Your two memberships are now one, as {name}.", name=name), "success"),
        Paragraph(
            plural(
                "{count} open exchange between them was cancelled.",
                "{count} open exchanges between them were cancelled.",
                cancelled,
            )
        )
        if cancelled
        else None,
        home_button(),
    )


def stopped_view(start: Intent) -> View:
    """Silence, and the way back."""
    return view(
        Note(_("I will be quiet from now on."), "success"),
        Paragraph(
            _(
                "I only write when something waits for you, such as a proposal, a message or a "
                "dispute. I also write when one of your events changes, is cancelled or has a "
                "place for you, and about your membership. To hear the rest again, type start."
            )
        ),
        Actions((Button(_("Start again"), start, "start"),)),
    )


def started_view(stop: Intent, settings: Intent) -> View:
    """News again."""
    return view(
        Note(_("You will hear from me again."), "success"),
        Paragraph(_("To choose what about, type settings. To stop, type stop.")),
        Actions(
            (
                Button(_("Settings"), settings, "settings"),
                Button(_("Stop"), stop, "stop"),
            )
        ),
    )


def mydata_view(code: str, page: str, minutes: int) -> View:
    """Where a member fetches what is held about them. The code is never part of an address."""
    return view(
        Heading(_("Your data")),
        Paragraph(
            _("Open {page} and type this code. You get one file, as JSON or as CSV.", page=page)
        ),
        Facts((Fact(_("Your code"), code),)),
        Note(
            plural(
                "The code works once, for {count} minute. Do not give it to anyone else.",
                "The code works once, for {count} minutes. Do not give it to anyone else.",
                minutes,
            ),
            "warning",
        ),
        Actions((Link(_("Open the page"), page),)),
        summary=_("Your code for your data"),
    )
