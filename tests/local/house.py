"""A small engine, 2 people and a client for the local page."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any, ClassVar

from aiohttp import ClientSession

from adapters.local import LocalPlatform, Persona
from core.answers import Answer
from core.callers import Caller
from core.kernel.texts import _
from core.ui.forms import DurationField, Form, TextField
from core.ui.intents import Intent
from core.ui.replies import Nothing, Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Heading, Paragraph, view
from core.words import Speech

ANA = Persona("northgate", "ana", "Ana Ward", "Northgate Hospitals", "Champion")
BO = Persona("south/moor", "bo lin", "Bo Lin", "Southmoor Trust")


@dataclass(frozen=True, kw_only=True)
class Words(Intent):
    """Whatever was typed."""

    name: ClassVar[str] = "test.words"

    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer(Intent):
    """A form with one field that must be filled in."""

    name: ClassVar[str] = "test.offer"
    opens_form: ClassVar[bool] = True

    title: str = ""
    minutes: str = ""


@dataclass(frozen=True, kw_only=True)
class Accept(Intent):
    """Takes the place of its card."""

    name: ClassVar[str] = "test.accept"

    number: int = 0


OFFER = Form(
    _("Offer a skill"),
    Offer(),
    (TextField("title", _("What")), DurationField("minutes", _("How long"))),
    _("Send"),
)


@dataclass
class SmallEngine:
    """Answers each intent in a fixed way, and remembers who asked for what."""

    asked: list[tuple[Caller, Intent]] = field(default_factory=list)
    language: str = "en"
    broken: int = 0
    gate: asyncio.Event | None = None

    async def __call__(self, caller: Caller, intent: Intent) -> Answer:
        self.asked.append((caller, intent))
        if self.gate:
            await self.gate.wait()
        if self.broken:
            self.broken -= 1
            raise RuntimeError("the engine is broken")
        return Answer(self._reply(caller, intent), Speech(self.language))

    def _reply(self, caller: Caller, intent: Intent) -> Reply:
        match intent:
            case Words(words="home"):
                return Say(view(Heading(_("Hello {name}", name=caller.name))))
            case Words(words="no"):
                return Refuse(_("You cannot do that now."))
            case Words(words="nothing"):
                return Nothing()
            case Words(words="card"):
                button = Button(_("Accept"), Accept(number=7), "accept", "primary")
                return Say(view(Heading(_("A card")), Actions((button,))))
            case Words(words=words):
                return Say(view(Paragraph(words)))
            case Accept(number=number):
                return Replace(view(Paragraph(_("Accepted {number}", number=number))))
            case Offer(title="", minutes=""):
                return Open(OFFER)
            case Offer(minutes=""):
                return Refuse(_("Type how long it takes."), "minutes")
            case Offer(title=title):
                return Say(view(Paragraph(title)))
            case _:
                return Nothing()


def interpret(words: str) -> Intent:
    """``offer`` opens the form; anything else is words."""
    return Offer() if words == "offer" else Words(words=words)


@dataclass
class Page:
    """A browser on the page: its address, its token, and how it asks."""

    platform: LocalPlatform
    engine: SmallEngine
    session: ClientSession
    url: str
    token: str = ""
    sends: int = 0

    @property
    def proof(self) -> dict[str, str]:
        return {"X-Hourbridge-Token": self.token}

    async def open_page(self) -> str:
        async with self.session.get(self.url) as response:
            html = await response.text()
        found = re.search(r'name="hourbridge-token" content="([^"]+)"', html)
        assert found
        self.token = found[1]
        return html

    async def post(self, path: str, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
        data = {"data": body} if isinstance(body, bytes) else {"json": body}
        sent = self.session.post(self.url + path, headers={**self.proof, **headers}, **data)
        async with sent as response:
            return response.status, await response.json()

    async def act(self, person: Persona = ANA, **what: Any) -> dict[str, Any]:
        """One act that the server takes, with a delivery id of its own unless one is given."""
        self.sends += 1
        body = {"person": person.key, "delivery": f"delivery-{self.sends:04}", **what}
        status, answer = await self.post("/local/act", body)
        assert status == 200, answer
        return answer
