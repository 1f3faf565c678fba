"""A terminal with nothing set in its environment, one on a fresh database, and replicas on one."""

from __future__ import annotations

import asyncio
import logging
import math
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.settings import Settings
from bot.wiring import build
from tests.bot.replicas import Replicas
from tests.bot.scraping import Running, hold_back
from tests.bot.terminal import Terminal
from tests.world import World


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command that runs here sets the logs up on a terminal that ends with its test."""
    root, ours = logging.getLogger(), logging.getLogger("hourbridge")
    before = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])


@pytest.fixture
def empty_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal in an empty folder, without any settings."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("HOURBRIDGE_", "SLACK_", "MICROSOFT_")) and "_TEST_" not in name:
            monkeypatch.delenv(name)
    return Terminal(capsys)


@pytest.fixture
def terminal(
    empty_terminal: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal on a fresh database of each kind."""
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", database_url)
    return empty_terminal


@pytest.fixture
def sqlite_terminal(
    empty_terminal: Terminal, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal on a fresh SQLite database."""
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", sqlite_url)
    return empty_terminal


@pytest.fixture
def replicas(database_url: str) -> Iterator[Replicas]:
    """Two replicas of the program on a fresh database of each kind."""
    found = Replicas(database_url)
    yield found
    found.close()


@pytest.fixture
async def running(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    program = build(Settings(database_url=database_url, secrets=("s" * 40,)))
    program.readings.rest_seconds, program.readings.longest_share = 0.0, math.inf
    hold_back(program, monkeypatch)
    world = await asyncio.to_thread(World, program.store)
    world.engine = program.engine
    async with TestClient(TestServer(program.web)) as browser:
        yield Running(program, browser, world)
