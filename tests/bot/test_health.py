"""Health while the database is cut off: soon, true, and well again by itself."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import TypeAlias

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from sqlalchemy import make_url

from bot.settings import Settings
from bot.wiring import build
from storage.probe import PATIENCE_SECONDS
from tests.deploy.relay import Relay

Browser: TypeAlias = "TestClient[Request, Application]"


@pytest.fixture
async def cut(postgres_url: str) -> AsyncIterator[tuple[Browser, Relay]]:
    """A program whose way to PostgreSQL can be cut."""
    url = make_url(postgres_url)
    assert url.host is not None
    assert url.port is not None
    async with Relay(url.host, url.port).running() as relay:
        there = url.set(host="127.0.0.1", port=relay.port).render_as_string(hide_password=False)
        program = await asyncio.to_thread(build, Settings(database_url=there, secrets=("s" * 40,)))
        async with TestClient(TestServer(program.web)) as browser:
            yield browser, relay
            relay.mend()


async def asked(browser: Browser, path: str) -> tuple[int, dict[str, bool]]:
    async with browser.get(path) as answer:
        return answer.status, json.loads(await answer.text())


async def well_again(browser: Browser) -> None:
    async with asyncio.timeout(20):
        while (await asked(browser, "/health/ready"))[0] != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("way", ["swallow", "break_off"])
async def test_a_database_that_is_cut_off_is_told_soon_and_mends_by_itself(
    cut: tuple[Browser, Relay], way: str
) -> None:
    browser, relay = cut
    await well_again(browser)
    relay.swallow()
    if way == "break_off":
        relay.break_off()
    started = time.monotonic()
    (status, parts), again = await asyncio.gather(
        asked(browser, "/health/ready"), asked(browser, "/health/ready")
    )
    assert time.monotonic() - started < PATIENCE_SECONDS * 2
    assert (status, parts["database"], parts["migrations"]) == (503, False, False)
    assert again[0] == 503
    assert await asked(browser, "/health/live") == (200, {"live": True})
    assert await asked(browser, "/health/accepting") == (200, {"accepting": True})
    relay.mend()
    await well_again(browser)
