"""How fast Teams lets a bot send: kept to before Teams has to say so.

The limits are Microsoft's, and hold for each conversation and for the app in each tenant. Nothing
is queued here: whoever may not send now waits a moment, or is told when to come back.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple


class Limit(NamedTuple):
    """At most ``many`` in any ``seconds``."""

    many: int
    seconds: float


CONVERSATION = (Limit(7, 1), Limit(8, 2), Limit(60, 30), Limit(1_800, 3_600))
TENANT = (Limit(50, 1),)
TENANT_NOTICES = (Limit(45, 1),)
"""Notices leave some of a tenant's room to answers, for which somebody waits."""

PATIENCE = 2.0
"""Seconds that a send may be held up here: a batch of the pump ends with its slowest."""
MOST = 50_000
"""Conversations remembered at once. Those that were quiet for longest are forgotten first."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not within ``PATIENCE``: the seconds to come back after, and whether Teams has said so."""

    seconds: float
    held: bool = False


class Pace:
    """What was sent lately, and which tenants Teams wants left alone for now.

    The Agents Playground knows no limits: for it nothing is ``limited``.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        *,
        limited: bool = True,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._limited = limited
        self._conversations = _Sent(CONVERSATION)
        self._tenants = _Sent(TENANT)
        self._held: dict[str, float] = {}

    @property
    def remembered(self) -> int:
        """How many conversations and tenants are kept in mind."""
        return len(self._conversations) + len(self._tenants) + len(self._held)

    async def turn(self, tenant: str, conversation: str, *, notice: bool) -> Wait | None:
        """None once one message may be sent, which is counted; else how long that would take.

        Of those who wait nobody has a place: an answer that comes meanwhile goes first where a
        notice has no room yet.
        """
        limits = TENANT_NOTICES if notice else TENANT
        until = self._clock() + PATIENCE
        while True:
            now = self._clock()
            if (held := self._held.get(tenant, now)) > now:
                return Wait(held - now, held=True)
            if not self._limited:
                return None
            free = max(
                self._conversations.free(conversation, CONVERSATION, now),
                self._tenants.free(tenant, limits, now),
            )
            if free <= now:
                self._conversations.count(conversation, now)
                self._tenants.count(tenant, now)
                return None
            if free > until:
                return Wait(free - now)
            await self._sleep(free - now)

    def hold(self, tenant: str, seconds: float) -> None:
        """Send nothing to this tenant for ``seconds``, because Teams has asked for that."""
        now = self._clock()
        self._held = {one: until for one, until in self._held.items() if until > now}
        self._held[tenant] = max(self._held.get(tenant, 0.0), now + seconds)


class _Sent:
    """When messages were sent, for each of many: the least that tells the next free moment."""

    def __init__(self, limits: tuple[Limit, ...]) -> None:
        self._longest = max(limit.seconds for limit in limits)
        self._kept = max(limit.many for limit in limits)
        self._times: OrderedDict[str, list[float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._times)

    def free(self, name: str, limits: tuple[Limit, ...], now: float) -> float:
        """When the next may be sent: ``now`` or later."""
        times = self._times.get(name)
        if times is None:
            return now
        sent = len(times)
        waits = [times[-many] + seconds for many, seconds in limits if sent >= many]
        return max(waits, default=now)

    def count(self, name: str, now: float) -> None:
        """Note a message, and forget what no limit asks about any more."""
        times = self._times.get(name)
        if times is None:
            times = self._times[name] = []
            self._forget(now)
        else:
            self._times.move_to_end(name)
        times.append(now)
        if len(times) > 2 * self._kept:
            del times[: -self._kept]

    def _forget(self, now: float) -> None:
        # Those that were used last stand at the end; the newest has no times yet.
        while len(self._times) > 1:
            name, times = next(iter(self._times.items()))
            if len(self._times) <= MOST and times[-1] + self._longest > now:
                return
            del self._times[name]
