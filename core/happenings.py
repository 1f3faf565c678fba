"""What a platform reports that nobody asked for. Rooms handle it; nobody is answered.

A happening says how things are now, so it may be reported twice, late, or out of order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.conversations.model import ConversationKind


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that became so in one tenant of a platform."""

    platform: str
    tenant: str


@dataclass(frozen=True, slots=True)
class PersonChanged(Happening):
    """A person's account in a chat: whether it is open, and how the platform shows them.

    ``name`` and ``zone`` (an IANA time zone) are empty where the platform does not say.
    ``arrived``: the app was put into their chat just now, so that they can be written to.
    """

    user: str
    active: bool = True
    name: str = ""
    zone: str = ""
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class ConversationChanged(Happening):
    """A group chat, a team or a channel: whether the app is in it, and how it is reached.

    ``conversation`` is the platform's id of it, and ``team`` of the team that a channel is of;
    where the two are the same, it is about the team as a whole. ``present`` says whether the app
    is in and may post; None where this says nothing of it. ``at`` is when the platform says that
    it became so; None counts as now. Words that are empty were not said. ``only_known``: the
    platform tells it of every conversation, and the app may never have been in this one.
    ``shared``: people from outside its workspace or team read it too.
    """

    conversation: str
    kind: ConversationKind
    present: bool | None = None
    at: datetime | None = None
    team: str = ""
    team_name: str = ""
    name: str = ""
    service_url: str = ""
    bot: str = ""
    locale: str = ""
    only_known: bool = False
    shared: bool = False


class NotLetIn(Exception):
    """The tenant is not let in, so nothing was kept. Once it is, it may be reported again."""


class Report(Protocol):
    """The engine as adapters report to it: off the event loop, in one transaction."""

    async def __call__(self, happening: Happening) -> None:
        """Take note of ``happening``. Raises ``NotLetIn`` where nothing may be kept of it, and
        anything else where it could not be stored."""
        ...
