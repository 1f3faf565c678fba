"""Two servers on one PostgreSQL behind a proxy: what the files in deploy/ set up, run natively."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from storage.store import Store
from tests.deploy.servers import (
    Proxy,
    Server,
    SlowSlack,
    Town,
    person,
    serving,
    slack_running,
    until,
)

PEOPLE = 40


class Site:
    """Servers, the proxy before them, and the people behind it."""

    def __init__(self, slack: SlowSlack, town: Town, servers: list[Server], proxy: Proxy) -> None:
        self.slack, self.town, self.servers, self.proxy = slack, town, servers, proxy
        self.asked = 0
        self.stop_asking = asyncio.Event()

    async def people_ask(self, http: aiohttp.ClientSession, number: int) -> None:
        """One person who asks for one thing after another; each must be acknowledged."""
        them = person(self.slack, http, self.proxy.address, number)
        while not self.stop_asking.is_set():
            await them.command("/hourbridge", "help")
            self.asked += 1


@pytest.fixture
async def site(postgres_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(slack_running())
        store = Store(postgres_url)
        town = Town(store, slack)
        await asyncio.to_thread(town.settle_in, PEOPLE)
        drain = {"HOURBRIDGE_DRAIN_SECONDS": "2"}
        starting = [
            stack.enter_async_context(serving(tmp_path, postgres_url, slack, **drain))
            for _one in range(2)
        ]
        servers = await asyncio.gather(*starting)
        proxy = Proxy([one.address for one in servers])
        await stack.enter_async_context(proxy.running())
        yield Site(slack, town, list(servers), proxy)
        store.close()


async def test_a_server_that_is_stopped_under_load_costs_nobody_an_answer_or_a_notice(
    site: Site,
) -> None:
    await asyncio.to_thread(site.town.tell)
    async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
        for number in range(4):
            group.create_task(site.people_ask(http, number))
        await until(lambda: min(site.proxy.answered[one] for one in site.proxy.servers) >= 10)
        stopped, left = site.servers
        before = site.proxy.answered[left.address]
        stopped.tell()
        assert await stopped.ended() == 0
        await until(lambda: site.proxy.answered[left.address] >= before + 20)
        site.stop_asking.set()
    assert site.proxy.refused[stopped.address] == 0
    assert site.asked >= 40
    await until(lambda: site.town.states()["sent"] == PEOPLE)
    assert site.town.leased() == 0
    told = [call.body["channel"] for call in site.slack.calls if call.method == "chat.postMessage"]
    assert len(told) == len(set(told)) == PEOPLE
