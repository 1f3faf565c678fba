"""Delivers notices into the local chats and channels. A handle is the id of a message."""

from __future__ import annotations

from adapters.local.chats import Chats, Shown
from adapters.local.people import GENERAL, People, channel_key, key
from adapters.local.render import fragment
from core.couriers import Outcome, Parcel, Refused, Sent, Unreachable
from core.ui.plain import summary


class LocalCourier:
    """Writes a parcel's view into the person's chat, or over the message that stands there."""

    def __init__(self, chats: Chats, people: People) -> None:
        self._chats = chats
        self._people = people

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Append, or edit in place. A message that is no longer kept is written afresh, but for a
        channel's, which are old news to everybody."""
        if parcel.channel:
            return await self._into_channel(parcel)
        person = key(parcel.tenant, parcel.user)
        if await self._people.find(person) is None:
            return Unreachable("nobody on the local page has this id")
        known = self._chats.find(person, parcel.handle) is not None
        message = self._chats.put(person, _shown(parcel), parcel.handle if known else "")
        return Sent(message.id)

    async def _into_channel(self, parcel: Parcel) -> Outcome:
        known = await self._people.has_tenant(parcel.tenant)
        if parcel.address.conversation != GENERAL or not known:
            return Unreachable("the local page has no such channel")
        channel = channel_key(parcel.tenant)
        if parcel.handle and self._chats.find(channel, parcel.handle) is None:
            return Refused("the post is no longer kept")
        return Sent(self._chats.put(channel, _shown(parcel), parcel.handle).id)


def _shown(parcel: Parcel) -> Shown:
    return Shown(
        "notice",
        fragment(parcel.view, parcel.speech),
        summary(parcel.view, parcel.speech),
        parcel.speech.language,
    )
