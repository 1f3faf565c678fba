"""The people a visitor of the local page may act as, where they do so, and the keys that name both
on the wire: ``tenant/user`` for their own chat, and that with ``/general`` for the channel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

TINTS = 8
"""How many avatar colours the style sheet has; organisations take them in turn."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to act as. ``note`` is a role in the timebank such as "Champion", or empty."""

    tenant: str
    user: str
    name: str
    organisation: str
    note: str = ""

    @property
    def key(self) -> str:
        """The name of this person in addresses and messages of the page; unique."""
        return key(self.tenant, self.user)

    @property
    def initials(self) -> str:
        """One or two letters for the avatar: ``AW`` for Ana Ward."""
        words = [word for word in self.name.split() if word[0].isalnum()] or ["?"]
        ends = words[:1] + words[1:][-1:]
        return "".join(word[0] for word in ends).upper()


def key(tenant: str, user: str) -> str:
    """``tenant/user`` with each part escaped, so that no two people share a key."""
    return f"{quote(tenant, safe='')}/{quote(user, safe='')}"


GENERAL = "general"
"""The one channel of each tenant, for all its people."""


def channel_key(tenant: str) -> str:
    """The key of a tenant's channel. No person's key has such a mark in it."""
    return f"{quote(tenant, safe='')}/#{GENERAL}"


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in their own chat with Hourbridge, or in the channel of their tenant."""

    person: Persona
    channel: bool = False

    @property
    def key(self) -> str:
        """The name of this seat on the wire."""
        return f"{self.person.key}/{GENERAL}" if self.channel else self.person.key

    @property
    def chat(self) -> str:
        """The key of the chat before them."""
        return channel_key(self.person.tenant) if self.channel else self.person.key


class People:
    """Everyone to choose from, read again when somebody new is asked for."""

    def __init__(self, personas: Callable[[], Sequence[Persona]]) -> None:
        self._personas = personas
        self._known: dict[str, Persona] = {}

    async def everyone(self) -> Sequence[Persona]:
        """All personas, fresh. The source may read a database, so it runs in a thread."""
        personas = await asyncio.to_thread(self._personas)
        self._known = {persona.key: persona for persona in personas}
        return personas

    async def find(self, wanted: str) -> Persona | None:
        """The persona of that key, or None when there is none."""
        if wanted not in self._known:
            await self.everyone()
        return self._known.get(wanted)

    async def seat(self, wanted: str) -> Seat | None:
        """The seat of that key, or None when there is none."""
        place = wanted.removesuffix(f"/{GENERAL}")
        # Who is called "general" has a key of two parts, as everybody has.
        channel = place != wanted and "/" in place
        persona = await self.find(place if channel else wanted)
        return None if persona is None else Seat(persona, channel)

    async def has_tenant(self, tenant: str) -> bool:
        """Whether anybody is there to read the channel of ``tenant``."""
        return any(persona.tenant == tenant for persona in await self.everyone())


def listing(personas: Sequence[Persona]) -> list[dict[str, str | int]]:
    """What the page needs to draw each person, with one colour for each organisation."""
    organisations = list(dict.fromkeys(persona.organisation for persona in personas))
    tints = {name: place % TINTS for place, name in enumerate(organisations)}
    return [
        {
            "key": persona.key,
            "name": persona.name,
            "initials": persona.initials,
            "organisation": persona.organisation,
            "note": persona.note,
            "tint": tints[persona.organisation],
        }
        for persona in personas
    ]
