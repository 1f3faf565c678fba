"""The delivery pump: claims what is due, renders it, hands it to couriers, settles the outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from core.books import Books
from core.couriers import Courier, Later, Outcome, Refused
from core.delivery.model import Delivery, DeliveryState
from core.delivery.prepare import Prepared, prepare
from core.delivery.settle import LONGEST_WAIT, MOST_ATTEMPTS, settle
from core.engine import Engine

log = logging.getLogger("hourbridge.pump")
Result = TypeVar("Result")

BATCH = 50
LEASE = timedelta(minutes=2)
SEND_TIMEOUT = 60.0
IDLE_SECONDS = 1.0
UNRENDERED = "it could not be rendered: see the logs"


class Pump:
    """Runs until stopped. One for a SQLite file; any number for one PostgreSQL."""

    def __init__(
        self, engine: Engine, couriers: Mapping[str, Courier], executor: Executor | None = None
    ) -> None:
        self._engine = engine
        self._couriers = couriers
        self._executor = executor
        self._wake = asyncio.Event()
        self._stopping = False
        self.failing = False
        """Whether the last round failed: for ``/health/ready``."""

    def wake(self) -> None:
        """Look for due deliveries now and not in a second."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the round under way and return from ``run``."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send what is due, for ever."""
        while not self._stopping:
            try:
                done = await self.round()
                self.failing = False
            except Exception:
                log.exception("a delivery round failed")
                self.failing = True
                done = 0
            if not done and not self._stopping:
                await self._rest()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
        self._wake.clear()

    async def round(self) -> int:
        """Claim one batch, send it, settle it; how many deliveries were claimed."""
        claimed, prepared = await self._off_loop(self._claim)
        if prepared:
            outcomes = await asyncio.gather(*(self._deliver(one) for one in prepared))
            pairs = list(zip(prepared, outcomes, strict=True))
            await self._off_loop(lambda: self._settle(pairs))
        return claimed

    def _claim(self) -> tuple[int, list[Prepared]]:
        with self._engine.store.begin() as books:
            office = self._engine.office(books)
            due = books.deliveries.claim(office.now, office.now + LEASE, BATCH)
        # One transaction each: a notice that cannot be rendered holds nothing else up.
        found = (self._prepare(delivery) for delivery in due)
        return len(due), [one for one in found if one is not None]

    def _prepare(self, delivery: Delivery) -> Prepared | None:
        try:
            with self._engine.store.begin() as books:
                return prepare(self._engine.office(books), self._engine.house, delivery)
        except Exception:
            log.exception("a notice could not be rendered", extra={"delivery": delivery.id})
            self._put_off(delivery)
            return None

    def _put_off(self, delivery: Delivery) -> None:
        """Try a notice that cannot be rendered later and later, and in the end no more."""
        attempts = delivery.attempts + 1
        with self._engine.store.begin() as books:
            now = self._engine.clock()
            if attempts < MOST_ATTEMPTS:
                wait = min(timedelta(seconds=30 * 2.0 ** min(attempts, 15)), LONGEST_WAIT)
                tried = replace(
                    delivery, attempts=attempts, not_before=now + wait, reason=UNRENDERED
                )
            elif delivery.edit:
                tried = replace(delivery, shown=delivery.changes, reason=UNRENDERED)
            else:
                state = DeliveryState.REFUSED
                tried = replace(delivery, attempts=attempts, state=state, reason=UNRENDERED)
            books.deliveries.settle(tried)

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

    def _settle(self, pairs: Sequence[tuple[Prepared, Outcome]]) -> None:
        def keep(books: Books) -> None:
            office = self._engine.office(books)
            for prepared, outcome in pairs:
                settle(office, prepared, outcome)

        # What is not kept is sent again.
        self._engine.transact(keep)
        for prepared, outcome in pairs:
            log.info(
                "delivery",
                extra={
                    "delivery": prepared.delivery.id,
                    "platform": prepared.platform,
                    "tenant": prepared.parcel.tenant,
                    "outcome": type(outcome).__name__.lower(),
                },
            )

    async def _off_loop(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
