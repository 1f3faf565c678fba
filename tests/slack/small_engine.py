"""A few intents, and an engine that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from core.answers import Answer
from core.callers import Caller
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


VOCABULARY = Vocabulary((Sample, Typed, Offer))


def interpret(words: str) -> Intent:
    verb, _space, rest = words.partition(" ")
    return Offer(title=rest) if verb == "offer" else Typed(words=words)


@dataclass
class Engine:
    """Answers each intent with ``reply``, after ``delay`` seconds; ``heard`` is what it got."""

    reply: Reply | Callable[[Intent], Reply] | Exception = field(
        default_factory=lambda: Say(view(Paragraph(_("Done."))))
    )
    delay: float = 0.0
    heard: list[tuple[Caller, Intent]] = field(default_factory=list)

    async def __call__(self, caller: Caller, intent: Intent) -> Answer:
        self.heard.append((caller, intent))
        if self.delay:
            await asyncio.sleep(self.delay)
        if isinstance(self.reply, Exception):
            raise self.reply
        reply = self.reply(intent) if callable(self.reply) else self.reply
        return Answer(reply, Speech())

    @property
    def caller(self) -> Caller:
        return self.heard[-1][0]

    @property
    def intent(self) -> Intent:
        return self.heard[-1][1]
