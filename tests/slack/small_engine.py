"""A few intents, and an engine that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from typing_extensions import override

from adapters.slack.decode import FROM_MESSAGE
from core.answers import Answer
from core.callers import Caller
from core.happenings import Happening
from core.kernel.texts import _
from core.ui.gallery import Sample
from core.ui.intents import Intent, Vocabulary
from core.ui.replies import Reply, Say
from core.ui.views import Paragraph, view
from core.words import Speech


@dataclass(frozen=True, kw_only=True)
class Typed(Intent):
    """Words as they were typed."""

    name: ClassVar[str] = "test.typed"
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer(Intent):
    """What opens a form and what the form becomes."""

    name: ClassVar[str] = "test.offer"
    opens_form: ClassVar[bool] = True
    title: str = ""
    minutes: str = ""
    skills: tuple[str, ...] = ()
    day: str = ""
    step: int = 0


@dataclass(frozen=True, kw_only=True)
class FromMessage(Intent):
    """What the shortcut on a message asks for, under the name that the adapter gives it."""

    name: ClassVar[str] = FROM_MESSAGE
    opens_form: ClassVar[bool] = True
    words: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Here(Intent):
    """What lets the app post in the channel where it is said."""

    name: ClassVar[str] = "test.here"
    channel: int = 0

    @property
    @override
    def posts_there(self) -> bool:
        return self.channel == 0


VOCABULARY = Vocabulary((Sample, Typed, Offer, FromMessage, Here))


def interpret(words: str) -> Intent:
    verb, _space, rest = words.partition(" ")
    if words == "here":
        return Here()
    return Offer(title=rest) if verb == "offer" else Typed(words=words)


@dataclass
class Engine:
    """Answers each intent with ``reply``, after ``delay`` seconds; ``heard`` is what it got.

    While ``visitors`` is true nobody has joined. ``reported`` is what it was told unasked, which it
    cannot store while there is ``trouble``.
    """

    reply: Reply | Callable[[Intent], Reply] | Exception = field(
        default_factory=lambda: Say(view(Paragraph(_("Done."))))
    )
    delay: float = 0.0
    visitors: bool = False
    speech: Speech = field(default_factory=Speech)
    trouble: Exception | None = None
    reported: list[Happening] = field(default_factory=list)
    heard: list[tuple[Caller, Intent]] = field(default_factory=list)

    async def __call__(self, caller: Caller, intent: Intent) -> Answer:
        self.heard.append((caller, intent))
        if self.delay:
            await asyncio.sleep(self.delay)
        if isinstance(self.reply, Exception):
            raise self.reply
        reply = self.reply(intent) if callable(self.reply) else self.reply
        return Answer(reply, self.speech, visitor=self.visitors)

    async def report(self, happening: Happening) -> None:
        if self.trouble:
            raise self.trouble
        self.reported.append(happening)

    @property
    def caller(self) -> Caller:
        return self.heard[-1][0]

    @property
    def intent(self) -> Intent:
        return self.heard[-1][1]
