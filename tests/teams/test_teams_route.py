"""The route itself: what is let in, and what is answered to the rest."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from adapters.teams.hosting import Authenticator, Unauthorised
from adapters.teams.keys import SigningKeys
from adapters.teams.settings import Cloud, TeamsSettings
from tests.teams.fake_engine import FakeEngine
from tests.teams.fake_microsoft import APP_ID, FakeMicrosoft, new_key
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.house import House, opened_house


@pytest_asyncio.fixture
async def microsoft() -> AsyncIterator[FakeMicrosoft]:
    microsoft = FakeMicrosoft()
    await microsoft.start()
    yield microsoft
    await microsoft.stop()


def settings_for(microsoft: FakeMicrosoft) -> TeamsSettings:
    return TeamsSettings(APP_ID, "secret", cloud=Cloud(metadata_url=microsoft.url("/openid")))


@pytest_asyncio.fixture
async def guarded(engine: FakeEngine, microsoft: FakeMicrosoft) -> AsyncIterator[House]:
    async with opened_house(engine, settings_for(microsoft)) as house:
        yield house


@pytest.fixture
def activity(teams: FakeTeams, guarded: House) -> dict[str, Any]:
    # A repeat answers nothing, so the bot needs no token of its own here.
    return Person(teams, guarded.send).activity("message", text="again")


async def status(house: House, activity: dict[str, Any], token: str | None) -> int:
    return (await house.send(activity, token)).status


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"text=hello", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b"", "application/json", 400),
        (b"not json", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"type": 7}', "application/json", 400),
        (b'{"type": "message"}', "application/json", 400),
        (b'{"type": "typing"}', "application/json", 200),
        (b'{"text": "' + b"x" * 1_100_000 + b'"}', "application/json", 413),
    ],
    ids=lambda value: str(value)[:24],
)
async def test_a_body_that_is_no_activity_is_refused(
    house: House, engine: FakeEngine, body: bytes, kind: str, expected: int
) -> None:
    response = await house.client.post("/api/messages", data=body, headers={"Content-Type": kind})
    assert response.status == expected
    assert engine.asked == []


@pytest.mark.parametrize("method", ["HEAD", "GET", "PUT", "DELETE"])
async def test_only_post_is_answered(house: House, method: str) -> None:
    assert (await house.client.request(method, "/api/messages")).status == 405


async def test_a_request_that_microsoft_signed_is_let_in(
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any], engine: FakeEngine
) -> None:
    token = microsoft.token(activity["serviceUrl"])
    assert await status(guarded, activity, token) == 200
    assert len(engine.asked) == 1


def _garbled(token: str) -> str:
    head, _payload, signature = token.removeprefix("Bearer ").split(".")
    claims = {"iss": "https://api.botframework.com", "aud": APP_ID, "exp": 9999999999}
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"Bearer {head}.{payload}.{signature}"


async def test_every_other_token_is_401_and_nothing_is_asked(
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any], engine: FakeEngine
) -> None:
    url = activity["serviceUrl"]
    now = int(time.time())
    good = microsoft.token(url)
    tenant = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
    tokens = {
        "missing": None,
        "empty": "",
        "garbage": "Bearer garbage",
        "not a bearer": "Basic aGVsbG86d29ybGQ=",
        "bearer of nothing": "Bearer ",
        "three words": f"{good} more",
        "changed": _garbled(good),
        "wrong audience": microsoft.token(url, aud="somebody-else"),
        "no audience": microsoft.token(url, aud=None),
        "wrong issuer": microsoft.token(url, iss="https://login.example"),
        "wrong service": microsoft.token("https://evil.example"),
        "no service": microsoft.token(url, serviceurl=None),
        "expired": microsoft.token(url, exp=now - 3600),
        "not yet": microsoft.token(url, nbf=now + 3600),
        "unknown key": microsoft.token(url, kid="k9"),
        "emulator": microsoft.token(url, iss=tenant, ver="1.0", appid=APP_ID),
        "another bot": microsoft.token(url, ver="1.0", appid="another-bot"),
    }
    found = {name: await status(guarded, activity, token) for name, token in tokens.items()}
    assert found == dict.fromkeys(tokens, 401)
    assert engine.asked == []


@pytest.mark.parametrize(
    "changes",
    [
        {"channelId": "directline"},
        {"channelId": None},
        {"serviceUrl": "https://evil.example"},
        {"serviceUrl": None},
        {"serviceUrl": ["x"]},
    ],
)
async def test_a_good_token_vouches_for_no_other_channel_and_address(
    guarded: House,
    microsoft: FakeMicrosoft,
    activity: dict[str, Any],
    engine: FakeEngine,
    changes: dict[str, Any],
) -> None:
    token = microsoft.token(activity["serviceUrl"])
    assert await status(guarded, activity, token) == 200
    assert await status(guarded, {**activity, **changes}, token) == 401
    assert len(engine.asked) == 1


async def test_a_key_that_is_not_endorsed_for_teams_is_refused(
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any]
) -> None:
    microsoft.endorsements = ["webchat"]
    assert await status(guarded, activity, microsoft.token(activity["serviceUrl"])) == 401


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def test_a_new_key_is_found_at_most_a_minute_later_and_keys_are_not_fetched_more_often(
    microsoft: FakeMicrosoft,
) -> None:
    clock = Clock()
    keys = SigningKeys(microsoft.url("/openid"), clock)
    await keys.get("k1")
    microsoft.keys = {"k2": new_key()}
    for _n in range(3):
        with pytest.raises(PermissionError):
            await keys.get("k2")
    assert microsoft.fetches == 1
    clock.now += 61
    await keys.get("k2")
    assert microsoft.fetches == 2
    with pytest.raises(PermissionError):
        await keys.get("k1")


async def test_keys_are_renewed_daily_and_old_ones_serve_while_microsoft_is_down(
    microsoft: FakeMicrosoft,
) -> None:
    clock = Clock()
    keys = SigningKeys(microsoft.url("/openid"), clock)
    await keys.get("k1")
    clock.now += 25 * 60 * 60
    microsoft.down = True
    await keys.get("k1")
    microsoft.down = False
    clock.now += 61
    await keys.get("k1")
    assert microsoft.fetches == 2


async def test_when_the_keys_cannot_be_had_everybody_is_refused_until_they_can(
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any]
) -> None:
    microsoft.down = True
    assert await status(guarded, activity, microsoft.token(activity["serviceUrl"])) == 401


async def test_a_token_that_passed_is_remembered_for_its_address_and_for_five_minutes(
    microsoft: FakeMicrosoft,
) -> None:
    now = time.time()
    clock = Clock()
    clock.now = now
    authenticator = Authenticator(settings_for(microsoft), clock)
    url = "https://connector.example/"
    token = microsoft.token(url, exp=int(now) + 400)
    await authenticator.check(token, "msteams", url)
    with pytest.raises(Unauthorised):
        await authenticator.check(token, "msteams", "https://elsewhere.example/")
    microsoft.keys.clear()
    newcomer = Authenticator(settings_for(microsoft), clock)  # it starts with no keys fetched
    with pytest.raises(Unauthorised):
        await newcomer.check(token, "msteams", url)
    await authenticator.check(token, "msteams", url)
    clock.now += 301
    with pytest.raises(Unauthorised):
        await authenticator.check(token, "msteams", url)
