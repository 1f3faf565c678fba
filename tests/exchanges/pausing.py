"""The chat account of one side closes while an exchange is open."""

from __future__ import annotations

from tests.exchanges.story import Two
from tests.members.accounts import closes
from tests.world import Message

PAUSED = "Paused: Ana Ward is away for now"


def pause(two: Two) -> Message:
    """Ana's account is closed; what Ben is told of it."""
    closes(two.ana)
    two.world.deliver()
    (told,) = two.ben.told("exchange.paused")
    return told
