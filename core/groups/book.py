"""What is kept of group exchanges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.groups.model import Group


class GroupBook(Protocol):
    """Groups. The shares are in the book of exchanges."""

    def add(self, group: Group) -> Group:
        """Keep a new group."""
        ...

    def get(self, group_id: int) -> Group | None:
        """The group with this id."""
        ...

    def lock(self, group_id: int) -> Group | None:
        """The same, held until the transaction ends."""
        ...

    def save(self, group: Group) -> Group:
        """Keep ``group`` as the next version; raises ``Stale`` where it has changed."""
        ...

    def of_giver(
        self, member_id: int, offset: int = 0, limit: int = 20
    ) -> tuple[Sequence[Group], int]:
        """A page of a giver's groups, newest first; and how many there are."""
        ...

    def of_event(self, member_id: int, event_id: int) -> Sequence[Group]:
        """A giver's groups that came of one event."""
        ...

    def forget(self, member_id: int) -> None:
        """A giver has left: their words go, and what is open is cancelled."""
        ...

    def move(self, from_member: int, to_member: int) -> None:
        """Two members turn out to be one: the first's groups are the second's."""
        ...
