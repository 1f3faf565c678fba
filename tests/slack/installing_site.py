"""The installing pages on a real database, in front of the granting Slack, and a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack import SlackSettings
from adapters.slack.api import SlackApi
from adapters.slack.granting import Grants
from adapters.slack.installed import InstalledWorkspaces
from adapters.slack.installing import Installing
from adapters.slack.renewing import Renewing
from bot.installations import StoredInstallations
from core.engine import Engine
from core.features import the_house
from core.installations.model import Installation
from core.kernel.keys import Keys
from storage.store import Store
from tests.slack.granting_slack import CLIENT_ID, CLIENT_SECRET, GrantingSlack

SECRET = "a secret of the tests, long enough to be taken"
KEYS = Keys((SECRET,))


class Clock:
    """Moves only when it is told to; ``monotonic`` moves with it."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC)
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    def later(self, **time: float) -> None:
        step = timedelta(**time)
        self.moment += step
        self.seconds += step.total_seconds()


@dataclass
class Replica:
    """What one process knows: its memory, and the shared database behind it."""

    clock: Clock
    slack: GrantingSlack
    api: SlackApi
    installations: StoredInstallations
    workspaces: InstalledWorkspaces
    pauses: list[float]

    def site(
        self,
        public_url: str = "http://127.0.0.1",
        client_secret: str = CLIENT_SECRET,
        app_token: str = "",
    ) -> Installing:
        """The installing pages of this process."""
        found = SlackSettings(
            "signing",
            client_id=CLIENT_ID,
            client_secret=client_secret,
            app_token=app_token,
            api_url=self.slack.api_url,
            authorize_url=f"{self.slack.url}/oauth/v2/authorize",
            public_url=public_url,
        )
        return Installing(
            found,
            self.api,
            self.installations,
            self.workspaces,
            KEYS,
            now=self.clock.now,
        )

    async def token_of(self, team: str, enterprise: str = "") -> str:
        """The token that a request from there is answered with."""
        found = await self.workspaces.find(team, enterprise)
        assert found is not None
        return found.token

    async def put(
        self, tenant: str, *, forever: bool = False, enterprise: str = "", whole: bool = False
    ) -> Installation:
        """An installation as if it had been made in a browser; it ends in 12 hours if it does."""
        token, refresh = self.slack.grant(tenant)
        installation = Installation(
            "slack",
            tenant,
            "Northgate",
            "A0HOURS",
            "B0HOURS",
            "U0HOURS",
            ("commands",),
            token,
            self.clock.now(),
            refresh="" if forever else refresh,
            expires_at=None if forever else self.clock.now() + timedelta(hours=12),
            enterprise=enterprise,
            whole=whole,
        )
        return await self.installations.install(installation)


@dataclass
class Processes:
    """As many replicas as a test wants, over one database."""

    store: Store
    engine: Engine
    workers: ThreadPoolExecutor
    slack: GrantingSlack
    clock: Clock
    api: SlackApi

    def another(self) -> Replica:
        """One more process."""
        pauses: list[float] = []

        async def pause(seconds: float) -> None:
            pauses.append(seconds)

        stored = StoredInstallations(self.engine, self.workers, lambda: None)
        grants = Grants(self.slack.api_url, CLIENT_ID, CLIENT_SECRET)
        renewing = Renewing(stored, grants, now=self.clock.now, pause=pause)
        workspaces = InstalledWorkspaces(stored, renewing, monotonic=self.clock.monotonic)
        return Replica(self.clock, self.slack, self.api, stored, workspaces, pauses)


@asynccontextmanager
async def processes(database_url: str) -> AsyncIterator[Processes]:
    """A database and the granting Slack, for the length of a block."""
    store, slack, clock = Store(database_url, (SECRET,)), GrantingSlack(), Clock()
    engine = Engine(store, the_house(), KEYS, clock=clock.now)
    workers = ThreadPoolExecutor(4)
    await slack.start()
    api = SlackApi(slack.api_url)
    try:
        yield Processes(store, engine, workers, slack, clock, api)
    finally:
        await api.close()
        await slack.stop()
        workers.shutdown()
        store.close()


@dataclass
class Page:
    """What a browser got: ``cookie`` as it was set, ``state`` as it goes to Slack."""

    status: int
    text: str
    headers: dict[str, str]
    cookie: str = ""
    location: str = ""

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.location).query, keep_blank_values=True)

    @property
    def state(self) -> str:
        return self.query["state"][0]


class Browser:
    """Somebody's browser at ``url``: it follows no redirect by itself, and keeps its cookies."""

    def __init__(self, http: aiohttp.ClientSession, url: str, language: str = "") -> None:
        self._http = http
        self._url = url
        self._language = language
        self.cookies: dict[str, str] = {}

    async def start(self, query: str = "") -> Page:
        return await self.get(f"/slack/install{query}")

    async def come_back(self, **query: str) -> Page:
        return await self.get("/slack/oauth_redirect", query)

    async def installs(self, code: str) -> Page:
        """All the way: to Slack, and back with ``code``."""
        return await self.come_back(code=code, state=(await self.start()).state)

    async def get(self, path: str, query: dict[str, str] | None = None) -> Page:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": kept} if kept else {}
        if self._language:
            headers["Accept-Language"] = self._language
        async with self._http.get(
            f"{self._url}{path}", params=query, headers=headers, allow_redirects=False
        ) as answer:
            cookie = answer.headers.get("Set-Cookie", "")
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
            location = answer.headers.get("Location", "")
            return Page(answer.status, await answer.text(), dict(answer.headers), cookie, location)


@asynccontextmanager
async def served(site: Installing) -> AsyncIterator[Browser]:
    """A browser at the pages of ``site``."""
    app = web.Application()
    site.add_routes(app)
    async with (
        TestServer(app) as server,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http,
    ):
        yield Browser(http, str(server.make_url("")).rstrip("/"))
