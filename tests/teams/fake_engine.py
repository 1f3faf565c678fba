"""A tiny engine with one intent for each way that an answer can go, for the adapter's own tests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from core.answers import Answer
from core.callers import Caller
from core.happenings import Happening
from core.kernel.texts import _
from core.ui.forms import (
    ChoiceField,
    DurationField,
    Form,
    ManyChoicesField,
    MomentField,
    Option,
    TextField,
)
from core.ui.intents import Intent, Vocabulary
from core.ui.replies import Nothing, Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Confirm, Heading, Note, Paragraph, Quote, View, view
from core.words import Speech


@dataclass(frozen=True, kw_only=True)
class Hello(Intent):
    name: ClassVar[str] = "t.hello"


@dataclass(frozen=True, kw_only=True)
class OpenOffer(Intent):
    name: ClassVar[str] = "t.open"
    opens_form: ClassVar[bool] = True
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class PostOffer(Intent):
    name: ClassVar[str] = "t.post"
    key: str = ""
    words: str = ""
    minutes: str = ""
    skills: tuple[str, ...] = ()
    agreed: bool = False
    site: int = 0
    day: str = ""


@dataclass(frozen=True, kw_only=True)
class Accept(Intent):
    name: ClassVar[str] = "t.accept"
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class Look(Intent):
    name: ClassVar[str] = "t.look"


@dataclass(frozen=True, kw_only=True)
class Forbidden(Intent):
    name: ClassVar[str] = "t.forbidden"


@dataclass(frozen=True, kw_only=True)
class Again(Intent):
    name: ClassVar[str] = "t.again"


@dataclass(frozen=True, kw_only=True)
class Boom(Intent):
    name: ClassVar[str] = "t.boom"


@dataclass(frozen=True, kw_only=True)
class Words(Intent):
    name: ClassVar[str] = "t.words"
    words: str = ""


VOCABULARY = Vocabulary((Hello, OpenOffer, PostOffer, Accept, Look, Forbidden, Again, Boom, Words))
SECRET = "nobody else may read this"


def interpret(words: str) -> Intent:
    verb, _space, rest = words.removeprefix("/").partition(" ")
    match verb:
        case "":
            return Hello()
        case "offer":
            return OpenOffer(words=rest)
        case "look":
            return Look()
        case "again":
            return Again()
        case "boom":
            return Boom()
        case _:
            return Words(words=words)


class FakeEngine:
    """Keeps who asked what, and what was posted. It answers once it is ``ready``."""

    def __init__(self) -> None:
        self.asked: list[tuple[Caller, Intent]] = []
        self.posted: list[PostOffer] = []
        self.accepted: set[int] = set()
        self.closed = False
        self.reported: list[Happening] = []
        self.ready = asyncio.Event()
        self.ready.set()

    async def report(self, happening: Happening) -> None:
        """Take note of what Teams reports."""
        self.reported.append(happening)

    async def perform(self, caller: Caller, intent: Intent) -> Answer:
        self.asked.append((caller, intent))
        await self.ready.wait()
        return Answer(self._reply(intent), Speech())

    def _reply(self, intent: Intent) -> Reply:
        match intent:
            case Hello():
                return Say(_home())
            case OpenOffer(words=words):
                if self.closed:
                    return Refuse(_("Offers are closed."))
                return Open(_offer_form(words))
            case PostOffer():
                return self._post(intent)
            case Accept(number=number):
                self.accepted.add(number)
                return Replace(view(Heading(_("Accepted {number}", number=number))))
            case Look():
                return Say(view(Paragraph(_("What you asked for: {secret}", secret=SECRET))))
            case Forbidden():
                return Refuse(_("You have no right to do this. Ask your lead."))
            case Again():
                return Nothing()
            case Words(words=words):
                return Refuse(_("I do not know {words}. Type help.", words=words))
            case _:
                raise RuntimeError(SECRET)

    def _post(self, intent: PostOffer) -> Reply:
        if intent.minutes == "7":
            return Refuse(_("Time is counted in steps of 15 minutes."), "minutes")
        if intent.words == "patient":
            return Refuse(_("Leave out patient details."))
        self.posted.append(intent)
        undo = Button(_("Accept it"), Accept(number=1))
        return Say(view(Note(_("Posted."), "success"), Quote(intent.words), Actions((undo,))))


def _home() -> View:
    sure = Confirm(_("Accept number 9?"), _("Yes, accept 9"))
    return view(
        Heading(_("Welcome to Hourbridge")),
        Actions(
            (
                Button(_("Make an offer"), OpenOffer(), "offer", "primary"),
                Button(_("Accept 7"), Accept(number=7)),
                Button(_("Look"), Look()),
                Button(_("Accept 9"), Accept(number=9), confirm=sure),
                Button(_("Forbidden"), Forbidden()),
                Button(_("Again"), Again()),
                Button(_("Break"), Boom()),
            )
        ),
    )


def _offer_form(words: str) -> Form:
    skills = tuple(Option(value, value.title()) for value in ("excel", "welsh", "spc"))
    return Form(
        _("Make an offer"),
        PostOffer(key="form-1"),
        (
            TextField("words", _("What can you do?"), words),
            DurationField("minutes", _("How long?"), hint=_("For example 1h30")),
            ManyChoicesField("skills", _("Skills"), skills),
            ManyChoicesField("agreed", _("Agreement"), (Option("yes", _("My manager agrees")),)),
            ChoiceField(
                "site",
                _("Where?"),
                (Option("3", "Northgate"), Option("4", "Southgate")),
                required=False,
            ),
            MomentField("day", _("Which day?"), required=False),
        ),
        _("Post it"),
    )
