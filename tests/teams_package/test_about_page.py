"""The page that an app package leads to, where the operator names no other."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import about
from bot.about import add_about
from bot.settings import Settings
from bot.wiring import build
from core.commands import PlainWords, interpreter
from core.features import the_house

Browser = TestClient[Any, Any]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    app = web.Application()
    add_about(app)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_page_is_there_for_anybody_and_loads_nothing_from_elsewhere(
    browser: Browser,
) -> None:
    async with browser.get(about.PATH) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == [
        "/pages.css",
        "https://ico.org.uk/make-a-complaint/",
    ]


async def test_every_address_of_a_package_leads_to_a_part_of_the_page(browser: Browser) -> None:
    for address in (about.PRIVACY, about.TERMS):
        parts = urlsplit(address)
        async with browser.get(parts.path) as answer:
            assert f'<h2 id="{parts.fragment}">' in await answer.text()


async def test_every_command_that_the_page_names_is_one(browser: Browser) -> None:
    async with browser.get(about.PATH) as answer:
        named = re.findall(r"<strong>([^<]+)</strong>", await answer.text())
    understood = interpreter(the_house())
    assert set(named) >= {"help", "privacy", "mydata", "settings", "leave", "stop", "report"}
    assert [one for one in named if isinstance(understood(one), PlainWords)] == []


async def test_the_program_has_the_page(tmp_path: Path) -> None:
    program = build(Settings(database_url=f"sqlite:///{tmp_path}/none.db", secrets=("s" * 40,)))
    paths = {route.resource.canonical for route in program.web.router.routes() if route.resource}
    assert about.PATH in paths
