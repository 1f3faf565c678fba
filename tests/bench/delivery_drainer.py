"""A process that drains a database of what is due, in one of two ways, and tells what it took.

``python -m tests.bench.delivery_drainer pump URL`` is a replica with the real pump: it claims,
prepares, sends and settles. ``... rows URL`` is what most job queues are: claim one row, send it,
finish it, each row in one transaction of its own, by statements that are as short as can be.

Either begins at a line on its standard input, the first ends at the next one, and the second where
it finds nothing. What they tell is a line of JSON: seconds of CPU, the peak of memory in bytes, and
how many were sent.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from bot.pump import Pump
from core.couriers import Outcome, Parcel, Sent
from storage.store import Store
from tests.bench.delivery_people import engine_on

CLAIM = """SELECT id, member_id FROM deliveries
WHERE state = 'waiting' AND platform = 'local' AND tenant = 'a-nation' AND bulk
AND not_before <= now() ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED"""
FINISH = """UPDATE deliveries SET state = 'sent', attempts = 1, handle = %s, sent_at = now()
WHERE id = %s"""


class Simulated:
    """A platform that takes every message after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.sent = 0

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Take it."""
        if self.seconds:
            await asyncio.sleep(self.seconds)
        self.sent += 1
        return Sent(f"message-{parcel.delivery}")


async def drain(url: str, seconds: float) -> int:
    """Pump until there is nothing more to read on standard input; how many were sent."""
    store = Store(url)
    courier = Simulated(seconds)
    # As many threads as the program itself gives its pump.
    with ThreadPoolExecutor(2) as threads:
        pump = Pump(engine_on(store), {"local": courier}, threads)
        running = asyncio.create_task(pump.run())
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        pump.stop()
        await running
    store.close()
    return courier.sent


def one_by_one(url: str, seconds: float) -> int:
    """Claim, send and finish row after row until there is none; how many were sent."""
    sent = 0
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as driver:
        while True:
            with driver.transaction():
                row = driver.execute(CLAIM).fetchone()
                if row is None:
                    return sent
                time.sleep(seconds)
                driver.execute(FINISH, (f"message-{row[0]}", row[0]))
            sent += 1


def peak(process: int) -> int:
    """The most bytes of memory that a process has had. What ``getrusage`` tells would be those of
    the process that started it, where that was larger."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    words = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(words.split()[1]) * 1024


def main() -> None:
    """Drain as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("how", choices=("pump", "rows"))
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=0.0)
    given = parser.parse_args()
    print("ready", flush=True)
    sys.stdin.readline()
    before = time.process_time()
    if given.how == "pump":
        sent = asyncio.run(drain(given.url, given.seconds))
    else:
        sent = one_by_one(given.url, given.seconds)
    cpu = time.process_time() - before
    print(json.dumps({"cpu": cpu, "peak": peak(os.getpid()), "sent": sent}))


if __name__ == "__main__":
    main()
