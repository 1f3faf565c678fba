"""A notice is something to tell; a delivery is one notice for one member, with its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
    id: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice for one member. ``handle`` finds the message on its platform."""

    notice_id: int
    member_id: int
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
    id: int = 0

    @property
    def edit(self) -> bool:
        """The message stands in the chat already, and is to be brought up to date."""
        return self.state is DeliveryState.SENT
