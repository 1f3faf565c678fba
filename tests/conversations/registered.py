"""What is registered, as the books have it."""

from __future__ import annotations

from core.conversations.model import Registration
from tests.world import Channel, World


def registration(world: World, channel: Channel) -> Registration | None:
    with world.store.begin() as books:
        return books.conversations.registration(channel.id)


def registered(world: World) -> set[int]:
    with world.store.begin() as books:
        return set(books.conversations.registered())
