"""What is kept of reminders, and who has some coming."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.posts.model import Post
from core.reminders.model import About, Reminded, Schedule


class ReminderBook(Protocol):
    """How far reminders have come. Members to remind take part and have not been away lately;
    those who rest from a kind of notice are left out."""

    def with_exchanges_due(
        self, kind: str, schedule: Schedule, now: datetime, limit: int
    ) -> Sequence[int]:
        """Members for whom an exchange waits so long that a step is due, or may be: one that was
        agreed for a day is for the caller to look at."""
        ...

    def with_posts_closing(self, kind: str, now: datetime, limit: int) -> Sequence[int]:
        """Members whose post closes soon and who have not been told."""
        ...

    def with_unanswered_asks(self, kind: str, now: datetime, limit: int) -> Sequence[int]:
        """Members of whom an ask has found no answer for long and who have not been told."""
        ...

    def posts_closing(self, member_id: int, now: datetime) -> Sequence[Post]:
        """A member's posts that close soon, the soonest first."""
        ...

    def unanswered_of(self, member_id: int, now: datetime) -> Sequence[Post]:
        """A member's own asks that have found no answer for long, the oldest first."""
        ...

    def unanswered_in(
        self,
        organisation_ids: Sequence[int] | None,
        now: datetime,
        without: frozenset[int],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Post], int]:
        """A page of the asks of these organisations (None: of all) that have found no answer for
        long, the oldest first, leaving out those of some members; and how many there are."""
        ...

    def remember(self, reminded: Reminded, at: datetime) -> None:
        """Keep how far the reminders of one thing have come."""
        ...

    def step(self, about: About, about_id: int, member_id: int) -> Reminded | None:
        """How far they have come; None where none was sent."""
        ...

    def of_member(self, member_id: int) -> Sequence[Reminded]:
        """All that a member was reminded of, the oldest first."""
        ...

    def rest(self, kind: str, member_id: int, until: datetime, at: datetime) -> bool:
        """Send a member nothing of this kind of notice until then; False where they rest from it
        already at ``at``. Safe against another replica doing the same."""
        ...

    def resting(self, kind: str, now: datetime) -> frozenset[int]:
        """Who rests from a kind of notice."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Delete what was kept before ``moment``; how many."""
        ...

    def forget(self, member_id: int) -> None:
        """Delete what is kept of a member: they have left."""
        ...

    def move(self, from_member: int, to_member: int) -> None:
        """Two members turn out to be one; what both were told of stays the second's."""
        ...
