"""What the pump hands to a platform's courier, and what the courier says came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.callers import Address
from core.ui.views import View
from core.words import Speech


@dataclass(frozen=True, slots=True)
class Parcel:
    """One notice for one recipient, rendered from the present state, in their language.

    With a ``handle`` the message already stands in the chat and is to be edited. ``address`` is
    what the adapter itself put in ``Caller.address``, or empty before the first contact. With
    ``channel`` it is for all to read in the conversation of ``address``, and ``user`` is empty.
    """

    delivery: int
    tenant: str
    user: str
    address: Address
    view: View
    speech: Speech
    handle: str = ""
    channel: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands in the chat. ``handle`` finds it again, to edit it or to know a reply to it."""

    handle: str
    address: Address | None = None
    """A new address to remember, where sending found one out."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: try again after ``seconds``; ``whole_tenant`` holds everything for that tenant."""

    seconds: float
    reason: str
    whole_tenant: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take this message: a fault of ours, kept for operators."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """This person cannot be reached in this chat: app removed, account gone, messages off."""

    reason: str


Outcome = Sent | Later | Refused | Unreachable


class Courier(Protocol):
    """A platform's way of reaching a person's private chat with the bot, or a channel."""

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send or edit one message. Never raises for anything the platform answered."""
        ...
