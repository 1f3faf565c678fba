"""The Teams route on a real web server, with an engine behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.teams.app import TeamsPlatform, TeamsSettings
from tests.teams.fake_engine import VOCABULARY, FakeEngine, interpret

ANONYMOUS = TeamsSettings(app_id="", anonymous=True)


class House:
    """A running bot: ``client`` speaks plain HTTP to it, ``send`` posts an activity."""

    def __init__(
        self, platform: TeamsPlatform, client: TestClient[web.Request, web.Application]
    ) -> None:
        self.platform = platform
        self.client = client

    async def send(
        self, activity: dict[str, Any], token: str | None = None
    ) -> aiohttp.ClientResponse:
        headers = {} if token is None else {"Authorization": token}
        return await self.client.post("/api/messages", json=activity, headers=headers)


@asynccontextmanager
async def opened_house(
    engine: FakeEngine, settings: TeamsSettings = ANONYMOUS
) -> AsyncIterator[House]:
    """A house for the length of a block."""
    platform = TeamsPlatform(settings, engine.perform, interpret, VOCABULARY, report=engine.report)
    app = web.Application()
    platform.add_routes(app)
    async with TestClient(TestServer(app)) as client:
        yield House(platform, client)
    await platform.close()
