"""Chat platforms that keep to their published limits, and remember how they were treated."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

from core.couriers import Later, Outcome, Parcel, Sent

TENANT_A_SECOND = {"teams": 50, "slack": 20}
"""Microsoft's limit for an app in a tenant. Slack allows "several hundred a minute" in a
workspace: 20 a second is more than any reading of that, so that one above it is surely wrong."""
PLACE_A_SECOND = {"teams": 7, "slack": 1}
"""Messages to one conversation."""
QUICKEST, SLOWEST = 0.08, 0.25
"""Seconds that a message takes."""
ONE_IN = 4_000
"""How many messages there are to a 429 that nobody has provoked."""
RETRY_AFTER = 5.0
HEARD = 1.0
"""Seconds after a 429 in which what was claimed before may still come."""


@dataclass(slots=True)
class Platform:
    """A courier to ``name``, which refuses what comes too fast as the platform itself does."""

    name: str
    sent: Counter[str] = field(default_factory=Counter)
    """How many each tenant has taken."""
    last: dict[str, float] = field(default_factory=dict)
    """When each tenant took its latest, by the process's own clock."""
    provoked: int = 0
    unprovoked: int = 0
    early: int = 0
    """Messages to a tenant that had asked to be left alone a moment ago."""
    fastest: int = 0
    """The most that one tenant was sent within a second."""
    _drawn: random.Random = field(default_factory=lambda: random.Random(2026))
    _recent: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _places: dict[tuple[str, str], float] = field(default_factory=dict)
    _held: dict[str, tuple[float, float]] = field(default_factory=dict)

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Take a message, or say when to come again."""
        now, tenant = time.monotonic(), parcel.tenant
        recent = self._recent[tenant]
        while recent and recent[0] <= now - 1:
            recent.popleft()
        recent.append(now)
        self.fastest = max(self.fastest, len(recent))
        await asyncio.sleep(self._drawn.uniform(QUICKEST, SLOWEST))
        asked_at, until = self._held.get(tenant, (0.0, 0.0))
        if asked_at + HEARD < now < until:
            self.early += 1
        if len(recent) > TENANT_A_SECOND[self.name] or self._too_soon(parcel, now):
            self.provoked += 1
            return self._refused(tenant)
        if self._drawn.randrange(ONE_IN) == 0:
            self.unprovoked += 1
            return self._refused(tenant)
        self.sent[tenant] += 1
        self.last[tenant] = time.monotonic()
        return Sent(f"message-{parcel.delivery}")

    def _too_soon(self, parcel: Parcel, now: float) -> bool:
        """Whether a channel was written to a moment ago. People are written to once each here, and
        remembering them all would show as memory of the pump's."""
        if not parcel.channel:
            return False
        place = (parcel.tenant, parcel.address.conversation)
        before = self._places.get(place, 0.0)
        self._places[place] = now
        return now - before < 1 / PLACE_A_SECOND[self.name]

    def _refused(self, tenant: str) -> Later:
        now = time.monotonic()
        self._held[tenant] = (now, now + RETRY_AFTER)
        return Later(RETRY_AFTER, "too many requests", whole_tenant=True)
