"""A platform over HTTP with limits of its own, which writes down what came when."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from aiohttp import web


@dataclass(frozen=True)
class Arrival:
    """A message at the platform's door. ``asked`` is for how many seconds it asked to be left
    alone instead of taking the message; 0 where it took it."""

    at: float
    delivery: int
    asked: float


@dataclass
class Platform:
    """Takes messages, and after each ``every`` of them for one tenant asks for ``asks`` seconds."""

    every: int
    asks: float
    arrivals: dict[str, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    address: str = ""

    async def _take(self, request: web.Request) -> web.Response:
        at, message = time.monotonic(), await request.json()
        tenant = self.arrivals[message["tenant"]]
        asked = self.asks if len(tenant) % self.every == self.every - 1 else 0.0
        tenant.append(Arrival(at, message["delivery"], asked))
        if asked:
            return web.Response(status=429, headers={"Retry-After": str(asked)})
        return web.Response()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Platform]:
        """Serve on any free port."""
        app = web.Application()
        app.router.add_post("/", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        try:
            yield self
        finally:
            await runner.cleanup()

    def most_in(self, seconds: float, tenant: str) -> int:
        """The most that came for one tenant within so many seconds."""
        times = [one.at for one in self.arrivals[tenant]]
        return max(sum(first <= at < first + seconds for at in times) for first in times)

    def a_second(self, tenant: str) -> float:
        """How many came in a second on average, while it was not left alone."""
        times = [one.at for one in self.arrivals[tenant]]
        gaps = [later - sooner for sooner, later in pairwise(times)]
        return len(gaps) / sum(gap for gap in gaps if gap < self.asks / 2)

    def too_soon(self, tenant: str, grace: float) -> list[float]:
        """How long after each answer that asked for time messages still came: the first ``grace``
        seconds are left out, in which those on their way arrive."""
        arrivals = self.arrivals[tenant]
        return [
            later.at - one.at
            for one in arrivals
            if one.asked
            for later in arrivals
            if grace < later.at - one.at < one.asked
        ]

    def stragglers(self, tenant: str) -> int:
        """How many came after the platform had asked for time, because they were on their way."""
        return len(self.too_soon(tenant, 0.0))
