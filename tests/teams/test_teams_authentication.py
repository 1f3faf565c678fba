"""Whom the bot believes: real signed tokens, and a real server of Microsoft's keys."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import logging
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.teams.hosting import Authenticator, Unauthorised
from adapters.teams.keys import SigningKeys
from tests.teams.clock import Clock
from tests.teams.fake_engine import FakeEngine
from tests.teams.fake_microsoft import APP_ID, FakeMicrosoft, new_key, settings_for
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.house import House


@pytest.fixture
def activity(teams: FakeTeams, guarded: House) -> dict[str, Any]:
    # A repeat answers nothing, so the bot needs no token of its own here.
    return Person(teams, guarded.send).activity("message", text="again")


async def status(house: House, activity: dict[str, Any], token: str | None) -> int:
    return (await house.send(activity, token)).status


async def test_a_request_that_microsoft_signed_is_let_in(
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any], engine: FakeEngine
) -> None:
    token = microsoft.token(activity["serviceUrl"])
    assert await status(guarded, activity, token) == 200
    assert len(engine.asked) == 1


def _garbled(token: str) -> str:
    head, _payload, signature = token.removeprefix("Bearer ").split(".")
    claims = {"iss": "https://api.botframework.com", "aud": APP_ID, "exp": 9999999999}
    return f"Bearer {head}.{_part(claims)}.{signature}"


def _claims(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token.removeprefix("Bearer "), options={"verify_signature": False}
    )
    return claims


def _unsigned(good: str) -> str:
    """The claims of a good token with no signature at all."""
    return "Bearer " + jwt.encode(_claims(good), "", algorithm="none", headers={"kid": "k1"})


def _confused(good: str, microsoft: FakeMicrosoft) -> str:
    """The claims of a good token, signed with the public key as if it were a shared secret."""
    public = microsoft.keys["k1"].public_key()
    secret = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = _part({"alg": "HS256", "typ": "JWT", "kid": "k1"})
    signed = f"{head}.{_part(_claims(good))}"
    signature = hmac.digest(secret, signed.encode(), "sha256")
    return f"Bearer {signed}.{_encoded(signature)}"


def _signed_otherwise(good: str, microsoft: FakeMicrosoft) -> str:
    """Rightly signed by Microsoft's key, in a way that Microsoft does not sign."""
    key = microsoft.keys["k1"]
    return "Bearer " + jwt.encode(_claims(good), key, algorithm="RS512", headers={"kid": "k1"})


def _part(content: dict[str, Any]) -> str:
    return _encoded(json.dumps(content).encode())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


async def test_a_header_of_any_bytes_is_401(
    guarded: House, activity: dict[str, Any], engine: FakeEngine
) -> None:
    host, port = guarded.client.host, guarded.client.port
    body = json.dumps(activity).encode()
    reader, writer = await asyncio.open_connection(host, port)
    head = (
        f"POST /api/messages HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nAuthorization: Bearer "
    )
    writer.write(head.encode() + b"\xff\xfe.\x80.\xc3\r\n\r\n" + body)
    answer = await reader.readuntil(b"\r\n")
    writer.close()
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert engine.asked == []


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
        "for another bot": microsoft.token(url, azp="another-bot"),
        "for ever": microsoft.token(url, exp=None),
        "lower case": good.replace("Bearer", "bearer"),
        "no algorithm": _unsigned(good),
        "shared secret": _confused(good, microsoft),
        "another algorithm": _signed_otherwise(good, microsoft),
        "no key id": microsoft.token(url, kid=""),
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
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any], engine: FakeEngine
) -> None:
    microsoft.endorsements = ["webchat"]
    assert await status(guarded, activity, microsoft.token(activity["serviceUrl"])) == 401
    assert engine.asked == []


