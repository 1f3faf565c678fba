"""``GET /figures``: for operators alone, without names, and with what to do about what is wrong."""

from __future__ import annotations

import asyncio
import base64
import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.delivery_figures import Line, Report
from bot.settings import Settings
from bot.troubles import Signs, troubles
from bot.wiring import build
from core.delivery.model import Pause
from core.delivery.respecting import HELD
from core.delivery.settle import UNRENDERED
from storage.figures import Lane
from tests.bot.scraping import GUIDE, ROOT, anchor, hold_back, put
from tests.world import World

TOKEN = "t" * 40
NOW = datetime(2026, 8, 6, 9, 0, tzinfo=UTC)


@dataclass
class Operator:
    """Somebody at a browser, and the system that they run."""

    browser: TestClient[Request, Application]
    world: World

    async def opens(self, path: str = "/figures", token: str = TOKEN) -> tuple[int, str]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self.browser.get(path, headers=headers) as answer:
            return answer.status, await answer.text()


async def served(url: str, token: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Operator]:
    program = build(Settings(database_url=url, secrets=("s" * 40,), operator_token=token))
    hold_back(program, monkeypatch)
    world = await asyncio.to_thread(World, program.store)
    async with TestClient(TestServer(program.web)) as browser:
        yield Operator(browser, world)


@pytest.fixture
async def operator(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Operator]:
    async for one in served(database_url, TOKEN, monkeypatch):
        yield one


async def test_the_page_tells_what_was_planned_by_kind_tenant_and_reason_and_names_nobody(
    operator: Operator,
) -> None:
    ana = await asyncio.to_thread(operator.world.person, "Blodwen Prothero-Vale")
    member = ana.member.id
    put(operator.world, 3600, "teams", "tenant-southgate", member_id=member)
    refused = {"state": "refused", "reason": "<script>alert(1)</script>"}
    put(operator.world, 60, "teams", "tenant-southgate", member_id=member, **refused)
    status, page = await operator.opens()
    assert status == 200
    for shown in ("test.note", "tenant-southgate", "SGH", "upkeep.tidy", "Oldest due"):
        assert shown in page
    assert "Blodwen" not in page
    assert "U-Blodwen" not in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "has been due for 1 hour" in page
    assert "hourbridge deliveries --platform teams --tenant tenant-southgate" in page
    assert "hourbridge deliveries retry --state refused" in page


