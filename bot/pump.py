"""The delivery pump: claims what is due, renders it, hands it to couriers, settles the outcome.

Claiming, sending and settling go on at the same time. What is sent slowly holds nothing else up:
each tenant and each platform has its own bound of messages in flight, and while one is full the
others are claimed for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from bot.outbox import Lane, Outbox
from bot.passing import passing
from core.books import Books
from core.couriers import Courier, Later, Outcome, Refused
from core.delivery.model import Delivery
from core.delivery.prepare import prepare
from core.delivery.prepared import Prepared
from core.delivery.settle import put_off, wait_for_database
from core.engine import Engine
from core.kernel.stale import Busy, Stale

log = logging.getLogger("hourbridge.pump")
Result = TypeVar("Result")

BATCH = 100
LEASE = timedelta(minutes=2)
SEND_TIMEOUT = 60.0
IDLE_SECONDS = 1.0
SHORTEST_REST = 0.02
UNKNOWN = "unknown"
"""The kind of a notice that no room has: counted under one name, whatever it is called."""
FINISH_SECONDS = 10.0
"""How long ``run`` waits, once it is told to stop, for what is in flight."""


class Pump:
    """Runs until stopped. One for a SQLite file; any number for one PostgreSQL."""

    def __init__(
        self,
        engine: Engine,
        couriers: Mapping[str, Courier],
        executor: Executor | None = None,
        count_claimed: Callable[[int], None] = lambda _many: None,
        count_unrendered: Callable[[str], None] = lambda _kind: None,
    ) -> None:
        self._engine = engine
        self._couriers = couriers
        self._executor = executor
        self._count_claimed = count_claimed
        self._count_unrendered = count_unrendered
        self._posts: dict[int, datetime] = {}
        """When a post for each channel was last handed over, by its id."""
        self._wake = asyncio.Event()
        self._outbox = Outbox(engine, self._off_loop, LEASE.total_seconds(), self.wake)
        self._stopping = False
        self._claim_failed = False

    @property
    def failing(self) -> bool:
        """Whether the last round failed: for ``/health/ready``."""
        return self._claim_failed or self._outbox.failing

    def wake(self) -> None:
        """Look for due deliveries now and not in a second."""
        self._wake.set()

    def stop(self) -> None:
        """Claim nothing more, finish what is in flight, and return from ``run``."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send what is due, for ever."""
        while not self._stopping:
            claimed = 0
            try:
                if not self._outbox.failing:
                    claimed = await self._start()
                self._claim_failed = False
            except Exception:
                log.exception("a delivery round failed")
                self._claim_failed = True
            if not claimed and not self._stopping:
                await self._rest()
        await self._outbox.finish(FINISH_SECONDS)

    async def round(self) -> int:
        """Claim one batch, send it, settle it; how many deliveries were claimed."""
        claimed = await self._start()
        await self._outbox.finish(SEND_TIMEOUT)
        return claimed

    async def _rest(self) -> None:
        """Until something is told, a tenant has its turn, or there is room for more."""
        seconds = IDLE_SECONDS
        with suppress(Exception):
            full = self._outbox.full()
            seconds = await self._off_loop(lambda: self._until_next_turn(full))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
        self._wake.clear()

    def _until_next_turn(self, full: frozenset[Lane]) -> float:
        now = self._engine.clock()
        with self._engine.store.begin() as books:
            opens_at = books.deliveries.next_opening(now, full)
        if opens_at is None:
            return IDLE_SECONDS
        return max(SHORTEST_REST, min((opens_at - now).total_seconds(), IDLE_SECONDS))

    async def _start(self) -> int:
        """Claim a batch and begin to send it; how many deliveries were claimed."""
        full = self._outbox.full()
        claimed, prepared = await self._off_loop(lambda: self._claim(full))
        if self._stopping:
            await self._off_loop(lambda: self._give_back([one.delivery for one in prepared]))
            return 0
        self._count_claimed(claimed)
        now = self._engine.clock()
        for one in prepared:
            channel_id = one.delivery.conversation_id
            if channel_id is not None and not one.delivery.edit:
                self._posts[channel_id] = now
            self._outbox.send(one, self._deliver(one))
        return claimed

    def _claim(self, full: frozenset[Lane]) -> tuple[int, Sequence[Prepared]]:
        def work(books: Books) -> tuple[datetime, Sequence[Delivery]]:
            now = self._engine.clock()
            return now, books.deliveries.claim(now, now + LEASE, BATCH, full)

        at, due = self._engine.transact(work)
        return len(due), self._prepare(due, at) if due else ()

    def _prepare(self, due: Sequence[Delivery], at: datetime) -> Sequence[Prepared]:
        """The parcels for what was claimed at ``at``."""
        try:
            return self._prepared(due, at)
        except (Busy, Stale):
            # It may have been committed all the same, and is not to be counted again: whoever
            # claims these next reads what has become of them.
            self._give_back(due)
            return ()
        except Exception as error:
            if len(due) > 1:
                # One each: a notice that cannot be rendered holds nothing else up.
                return [found for one in due for found in self._prepare([one], at)]
            self._not_rendered(due[0], error)
            return ()

    def _not_rendered(self, delivery: Delivery, error: Exception) -> None:
        log.exception("a notice could not be rendered", extra={"delivery": delivery.id})
        waits = wait_for_database if passing(error) else put_off

        def work(books: Books) -> str:
            waits(self._engine.office(books), delivery)
            notice = books.deliveries.notices([delivery.notice_id]).get(delivery.notice_id)
            return notice.kind if notice else ""

        kind = self._engine.transact(work)
        if waits is put_off:
            self._count_unrendered(kind if kind in self._engine.house.notices else UNKNOWN)

    def _prepared(self, due: Sequence[Delivery], at: datetime) -> Sequence[Prepared]:
        with self._engine.store.begin() as books:
            office = self._engine.office(books)
            ready = prepare(office, self._engine.house, due, self._posts)
            books.deliveries.shorten_turns(due, {one.delivery.id for one in ready}, at)
        return ready

    def _give_back(self, claimed: Sequence[Delivery]) -> None:
        ids = [one.id for one in claimed]
        self._engine.transact(lambda books: books.deliveries.give_back(ids))

    async def _deliver(self, prepared: Prepared) -> Outcome:
        courier = self._couriers.get(prepared.platform)
        if courier is None:
            return Later(300, f"no courier for {prepared.platform} here")
        try:
            return await asyncio.wait_for(courier.deliver(prepared.parcel), SEND_TIMEOUT)
        except TimeoutError:
            return Later(30, "the platform did not answer in time")
        except Exception:
            log.exception("a courier failed", extra={"delivery": prepared.delivery.id})
            return Refused("a fault of Hourbridge's own")

    async def _off_loop(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
