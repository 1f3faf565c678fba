"""Three replicas and a platform that may be written to 50 times a second in each tenant, and that
now and then asks to be left alone."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from core.delivery.pace import pace_of
from storage.store import Store
from tests.deploy.servers import until
from tests.replicas.fleet import PATIENCE, Fleet
from tests.replicas.platform import Platform
from tests.replicas.shared_clock import START
from tests.replicas.town import Town

TENANTS = ("tenant-north", "tenant-south")
MANY = 600
LIMIT = 50
REPLICAS = ("first", "second", "third")
LATE = len(REPLICAS) * pace_of("teams").burst
"""On a busy machine each replica may be late with a turn, which then arrives together with the next
ones, as ``core.delivery.pace`` says. Over 3 seconds there is no such allowance."""
GRACE = 1.5
"""Seconds in which what was handed over before a tenant asked for time may still arrive."""


@pytest.mark.timeout(400)
async def test_three_replicas_keep_to_one_pace_and_leave_a_tenant_alone_for_as_long_as_it_asks(
    postgres_url: str, tmp_path: Path
) -> None:
    store = Store(postgres_url)
    town = Town(store, tuple(("teams", tenant) for tenant in TENANTS))
    await asyncio.to_thread(town.settle_in, MANY)
    await asyncio.to_thread(town.plan)
    async with (
        Platform(every=110, asks=4.0).running() as platform,
        Fleet(postgres_url, tmp_path) as fleet,
    ):
        fleet.clock.set(START, runs=True)
        await fleet.start(*REPLICAS, platform=platform.address)
        await until(lambda: not town.waiting(), PATIENCE)
        assert await fleet.stop() == [0, 0, 0]
    assert await asyncio.to_thread(town.states) == {"sent": MANY}
    store.close()
    for tenant in TENANTS:
        arrivals = platform.arrivals[tenant]
        asked = [one for one in arrivals if one.asked]
        print(
            f"\n{tenant}: {len(arrivals)} sent, {platform.a_second(tenant):.1f} a second, at most "
            f"{platform.most_in(1.0, tenant)} within one; {len(asked)} times asked for "
            f"{platform.asks:.0f} s, and {platform.stragglers(tenant)} on their way came then"
        )
        times = Counter(one.delivery for one in arrivals if not one.asked)
        assert set(times.values()) == {1}
        assert len(times) == MANY // len(TENANTS)
        assert len(asked) == 2
        assert platform.too_soon(tenant, GRACE) == []
        assert platform.most_in(1.0, tenant) <= LIMIT + LATE
        assert platform.most_in(3.0, tenant) <= 3 * LIMIT
