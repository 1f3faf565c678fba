"""``python -m tests.bench.national``: planning and draining at the size of a nation. Needs Linux.

A Teams tenant for everybody, 40 of a few thousand, 20 Slack workspaces and the channels in them, on
a PostgreSQL that writes to the disk. Everybody's message is planned as a weekly digest is, then two
replicas of the real pump drain it by the real clock, at the pace of ``core.delivery.pace``, against
platforms that refuse what is too fast and now and then send a 429 of their own.

``--people`` says how many there are in all, ``--minutes`` after how long to stop. What is left then
is told with when it would be done: the pace of a tenant is the platform's, not the machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from bot.pump import Pump
from core.conversations.model import Conversation, ConversationKind, Registration
from core.delivery.model import Audience, Notice
from core.delivery.pace import pace_of
from core.engine import Engine
from storage.audit_deliveries import audit_deliveries
from storage.store import Store
from tests.bench.delivery_drainer import peak
from tests.bench.delivery_people import NEWS, START, WEEKLY, Chat, count, engine_on, populate
from tests.bench.national_platform import Platform
from tests.postgres import cluster

NATION = "a-nation"
PEOPLE = 1_500_000
TRUSTS, WORKSPACES, CHANNELS = 40, 20, 60
REPLICAS = 2
POSTS = 3
"""To each channel, so that one a second is too fast for somebody."""
EVERY = 15.0
"""Seconds between two lines of the report."""


def chats(people: int) -> list[Chat]:
    """Of 1.5 million: 1.2 million in one tenant, 6,000 in each of 40, 3,000 in each of 20."""
    trust, workspace = max(1, people // 250), max(1, people // 500)
    return [
        Chat("teams", NATION, people - TRUSTS * trust - WORKSPACES * workspace),
        *(Chat("teams", f"trust-{number}", trust) for number in range(TRUSTS)),
        *(Chat("slack", f"T0{number}", workspace) for number in range(WORKSPACES)),
    ]


class Nation:
    """The database, two replicas on it, and the platforms that they write to."""

    def __init__(self, url: str) -> None:
        self.store = Store(url)
        self.platforms = {name: Platform(name) for name in ("teams", "slack")}
        self._began = time.monotonic()

    def plan(self) -> tuple[int, float]:
        """Plan everybody's message and what is for channels: how many, and the seconds it took."""
        channels = self._channels()
        started = time.perf_counter()
        with self.store.begin() as books:
            weekly = Notice(WEEKLY, "digest", START, key="this week")
            planned = books.deliveries.plan(weekly, Audience())
        took = time.perf_counter() - started
        with self.store.begin() as books:
            for number in range(POSTS):
                news = Notice(NEWS, f"library:{number}", START)
                planned += books.deliveries.plan_channels(news, channels)
        return planned, took

    def _channels(self) -> list[int]:
        found = []
        with self.store.begin() as books:
            for number in range(CHANNELS):
                where = ("slack", f"T0{number % WORKSPACES}", f"C0{number}")
                kind = ConversationKind.CHANNEL
                made = Conversation(*where, kind, START, START, name="all", bot="B1")
                books.conversations.keep(made)
                kept = books.conversations.hold(*where)
                assert kept is not None
                books.conversations.register(Registration(kept.id, None, 1, START))
                found.append(kept.id)
        return found

    async def drain(self, planned: int, seconds: float) -> float:
        """Let the replicas work until all is sent or the time is up; the seconds it took."""
        self._began = time.monotonic()
        stack = ExitStack()
        stores = [Store(self.store.url.render_as_string(False)) for _number in range(REPLICAS)]
        pumps = [
            Pump(self._engine(store), dict(self.platforms), stack.enter_context(_threads()))
            for store in stores
        ]
        with stack:
            running = [asyncio.create_task(pump.run()) for pump in pumps]
            told = 0.0
            while self.sent < planned and self.elapsed < seconds:
                await asyncio.sleep(0.1)
                if self.elapsed >= told:
                    told = self.elapsed + EVERY
                    print(self._line(), flush=True)
            took = self.elapsed
            for pump in pumps:
                pump.stop()
            await asyncio.gather(*running)
        for store in stores:
            store.close()
        return took

    def _engine(self, store: Store) -> Engine:
        engine = engine_on(store)
        engine.clock = lambda: START + timedelta(seconds=self.elapsed)
        return engine

    @property
    def elapsed(self) -> float:
        """Seconds since the drain began."""
        return time.monotonic() - self._began

    @property
    def sent(self) -> int:
        """How many messages all platforms together have taken."""
        return sum(one.sent.total() for one in self.platforms.values())

    def _line(self) -> str:
        return (
            f"{self.elapsed:>6.0f} s  {self.sent:>8} sent  {_memory() / 1e6:>6.1f} MB  "
            f"{time.process_time():>6.0f} s of CPU"
        )

    def report(self, people: Sequence[Chat], took: float) -> None:
        """What came of it, tenant by tenant, and how the platforms were treated."""
        sent = {
            tenant: many for one in self.platforms.values() for tenant, many in one.sent.items()
        }
        posts = CHANNELS * POSTS // WORKSPACES
        for chat in people:
            many = chat.people + (posts if chat.platform == "slack" else 0)
            done = sent.get(chat.tenant, 0)
            last = self.platforms[chat.platform].last.get(chat.tenant, 0.0) - self._began
            if chat.tenant in (NATION, "trust-0", "T00"):
                rate = done / max(last, 0.001)
                left = (many - done) / rate if rate else 0.0
                print(
                    f"{chat.platform} {chat.tenant}: {done} of {many} by {last:.0f} s, "
                    f"{rate:.1f} a second of {pace_of(chat.platform).a_second:.0f}; all by "
                    f"{_hours(last + left)}"
                )
        for one in self.platforms.values():
            print(
                f"{one.name}: {one.sent.total()} taken, {one.provoked} refused as too fast, "
                f"{one.unprovoked} other 429s, {one.early} sent while asked to wait, "
                f"at most {one.fastest} to one tenant within a second"
            )
        total = self.sent
        print(
            f"{total} sent in {took:.0f} s, {total / took:.0f} a second; "
            f"peak of memory {peak(os.getpid()) / 1e6:.0f} MB"
        )

    def check(self) -> None:
        """Every row that is sent was taken once, and the audit finds nothing."""
        kept = count(self.store, "state = 'sent'")
        with self.store.begin() as books:
            now = START + timedelta(seconds=self.elapsed)
            findings = audit_deliveries(books.connection, now)
        print(f"{kept} kept as sent, {self.sent} taken; the audit finds {len(findings)}")


def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2)


def _memory() -> int:
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _hours(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))


def main() -> None:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.national")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--minutes", type=float, default=10.0)
    given = parser.parse_args()
    server, people = cluster(durable=True), chats(given.people)
    url = server.create_database("nation")
    started = time.perf_counter()
    populate(url, people)
    print(f"{given.people} members made in {time.perf_counter() - started:.0f} s", flush=True)
    nation = Nation(url)
    try:
        before = _memory()
        planned, took = nation.plan()
        print(
            f"{planned} planned, those for members in {took:.1f} s, {given.people / took:.0f} a "
            f"second; memory {before / 1e6:.1f} MB before and {_memory() / 1e6:.1f} MB after",
            flush=True,
        )
        drained = asyncio.run(nation.drain(planned, given.minutes * 60))
        nation.report(people, drained)
        nation.check()
    finally:
        nation.store.close()
        server.drop_database(url)


if __name__ == "__main__":
    main()
