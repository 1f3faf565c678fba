"""An exchange: one giver, one receiver, whole minutes, and the states it may move through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ExchangeState(StrEnum):
    """Section 5 of the design: proposed, agreed, claimed, confirmed, and the ways out."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"
    RESOLVED = "resolved"
    LAPSED = "lapsed"

    @property
    def open(self) -> bool:
        """Whether something may still happen."""
        return self in OPEN


OPEN = frozenset(
    (
        ExchangeState.PROPOSED,
        ExchangeState.AGREED,
        ExchangeState.CLAIMED,
        ExchangeState.DISPUTED,
    )
)


class WhoseTime(StrEnum):
    """On whose time one side takes part."""

    WORK = "work"
    OWN = "own"
    BOTH = "both"


class Manager(StrEnum):
    """Whether one side's manager has to agree, and has."""

    NOT_NEEDED = "not-needed"
    HELD = "held"
    TO_ASK = "to-ask"


@dataclass(frozen=True, slots=True)
class Terms:
    """What one side says when it agrees."""

    time: WhoseTime = WhoseTime.WORK
    manager: Manager = Manager.NOT_NEEDED


@dataclass(frozen=True, slots=True)
class Exchange:
    """``minutes`` are those proposed or agreed; ``suggested_by`` is whose suggestion they are,
    so the other side is the one to answer. ``reserved`` is what the receiver's account holds
    aside. ``claimed_minutes`` and ``claimed_by`` are the latest word on how long it took.
    Each side is stamped with the organisation of the identity that agreed it. ``suggested_at`` is
    when the present minutes were put forward, from which a proposal lapses. ``settled_minutes``
    are those that moved; ``ended_by`` is who ended it, None where the clock or a block did.
    With a ``group_id`` it is one receiver's share of a group exchange, and ``minutes`` the most it
    can come to.
    """

    giver_id: int
    receiver_id: int
    proposed_by: int
    suggested_by: int
    title: str
    minutes: int
    giver_organisation_id: int
    receiver_organisation_id: int
    proposed_at: datetime
    post_id: int | None = None
    when: str = ""
    state: ExchangeState = ExchangeState.PROPOSED
    giver_terms: Terms | None = None
    receiver_terms: Terms | None = None
    reserved: int = 0
    claimed_minutes: int | None = None
    claimed_by: int | None = None
    claimed_at: datetime | None = None
    agreed_at: datetime | None = None
    ended_at: datetime | None = None
    disputed_by: int | None = None
    suggested_at: datetime | None = None
    settled_minutes: int | None = None
    ended_by: int | None = None
    escalated: bool = False
    group_id: int | None = None
    version: int = 1
    id: int = 0

    def other(self, member_id: int) -> int:
        """The other side."""
        return self.receiver_id if member_id == self.giver_id else self.giver_id

    def has(self, member_id: int) -> bool:
        """Whether this member is one of the two sides."""
        return member_id in (self.giver_id, self.receiver_id)


@dataclass(frozen=True, slots=True)
class Message:
    """Words relayed from one side to the other. A thank-you is one of a kind for each side."""

    exchange_id: int
    member_id: int
    words: str
    at: datetime
    thanks: bool = False
    attached: bool = False
    """Whether a side attached it to a dispute, so that the lead who settles may read it."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Something a member wants a human to look at."""

    member_id: int
    about: str
    """What it is about: "post:4", "exchange:7", "message:9" or "member:3"."""
    words: str
    at: datetime
    open: bool = True
    id: int = 0
