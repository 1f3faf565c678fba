from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens, TokenUnavailable, tokens_for
from tests.teams.clock import Clock


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
    clock, login = Clock(0.0), Login()
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


async def test_a_login_that_fails_is_named_and_tried_again_a_little_later() -> None:
    answers: list[dict[str, Any]] = [
        {
            "error": "invalid_client",
            "error_codes": [7000215],
            "error_description": "secret things",
        },
        {"access_token": "t", "expires_in": 60},
    ]
    clock = Clock(0.0)
    tokens = Tokens(lambda: answers.pop(0), clock)
    for _n in range(3):
        with pytest.raises(TokenUnavailable, match=r"^invalid_client AADSTS7000215$"):
            await tokens.headers()
    clock.now = 16
    assert await tokens.headers() == {"Authorization": "Bearer t"}


async def test_a_token_serves_to_its_end_while_no_new_one_can_be_had() -> None:
    clock, login = Clock(0.0), Login()
    answers = iter([login(), {"error": "down"}, {"error": "down"}, login()])
    tokens = Tokens(lambda: next(answers), clock)
    await tokens.headers()
    clock.now = 3301
    assert await tokens.headers() == {"Authorization": "Bearer t1"}
    clock.now = 3601
    with pytest.raises(TokenUnavailable, match=r"^down$"):
        await tokens.headers()
    clock.now = 3620
    assert await tokens.headers() == {"Authorization": "Bearer t2"}


async def test_many_refusals_of_one_token_fetch_one_new_token() -> None:
    login = Login()
    tokens = Tokens(login)
    old = await tokens.headers()
    for _n in range(20):
        assert tokens.forget(old)
        assert await tokens.headers() == {"Authorization": "Bearer t2"}
    new = await tokens.headers()
    assert not tokens.forget(new)  # it is as fresh as can be
    assert login.given == 2


async def test_requests_refused_together_all_try_again_with_the_one_new_token() -> None:
    login = Login()
    tokens = Tokens(login)
    old = await tokens.headers()
    assert [tokens.forget(old) for _n in range(3)] == [True] * 3
    assert await tokens.headers() == {"Authorization": "Bearer t2"}
    assert login.given == 2


async def test_a_login_that_breaks_is_no_token() -> None:
    def broken() -> dict[str, Any]:
        raise ConnectionError("with details")

    with pytest.raises(TokenUnavailable, match=r"^ConnectionError$"):
        await Tokens(broken).headers()


async def test_an_anonymous_bot_has_no_token() -> None:
    assert await tokens_for(TeamsSettings("", anonymous=True)).headers() == {}
