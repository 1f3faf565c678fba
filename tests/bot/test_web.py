"""The program's own pages, through the real web application."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from adapters.local.people import Persona
from bot.settings import Settings
from bot.wiring import LARGEST_BODY, Program, build
from tests.members.chats import code_in
from tests.world import Person, World

WRONG = "That code does not work."
TOO_BIG = b"x" * (LARGEST_BODY + 1)


@dataclass
class House:
    """A running program, a browser, and people whose words go to its engine."""

    program: Program
    browser: TestClient[Request, Application]
    world: World

    def person(self, name: str) -> Person:
        return self.world.person(name)

    async def asks_for_code(self, person: Person) -> str:
        return code_in(await asyncio.to_thread(person.types, "mydata"))

    async def redeems(
        self, code: str, kind: str = "json", *, forwarded: str = ""
    ) -> tuple[int, str, bytes]:
        """Status, kind of content, and body of what ``/mydata`` answers. ``forwarded`` is what a
        proxy in between says of whom it speaks for."""
        given = {"code": code, "kind": kind}
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}
        async with self.browser.post("/mydata", data=given, headers=headers) as answer:
            return answer.status, answer.content_type, await answer.read()

    async def gets(self, path: str) -> tuple[int, str]:
        async with self.browser.get(path) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    settings = Settings(
        database_url=database_url,
        secrets=("s" * 40,),
        slack_signing_secret="signing",
        slack_bot_token="token",
        slack_api_url="http://127.0.0.1:9/",
        teams_app_id="an-app",
        teams_app_password="a-password",
    )
    program = build(settings, personas=[Persona("willow", "U-Ana", "Ana", "Willow Hospice")])
    world = await asyncio.to_thread(World, program.store)
    world.engine = program.engine
    async with TestClient(TestServer(program.web)) as browser:
        yield House(program, browser, world)


async def test_a_program_that_is_well_says_so(house: House) -> None:
    assert await house.gets("/health/live") == (200, '{"live": true}')
    status, body = await house.gets("/health/ready")
    parts = dict.fromkeys(("accepting", "database", "migrations", "pump", "clock"), True)
    assert (status, json.loads(body)) == (200, parts)
    assert await house.gets("/health/accepting") == (200, '{"accepting": true}')


async def test_a_program_whose_clock_has_stopped_is_alive_and_not_ready(house: House) -> None:
    house.program.clock.stop()
    await asyncio.sleep(0)
    status, body = await house.gets("/health/ready")
    assert (status, json.loads(body)["clock"]) == (503, False)
    assert (await house.gets("/health/live"))[0] == 200


async def test_a_program_on_a_database_of_another_version_is_not_ready(house: House) -> None:
    with house.program.store.begin() as books:
        books.connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'other'")
    status, body = await house.gets("/health/ready")
    assert (status, json.loads(body)["migrations"]) == (503, False)


async def test_a_pump_that_fails_is_not_ready_and_comes_back(house: House) -> None:
    def rename(before: str, after: str) -> None:
        with house.program.store.begin() as books:
            books.connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")

    async def pump_is(well: bool) -> bool:
        for _try in range(200):
            house.program.pump.wake()
            if json.loads((await house.gets("/health/ready"))[1])["pump"] is well:
                return True
            await asyncio.sleep(0.05)
        return False

    await asyncio.to_thread(rename, "deliveries", "gone")
    assert await pump_is(False)
    await asyncio.to_thread(rename, "gone", "deliveries")
    assert await pump_is(True)


async def test_a_code_gives_ones_own_data_once(house: House) -> None:
    person = await asyncio.to_thread(house.person, "Ana Ward")
    code = await house.asks_for_code(person)
    status, kind, body = await house.redeems(code)
    assert (status, kind) == (200, "application/json")
    assert json.loads(body)["profile"][0]["name"] == "Ana Ward"
    status, kind, body = await house.redeems(code)
    assert (status, kind) == (200, "text/html")
    assert WRONG in body.decode()
    assert "Ana Ward" not in body.decode()


async def test_a_code_gives_tables_for_a_spreadsheet(house: House) -> None:
    person = await asyncio.to_thread(house.person, "Ana Ward")
    status, kind, body = await house.redeems(await house.asks_for_code(person), "csv")
    assert (status, kind) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        profile = archive.read("profile.csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(profile)))["name"] == "Ana Ward"


@pytest.mark.parametrize("code", ["", "ABCD-2345", "'; DROP TABLE members", "é" * 20])
async def test_a_wrong_code_gives_nothing(house: House, code: str) -> None:
    await asyncio.to_thread(house.person, "Ana Ward")
    status, kind, body = await house.redeems(code)
    assert (status, kind) == (200, "text/html")
    assert WRONG in body.decode()


async def test_who_guesses_codes_is_no_longer_heard(house: House) -> None:
    person = await asyncio.to_thread(house.person, "Ana Ward")
    code = await house.asks_for_code(person)
    for _guess in range(20):
        await house.redeems("BCDF-2345")
    assert WRONG in (await house.redeems(code))[2].decode()


async def test_who_guesses_behind_a_proxy_locks_out_nobody_else(house: House) -> None:
    person = await asyncio.to_thread(house.person, "Ana Ward")
    code = await house.asks_for_code(person)
    for guess in range(20):
        forged = f"192.0.2.{guess}, 198.51.100.7"
        await house.redeems("BCDF-2345", forwarded=forged)
    assert WRONG in (await house.redeems(code, forwarded="198.51.100.7"))[2].decode()
    assert (await house.redeems(code, forwarded="203.0.113.9"))[1] == "application/json"


async def test_own_data_is_kept_by_nobody_on_the_way(house: House) -> None:
    person = await asyncio.to_thread(house.person, "Ana Ward")
    given = {"code": await house.asks_for_code(person), "kind": "json"}
    async with house.browser.post("/mydata", data=given) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "attachment" in answer.headers["Content-Disposition"]
    async with house.browser.get("/mydata") as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mydata", "application/x-www-form-urlencoded"),
        ("/slack/events", "application/x-www-form-urlencoded"),
        ("/api/messages", "application/json"),
        ("/local/act", "application/json"),
    ],
)
async def test_a_body_over_a_megabyte_is_refused(house: House, path: str, kind: str) -> None:
    headers = {"Content-Type": kind}
    if path == "/local/act":
        page = (await house.gets("/"))[1]
        token = page.partition('name="hourbridge-token" content="')[2].partition('"')[0]
        headers["X-Hourbridge-Token"] = token
    async with house.browser.post(path, data=TOO_BIG, headers=headers) as answer:
        assert answer.status == 413


@pytest.mark.parametrize("path", ["/slack/events", "/api/messages"])
async def test_a_request_that_no_chat_signed_is_refused(house: House, path: str) -> None:
    async with house.browser.post(path, json={"type": "message"}) as answer:
        assert answer.status == 401


async def test_a_page_that_is_not_there_is_not_found(house: House) -> None:
    assert (await house.gets("/admin"))[0] == 404
    async with house.browser.get("/api/messages") as answer:
        assert answer.status == 405
