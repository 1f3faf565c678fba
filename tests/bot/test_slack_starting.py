"""The program with Slack set up, while Slack itself cannot be reached."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.settings import Settings, check_for_serving
from bot.wiring import build


@pytest.mark.parametrize("app_token", ["", "xapp-1-A0HOURS-1-x"])
async def test_a_slack_that_is_down_keeps_nothing_else_from_starting_and_stopping(
    sqlite_url: str, app_token: str
) -> None:
    settings = Settings(
        database_url=sqlite_url,
        secrets=("a secret of the tests, long enough to be taken",),
        slack_signing_secret="signing",
        slack_client_id="1.2",
        slack_client_secret="secret",
        slack_app_token=app_token,
        slack_api_url="http://127.0.0.1:9/api/",
    )
    check_for_serving(settings)
    program = build(settings)
    async with TestServer(program.web) as server, aiohttp.ClientSession() as http:
        async with http.get(server.make_url("/health/live")) as alive:
            assert alive.status == 200
        install = server.make_url("/slack/install")
        async with http.get(install, allow_redirects=False) as begun:
            assert begun.status == 302
            assert begun.headers["Location"].startswith("https://slack.com/oauth/v2/authorize?")


async def test_with_a_fixed_token_there_is_nothing_to_install(sqlite_url: str) -> None:
    settings = Settings(
        database_url=sqlite_url,
        secrets=("a secret of the tests, long enough to be taken",),
        slack_signing_secret="signing",
        slack_bot_token="xoxb-1",
        slack_api_url="http://127.0.0.1:9/api/",
    )
    program = build(settings)
    async with TestServer(program.web) as server, aiohttp.ClientSession() as http:
        for path in ("/slack/install", "/slack/oauth_redirect"):
            async with http.get(server.make_url(path)) as answer:
                assert answer.status == 404
