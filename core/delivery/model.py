"""A notice is something to tell; a delivery is one notice for one recipient, with its outcome.

A recipient is a member, in a chat of theirs, or a channel that was registered to be posted to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is sent to this tenant; with no tenant to this platform; with neither to anybody."""

    platform: str
    tenant: str
    since: datetime

    def covers(self, platform: str, tenant: str) -> bool:
        """Whether a tenant is paused by this."""
        return self.platform in ("", platform) and self.tenant in ("", tenant)


class DeliveryState(StrEnum):
    """Where a delivery stands. Every delivery is in exactly one of these."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    WITHHELD = "withheld"


class Family(StrEnum):
    """What a member may opt out of, kind by kind. ``ANSWERS`` cannot be: they are what other people
    do in the member's own exchanges."""

    ANSWERS = "answers"
    MATCHES = "matches"
    DIGEST = "digest"
    EVENTS = "events"
    REMINDERS = "reminders"


class Withheld(StrEnum):
    """Why a notice was not sent though it could have been."""

    OPTED_OUT = "opted out"
    MERGED = "merged"
    EMPTY = "empty"
    TOO_LATE = "too late"
    CANCELLED = "cancelled"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell. ``subject`` ("exchange:12") is what it is about, and finds it again when
    that changes; ``data`` holds ids only, never words: a notice is rendered from what is true when
    it is sent."""

    kind: str
    subject: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    """Planned once: a second notice with the same key is the first one."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class DigestSlot:
    """The members whose weekly digest is due: those in ``zone`` who read it on ``weekday`` (0 is
    Monday) at ``hour`` of their local day, by their own choice or by default."""

    zone: str
    weekday: int
    hour: int


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a notice is planned for, among members who take part: everybody, or those of some
    organisations, or those whose digest is due, or those who come to an event (who are told when
    they are back, where they are away). What is set is combined with "and". ``without`` leaves
    some out."""

    organisation_ids: tuple[int, ...] | None = None
    digest: DigestSlot | None = None
    event_id: int | None = None
    event_states: tuple[str, ...] = ()
    without: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice for one recipient. ``handle`` finds the message on its platform.

    Exactly one of ``member_id`` and ``conversation_id`` is set. ``platform`` and ``tenant`` say
    where it is planned to go, and once it was sent where it stands.
    """

    notice_id: int
    member_id: int | None = None
    conversation_id: int | None = None
    state: DeliveryState = DeliveryState.WAITING
    reason: str = ""
    attempts: int = 0
    not_before: datetime | None = None
    lease_until: datetime | None = None
    platform: str = ""
    tenant: str = ""
    handle: str = ""
    tried: tuple[int, ...] = ()
    """Ids of identities that proved unreachable for this notice."""
    changes: int = 0
    """How often what it says has changed since it was planned."""
    shown: int = 0
    """How many of those changes the message in the chat shows."""
    sent_at: datetime | None = None
    held: bool = False
    """Respect for its reader has put it off at least once, so it may be merged with others."""
    counted_on: date | None = None
    """The reader's local day whose cap it counts towards."""
    bulk: bool = False
    """It is one of very many, and lets what is for few people pass."""
    id: int = 0

    @property
    def edit(self) -> bool:
        """The message stands in the chat already, and is to be brought up to date."""
        return self.state is DeliveryState.SENT


@dataclass(frozen=True, slots=True)
class Figure:
    """How many deliveries of a kind of notice, to one tenant, have come to the same."""

    kind: str
    platform: str
    tenant: str
    state: str
    reason: str
    count: int
