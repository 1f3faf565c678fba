"""A fake Slack, a small engine, and the real adapter between them, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack import SlackPlatform, SlackSettings
from adapters.slack.settings import Patience
from core.kernel.keys import Keys
from tests.slack.fake_slack import SIGNING_SECRET, TOKEN, FakeSlack
from tests.slack.kept_installations import KeptInstallations, installation_of
from tests.slack.people import Person
from tests.slack.small_engine import VOCABULARY, Engine, interpret
from tests.slack.transports import SocketMode

CLIENT_SECRET = "a client secret of the tests"


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
def app_token() -> str:
    """With one, the app opens a socket to Slack too."""
    return ""


@pytest.fixture
def settings(slack: FakeSlack, app_token: str) -> SlackSettings:
    """One workspace, and little patience."""
    return SlackSettings(
        signing_secret=SIGNING_SECRET,
        bot_token=TOKEN,
        app_token=app_token,
        api_url=slack.api_url,
        patience=Patience(answer=0.2, modal=0.1),
    )


@pytest.fixture
async def platform(settings: SlackSettings, engine: Engine) -> AsyncIterator[SlackPlatform]:
    built = SlackPlatform(settings, engine, interpret, VOCABULARY, report=engine.report)
    await built.start()
    yield built
    await built.close()


@pytest.fixture
def installations(slack: FakeSlack) -> KeptInstallations:
    """The app in the first workspace."""
    kept = KeptInstallations()
    kept.kept[slack.team] = installation_of(slack.home_team)
    return kept


@pytest.fixture
async def installed(
    settings: SlackSettings, engine: Engine, installations: KeptInstallations
) -> AsyncIterator[SlackPlatform]:
    """The same for as many workspaces as let it in."""
    many = replace(settings, bot_token="", client_id="1.2", client_secret=CLIENT_SECRET)
    built = SlackPlatform(
        many,
        engine,
        interpret,
        VOCABULARY,
        report=engine.report,
        installations=installations,
        keys=Keys(("secret",)),
    )
    await built.start()
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
def ana(
    slack: FakeSlack,
    platform: SlackPlatform,
    http: aiohttp.ClientSession,
    url: str,
    app_token: str,
) -> Person:
    """Ana, whose payloads come by the socket where there is one, and else by signed HTTP."""
    transport = SocketMode(slack.socket) if app_token else None
    return Person(slack, http, url, settle=platform.settle, transport=transport)
