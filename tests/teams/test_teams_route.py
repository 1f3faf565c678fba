"""The route itself: which requests are activities, and what is answered to the rest."""

from __future__ import annotations

import asyncio

import pytest

from tests.teams.fake_engine import FakeEngine, Words
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.house import House


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
        (b"7", "application/json", 400),
        (b"null", "application/json", 400),
        (b'"message"', "application/json", 400),
        (b'{"type": null}', "application/json", 400),
        (b'{"type": ""}', "application/json", 400),
        (b'{"type": "message"}', "application/json", 400),
        (b'{"type": "message", "text": "\xe9"}', "application/json", 400),
        (b'{"type": "message", "text": "\x00"}', "application/json", 400),
        (b'{"type": "message", "value": ' + b"[" * 20_000, "application/json", 400),
        (b'{"type": "message", "n": ' + b"9" * 20_000 + b"}", "application/json", 400),
        (b'{"type": "message", "n": NaN}', "application/json", 400),
        (b'{"type": "typing"} {}', "application/json", 400),
        ('{"type": "typing"}'.encode("utf-16"), "application/json", 400),
        (b'{"type": "typing"}', "application/json", 200),
        (b'{"type": "typing"}', "application/json; charset=utf-8", 200),
        (b'{"text": "' + b"x" * 1_100_000 + b'"}', "application/json", 413),
    ],
    ids=lambda value: str(value)[:32],
)
async def test_a_body_that_is_no_activity_is_refused(
    house: House, engine: FakeEngine, body: bytes, kind: str, expected: int
) -> None:
    response = await house.client.post("/api/messages", data=body, headers={"Content-Type": kind})
    assert response.status == expected
    assert engine.asked == []


NO_IDS: list[object] = [None, "", 7, True, ["x"], {"id": 7}]


@pytest.mark.parametrize("value", NO_IDS, ids=str)
@pytest.mark.parametrize(
    "path",
    [
        ("serviceUrl",),
        ("conversation",),
        ("conversation", "id"),
        ("from",),
        ("channelData",),
        ("channelData", "tenant"),
        ("channelData", "tenant", "id"),
    ],
    ids=".".join,
)
async def test_an_id_that_is_no_string_is_refused(
    house: House, teams: FakeTeams, engine: FakeEngine, path: tuple[str, ...], value: object
) -> None:
    activity = Person(teams, house.send).activity("message", text="again")
    part = activity
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    assert (await house.send(activity)).status == 400
    assert engine.asked == []


async def test_a_nul_in_what_was_typed_is_taken_out(
    house: House, engine: FakeEngine, ana: Person
) -> None:
    await ana.say("run\0 charts")
    ((_caller, intent),) = engine.asked
    assert intent == Words(words="run charts")


async def test_a_body_over_the_limit_is_answered_before_it_is_there(house: House) -> None:
    host, port = house.client.host, house.client.port
    reader, writer = await asyncio.open_connection(host, port)
    head = (
        f"POST /api/messages HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        "Content-Length: 1000000000\r\n\r\n"
    )
    writer.write(head.encode() + b"{" + b" " * 2_000_000)
    answer = await reader.readuntil(b"\r\n")
    writer.close()
    assert answer.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_does_not_unpack_is_refused(
    house: House, engine: FakeEngine, encoding: str
) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    response = await house.client.post("/api/messages", data=b"not packed", headers=headers)
    assert response.status == 400
    assert engine.asked == []


@pytest.mark.parametrize("method", ["HEAD", "GET", "PUT", "DELETE"])
async def test_only_post_is_answered(house: House, method: str) -> None:
    assert (await house.client.request(method, "/api/messages")).status == 405
