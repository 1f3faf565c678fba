"""Microsoft's signing keys: fetched when they are needed, and never too often."""

from __future__ import annotations

import asyncio

import pytest

from adapters.teams.keys import SigningKeys
from tests.teams.clock import Clock
from tests.teams.fake_microsoft import FakeMicrosoft, new_key


async def test_nobody_with_a_known_key_waits_for_the_daily_renewal(
    microsoft: FakeMicrosoft,
) -> None:
    clock = Clock()
    keys = SigningKeys(microsoft.url("/openid"), clock)
    await keys.get("k1")
    clock.now += 25 * 60 * 60
    microsoft.slow = asyncio.Event()
    microsoft.asked.clear()
    renewing = asyncio.create_task(keys.get("k1"))
    await microsoft.asked.wait()
    await keys.get("k1")
    assert not renewing.done()
    microsoft.slow.set()
    await renewing


async def test_a_key_of_another_kind_among_microsofts_spoils_none_of_the_rest(
    microsoft: FakeMicrosoft,
) -> None:
    microsoft.others = [
        {"kty": "EC", "kid": "e1", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "oct", "kid": "s1", "k": "AAAA"},
    ]
    keys = SigningKeys(microsoft.url("/openid"))
    await keys.get("k1")
    for other in ("e1", "s1", "", None):
        with pytest.raises(PermissionError):
            await keys.get(other)


@pytest.mark.parametrize("answer", ["[]", "7", "{}", '{"keys": 7}', '{"keys": ["x"]}', "<html>"])
async def test_metadata_of_another_shape_leaves_the_keys_as_they_were(
    microsoft: FakeMicrosoft, answer: str
) -> None:
    clock = Clock()
    keys = SigningKeys(microsoft.url("/openid"), clock)
    await keys.get("k1")
    clock.now += 61
    microsoft.answer = answer
    with pytest.raises(PermissionError):
        await keys.get("k2")
    await keys.get("k1")


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
