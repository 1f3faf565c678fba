"""What a platform reports that nobody asked for. Rooms handle it; nobody is answered.

A happening says how things are now, so it may be reported twice, late, or out of order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that became so in one tenant of a platform."""

    platform: str
    tenant: str


@dataclass(frozen=True, slots=True)
class PersonChanged(Happening):
    """A person's account in a chat: whether it is open, and how the platform shows them.

    ``name`` and ``zone`` (an IANA time zone) are empty where the platform does not say.
    """

    user: str
    active: bool = True
    name: str = ""
    zone: str = ""


class Report(Protocol):
    """The engine as adapters report to it: off the event loop, in one transaction."""

    async def __call__(self, happening: Happening) -> None:
        """Take note of ``happening``. Raises where it could not be stored."""
        ...
