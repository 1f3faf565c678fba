"""What digests read of the whole, always by an index and never more than they show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from core.delivery.model import DigestSlot
from core.digests.model import Fitting, Interests, Memory, Planned, Thanks, Turnover
from core.posts.model import Post, PostKind


class DigestBook(Protocol):
    """Who reads a digest when, what goes into it, and what earlier ones showed."""

    def zones(self) -> Sequence[str]:
        """The time zones of active members."""
        ...

    def anybody(self, slot: DigestSlot) -> bool:
        """Whether any active member reads their digest then."""
        ...

    def is_planned(self, key: str) -> bool:
        """Whether the digests with this key are planned already."""
        ...

    def planned(self, member_id: int, since: datetime) -> Sequence[Planned]:
        """A member's digests planned for after ``since``, the last first."""
        ...

    def memory(self, member_id: int) -> Memory | None:
        """What a member's digests have shown."""
        ...

    def remember(self, memory: Memory) -> None:
        """Keep what a member's digests have shown by now."""
        ...

    def forget(self, member_id: int) -> None:
        """Delete what is remembered of a member's digests."""
        ...

    def interests(self, member_id: int) -> Interests:
        """What a member can do and would like, most important first."""
        ...

    def fitting(self, kind: PostKind, fitting: Fitting) -> Sequence[Post]:
        """The posts that fit best: not shown before, most skills in common, newest. Only the
        newest posts with each skill are looked at."""
        ...

    def thanks(
        self, member_id: int, since: datetime, without: Collection[int], limit: int
    ) -> Sequence[Thanks]:
        """Thank-yous that a member received after ``since`` from others than ``without``, the
        newest first."""
        ...

    def turnover(self, since: datetime, until: datetime) -> Turnover:
        """What moved between members from ``since`` to before ``until``."""
        ...

    def newest(
        self, kind: PostKind, since: datetime, until: datetime, today: date, limit: int
    ) -> Sequence[Post]:
        """Open posts of active members made after ``since`` and up to ``until``, the newest
        first."""
        ...
