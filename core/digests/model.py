"""What a digest is made of, and what is remembered of the ones before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from core.posts.model import Post

KEPT = 60
"""How many posts that were shown are remembered: those of the last 10 full digests."""
OFTEN_ENOUGH = 3
"""A post that somebody has passed over in so many digests is not for them."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What one member's digests have shown. ``slot`` is what the latest was planned for, ``at``
    when it was composed, and ``latest`` the posts in it; ``since`` is when the one before it was
    composed, and ``shown`` the posts of all before it, each as often as it was there.

    The latest is kept apart because a message that did not go out is composed once more: it is
    then the same digest, and not the next.
    """

    member_id: int
    slot: datetime
    at: datetime
    since: datetime
    shown: tuple[int, ...] = ()
    latest: tuple[int, ...] = ()

    def for_slot(self, slot: datetime) -> Memory:
        """What is remembered when the digest of ``slot`` is composed, for the first time or
        again."""
        if self.slot == slot:
            return replace(self, latest=())
        shown = (*self.shown, *self.latest)[-KEPT:]
        return replace(self, slot=slot, since=self.at, shown=shown, latest=())

    @property
    def worn(self) -> tuple[int, ...]:
        """Posts that were shown often enough."""
        counted = Counter(self.shown)
        return tuple(post for post, times in counted.items() if times >= OFTEN_ENOUGH)


@dataclass(frozen=True, slots=True)
class Planned:
    """One digest planned for a member: what for, and when it was sent, if it was."""

    notice_id: int
    at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Interests:
    """What a member can do and would like: by their own list, and by what they have posted."""

    can_help: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    would_like: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitting:
    """Which posts to look for: of others, open on ``today``, with any of ``skills``.

    ``without`` are authors not to show, ``without_posts`` posts; those in ``shown`` come last.
    ``organisation_id`` is the reader's: help from elsewhere comes first.
    """

    today: date
    skills: tuple[str, ...]
    organisation_id: int
    without: frozenset[int] = frozenset()
    without_posts: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()
    limit: int = 3


@dataclass(frozen=True, slots=True)
class Thanks:
    """A thank-you that a member received, with what it was for."""

    member_id: int
    exchange_id: int
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Turnover:
    """Exchanges in which hours moved: how many, how many people took part, the minutes, and the
    organisations that they belonged to."""

    exchanges: int = 0
    people: int = 0
    minutes: int = 0
    organisations: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """How everybody did in the week to ``last_day``, in rounded counts that give nobody away."""

    last_day: date
    exchanges: int
    hours: int
    organisations: int

    def data(self) -> dict[str, int]:
        """As numbers, to be carried in a notice."""
        return {
            "last_day": self.last_day.toordinal(),
            "exchanges": self.exchanges,
            "hours": self.hours,
            "organisations": self.organisations,
        }


def network_in(data: Mapping[str, Any]) -> Network | None:
    """The counts that a notice carries, where there was something to say."""
    if "last_day" not in data:
        return None
    return Network(
        date.fromordinal(int(data["last_day"])),
        int(data["exchanges"]),
        int(data["hours"]),
        int(data["organisations"]),
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """A post that fits a member, with the skills in common that say why; ``posted``: they are
    those of the member's own posts."""

    post: Post
    skills: Sequence[str]
    posted: bool
