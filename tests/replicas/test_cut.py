"""The database goes away in the middle of a digest, and comes back: whoever types meanwhile is told
kindly, and everything is made good."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.audit import audit
from bot.pump import LEASE
from core.jobs.model import RunState
from storage.migrate import migrate
from storage.store import Store
from tests.deploy.servers import until
from tests.postgres import Cluster, crash, own_server, start_again
from tests.replicas.cable import Cable, cable
from tests.replicas.fleet import PATIENCE, Fleet
from tests.replicas.rooms import EACH_MINUTE
from tests.replicas.shared_clock import START
from tests.replicas.town import Town
from tests.world import Person, World

MANY = 4_000
LATENCY = 0.25
OFFER = "offer 1 hour run charts for beginners, online"
IN_VAIN = ("a delivery round failed", "outcomes of deliveries could not be kept")
SORRY = "Something went wrong on our side, and nothing was changed. Try again in a minute."


@dataclass
class Site:
    """Two replicas at one end of a cable, their database at the other, and Ana, whose chat is at
    the replicas' end. ``store`` has a line of its own."""

    server: Cluster
    line: Cable
    store: Store
    town: Town
    fleet: Fleet
    ana: Person

    def outcomes(self) -> Counter[str]:
        """How the slots of the minutely job ended."""
        with self.store.snapshot() as books:
            return Counter(
                f"{run.slot:%H:%M} {'late' if run.caught_up else 'in time'}"
                for run in books.jobs.recent(EACH_MINUTE, 100)
                if run.state is RunState.DONE
            )


@asynccontextmanager
async def _site(server: Cluster, folder: Path) -> AsyncIterator[Site]:
    async with AsyncExitStack() as stack:
        database = server.create_database("cut")
        store = Store(database)
        stack.callback(store.close)
        await asyncio.to_thread(migrate, store.engine)
        line = await stack.enter_async_context(cable(database))
        world = await asyncio.to_thread(World, Store(line.address(database)))
        stack.callback(world.store.close)
        ana = await asyncio.to_thread(world.person, "Ana Ward", "HOS")
        town = Town(store)
        await asyncio.to_thread(town.settle_in, MANY)
        fleet = await stack.enter_async_context(Fleet(line.address(database), folder))
        fleet.clock.set(START + timedelta(seconds=30))
        assert await asyncio.to_thread(town.plan) == MANY
        yield Site(server, line, store, town, fleet, ana)


async def _drain_with(
    site: Site, away: Callable[[], Awaitable[None]], back: Callable[[], Awaitable[None]]
) -> None:
    """Drain the digest, and let the database go away in the middle of it. Ana types meanwhile, and
    a slot of a job begins and ends."""
    fleet, town, began = site.fleet, site.town, time.monotonic()
    await fleet.start("first", "second", latency=LATENCY, ticks="clock")
    await fleet.have_sent(MANY // 4)
    sent = len(fleet.sendings())
    await away()
    went = time.monotonic()
    assert (await asyncio.to_thread(site.ana.types, OFFER)).startswith(SORRY)
    # Not for so long that a lease ends: what has been sent is kept once that is possible again.
    fleet.clock.later(seconds=100)
    await fleet.tick_together()
    await fleet.have_said(*IN_VAIN)
    gone = time.monotonic() - went
    await back()
    site.store.engine.dispose()
    assert "Check your offer" in await asyncio.to_thread(site.ana.types, OFFER)
    assert "Posted" in await asyncio.to_thread(site.ana.presses, "Post it")
    await fleet.come_to_rest(town)
    left = await asyncio.to_thread(town.waiting)
    fleet.clock.later(seconds=LEASE.total_seconds() + 1)
    await until(lambda: not town.waiting(), PATIENCE)
    assert await fleet.stop() == [0, 0]
    ours = await asyncio.to_thread(town.recipients)
    times = Counter(one.delivery for one in fleet.sendings() if one.delivery in ours)
    twice = sum(times.values()) - len(times)
    print(
        f"\n{MANY:,} in {time.monotonic() - began:.1f} s, with no database for {gone:.1f} s after "
        f"{sent:,} of them; {len(left)} claimed in vain; lost {MANY - len(times)}, "
        f"sent twice {twice}; slots of the minutely job: {dict(site.outcomes())}"
    )
    assert set(times) == set(ours)
    assert await asyncio.to_thread(town.states) == {"sent": MANY}
    assert not twice
    assert site.outcomes()["09:01 late"] == 1
    assert set(site.outcomes().values()) == {1}
    assert audit(site.store, fleet.clock()) == []


@pytest.mark.timeout(400)
async def test_a_network_that_is_cut_in_mid_digest_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path,
) -> None:
    with own_server() as server:
        async with _site(server, tmp_path) as site:
            await _drain_with(site, site.line.cut, site.line.join)


@pytest.mark.timeout(400)
async def test_a_database_that_crashes_in_mid_digest_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path,
) -> None:
    with own_server() as server:
        async with _site(server, tmp_path) as site:
            await _drain_with(
                site,
                lambda: asyncio.to_thread(crash, server),
                lambda: asyncio.to_thread(start_again, server),
            )
