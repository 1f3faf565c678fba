"""The first words: what this is, what it is not for, who sees what, and how to join."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from core.kernel.desk import Desk
from core.kernel.texts import NOTHING, Text, _
from core.members.model import Visitor
from core.safety.screening import Clear, screen
from core.ui.intents import Intent, to_wire
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Actions, Button, Heading, Note, Paragraph, View, view


@dataclass(frozen=True, kw_only=True)
class OpenJoin(Intent):
    """The form that one tick joins with."""

    name: ClassVar[str] = "members.join-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class OpenLink(Intent):
    """The form for a one-time code from another chat."""

    name: ClassVar[str] = "members.link-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Privacy(Intent):
    """Who can see what, and who looks after it."""

    name: ClassVar[str] = "members.privacy"


@dataclass(frozen=True, kw_only=True)
class VisitorLanguage(Intent):
    """The language to be greeted in."""

    name: ClassVar[str] = "members.visitor-language"

    language: str = "en"


MOST_KEPT = 3000
"""The most characters kept for a visitor: a line, and not a document."""
TOO_LONG = _("What you typed is very long, so I have not kept it. Type it again once you join.")


def greet(desk: Desk, intent: Intent, visitor: Visitor | None, language: str) -> Reply:
    """Greet a visitor once, and keep what they had typed until they join.

    Words that would be stopped or questioned are not kept; the greeting says so.
    """
    caller = desk.caller
    unkept = NOTHING
    pending = visitor.pending if visitor else {}
    if intent.kept_for_joining:
        unkept = why_not_kept(intent)
        pending = {} if unkept else to_wire(intent)
    desk.books.members.save_visitor(
        Visitor(
            caller.platform,
            caller.tenant,
            caller.user,
            visitor.greeted_at if visitor else desk.now,
            pending,
            visitor.language if visitor else "",
        )
    )
    greeted = visitor is not None
    return Say(greeting_view(language, again=greeted, unkept=unkept, waiting=bool(pending)))


def why_not_kept(intent: Intent) -> Text:
    """Why the words of an intent may not be stored unasked, or nothing."""
    values = [getattr(intent, field.name) for field in fields(intent)]
    words = [value for value in values if isinstance(value, str) and value]
    if sum(map(len, words)) > MOST_KEPT:
        return TOO_LONG
    if not all(isinstance(screen(one, kind="public"), Clear) for one in words):
        return _(
            "What you typed may hold personal details, so I have not kept it. "
            "Please type it again, without them, when you have joined."
        )
    return NOTHING


def choose_language(desk: Desk, intent: VisitorLanguage) -> Reply:
    """Greet again, in the language chosen."""
    caller = desk.caller
    language = "cy" if intent.language == "cy" else "en"
    visitor = desk.books.members.visitor(caller.platform, caller.tenant, caller.user)
    pending = visitor.pending if visitor else {}
    desk.books.members.save_visitor(
        Visitor(
            caller.platform,
            caller.tenant,
            caller.user,
            visitor.greeted_at if visitor else desk.now,
            pending,
            language,
        )
    )
    return Replace(greeting_view(language, again=False, waiting=bool(pending)))


def greeting_view(language: str, *, again: bool, waiting: bool, unkept: Text = NOTHING) -> View:
    """The greeting; ``again`` is the short one, for a visitor who was greeted before."""
    other = Button("English", VisitorLanguage(language="en"))
    if language == "en":
        other = Button("Cymraeg", VisitorLanguage(language="cy"))
    actions = Actions(
        (
            Button(_("Join"), OpenJoin(), "join", "primary"),
            Button(_("I already use Hourbridge elsewhere"), OpenLink(), "link"),
            Button(_("Who can see what"), Privacy(), "privacy"),
            other,
        )
    )
    afterwards = _afterwards(unkept, waiting=waiting)
    if again:
        return view(
            Heading(_("Join Hourbridge first")),
            Paragraph(_("It takes less than a minute.")),
            afterwards,
            actions,
        )
    return view(
        Heading(_("Welcome to Hourbridge")),
        Paragraph(
            _(
                "Hourbridge lets staff across your health and care system share skills by the "
                "hour. You help someone for an hour, and someone else helps you for an hour. "
                "One hour is one hour, whoever gives it."
            )
        ),
        Paragraph(
            _("It is not for patient details, clinical advice, rota cover or urgent messages.")
        ),
        Paragraph(
            _(
                "Members see your name, your organisation, and the offers and asks you post. "
                "Only you see your balance. What you arrange with someone stays between you two."
            )
        ),
        afterwards,
        actions,
        summary=_("Welcome to Hourbridge: share skills by the hour"),
    )


def _afterwards(unkept: Text, *, waiting: bool) -> Note | None:
    if unkept:
        return Note(unkept, "warning")
    if waiting:
        return Note(_("I have kept what you typed, and will carry on with it as soon as you join."))
    return None
