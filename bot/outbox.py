"""What is in flight: parcels on their way to the platforms, and outcomes on their way to the store.

Outcomes are kept in groups, as they come. One that cannot be kept because the database is in
trouble is tried again for as long as nobody else may claim its delivery; after that it is sent
again, by whoever does. One that the database will never take is given up, and not sent again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from bot.passing import passing
from core.books import Books
from core.couriers import Outcome, Refused
from core.delivery.prepared import Prepared
from core.delivery.settle import settle
from core.engine import Engine

log = logging.getLogger("hourbridge.pump")
Lane = tuple[str, str]

MOST_FOR_TENANT = 100
MOST_FOR_PLATFORM = 250
"""Parcels in flight from which on no more are claimed. A platform that hangs leaves the others
theirs."""
GROUP = 100
RETRY_SECONDS = 1.0
MOST_TRIES = 3
"""How often an outcome is tried alone that the database does not take."""
UNKEPT = "what the platform answered could not be kept: see the logs"


@dataclass(frozen=True, slots=True)
class _Done:
    prepared: Prepared
    outcome: Outcome
    at: float
    alone: bool = False
    """It was in a group that the database will never take, and is to be kept by itself."""
    tries: int = 0

    def in_vain(self) -> _Done:
        """After one more try that was in vain; after the last, what can be kept in its place."""
        if not self.alone:
            return replace(self, alone=True)
        if self.tries + 1 < MOST_TRIES:
            return replace(self, tries=self.tries + 1)
        return replace(self, tries=0, outcome=Refused(UNKEPT))


class Outbox:
    """Parcels handed over and not settled yet. ``keeps_for`` is how many seconds an outcome that
    cannot be stored is worth another try; ``room`` is called when there is room again."""

    def __init__(
        self,
        engine: Engine,
        off_loop: Callable[[Callable[[], None]], Awaitable[None]],
        keeps_for: float,
        room: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._off_loop = off_loop
        self._keeps_for = keeps_for
        self._room = room
        self._lanes: Counter[Lane] = Counter()
        self._sending: set[asyncio.Task[None]] = set()
        self._done: deque[_Done] = deque()
        self._settling: asyncio.Task[None] | None = None
        self._group = GROUP
        self.failing = False
        """Whether there are outcomes that cannot be stored at present."""

    def full(self) -> frozenset[Lane]:
        """The tenants that have enough in flight, and of a platform that has "" as its tenant."""
        platforms: Counter[str] = Counter()
        for (platform, _tenant), many in self._lanes.items():
            platforms[platform] += many
        tenants = {lane for lane, many in self._lanes.items() if many >= MOST_FOR_TENANT}
        return frozenset(
            tenants | {(one, "") for one, many in platforms.items() if many >= MOST_FOR_PLATFORM}
        )

    def send(self, prepared: Prepared, sending: Awaitable[Outcome]) -> None:
        """Wait for what comes of a parcel, and keep it."""
        self._lanes[_lane(prepared)] += 1
        task = asyncio.create_task(self._carry(prepared, sending))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what is in flight. What is not settled in time is given up: its lease ends, and
        it is sent again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while under_way := self._under_way():
                    await asyncio.wait(under_way)
        for task in self._under_way():
            task.cancel()

    def _under_way(self) -> set[asyncio.Task[None]]:
        settling = {self._settling} if self._settling and not self._settling.done() else set()
        return self._sending | settling

    async def _carry(self, prepared: Prepared, sending: Awaitable[Outcome]) -> None:
        self._done.append(_Done(prepared, await sending, time.monotonic()))
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        """Keep what has come, group by group. A group that fails is tried again in smaller ones,
        or each by itself, so that one outcome which cannot be kept keeps no other from it."""
        while self._done:
            group = self._next()
            try:
                await self._off_loop(partial(self._keep, group))
            except Exception as error:
                log.exception("outcomes of deliveries could not be kept")
                self.failing = True
                self._group = max(1, self._group // 2)
                self._try_again(group if passing(error) else [one.in_vain() for one in group])
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self.failing = False
                self._group = min(GROUP, self._group * 2)
                self._forget(group)
        # Also where the last was given up: whether the store is back is for the next claim to see.
        self.failing = False

    def _next(self) -> Sequence[_Done]:
        """The outcomes to keep together next."""
        group = [self._done.popleft()]
        most = 1 if group[0].alone else self._group
        while self._done and len(group) < most and not self._done[0].alone:
            group.append(self._done.popleft())
        return group

    def _keep(self, group: Sequence[_Done]) -> None:
        def work(books: Books) -> None:
            settle(self._engine.office(books), [(one.prepared, one.outcome) for one in group])

        self._engine.transact(work)
        for one in group:
            log.info(
                "delivery",
                extra={
                    "delivery": one.prepared.delivery.id,
                    "platform": one.prepared.platform,
                    "tenant": one.prepared.parcel.tenant,
                    "outcome": type(one.outcome).__name__.lower(),
                },
            )

    def _try_again(self, group: Sequence[_Done]) -> None:
        latest = time.monotonic() - self._keeps_for
        self._done.extend(one for one in group if one.at > latest)
        self._forget([one for one in group if one.at <= latest])

    def _forget(self, group: Sequence[_Done]) -> None:
        was_full = bool(self.full())
        for one in group:
            lane = _lane(one.prepared)
            self._lanes[lane] -= 1
            if not self._lanes[lane]:
                del self._lanes[lane]
        if was_full:
            self._room()


def _lane(prepared: Prepared) -> Lane:
    return prepared.platform, prepared.parcel.tenant
