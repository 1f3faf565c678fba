from __future__ import annotations

import asyncio
import json
import threading
from typing import Any
from urllib.parse import parse_qs

import pytest

from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens, TokenUnavailable, msal_acquire, tokens_for


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Login:
    """Gives numbered tokens that last an hour, and knows in which thread it was asked."""

    def __init__(self) -> None:
        self.given = 0
        self.threads: set[int] = set()

    def __call__(self) -> dict[str, Any]:
        self.given += 1
        self.threads.add(threading.get_ident())
        return {"access_token": f"t{self.given}", "expires_in": 3600}


async def test_one_token_serves_everybody_until_shortly_before_it_ends() -> None:
    clock, login = Clock(), Login()
    tokens = Tokens(login, clock)
    first = await asyncio.gather(*(tokens.headers() for _n in range(20)))
    assert first == [{"Authorization": "Bearer t1"}] * 20
    clock.now = 3299
    assert await tokens.headers() == {"Authorization": "Bearer t1"}
    clock.now = 3301
    assert await tokens.headers() == {"Authorization": "Bearer t2"}


async def test_a_token_is_fetched_off_the_event_loop() -> None:
    login = Login()
    await Tokens(login).headers()
    assert login.threads.isdisjoint({threading.get_ident()})


async def test_a_login_that_fails_is_named_and_tried_again_next_time() -> None:
    answers: list[dict[str, Any]] = [
        {"error": "invalid_client", "error_description": "secret things"},
        {"access_token": "t", "expires_in": 60},
    ]
    tokens = Tokens(lambda: answers.pop(0))
    with pytest.raises(TokenUnavailable, match=r"^invalid_client$"):
        await tokens.headers()
    assert await tokens.headers() == {"Authorization": "Bearer t"}


async def test_a_login_that_breaks_is_no_token() -> None:
    def broken() -> dict[str, Any]:
        raise ConnectionError("with details")

    with pytest.raises(TokenUnavailable, match=r"^ConnectionError$"):
        await Tokens(broken).headers()


async def test_an_anonymous_bot_has_no_token() -> None:
    assert await tokens_for(TeamsSettings("", anonymous=True)).headers() == {}


class CannedResponse:
    def __init__(self, body: dict[str, Any]) -> None:
        self.status_code = 200
        self.text = json.dumps(body)
        self.headers: dict[str, str] = {}

    def raise_for_status(self) -> None:
        return None


class CannedMicrosoft:
    """Microsoft's login as MSAL's HTTP client sees it; keeps the form that was posted."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, list[str]]]] = []

    def get(self, url: str, **_options: Any) -> CannedResponse:
        base = url.partition("/v2.0")[0]
        return CannedResponse(
            {
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "issuer": f"{base}/v2.0",
                "tenant_discovery_endpoint": f"{base}/v2.0/.well-known/openid-configuration",
                "metadata": [],
            }
        )

    def post(self, url: str, data: Any = None, **_options: Any) -> CannedResponse:
        form = {k: [v] for k, v in data.items()} if isinstance(data, dict) else parse_qs(data)
        self.posted.append((url, form))
        return CannedResponse({"access_token": "real", "expires_in": 3600, "token_type": "Bearer"})

    def close(self) -> None:
        return None


@pytest.mark.parametrize(
    ("kind", "tenant"), [("SingleTenant", "tenant-1"), ("MultiTenant", "botframework.com")]
)
async def test_msal_asks_the_bots_own_authority_for_the_bot_frameworks_scope(
    kind: str, tenant: str
) -> None:
    microsoft = CannedMicrosoft()
    settings = TeamsSettings("app-1", "secret-1", kind, "tenant-1")
    tokens = Tokens(msal_acquire(settings, microsoft))
    assert await tokens.headers() == {"Authorization": "Bearer real"}
    ((url, form),) = microsoft.posted
    assert url.startswith(f"https://login.microsoftonline.com/{tenant}/")
    assert form["client_id"] == ["app-1"]
    assert form["scope"] == ["https://api.botframework.com/.default"]


def test_the_secret_is_not_shown_with_the_settings() -> None:
    assert "secret-1" not in repr(TeamsSettings("app-1", "secret-1"))
