"""Who is speaking, where, and how to answer them: what an adapter knows before the engine does."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from core.conversations.model import ConversationKind


@dataclass(frozen=True, slots=True)
class Address:
    """Where a platform reaches a person in private: what a conversation reference holds.

    ``conversation`` is their chat with the bot; ``service_url`` where their platform takes
    messages for it; ``bot`` and ``user`` the two of them by the ids that are used there. A
    platform fills in what it has use for. The core stores an address, and never reads it.
    """

    conversation: str = ""
    service_url: str = ""
    bot: str = ""
    user: str = ""

    def after(self, earlier: Address) -> Address:
        """This address, with what only ``earlier`` tells: who speaks in a channel does not say
        where their own chat with the bot is."""
        return Address(
            *(new or old for new, old in zip(astuple(self), astuple(earlier), strict=True))
        )


NOWHERE = Address()
"""The address of somebody who has not been heard of yet."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person in one chat, as their platform vouches for them.

    ``tenant`` and ``user`` are the platform's ids, checked by the adapter's authentication and
    never taken from a button's data. ``address`` is where to reach this
    person in private later. ``delivery`` is the sender's own id of
    this request, where it has one, so that a repeat is recognised. ``reply_to`` is the platform
    handle of the message that was replied to. ``private`` is False in a channel or group chat.
    ``zone`` is their IANA time zone, where the platform says. ``conversation`` is the platform's
    id of the channel or group chat that they speak in (never of a thread in it, nor of their own
    chat), ``conversation_kind`` what it is, ``service_url`` where messages for it are taken, and
    ``conversation_name`` what it is called, where the platform says. ``shared``: people from
    outside its workspace or team read it too; None where that is not known.
    """

    platform: str
    tenant: str
    user: str
    name: str = ""
    locale: str = ""
    address: Address = NOWHERE
    delivery: str = ""
    reply_to: str = ""
    private: bool = True
    zone: str = ""
    conversation: str = ""
    service_url: str = ""
    conversation_name: str = ""
    conversation_kind: ConversationKind = ConversationKind.CHANNEL
    shared: bool | None = False