async def test_a_key_that_microsoft_has_just_begun_to_use_is_let_in_after_one_fetch(
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any], engine: FakeEngine
) -> None:
    clock = Clock()
    url = activity["serviceUrl"]
    keys = SigningKeys(microsoft.url("/openid"), clock)
    vars(guarded.platform)["_authenticator"] = Authenticator(settings_for(microsoft), keys=keys)
    assert await status(guarded, activity, microsoft.token(url)) == 200
    microsoft.keys = {"k2": new_key()}
    assert await status(guarded, activity, microsoft.token(url, kid="k2")) == 401
    clock.now += 61
    tokens = [microsoft.token(url, kid="k2", jti=str(number)) for number in range(10)]
    found = await asyncio.gather(*(status(guarded, activity, token) for token in tokens))
    assert (found, microsoft.fetches) == ([200] * 10, 2)
    # A key that does not exist is no reason to ask Microsoft again and again.
    tokens = [microsoft.token(url, kid=f"x{number}") for number in range(5)]
    found = [await status(guarded, activity, token) for token in tokens]
    assert (found, microsoft.fetches) == ([401] * 5, 2)
    assert len(engine.asked) == 11


async def test_while_the_keys_are_slow_in_coming_everybody_else_is_served(
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any], engine: FakeEngine
) -> None:
    microsoft.slow = asyncio.Event()
    waiting = asyncio.create_task(
        status(guarded, activity, microsoft.token(activity["serviceUrl"]))
    )
    await microsoft.asked.wait()
    assert await status(guarded, activity, None) == 401
    assert (await guarded.client.get("/api/messages")).status == 405
    assert not waiting.done()
    microsoft.slow.set()
    assert await waiting == 200
    assert len(engine.asked) == 1


async def test_no_part_of_a_token_is_logged(
    guarded: House,
    microsoft: FakeMicrosoft,
    activity: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    good, bad = (microsoft.token(activity["serviceUrl"], **claims) for claims in ({}, {"aud": "x"}))
    with caplog.at_level(logging.DEBUG):
        await status(guarded, activity, good)
        await status(guarded, activity, bad)
    assert "was refused" in caplog.text
    for part in (*good.removeprefix("Bearer ").split("."), *bad.rpartition(".")[2:]):
        assert part not in caplog.text


async def test_when_the_keys_cannot_be_had_everybody_is_refused_until_they_can(
    guarded: House, microsoft: FakeMicrosoft, activity: dict[str, Any], engine: FakeEngine
) -> None:
    microsoft.down = True
    assert await status(guarded, activity, microsoft.token(activity["serviceUrl"])) == 401
    assert engine.asked == []


async def test_a_token_that_passed_is_remembered_for_its_address_and_for_five_minutes(
    microsoft: FakeMicrosoft,
) -> None:
    now, day = Clock(time.time()), Clock()
    keys = SigningKeys(microsoft.url("/openid"), day)
    authenticator = Authenticator(settings_for(microsoft), now, keys)
    url = "https://connector.example/"
    token = microsoft.token(url)
    await authenticator.check(token, "msteams", url)
    with pytest.raises(Unauthorised):
        await authenticator.check(token, "msteams", "https://elsewhere.example/")
    microsoft.keys = {"k2": new_key()}
    day.now += 25 * 60 * 60
    with pytest.raises(Unauthorised):  # its key is none of Microsoft's any more
        await authenticator.check(microsoft.token(url, jti="another"), "msteams", url)
    await authenticator.check(token, "msteams", url)
    now.now += 301
    with pytest.raises(Unauthorised):
        await authenticator.check(token, "msteams", url)


async def test_a_token_is_not_remembered_beyond_its_end(microsoft: FakeMicrosoft) -> None:
    day = Clock()
    keys = SigningKeys(microsoft.url("/openid"), day)
    authenticator = Authenticator(settings_for(microsoft), keys=keys)
    url = "https://connector.example/"
    # Let in because clocks may differ by five minutes, and looked at anew each time.
    token = microsoft.token(url, exp=int(time.time()) - 200)
    await authenticator.check(token, "msteams", url)
    microsoft.keys = {"k2": new_key()}
    day.now += 25 * 60 * 60
    with pytest.raises(Unauthorised):
        await authenticator.check(token, "msteams", url)
