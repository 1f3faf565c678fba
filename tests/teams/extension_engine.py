"""The tiny engine with what the message extension asks for: a message's words, and a search."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import ClassVar

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from typing_extensions import override

from adapters.teams.app import TeamsPlatform
from core.answers import Answer
from core.callers import Caller
from core.kernel.texts import _
from core.ui.forms import DurationField, Form, LongTextField, TextField
from core.ui.intents import Intent, Vocabulary
from core.ui.replies import Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Fact, Facts, Heading, Item, Items, Paragraph, View, view
from core.words import Speech
from tests.teams import fake_engine as tiny
from tests.teams.house import ANONYMOUS, House


@dataclass(frozen=True, kw_only=True)
class FromMessage(Intent):
    name: ClassVar[str] = "posts.from-message"
    opens_form: ClassVar[bool] = True
    words: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class FindToShare(Intent):
    name: ClassVar[str] = "posts.find-to-share"
    words: str = ""
    skip: int = 0
    count: int = 25


@dataclass(frozen=True, kw_only=True)
class Ask(Intent):
    name: ClassVar[str] = "t.ask"
    title: str = ""
    details: str = ""
    minutes: str = ""
    source: str = ""


VOCABULARY = Vocabulary((*tiny.VOCABULARY, FromMessage, FindToShare, Ask))
FOUND = 3


def interpret(words: str) -> Intent:
    """Typed words, of which "ask" opens the same form here as "offer"."""
    return tiny.OpenOffer(words="ask") if words == "ask" else tiny.interpret(words)


class ExtensionEngine(tiny.FakeEngine):
    """Keeps who asked what. ``visitor``: nobody has joined."""

    def __init__(self) -> None:
        super().__init__()
        self.visitor = False
        self.asks: list[Ask] = []

    @override
    async def perform(self, caller: Caller, intent: Intent) -> Answer:
        self.asked.append((caller, intent))
        return Answer(self._reply(intent), Speech(), self.visitor)

    @override
    def _reply(self, intent: Intent) -> Reply:
        if self.visitor:
            return Say(view(Heading(_("Welcome to Hourbridge"))))
        match intent:
            case FromMessage(words=words, source=source):
                if "943 476 5919" in words:
                    return Refuse(_("That looks like an NHS number. Nothing was kept."))
                return Open(_ask_form(words, source))
            case FindToShare():
                return self._found(intent)
            case Ask(minutes="7"):
                return Refuse(_("Time is counted in steps of 15 minutes."), "minutes")
            case Ask():
                self.asks.append(intent)
                return Say(view(Paragraph(_("Check your ask"))))
            case _:
                return super()._reply(intent)

    def _found(self, intent: FindToShare) -> Reply:
        if intent.words == "boom":
            raise RuntimeError(tiny.SECRET)
        if intent.words == "!":
            return Refuse(_("Use some words, not only signs or emoji."), "words")
        left = 0 if intent.words == "jam" else max(0, FOUND - intent.skip)
        if not left:
            return Replace(view(Paragraph(_("Nothing found. Try other words."))))
        numbers = range(intent.skip, intent.skip + min(left, intent.count))
        return Replace(view(Items(tuple(_item(number) for number in numbers))))


def _item(number: int) -> Item:
    title = f"<b>Run charts</b> & more {number}"
    return Item(title, (_("1 hour"), "Ana Ward,\nNorthgate <Trust>"), (), _card(title, number))


def _card(title: str, number: int) -> View:
    return view(
        Heading(title),
        Facts((Fact(_("Time"), _("1 hour")),)),
        Actions(
            (
                Button(_("I can help"), tiny.OpenOffer(words=title), style="primary"),
                Button(_("See it"), tiny.Accept(number=number)),
            )
        ),
    )


def _ask_form(words: str, source: str) -> Form:
    return Form(
        _("Ask for help"),
        Ask(source=source),
        (
            TextField("title", _("What would you like help with?"), words[:50]),
            LongTextField("details", _("Anything more"), words[:2000], required=False),
            DurationField("minutes", _("How long will it take?")),
        ),
        _("Look at it first"),
    )


@asynccontextmanager
async def extended_house(engine: ExtensionEngine) -> AsyncIterator[House]:
    """A house with this engine for the length of a block."""
    platform = TeamsPlatform(ANONYMOUS, engine.perform, interpret, VOCABULARY, report=engine.report)
    app = web.Application()
    platform.add_routes(app)
    async with TestClient(TestServer(app)) as client:
        yield House(platform, client)
    await platform.close()
