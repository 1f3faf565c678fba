"""A fake Slack, a small engine, and the real adapter between them, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack import SlackPlatform, SlackSettings
from adapters.slack.answering import Patience
from tests.slack.fake_slack import SIGNING_SECRET, TOKEN, FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import VOCABULARY, Engine, interpret


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    await fake.start()
    yield fake
    await fake.stop()
    assert fake.problems == [], "Slack would have refused something"


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
async def platform(slack: FakeSlack, engine: Engine) -> AsyncIterator[SlackPlatform]:
    settings = SlackSettings(SIGNING_SECRET, TOKEN, slack.api_url, Patience(0.2, 0.1))
    built = SlackPlatform(settings, engine, interpret, VOCABULARY)
    yield built
    await built.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def url(platform: SlackPlatform) -> AsyncIterator[str]:
    app = web.Application(client_max_size=1_000_000)
    platform.add_routes(app)
    async with TestServer(app) as server:
        yield str(server.make_url("/slack/events"))


@pytest.fixture
def ana(slack: FakeSlack, platform: SlackPlatform, http: aiohttp.ClientSession, url: str) -> Person:
    return Person(slack, http, url, settle=platform.settle)
