"""What the database says, for Prometheus: how much waits and since when, jobs, pauses, space.

Scrapes come often, from several places, and to every replica; so what was read is kept for
``REST_SECONDS``, and for longer where reading took long: never more than a twentieth of the time
goes into it. However many deliveries there are, nothing here looks at all of them: what waits is
read from a partial index that holds nothing else, and outcomes are counted for the newest
deliveries alone. All that there ever was is for ``hourbridge deliveries`` to add up.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.troubles import paused
from core.delivery.model import Pause
from core.engine import Engine
from storage.figures import Lane, lanes, outcomes_of_newest
from storage.store import Store

REST_SECONDS = 10.0
LONGEST_SHARE = 1 / 20
PATIENCE_SECONDS = 5.0
GIVEN_UP_SECONDS = 30.0
LATELY = timedelta(days=1)
NEWEST = 100_000
"""How many deliveries outcomes are counted of."""


@dataclass(frozen=True)
class Reading:
    """The database at one moment."""

    at: datetime
    lanes: Sequence[Lane]
    pauses: Sequence[Pause]
    outcomes: Mapping[tuple[str, str, str], int]
    last_finished: Mapping[str, datetime]
    failing: Mapping[str, int]
    missed: Mapping[str, int]
    disk_free: int | None


class Readings(Collector):
    """Gauges of the last reading. Where the database does not answer there are none but that."""

    def __init__(
        self,
        engine: Engine,
        store: Store,
        registry: CollectorRegistry,
    ) -> None:
        self._engine = engine
        self._store = store
        self.rest_seconds = REST_SECONDS
        self.longest_share = LONGEST_SHARE
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="readings")
        self._asking: asyncio.Future[Reading | None] | None = None
        self._reading: Reading | None = None
        self._fresh_until = self._began = 0.0
        self.pumping = False
        """Whether deliveries go out from this process."""
        registry.register(self)

    async def renew(self) -> None:
        """Read what is too old by now. Waits no longer than ``PATIENCE_SECONDS``: a slow reading
        comes with a later scrape, and after ``GIVEN_UP_SECONDS`` there is none."""
        if self._asking is None:
            if time.monotonic() < self._fresh_until:
                return
            loop = asyncio.get_running_loop()
            self._asking = loop.run_in_executor(self._thread, self._read)
            self._began = time.monotonic()
        asking = self._asking
        await asyncio.wait({asking}, timeout=PATIENCE_SECONDS)
        if asking.done():
            self._reading = asking.result()
            self._asking = None if self._asking is asking else self._asking
        elif time.monotonic() - self._began > GIVEN_UP_SECONDS:
            self._reading = None

    def _read(self) -> Reading | None:
        started = time.monotonic()
        try:
            return self._look()
        except Exception:
            # Whatever it is, health and the log say it; a scrape says that there is no answer.
            return None
        finally:
            ended = time.monotonic()
            self._fresh_until = ended + max(
                self.rest_seconds, (ended - started) / self.longest_share
            )

    def _look(self) -> Reading:
        with self._store.snapshot() as books:
            now = self._engine.clock()
            return Reading(
                now,
                lanes(books.connection, now),
                books.deliveries.pauses(),
                outcomes_of_newest(books.connection, NEWEST),
                books.jobs.last_finished(),
                books.jobs.failing(now - LATELY),
                books.jobs.missed(now - LATELY),
                _disk_free(self._store),
            )

    def collect(self) -> Iterator[Metric]:
        """What Prometheus is told."""
        reading = self._reading
        yield GaugeMetricFamily(
            "hourbridge_database_up", "Whether the database answers", int(reading is not None)
        )
        yield GaugeMetricFamily(
            "hourbridge_pump_up", "Whether this process sends deliveries", int(self.pumping)
        )
        if reading is not None:
            yield from _of_lanes(reading)
            yield _of_deliveries(reading)
            yield from self._of_jobs(reading)
            if reading.disk_free is not None:
                yield GaugeMetricFamily(
                    "hourbridge_disk_free_bytes",
                    "Room left where the SQLite file is",
                    reading.disk_free,
                )

    def _of_jobs(self, reading: Reading) -> Iterator[Metric]:
        every = _gauge("hourbridge_job_interval_seconds", "How far apart a job's slots are", "name")
        last = _gauge(
            "hourbridge_job_last_success_timestamp_seconds", "When a job last ended well", "name"
        )
        failed = _gauge(
            "hourbridge_job_failed_slots", "Slots of the last 24 hours whose job failed", "name"
        )
        missed = _gauge(
            "hourbridge_job_missed_slots", "Slots of the last 24 hours that were not run", "name"
        )
        for name, job in self._engine.house.jobs.items():
            every.add_metric((name,), job.every_minutes * 60)
            failed.add_metric((name,), reading.failing.get(name, 0))
            missed.add_metric((name,), reading.missed.get(name, 0))
            if name in reading.last_finished:
                last.add_metric((name,), reading.last_finished[name].timestamp())
        yield from (every, last, failed, missed)

    def close(self) -> None:
        """Ask no more. A question that was never answered is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _gauge(name: str, words: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, labels=labels)


def _of_lanes(reading: Reading) -> Iterator[Metric]:
    where = ("platform", "tenant")
    waiting = _gauge("hourbridge_deliveries_waiting", "Deliveries that wait, due or not", *where)
    due = _gauge("hourbridge_deliveries_due", "Deliveries that may go out now", *where)
    oldest = _gauge(
        "hourbridge_oldest_due_delivery_seconds",
        "How long the longest-waiting due delivery has been due",
        *where,
    )
    held = _gauge(
        "hourbridge_held_seconds", "How much longer a tenant that asked for time waits", *where
    )
    stopped = _gauge(
        "hourbridge_paused", "What an operator has paused, and each tenant that it holds", *where
    )
    for lane in reading.lanes:
        key, since = (lane.platform, lane.tenant), lane.oldest_due or reading.at
        until = lane.held_until or reading.at
        waiting.add_metric(key, lane.waiting)
        due.add_metric(key, lane.due)
        oldest.add_metric(key, (reading.at - since).total_seconds())
        held.add_metric(key, (until - reading.at).total_seconds())
    for key in _paused(reading):
        stopped.add_metric(key, 1)
    yield from (waiting, due, oldest, held, stopped)


def _paused(reading: Reading) -> set[tuple[str, str]]:
    held = {(lane.platform, lane.tenant) for lane in reading.lanes if paused(lane, reading.pauses)}
    return held | {(pause.platform, pause.tenant) for pause in reading.pauses}


def _of_deliveries(reading: Reading) -> Metric:
    found = _gauge(
        "hourbridge_deliveries",
        f"The newest {NEWEST:,} deliveries, by what has come of them",
        "kind",
        "state",
        "reason",
    )
    for key, count in reading.outcomes.items():
        found.add_metric(key, count)
    return found


def _disk_free(store: Store) -> int | None:
    if not store.sqlite or not store.url.database:
        return None
    return shutil.disk_usage(Path(store.url.database).parent).free
