"""What is kept of members' preferences, and of how much each was told today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from core.respect.model import Preferences


class PreferenceBook(Protocol):
    """How members want to be written to."""

    def of(self, member_id: int) -> Preferences:
        """A member's preferences, the defaults where they have said nothing."""
        ...

    def many(self, member_ids: Sequence[int]) -> Mapping[int, Preferences]:
        """The same for several members, in one query."""
        ...

    def keep(self, preferences: Preferences) -> None:
        """Keep a member's preferences as they are now."""
        ...

    def forget(self, member_id: int) -> None:
        """Delete what a member has said: they have left."""
        ...

    def move(self, from_member: int, to_member: int) -> None:
        """Two members turn out to be one: the second keeps what they said, or takes the first's
        where they said nothing."""
        ...

    def take_place(self, member_id: int, day: date, cap: int) -> bool:
        """Count one unasked message towards the cap of a member's local day; False where the cap
        is reached. Safe against another replica doing the same."""
        ...

    def give_back(self, member_id: int, day: date) -> None:
        """A message that was counted did not go out after all."""
        ...

    def told(self, member_id: int) -> Mapping[date, int]:
        """How many unasked messages a member has had, by local day, as far back as is kept."""
        ...

    def forget_days_before(self, day: date) -> int:
        """Delete counts of days before ``day``; how many."""
        ...
