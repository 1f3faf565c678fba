"""A group exchange: what one giver gives to many at once, and how its time is shared out.

Each receiver has an exchange of their own with the giver, and with it everything that an exchange
has: they accept it or not, minutes are set aside, they confirm, correct or dispute their share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class GroupState(StrEnum):
    """Where a group stands. What becomes of each share after that, its exchange says."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Group:
    """``minutes`` are those of the giver, which the receivers share. ``most`` is how much each of
    them is asked to accept. ``organisation_id`` is the one the giver acted for. ``event_id`` is
    the event it came of."""

    giver_id: int
    organisation_id: int
    title: str
    minutes: int
    most: int
    created_at: datetime
    when: str = ""
    event_id: int | None = None
    state: GroupState = GroupState.OPEN
    version: int = 1
    id: int = 0


def shares(minutes: int, most: tuple[int, ...]) -> tuple[int, ...]:
    """What each receiver's share of ``minutes`` is: whole minutes, all alike, and what is left
    over a minute each to the first ones in order. Nobody's is above what they accepted, ``most``;
    what that leaves is not passed on to the others, and the giver earns less.
    """
    each, left = divmod(minutes, len(most)) if most else (0, 0)
    return tuple(
        min(each + (1 if place < left else 0), accepted) for place, accepted in enumerate(most)
    )


def even_share(minutes: int, people: int) -> int:
    """The largest share where all of ``people`` accept."""
    return -(-minutes // people)
