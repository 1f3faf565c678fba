"""In which language somebody was answered last, for what is said before the engine has spoken."""

from __future__ import annotations

from collections import OrderedDict

from core.words import Speech

MOST = 5_000
"""People remembered at most; whoever was answered longest ago makes room."""
_ENGLISH = Speech()


class Voices:
    """Remembers who reads another language than English, by workspace and user."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Speech] = OrderedDict()

    def of(self, team: str, user: str) -> Speech:
        """The voice they were answered in; English for somebody not answered lately."""
        return self._kept.get((team, user), _ENGLISH)

    def heard(self, team: str, user: str, speech: Speech) -> None:
        """They were answered in ``speech``."""
        if speech.language == _ENGLISH.language:
            self._kept.pop((team, user), None)
            return
        self._kept[team, user] = speech
        self._kept.move_to_end((team, user))
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)
