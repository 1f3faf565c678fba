"""A server that is told to stop: it says so first, finishes what is under way, and ends in time."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from storage.store import Store
from tests.deploy.servers import ROOT, SlowSlack, Town, person, serving, slack_running, until


@pytest.fixture
async def slack() -> AsyncIterator[SlowSlack]:
    async with slack_running() as found:
        yield found


@pytest.fixture
async def town(slack: SlowSlack, sqlite_url: str) -> AsyncIterator[Town]:
    store = Store(sqlite_url)
    found = Town(store, slack)
    await asyncio.to_thread(found.settle_in, 3)
    yield found
    store.close()


async def test_a_server_says_first_that_it_stops_and_answers_until_its_proxy_has_noticed(
    slack: SlowSlack, town: Town, sqlite_url: str, tmp_path: Path
) -> None:
    draining = {"HOURBRIDGE_DRAIN_SECONDS": "60"}
    async with (
        serving(tmp_path, sqlite_url, slack, **draining) as server,
        aiohttp.ClientSession() as http,
    ):
        ana = person(slack, http, server.address, 0)
        await ana.command("/hourbridge", "help")
        server.tell()
        status = 200
        while status == 200:
            async with http.get(f"{server.address}/health/accepting") as answer:
                status = answer.status
        async with http.get(f"{server.address}/health/ready") as answer:
            assert (answer.status, (await answer.json())["accepting"]) == (503, False)
        async with http.get(f"{server.address}/health/live") as answer:
            assert answer.status == 200
            assert answer.headers["Connection"] == "close"
        answers = len(ana.messages)
        await ana.command("/hourbridge", "help")
        await until(lambda: len(ana.messages) > answers)
        server.tell()
        assert await server.ended(5) == -signal.SIGTERM


async def test_a_message_that_is_being_sent_is_finished_before_the_server_ends(
    slack: SlowSlack, town: Town, sqlite_url: str, tmp_path: Path
) -> None:
    slack.open.clear()
    async with serving(tmp_path, sqlite_url, slack) as server:
        await asyncio.to_thread(town.tell)
        await asyncio.wait_for(slack.arrived.wait(), 20)
        server.tell()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(server.process.wait(), 0.5)
        slack.open.set()
        assert await server.ended() == 0
    states = await asyncio.to_thread(town.states)
    sent = len([one for one in slack.calls if one.method == "chat.postMessage"])
    assert states["sent"] == sent >= 1
    assert sum(states.values()) == 3
    assert await asyncio.to_thread(town.leased) == 0


async def test_ctrl_c_waits_for_no_proxy_and_leaves_no_fault_in_the_log(
    sqlite_url: str, tmp_path: Path
) -> None:
    draining = {"HOURBRIDGE_DRAIN_SECONDS": "60", "HOURBRIDGE_TEAMS_ANONYMOUS": "1"}
    async with serving(tmp_path, sqlite_url, None, **draining) as server:
        server.tell(signal.SIGINT)
        assert await server.ended() == 0
    [log] = await asyncio.to_thread(lambda: list(tmp_path.glob("server-*.log")))
    assert '"level": "error"' not in log.read_text("utf-8")


def test_a_thread_that_never_ends_is_not_waited_for_without_end() -> None:
    program = (
        "import threading; from bot.stopping import end_within; end_within(0.2); "
        "threading.Thread(target=threading.Event().wait).start()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 1
    assert "could not finish in time" in done.stderr
