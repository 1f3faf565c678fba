"""What a process remembers of installations: briefly, bounded, and asked for once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.slack.granting import Grants
from adapters.slack.installed import ROOM, InstalledWorkspaces
from adapters.slack.renewing import Renewing
from tests.slack.granting_slack import CLIENT_ID, CLIENT_SECRET
from tests.slack.installing_site import Clock
from tests.slack.shelf import Broken, Shelf, on_shelf


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(clock: Clock) -> Shelf:
    return Shelf()


@pytest.fixture
def remembering(shelf: Shelf, clock: Clock) -> InstalledWorkspaces:
    grants = Grants("http://127.0.0.1:9/", CLIENT_ID, CLIENT_SECRET)
    renewing = Renewing(shelf, grants, now=clock.now)
    return InstalledWorkspaces(shelf, renewing, monotonic=clock.monotonic)


async def test_a_workspace_is_asked_for_once_in_5_minutes(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    for _time in range(3):
        await remembering.find("T1")
    assert shelf.asked == ["T1"]
    clock.later(minutes=4, seconds=59)
    await remembering.find("T1")
    assert shelf.asked == ["T1"]
    clock.later(seconds=1)
    await remembering.find("T1")
    assert shelf.asked == ["T1", "T1"]


async def test_an_absence_is_remembered_for_30_seconds(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    assert await remembering.find("T1") is None
    on_shelf(shelf, clock, "T1")
    clock.later(seconds=29)
    assert await remembering.find("T1") is None
    clock.later(seconds=1)
    assert await remembering.find("T1") is not None


async def test_memory_is_bounded_and_lets_go_of_what_was_not_asked_for_longest(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    for number in range(ROOM):
        on_shelf(shelf, clock, f"T{number}")
        await remembering.find(f"T{number}")
    await remembering.find("T0")
    on_shelf(shelf, clock, "TNEW")
    await remembering.find("TNEW")
    assert len(remembering._memory) == ROOM
    shelf.asked.clear()
    await remembering.find("T0")
    assert shelf.asked == []
    await remembering.find("T1")
    assert shelf.asked == ["T1"]


async def test_many_who_ask_at_once_ask_the_store_once(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    shelf.shut.clear()
    asking = [asyncio.ensure_future(remembering.find("T1")) for _each in range(10)]
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.sleep(0)
    shelf.shut.set()
    found = await asyncio.gather(*asking[1:])
    assert shelf.asked == ["T1"]
    assert [one.tenant for one in found if one] == ["T1"] * 9


async def test_an_error_is_told_and_not_remembered(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    shelf.broken = True
    with pytest.raises(Broken):
        await remembering.find("T1")
    shelf.broken = False
    assert await remembering.find("T1") is not None


async def test_what_was_read_before_a_reinstall_is_not_remembered_after_it(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1", "xoxb-old")
    shelf.shut.clear()
    reading = asyncio.ensure_future(remembering.find("T1"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    on_shelf(shelf, clock, "T1", "xoxb-new")
    remembering.forget("T1")
    asking_after = asyncio.ensure_future(remembering.find("T1"))
    await asyncio.sleep(0)
    shelf.shut.set()
    await reading
    for found in (await asking_after, await remembering.find("T1")):
        assert found is not None
        assert found.token == "xoxb-new"


async def test_a_delivery_always_reads_the_store(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    for _time in range(3):
        await remembering.fresh("T1")
    assert shelf.asked == ["T1"] * 3


async def test_after_a_failed_renewal_the_database_too_is_left_alone_for_a_minute(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    ends = clock.now() + timedelta(hours=1)
    shelf.kept["T1"] = replace(shelf.kept["T1"], refresh="xoxe-1", expires_at=ends)
    for _time in range(3):
        assert await remembering.fresh("T1") is not None
        assert await remembering.find("T1") is not None
        await remembering.settle()
    assert shelf.claims == 1
    clock.later(minutes=1)
    await remembering.fresh("T1")
    assert shelf.claims == 2
