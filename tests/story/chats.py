"""A friend of the timebank in some chat: types, presses, fills in forms, and reads the screen.

``Friend`` is what a story is told with. Its drivers (``in_slack``, ``in_teams``, ``in_local``)
speak to the real program over HTTP, and read nothing but what it puts on the wire.
"""

from __future__ import annotations

import asyncio
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

PATIENCE = 20.0
"""Seconds that a friend waits for a message before giving up."""
_REFERENCE = re.compile(r"\b[A-Z]-[2-9B-DF-HJ-NP-TV-XZ]{3,9}\b")


class Friend(ABC):
    """One person in one chat. What each act returns is what it brought to the screen."""

    chat: str
    """The platform: slack, teams or local."""

    def __init__(self, name: str, organisation: str = "") -> None:
        self.name = name
        self.organisation = organisation
        """The code to choose where the chat serves several organisations."""

    # What each chat knows how to do

    @abstractmethod
    def screen(self) -> Mapping[str, str]:
        """Every message, form and passing sentence before their eyes, by a name of its own."""

    @abstractmethod
    def labels(self) -> list[str]:
        """The labels of every button that stands in a message, the newest message's last."""

    @abstractmethod
    def labels_of(self, handle: str) -> list[str]:
        """The labels on the one message that a courier's handle names."""

    @abstractmethod
    def fields(self) -> set[str]:
        """The names of the fields of the form before them; empty where there is none."""

    @abstractmethod
    async def _type(self, words: str, about: str) -> None:
        """Send typed words; ``about`` is a part of the message that they reply to."""

    @abstractmethod
    async def _press(self, label: str, about: str) -> None:
        """Press the newest button of that label, in a message that holds ``about``."""

    @abstractmethod
    async def _fill(self, values: Mapping[str, str]) -> None:
        """Fill the form before them and send it. Fields not named keep what they show."""

    @abstractmethod
    async def _forge(self, wire: Mapping[str, Any]) -> None:
        """Send a press of a button that carries ``wire``, be it one that was never shown."""

    @abstractmethod
    def replays(self, **values: str) -> Callable[[], Awaitable[None]]:
        """What sends the form that is before them now, filled in, whenever it is called."""

    # What a story says

    async def types(self, words: str, *, about: str = "") -> str:
        """Type words, perhaps as a reply to the message that holds ``about``."""
        return await self._seen_after(lambda: self._type(words, about))

    async def presses(self, label: str, *, about: str = "") -> str:
        """Press a button by its label."""
        return await self._seen_after(lambda: self._press(label, about))

    async def fills(self, **values: str) -> str:
        """Fill in the form before them and send it."""
        return await self._seen_after(lambda: self._fill(values))

    async def forges(self, wire: Mapping[str, Any]) -> str:
        """Press a button that was never shown, or is shown no more."""
        return await self._seen_after(lambda: self._forge(wire))

    async def fills_to_join(self, **values: str) -> str:
        """Fill in the joining form, with the organisation where it is asked for."""
        given = {"shown_name": self.name, "agree": "yes", **values}
        if "organisation" in self.fields():
            given["organisation"] = self.organisation
        return await self.fills(**given)

    async def joins(self, **values: str) -> Friend:
        """Join by the button of the greeting."""
        await self.types("home")
        await self.presses("Join")
        said = await self.fills_to_join(**values)
        assert "You have joined" in said, said
        return self

    def reads(self) -> str:
        """Everything before their eyes."""
        return "\n".join(self.screen().values())

    async def hears(self, words: str, *, patience: float = PATIENCE) -> str:
        """Wait for a message that holds ``words``; that message."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for text in reversed(list(self.screen().values())):
                if words in text:
                    return text
            await asyncio.sleep(0.02)
        raise AssertionError(f"{self.name} in {self.chat} never read {words!r} in:\n{self.reads()}")

    async def _seen_after(self, act: Callable[[], Awaitable[None]]) -> str:
        before = dict(self.screen())
        await act()
        now = self.screen()
        return "\n".join(words for key, words in now.items() if before.get(key) != words)


def reference_in(words: str, letter: str) -> str:
    """The first reference of that letter that a person reads in ``words``."""
    found = [one for one in _REFERENCE.findall(words) if one.startswith(f"{letter}-")]
    assert found, f"no {letter}-reference in: {words}"
    return str(found[0])
