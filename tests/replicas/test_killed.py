"""Replicas that are really killed in the middle of a digest: nobody goes without, and whoever gets
it twice is one of the few whose message was on its way."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.pump import LEASE
from storage.store import Store
from tests.deploy.servers import ROOT, until
from tests.replicas.fleet import MOST_IN_FLIGHT, PATIENCE, Fleet
from tests.replicas.town import Town

LATENCY = 0.25
"""Seconds that the simulated platform takes to answer, long enough for a kill to come between."""


async def _audit(database: str) -> tuple[int, str]:
    """``hourbridge audit``: its exit code, and what it says."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "audit"),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOURBRIDGE_DATABASE_URL": database},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _nothing = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def _drain(fleet: Fleet, town: Town, many: int, names: list[str], kills: int) -> None:
    """Plan for ``many``, and kill ``kills`` of the replicas ``names`` on the way. Another one is
    started in the place of the first."""
    chance = random.Random(11)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    began = time.monotonic()
    assert await asyncio.to_thread(town.plan) == many
    planned = time.monotonic() - began
    replicas = list(await fleet.start(*names, latency=LATENCY))
    began = time.monotonic()
    moments = sorted(chance.uniform(0.15, 0.6) for _kill in range(kills))
    for number, moment in enumerate(moments):
        await fleet.have_sent(int(moment * many))
        await fleet.kill(replicas.pop())
        if not number:
            await fleet.start("restarted", latency=LATENCY)
    await fleet.come_to_rest(town)
    left = await asyncio.to_thread(town.waiting)
    drained = time.monotonic() - began
    fleet.clock.later(seconds=LEASE.total_seconds() + 1)
    await until(lambda: not town.waiting(), PATIENCE)
    assert await fleet.stop() == [0] * len(fleet.living)
    times = Counter(one.delivery for one in fleet.sendings())
    twice = sum(times.values()) - len(times)
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - used
    print(
        f"\n{many:,} planned in {planned:.2f} s, drained in {drained:.1f} s "
        f"({many / drained:,.0f} a second) by {dict(fleet.by_replica())}; "
        f"{kills} killed with {len(left)} claimed and not settled; "
        f"lost {many - len(times)}, sent twice {twice}; the replicas took {cpu:.0f} s of CPU"
    )
    assert set(times) == set(await asyncio.to_thread(town.recipients)), "nobody goes without"
    assert await asyncio.to_thread(town.states) == {"sent": many}
    assert 0 < len(left) <= kills * MOST_IN_FLIGHT
    assert {one for one, count in times.items() if count > 1} <= left
    assert max(times.values()) <= 2
    assert twice <= len(left)


@pytest.mark.timeout(400)
async def test_two_of_three_replicas_are_killed_in_mid_digest_and_nobody_goes_without(
    postgres_url: str, tmp_path: Path
) -> None:
    store = Store(postgres_url)
    town = Town(store)
    await asyncio.to_thread(town.settle_in, 20_000)
    async with Fleet(postgres_url, tmp_path) as fleet:
        await _drain(fleet, town, 20_000, ["first", "second", "third"], kills=2)
    assert await _audit(postgres_url) == (
        0,
        "Every invariant of the ledger and the deliveries holds.\n",
    )
    store.close()


@pytest.mark.timeout(400)
async def test_the_one_process_on_a_sqlite_file_is_killed_in_mid_digest_and_nobody_goes_without(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = Store(sqlite_url)
    town = Town(store)
    await asyncio.to_thread(town.settle_in, 5_000)
    async with Fleet(sqlite_url, tmp_path) as fleet:
        await _drain(fleet, town, 5_000, ["only"], kills=1)
    assert (await _audit(sqlite_url))[0] == 0
    store.close()
