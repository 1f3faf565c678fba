"""Replicas in processes of their own: started, killed, stopped, and asked what they have done."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.outbox import MOST_FOR_PLATFORM
from bot.pump import BATCH
from tests.deploy.servers import ROOT, until
from tests.replicas.shared_clock import START, SharedClock
from tests.replicas.town import Town

MOST_IN_FLIGHT = MOST_FOR_PLATFORM + BATCH - 1
"""What one pump may have claimed for one platform and not settled: it claims a batch whenever there
is less than ``MOST_FOR_PLATFORM``."""
PATIENCE = 300.0


@dataclass(frozen=True)
class Replica:
    """One process."""

    name: str
    process: asyncio.subprocess.Process
    folder: Path

    async def kill(self) -> None:
        """End it at once: SIGKILL, which it never hears of."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """End it in order; its exit code."""
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    def idle(self) -> int:
        """How often it has looked for deliveries, found none, and had none in hand."""
        return (self.folder / f"idle-{self.name}").stat().st_size

    def ticked(self) -> datetime | None:
        """The moment of its last tick."""
        try:
            return datetime.fromisoformat((self.folder / f"ticked-{self.name}").read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return None


@dataclass(frozen=True)
class Sending:
    """One message, as its recipient had it."""

    replica: str
    delivery: int
    user: str


@dataclass
class Fleet:
    """Replicas on one database, with one folder for their traces. ``async with`` kills whatever
    is left of them."""

    database: str
    folder: Path
    living: list[Replica] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = SharedClock(self.folder / "clock")
        self.clock.set(START)
        (self.folder / "sent").touch()

    async def __aenter__(self) -> Fleet:
        return self

    async def __aexit__(self, *_error: object) -> None:
        for replica in self.living:
            with suppress(ProcessLookupError):
                replica.process.kill()
            await replica.process.wait()

    async def start(self, *names: str, **options: object) -> Sequence[Replica]:
        """Start replicas of these names, and wait until they are ready."""
        started = await asyncio.gather(*(self._start(name, options) for name in names))
        for replica in started:
            assert replica.process.stdout is not None
            said = await asyncio.wait_for(replica.process.stdout.readline(), PATIENCE)
            assert said == b"ready\n", (self.folder / f"{replica.name}.log").read_text()
        return started

    async def _start(self, name: str, options: dict[str, object]) -> Replica:
        flags = [part for key, value in options.items() for part in (f"--{key}", str(value))]
        command = ("-m", "tests.replicas.replica", name, self.database, str(self.folder))
        with (self.folder / f"{name}.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, *command, *flags),
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        replica = Replica(name, process, self.folder)
        self.living.append(replica)
        return replica

    async def kill(self, replica: Replica) -> None:
        """Kill a replica. It is no longer one of the living."""
        await replica.kill()
        self.living.remove(replica)

    async def stop(self) -> list[int]:
        """Stop whatever lives; the exit codes."""
        return [await replica.stop() for replica in self.living]

    async def come_to_rest(self, town: Town) -> None:
        """Until nothing is left to claim and no living replica has anything in hand. What waits
        then was claimed by whoever is not there to settle it."""
        await until(lambda: not town.free(), PATIENCE)
        # Whoever had claimed the last of it by now says that it is idle only once that is settled.
        before = {replica.name: replica.idle() for replica in self.living}
        await until(
            lambda: all(replica.idle() > before[replica.name] for replica in self.living), PATIENCE
        )

    async def tick_together(self) -> None:
        """Until every replica has ticked at this moment."""
        now = self.clock()
        await until(lambda: all(one.ticked() == now for one in self.living), PATIENCE)

    async def have_sent(self, many: int) -> None:
        """Until so many messages have gone out in all."""
        await until(lambda: self._read("sent").count("\n") >= many, PATIENCE)

    async def have_said(self, *either: str) -> None:
        """Until every replica has said one of these things in its log."""

        def said(replica: Replica) -> bool:
            return any(words in self._read(f"{replica.name}.log") for words in either)

        await until(lambda: all(map(said, self.living)), PATIENCE)

    def lines(self, trace: str) -> list[list[str]]:
        """A trace, line by line and word by word."""
        return [line.split(maxsplit=2) for line in self._read(trace).splitlines()]

    def _read(self, trace: str) -> str:
        return (self.folder / trace).read_text("utf-8")

    def sendings(self) -> list[Sending]:
        """Every message that went out, in order."""
        return [Sending(name, int(id), user) for name, id, user in self.lines("sent")]

    def by_replica(self) -> Counter[str]:
        """How many messages each replica has sent."""
        return Counter(one.replica for one in self.sendings())
