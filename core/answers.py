"""What comes out of the engine: a reply, and the voice of the person it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.callers import Caller
from core.ui.intents import Intent
from core.ui.replies import Reply
from core.words import Speech


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply for the actor, to be rendered with ``speech``.

    ``visitor``: the actor has not joined, so their platform's name and time zone are of use.
    ``went_on``: the intent whose reply this is, where the engine went on with another than it was
    asked to carry out.
    """

    reply: Reply
    speech: Speech
    visitor: bool = False
    went_on: Intent | None = None


class Perform(Protocol):
    """The engine as adapters call it: off the event loop, in one transaction."""

    async def __call__(self, caller: Caller, intent: Intent) -> Answer:
        """Carry out ``intent`` for ``caller``."""
        ...
