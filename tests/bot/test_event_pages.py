"""An event's own addresses, over HTTP: its page, its calendar file and its poster."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Signal
from types import SimpleNamespace
from typing import Any, cast

import pypdf
import pytest
import zxingcpp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from PIL import Image

from bot.event_pages import add_event_pages
from bot.posters import draw
from bot.settings import Settings
from bot.wiring import Program, build
from core.engine import Engine
from core.events.calendar import PATH, calendar_url, page_url, poster_url
from core.events.model import Event, EventState
from core.kernel.keys import Keys
from storage.store import Store
from tests.events.gatherings import Gathering, announced, champion, edits
from tests.world import World

HOST = "https://hourbridge.example"
LINK = "https://meet.example/room-7"
WELSH = {"Accept-Language": "cy-GB,cy;q=0.9,en;q=0.8"}


@dataclass
class Site:
    """A server, somebody's browser, and an event."""

    browser: TestClient[Any, Any]
    world: World
    gathering: Gathering

    @property
    def event(self) -> Event:
        return self.gathering.event

    async def gets(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of what an address answers."""
        async with self.browser.get(path, headers=headers) as answer:
            return answer.status, dict(answer.headers), await answer.read()

    async def page(self, path: str = "", **headers: str) -> str:
        status, _headers, body = await self.gets(f"/events/{self.event.token}{path}", **headers)
        assert status == 200
        return body.decode()

    async def calendar(self, query: str = "") -> Calendar:
        _status, _headers, body = await self.gets(f"/events/{self.event.token}/event.ics{query}")
        return IcsCalendarStream.calendar_from_ics(body.decode())

    async def link_in(self, path: str) -> bool:
        """Whether a calendar file holds the link of the meeting."""
        return LINK in (await self.gets(path))[2].decode().replace("\r\n ", "")

    def address(self, of: Callable[..., str], **given: Any) -> str:
        """An address as cards name it, without the host."""
        event = self.event
        with self.world.store.begin() as books:
            office = self.world.engine.office(books)
            return of(office, event, **given).removeprefix(HOST)


@pytest.fixture
async def site(sqlite_url: str) -> AsyncIterator[Site]:
    store = Store(sqlite_url)
    world = await asyncio.to_thread(World, store)
    keys = Keys(("s" * 40,))
    world.engine = Engine(store, world.house, keys, public_url=HOST, clock=lambda: world.now)
    gathering = await asyncio.to_thread(_announced, world)
    app = web.Application()
    add_event_pages(app, cast("Program", SimpleNamespace(store=store, engine=world.engine)))
    async with TestClient(TestServer(app)) as browser:
        yield Site(browser, world, gathering)
    store.close()


def _announced(world: World) -> Gathering:
    return announced(world, champion(world), link=LINK, access="step-free")


async def test_the_page_says_what_and_when_and_how_to_join(site: Site) -> None:
    page = await site.page()
    assert '<html lang="en">' in page
    for words in (
        "<h1>Run charts for beginners</h1>",
        "Learning session",
        "Friday 12 June 2026",
        "2pm to 3pm",
        "Northgate Library",
        "Step-free access",
        "Northgate Hospital Trust",
        f"In Slack, type /hourbridge join {site.gathering.ref}",
        f"type join {site.gathering.ref}",
    ):
        assert words in page


async def test_the_page_names_nobody_and_keeps_the_link_of_the_meeting(site: Site) -> None:
    cai = await asyncio.to_thread(site.world.person, "Cai Price")
    await asyncio.to_thread(site.gathering.joined_by, cai)
    page = await site.page()
    calendar = (await site.gets(f"/events/{site.event.token}/event.ics"))[2].decode()
    for words in ("Cai Price", "Ana Ward", LINK):
        assert words not in page
        assert words not in calendar


async def test_the_page_is_welsh_for_a_browser_that_asks_or_an_address_that_says(
    site: Site,
) -> None:
    for page in (await site.page(**WELSH), await site.page("?lang=cy")):
        assert '<html lang="cy">' in page
        assert "12 Mehefin 2026" in page
    assert '<html lang="en">' in await site.page("?lang=en", **WELSH)
    assert '<html lang="en">' in await site.page("?lang=xx")


async def test_a_page_keeps_nothing_about_who_looks_and_loads_nothing(site: Site) -> None:
    _status, headers, _body = await site.gets(f"/events/{site.event.token}")
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_markup_in_words_stays_words(site: Site) -> None:
    hostile = '<script>alert("x")</script> {{title}}'
    await asyncio.to_thread(edits, site.gathering, title=hostile, details=hostile)
    page = await site.page()
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") >= 2


async def test_what_a_host_wrote_goes_with_them_and_calendars_are_told(site: Site) -> None:
    host, token = site.gathering.host, site.event.token
    await asyncio.to_thread(host.types, "leave")
    await asyncio.to_thread(host.presses, "Yes, leave Hourbridge")
    page = await site.page()
    assert "This event is cancelled." in page
    assert "<h1>Learning session</h1>" in page
    for file in ("", "/event.ics", "/poster.pdf", "/poster.png"):
        status, _headers, body = await site.gets(f"/events/{token}{file}")
        assert status == 200
        assert b"Run charts" not in body
    assert (await site.calendar()).method == "CANCEL"


@pytest.mark.parametrize("file", ["", "/event.ics", "/poster.pdf", "/poster.png"])
async def test_an_address_of_no_event_is_answered_the_same_however_it_looks(
    site: Site, file: str
) -> None:
    answers = []
    for token in ("a" * 22, "x", "%E2%98%83", "a" * 3000, site.event.token[:-1], "..%2f..%2fetc"):
        status, headers, body = await site.gets(f"/events/{token}{file}")
        headers.pop("Date")
        answers.append((status, headers, body))
    assert [one for one in answers if one != answers[0]] == []
    assert answers[0][0] == 404


async def test_the_calendar_file_holds_the_event(site: Site) -> None:
    entry = (await site.calendar()).events[0]
    assert entry.uid == site.event.uid
    assert entry.summary == "Run charts for beginners"
    assert entry.dtstart == datetime(2026, 6, 12, 13, tzinfo=UTC)
    assert entry.dtend == datetime(2026, 6, 12, 14, tzinfo=UTC)
    assert str(entry.url) == f"{HOST}/events/{site.event.token}"
    assert entry.status == "CONFIRMED"
    assert "Step-free access" in (entry.description or "")


async def test_a_calendar_file_is_one_to_every_program(site: Site) -> None:
    status, headers, body = await site.gets(f"/events/{site.event.token}/event.ics")
    assert status == 200
    assert headers["Content-Type"].startswith("text/calendar")
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    text = body.decode()
    assert "METHOD:PUBLISH\r\n" in text
    assert "mailto:" not in text.lower()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


async def test_a_change_and_a_cancellation_keep_the_name_and_count_on(site: Site) -> None:
    first = (await site.calendar()).events[0]
    await asyncio.to_thread(edits, site.gathering, starts="13 June 2026 10am")
    moved = (await site.calendar()).events[0]
    assert moved.uid == first.uid
    assert (moved.sequence or 0) > (first.sequence or 0)
    assert moved.dtstart == datetime(2026, 6, 13, 9, tzinfo=UTC)
    await asyncio.to_thread(site.gathering.host.types, f"cancel {site.gathering.ref} flu")
    assert site.event.state is EventState.CANCELLED
    calendar = await site.calendar()
    gone = calendar.events[0]
    assert (gone.uid, gone.status, calendar.method) == (first.uid, "CANCELLED", "CANCEL")
    assert (gone.sequence or 0) > (moved.sequence or 0)
    page = await site.page()
    assert "This event is cancelled." in page
    assert "How to join" not in page


async def test_the_link_is_in_the_file_of_those_who_have_a_place_and_only_as_long(
    site: Site,
) -> None:
    cai = await asyncio.to_thread(site.world.person, "Cai Price")
    await asyncio.to_thread(site.gathering.joined_by, cai)
    reader = (await asyncio.to_thread(lambda: cai.member)).id
    own = site.address(calendar_url, reader_id=reader)
    assert await site.link_in(own)
    host = (await asyncio.to_thread(lambda: site.gathering.host.member)).id
    assert await site.link_in(site.address(calendar_url, reader_id=host))
    forged = own.replace(f"key={reader}-", f"key={host}-")
    for key in ("", "a" * 24, own[-23:], "%C3%A9", f"{'9' * 30}-{own[-24:]}"):
        assert not await site.link_in(f"/events/{site.event.token}/event.ics?key={key}")
    assert not await site.link_in(forged)
    await asyncio.to_thread(cai.types, f"leave event {site.gathering.ref}")
    assert not await site.link_in(own)


async def test_words_of_the_host_cannot_add_lines_to_a_calendar_file(site: Site) -> None:
    await asyncio.to_thread(
        edits, site.gathering, details="One\nEND:VEVENT\r\nBEGIN:VALARM; a, b \\n"
    )
    entry = (await site.calendar()).events[0]
    assert "END:VEVENT" in (entry.description or "")
    assert entry.alarm == []


async def test_the_poster_is_a_tagged_page_with_title_and_language(site: Site) -> None:
    path = site.address(poster_url, language="cy", kind="pdf")
    status, headers, body = await site.gets(path)
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    read = pypdf.PdfReader(io.BytesIO(body))
    root: Any = read.trailer["/Root"]
    assert len(read.pages) == 1
    assert read.metadata is not None
    assert read.metadata.title == "Run charts for beginners"
    assert root["/Lang"].startswith("cy")
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    text = read.pages[0].extract_text()
    assert "12 Mehefin 2026" in text
    assert "Northgate Library" in text
    assert b"pdfuaid" in read.xmp_metadata.stream.get_data() if read.xmp_metadata else False


async def test_the_picture_leads_to_the_page_and_describes_itself(site: Site) -> None:
    path = site.address(poster_url, language="en", kind="png")
    status, headers, body = await site.gets(path)
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert b"iTXtTitle\0" in body
    assert b"Run charts for beginners; Date: Friday 12 June 2026" in body
    assert _codes(body) == [HOST + site.address(page_url)]


def _codes(png: bytes) -> list[str]:
    with Image.open(io.BytesIO(png)) as picture:
        return [one.text for one in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("title", ["W" * 150, "Sesiwn i bawb: dŵr a thŷ " * 6, "😀 عربي #set *x*"])
async def test_long_and_strange_titles_stay_on_one_page(site: Site, title: str) -> None:
    title = title[:150]
    await asyncio.to_thread(edits, site.gathering, title=title, access_words="Ask us. " * 37)
    _status, _headers, body = await site.gets(site.address(poster_url, language="en"))
    read = pypdf.PdfReader(io.BytesIO(body))
    assert len(read.pages) == 1
    said = " ".join(read.pages[0].extract_text().replace("\u200b", "").split())
    assert said.count("Ask us.") == 37
    if title.startswith("W"):
        assert said.count("W") >= 150
    if title.startswith("Sesiwn"):
        assert said.count("dŵr a thŷ") == title.count("dŵr a thŷ")
    picture = (await site.gets(site.address(poster_url, language="en", kind="png")))[2]
    assert len(picture) < 600_000


async def test_a_cancelled_event_has_a_poster_that_says_so(site: Site) -> None:
    await asyncio.to_thread(site.gathering.host.types, f"cancel {site.gathering.ref} flu")
    body = (await site.gets(site.address(poster_url, language="en")))[2]
    assert "This event is cancelled." in pypdf.PdfReader(io.BytesIO(body)).pages[0].extract_text()


async def test_a_flood_of_requests_is_asked_to_come_again_and_the_rest_is_served(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = Signal()

    def slow(*given: Any) -> bytes:
        go.wait(30)
        return draw(*given)

    monkeypatch.setattr("bot.event_pages.draw", slow)
    monkeypatch.setattr("bot.event_pages.WAITING", 3)
    path = site.address(poster_url, language="en")
    waiting = {asyncio.create_task(site.gets(path)) for _each in range(5)}
    turned_away = []
    while len(waiting) > 3:
        done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        turned_away += [one.result() for one in done]
    assert [status for status, _headers, _body in turned_away] == [503] * 2
    assert all(int(headers["Retry-After"]) > 0 for _status, headers, _body in turned_away)
    go.set()
    served = await asyncio.gather(*waiting)
    assert [status for status, _headers, _body in served] == [200] * 3
    assert (await site.gets(path))[0] == 200


async def test_a_poster_that_is_kept_is_drawn_anew_when_the_event_changes(site: Site) -> None:
    path = site.address(poster_url, language="en")
    bodies = {(await site.gets(path))[2] for _each in range(3)}
    assert len(bodies) == 1
    await asyncio.to_thread(edits, site.gathering, title="Run charts again")
    changed = pypdf.PdfReader(io.BytesIO((await site.gets(path))[2]))
    assert "Run charts again" in changed.pages[0].extract_text()


async def test_the_program_has_these_addresses(tmp_path: Path) -> None:
    program = build(Settings(database_url=f"sqlite:///{tmp_path}/none.db", secrets=("s" * 40,)))
    paths = {route.resource.canonical for route in program.web.router.routes() if route.resource}
    files = ("", "/event.ics", "/poster.png", "/poster.pdf")
    assert paths >= {PATH + "/{token}" + file for file in files}


async def test_whoever_looks_waits_for_no_chat_and_holds_none_up(site: Site) -> None:
    token = site.event.token
    writing = site.world.store.begin()
    await asyncio.to_thread(writing.__enter__)
    try:
        status, _headers, _body = await asyncio.wait_for(site.gets(f"/events/{token}"), 10)
    finally:
        await asyncio.to_thread(writing.__exit__, None, None, None)
    assert status == 200
