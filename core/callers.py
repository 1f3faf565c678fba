"""Who is speaking, where, and how to answer them: what an adapter knows before the engine does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Caller:
    """A person in one chat, as their platform vouches for them.

    ``tenant`` and ``user`` are the platform's ids, checked by the adapter's authentication and
    never taken from a button's data. ``address`` is the adapter's own plain data for reaching this
    person's private chat later; the core stores it unread. ``delivery`` is the sender's own id of
    this request, where it has one, so that a repeat is recognised. ``reply_to`` is the platform
    handle of the message that was replied to. ``private`` is False in a channel or group chat.
    ``zone`` is their IANA time zone, where the platform says.
    """

    platform: str
    tenant: str
    user: str
    name: str = ""
    locale: str = ""
    address: Mapping[str, Any] = field(default_factory=dict)
    delivery: str = ""
    reply_to: str = ""
    private: bool = True
    zone: str = ""
