"""One replica, in a process of its own: the engine, the pump and the clock's ticks.

``python -m tests.replicas.replica NAME DATABASE FOLDER`` says "ready" and runs until SIGTERM. Its
traces are in FOLDER, where the clock is that all replicas share.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from bot.pump import Pump
from bot.runner import run_job
from core.couriers import Courier
from core.engine import Engine
from core.jobs.slots import slot_of
from core.kernel.keys import Keys
from storage.store import Store
from tests.replicas.couriers import OverHttp, Recorder
from tests.replicas.rooms import recorded_house
from tests.replicas.shared_clock import SharedClock

LOOK_SECONDS = 0.01
AGAIN_SECONDS = 0.2


class Replica:
    def __init__(self, given: argparse.Namespace) -> None:
        self._folder, self._name = given.folder, given.name
        self._now = SharedClock(self._folder / "clock")
        self._store = Store(given.database)
        rooms = recorded_house(self._folder, self._name)
        self._engine = Engine(self._store, rooms, Keys(("secret",)), clock=self._now)
        self._over_http = OverHttp(given.platform)
        recorder = Recorder(self._folder / "sent", self._name, given.latency)
        couriers: dict[str, Courier] = {
            "local": recorder,
            "slack": recorder,
            "teams": self._over_http if given.platform else recorder,
        }
        self._threads = ThreadPoolExecutor(4)
        self._pump = Pump(self._engine, couriers, self._threads, self._claimed)
        self._clock = Clock(self._engine, self._threads, self._pump.wake)
        self._idle = (self._folder / f"idle-{self._name}").open("ab", buffering=0)
        self._ticks: str = given.ticks
        self._ran: dict[str, datetime] = {}

    def _claimed(self, many: int) -> None:
        if not many and not self._pump._outbox._under_way():
            self._idle.write(b".")

    async def run(self) -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        pumping = asyncio.create_task(self._pump.run())
        ticking = asyncio.create_task(self._keep_ticking())
        print("ready", flush=True)
        await stop.wait()
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        self._pump.stop()
        await pumping
        await self._over_http.close()
        self._threads.shutdown()
        self._store.close()

    async def _keep_ticking(self) -> None:
        """Tick at every moment that the shared clock is put to, and now and then while it stands;
        say when that was done."""
        moment, at = None, 0.0
        while self._ticks:
            now = self._now()
            again = self._ticks == "clock" and time.monotonic() > at + AGAIN_SECONDS
            if now != moment or again:
                await asyncio.gather(*(self._tick(name) for name in self._engine.house.jobs))
                (self._folder / f"ticked-{self._name}").write_text(now.isoformat(), "ascii")
                moment, at = now, time.monotonic()
            await asyncio.sleep(LOOK_SECONDS)

    async def _tick(self, name: str) -> None:
        job = self._engine.house.jobs[name]
        if self._ticks == "clock":
            await self._clock._tick(job)
            return
        # A scheduler alone knows when a slot begins, and nothing of other replicas.
        slot = slot_of(job, self._now())
        if self._ran.get(name) != slot:
            self._ran[name] = slot
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._threads, run_job, self._engine, job)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("database")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--platform", default="")
    parser.add_argument("--ticks", default="", choices=("", "clock", "alone"))
    asyncio.run(Replica(parser.parse_args()).run())


if __name__ == "__main__":
    main()
