"""Delivers notices into the local chats. A handle is the id of a message."""

from __future__ import annotations

from adapters.local.chats import Chats, Shown
from adapters.local.people import People, key
from adapters.local.render import fragment
from core.couriers import Outcome, Parcel, Sent, Unreachable
from core.ui.plain import summary


class LocalCourier:
    """Writes a parcel's view into the person's chat, or over the message that stands there."""

    def __init__(self, chats: Chats, people: People) -> None:
        self._chats = chats
        self._people = people

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Append, or edit in place. A message that is no longer kept is written afresh."""
        person = key(parcel.tenant, parcel.user)
        if await self._people.find(person) is None:
            return Unreachable("nobody on the local page has this id")
        shown = Shown(
            "notice",
            fragment(parcel.view, parcel.speech),
            summary(parcel.view, parcel.speech),
            parcel.speech.language,
        )
        known = self._chats.find(person, parcel.handle) is not None
        message = self._chats.put(person, shown, parcel.handle if known else "")
        return Sent(message.id)
