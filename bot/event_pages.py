"""Each event's own addresses, for anybody who has them: a page, a calendar file and a poster.

Nobody signs in here, and nothing is remembered about who looks. What is asked for is looked up and
drawn by 2 threads of their own, so that a flood of requests holds up nobody's chat; who would have
to wait long behind others is asked to come again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from aiohttp import web

from bot.event_calendar import TYPE, calendar_file
from bot.event_html import page_html, wanted_language
from bot.pages import HEADERS
from bot.posters import TYPES, Kind, Words, draw, words_of
from core.events.calendar import PATH, Outside, find_outside, page_url
from core.events.calendar_words import speech_for
from core.words import Speech

if TYPE_CHECKING:
    from bot.wiring import Program

WAITING = 40
"""So many requests may wait to be answered; more are asked to come again."""
COME_AGAIN = 5
"""In so many seconds."""
POSTERS_KEPT = 32
"""Posters are kept for whoever asks for them next, up to about 350 KB each."""
_THREADS = 2
_HEADERS = {**HEADERS, "X-Robots-Tag": "noindex, nofollow", "Vary": "Accept-Language"}
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Asked:
    """An event as it stands, where its page is, and the language to say it in."""

    outside: Outside
    url: str
    speech: Speech
    now: datetime


def add_event_pages(app: web.Application, program: Program) -> None:
    """Answer what is asked for under ``/events/``."""
    pages = EventPages(program)
    app.router.add_get(PATH + "/{token}", pages.page)
    app.router.add_get(PATH + "/{token}/event.ics", pages.calendar)
    app.router.add_get(PATH + "/{token}/poster.png", pages.poster)
    app.router.add_get(PATH + "/{token}/poster.pdf", pages.poster)
    app.cleanup_ctx.append(pages.context)


class EventPages:
    """Handlers over one running program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="events")
        self._waiting = 0
        self._posters: OrderedDict[tuple[Words, Kind], bytes] = OrderedDict()

    async def context(self, _app: web.Application) -> AsyncIterator[None]:
        """Ends the threads with the server."""
        yield
        self._pool.shutdown(wait=True)

    async def page(self, request: web.Request) -> web.Response:
        """The page that the QR code leads to."""

        def made() -> str | None:
            asked = self._asked(request)
            return page_html(asked.outside, asked.speech, asked.now) if asked else None

        page = await self._in_turn(made)
        if page is None:
            return _not_here()
        return web.Response(text=page, content_type="text/html", headers=_HEADERS)

    async def calendar(self, request: web.Request) -> web.Response:
        """The calendar file, as the event stands now: cancelled, if it is."""

        def made() -> bytes | None:
            asked = self._asked(request)
            if asked is None:
                return None
            return calendar_file(asked.outside, asked.speech, asked.url, asked.now)

        return _file(await self._in_turn(made), TYPE, "event.ics")

    async def poster(self, request: web.Request) -> web.Response:
        """The poster, as PDF or PNG."""
        kind: Kind = "png" if request.path.endswith(".png") else "pdf"

        def made() -> bytes | None:
            asked = self._asked(request)
            return self._drawn(asked, kind) if asked else None

        return _file(await self._in_turn(made), TYPES[kind], f"poster.{kind}")

    async def _in_turn(self, made: Callable[[], Result]) -> Result:
        if self._waiting >= WAITING:
            raise web.HTTPServiceUnavailable(
                text="Many people ask at once. Try again in a moment.",
                headers={**_HEADERS, "Retry-After": str(COME_AGAIN)},
            )
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, made)
        finally:
            self._waiting -= 1

    def _asked(self, request: web.Request) -> _Asked | None:
        engine = self._program.engine
        with self._program.store.snapshot() as books:
            office = engine.office(books)
            token, key = request.match_info["token"], request.query.get("key", "")
            outside = find_outside(office, token, key)
            if outside is None:
                return None
            url = page_url(office, outside.event)
        language = wanted_language(
            request.query.get("lang", ""), request.headers.get("Accept-Language", "")
        )
        return _Asked(outside, url, speech_for(outside.event, language), office.now)

    def _drawn(self, asked: _Asked, kind: Kind) -> bytes:
        words = words_of(asked.outside, asked.speech, asked.url, asked.now)
        kept = self._posters.pop((words, kind), None)
        drawn = kept or draw(words, kind, asked.outside.event.created_at)
        self._posters[words, kind] = drawn
        while len(self._posters) > POSTERS_KEPT:
            self._posters.popitem(last=False)
        return drawn


def _not_here() -> web.Response:
    """The same for every address that leads to no event."""
    return web.Response(status=404, text="There is no event at this address.", headers=_HEADERS)


def _file(content: bytes | None, kind: str, name: str) -> web.Response:
    if content is None:
        return _not_here()
    headers = {
        **_HEADERS,
        "Content-Type": kind,
        "Content-Disposition": f'inline; filename="{name}"',
    }
    return web.Response(body=content, headers=headers)
