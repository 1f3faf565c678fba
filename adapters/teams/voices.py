"""In which language somebody was answered last, for what is said without asking the engine.

Teams tells the language of Teams, which is often not the one that a person has chosen here.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from adapters.teams.decode import Turn
from core.answers import Answer, Perform
from core.callers import Caller
from core.ui.intents import Intent

MOST = 5_000
"""People remembered at most; whoever was answered longest ago makes room."""


class Voices:
    """Remembers the language of each answer, by tenant and user."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()

    def listening(self, perform: Perform) -> Perform:
        """``perform``, with every answer of it heard."""

        async def heard(caller: Caller, intent: Intent) -> Answer:
            answer = await perform(caller, intent)
            # A visitor has chosen none: they are answered in that of their Teams each time.
            if not answer.visitor:
                self._heard(caller, answer.speech.language)
            return answer

        return heard

    def of(self, turn: Turn) -> Turn:
        """``turn``, its caller speaking the language that they were answered in last."""
        language = self._kept.get((turn.caller.tenant, turn.caller.user))
        return turn if language is None else replace(turn, caller=_in(turn.caller, language))

    def _heard(self, caller: Caller, language: str) -> None:
        key = (caller.tenant, caller.user)
        self._kept[key] = language
        self._kept.move_to_end(key)
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)


def _in(caller: Caller, language: str) -> Caller:
    # Where it is the same language, what else the locale says is kept.
    same = caller.locale[:2].lower() == language
    return caller if same else replace(caller, locale=language)