async def test_the_page_is_for_whoever_has_the_token(operator: Operator) -> None:
    right = base64.b64encode(f"anybody:{TOKEN}".encode()).decode()
    for header, status in (
        (f"Bearer {TOKEN}", 200),
        (f"Basic {right}", 200),
        (None, 401),
        ("Bearer ", 401),
        (f"Bearer {TOKEN}x", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        ("Basic !!!", 401),
        ("Basic " + base64.b64encode(b"\xff\xfe").decode(), 401),
        (f"Digest {TOKEN}", 401),
        ("Bearer \udcff", 401),
    ):
        headers = {} if header is None else {"Authorization": header}
        async with operator.browser.get("/figures", headers=headers) as answer:
            assert answer.status == status, header
            assert answer.headers["Cache-Control"] == "no-store"
            words = await answer.text()
        if status == 401:
            assert answer.headers["WWW-Authenticate"].startswith("Basic ")
            assert words == "Operators only."


@pytest.mark.parametrize("token", ["", TOKEN])
async def test_without_a_token_set_there_is_no_page(
    sqlite_url: str, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async for operator in served(sqlite_url, "", monkeypatch):
        assert (await operator.opens(token=token))[0] == 404
        assert (await operator.opens("/metrics", token=""))[0] == 200


async def test_the_page_is_read_again_only_when_somebody_asks_for_it(operator: Operator) -> None:
    assert 'http-equiv="refresh"' not in (await operator.opens())[1]
    page = (await operator.opens("/figures?days=1&refresh=60"))[1]
    assert '<meta http-equiv="refresh" content="60">' in page
    assert 'http-equiv="refresh"' not in (await operator.opens("/figures?refresh=1"))[1]


async def test_the_page_counts_the_days_that_were_chosen(operator: Operator) -> None:
    ana = await asyncio.to_thread(operator.world.person, "Ana")
    put(operator.world, 10 * 24 * 3600, "slack", "T-OLD", member_id=ana.member.id, state="sent")
    assert "T-OLD" not in (await operator.opens("/figures"))[1]
    assert "T-OLD" not in (await operator.opens("/figures?days=x"))[1]
    page = (await operator.opens("/figures?days=30"))[1]
    assert "T-OLD" in page
    assert re.search(r'days=30" aria-current="page"', page)


async def test_every_table_has_a_caption_and_heads_for_its_columns_and_rows(
    operator: Operator,
) -> None:
    ana = await asyncio.to_thread(operator.world.person, "Ana")
    put(operator.world, 60, "slack", "T-A", member_id=ana.member.id)
    page = (await operator.opens())[1]
    tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
    assert len(tables) >= 4
    for table in tables:
        assert "<caption>" in table
        columns = table.count('scope="col"')
        for row in re.findall(r"<tbody>(.*)</tbody>", table)[0].split("</tr>")[:-1]:
            assert 'scope="row"' in row
            assert row.count("<td") + row.count("<th") == columns
    assert page.count('role="region" tabindex="0"') == len(tables)


async def test_a_database_that_does_not_answer_is_said_so(operator: Operator) -> None:
    with operator.world.store.begin() as books:
        books.connection.exec_driver_sql("ALTER TABLE deliveries RENAME TO away")
    status, page = await operator.opens()
    assert (status, "does not answer" in page) == (503, True)


# What is wrong.

LANE = Lane("slack", "T-A", 5, 3, NOW - timedelta(hours=1), None)


def told(
    lanes: tuple[Lane, ...] = (),
    pauses: tuple[Pause, ...] = (),
    *,
    pumping: bool = True,
    failing: dict[str, int] | None = None,
    missed: dict[str, int] | None = None,
    total: Line | None = None,
    reasons: dict[tuple[str, str], int] | None = None,
) -> list[tuple[str, str]]:
    """What an operator reads about these signs, and the commands."""
    report = Report({}, {}, reasons or {}, total or Line(), lanes)
    signs = Signs(report, pauses, failing or {}, missed or {}, pumping, NOW)
    found = troubles(signs)
    for one in found:
        assert f"\n## {_heading(one.anchor)}" in GUIDE, one.anchor
    return [(one.words, one.command) for one in found]


def _heading(place: str) -> str:
    headings = re.findall(r"^## (.*)$", GUIDE, re.MULTILINE)
    return next((one for one in headings if anchor(one) == place), "no such heading")


def test_nothing_is_wrong_where_all_goes_out() -> None:
    young = Lane("slack", "T-A", 5, 3, NOW - timedelta(minutes=3), None)
    assert told((young, Lane("teams", "t", 0, 0, None, None))) == []


def test_what_is_late_is_told_with_its_age_and_its_cause() -> None:
    [(words, command)] = told((LANE,))
    assert words == "3 messages to slack T-A are due, the oldest for 1 hour."
    assert command == "hourbridge deliveries --platform slack --tenant T-A"
    held = Lane("slack", "T-A", 5, 3, NOW - timedelta(hours=1), NOW + timedelta(minutes=30))
    [(words, _command)] = told((held,))
    assert "It asked for time until 10.30am" in words


@pytest.mark.parametrize(
    ("pause", "command"),
    [
        (Pause("", "", NOW), "hourbridge resume"),
        (Pause("slack", "", NOW), "hourbridge resume slack"),
        (Pause("slack", "T-A", NOW), "hourbridge resume slack T-A"),
    ],
)
def test_what_is_paused_is_told_once_with_the_command_that_ends_it(
    pause: Pause, command: str
) -> None:
    [(_words, said)] = told((LANE,), (pause,))
    assert said == command


def test_jobs_the_pump_and_figures_that_do_not_add_up_are_told() -> None:
    odd = Line(planned=4)
    found = told(pumping=False, failing={"digests.weekly": 2}, missed={"posts.close": 1}, total=odd)
    assert [command for _words, command in found] == [
        "hourbridge deliveries",
        "hourbridge audit",
        "hourbridge jobs runs digests.weekly",
        "hourbridge jobs runs posts.close",
    ]


async def test_a_time_stands_on_one_line_in_a_table_that_scrolls(operator: Operator) -> None:
    ana = await asyncio.to_thread(operator.world.person, "Ana")
    put(operator.world, 60, "slack", "T-A", member_id=ana.member.id)
    with operator.world.store.begin() as books:
        moment = datetime.now(UTC)
        run = books.jobs.claim("upkeep.tidy", moment, moment, moment)
        assert run is not None
        books.jobs.finish(run, moment, 0)
    page = (await operator.opens())[1]
    job = next(row for row in page.split("<tr>") if ">upkeep.tidy<" in row)
    assert job.count('<td class="time">') == 2
    assert '<td class="time">' in page.partition("What waits now")[2].partition("</table>")[0]
    assert '<th scope="col">State</th>' in page
    style = (ROOT / "bot" / "pages.css").read_text("utf-8")
    assert ".scroll .time { white-space: nowrap; }" in style
    assert re.search(r"\.scroll {[^}]*overflow-x: auto", style)


@pytest.mark.parametrize(
    ("many", "words"),
    [(1, "1 message cannot be rendered, "), (2000, "2,000 messages cannot be rendered, ")],
)
def test_what_cannot_be_rendered_is_told_while_it_still_waits(many: int, words: str) -> None:
    [(said, command)] = told(reasons={("waiting", UNRENDERED): many, ("waiting", HELD): 7})
    assert said.startswith(words)
    assert command == "hourbridge deliveries"


async def test_the_page_says_what_waits_for_its_reader(operator: Operator) -> None:
    ana = await asyncio.to_thread(operator.world.person, "Ana")
    put(operator.world, -3600, "slack", "T-NORTHGATE", member_id=ana.member.id, held=True)
    assert HELD in html.unescape((await operator.opens())[1])
