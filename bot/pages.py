"""Hourbridge's own web pages: health, figures, and the download of one's own data."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.figures_page import PATH as FIGURES
from bot.figures_page import FiguresPage
from bot.health import Health
from core.members.mydata import redeem
from core.members.own_data import collect
from core.members.packing import as_csv_zip, as_json

if TYPE_CHECKING:
    from bot.wiring import Program

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_HERE = Path(__file__).parent
PAGE = (_HERE / "mydata.html").read_text("utf-8")
STYLE = (_HERE / "pages.css").read_text("utf-8")


def add_pages(app: web.Application, program: Program) -> None:
    """Add the routes that belong to no chat."""
    pages, health = Pages(program), Health(program)
    app.router.add_get("/health/live", health.live)
    app.router.add_get("/health/accepting", health.accepting)
    app.router.add_get("/health/ready", health.ready)
    app.router.add_get("/metrics", pages.metrics)
    app.router.add_get(FIGURES, FiguresPage(program, HEADERS).show)
    app.router.add_get("/mydata", pages.ask_for_code)
    app.router.add_post("/mydata", pages.hand_over)
    app.router.add_get("/pages.css", pages.style)
    app.on_cleanup.append(health.close)


class Pages:
    """Handlers over one running program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def metrics(self, _request: web.Request) -> web.Response:
        """Figures in Prometheus' text format."""
        self._program.readings.pumping = self._program.pumping
        await self._program.readings.renew()
        text = await asyncio.to_thread(self._program.metrics.text)
        return web.Response(body=text, headers={"Content-Type": "text/plain; version=0.0.4"})

    async def style(self, _request: web.Request) -> web.Response:
        """The one style sheet."""
        return web.Response(text=STYLE, content_type="text/css")

    async def ask_for_code(self, _request: web.Request) -> web.Response:
        """The page that takes a one-time code."""
        return _page("")

    async def hand_over(self, request: web.Request) -> web.Response:
        """The member's own data for a good code; the page again for any other."""
        form = await _posted(request)
        code = form.get("code")
        kind = "csv" if form.get("kind") == "csv" else "json"
        asker = self._program.engine.keys.digest("mydata-asker", _asker(request))
        typed = code if isinstance(code, str) else ""
        data = await asyncio.to_thread(self._redeem, typed, asker, kind)
        if data is None:
            return _page(
                "That code does not work. A code works once, for 10 minutes. "
                "Type mydata to Hourbridge for a new one."
            )
        name = "my-hourbridge-data." + ("zip" if kind == "csv" else "json")
        return web.Response(
            body=data,
            headers={
                **HEADERS,
                "Content-Type": "application/zip" if kind == "csv" else "application/json",
                "Content-Disposition": f'attachment; filename="{name}"',
            },
        )

    def _redeem(self, code: str, asker: str, kind: str) -> bytes | None:
        with self._program.store.begin() as books:
            office = self._program.engine.office(books)
            member_id = redeem(office, code, asker)
            if member_id is None:
                return None
            data = collect(office, member_id)
        return as_csv_zip(data) if kind == "csv" else as_json(data)


def _asker(request: web.Request) -> str:
    """The address of whoever asks. Of what a proxy passes on only the last address is its own
    word; any before it are whatever the client wrote."""
    peer = request.remote or ""
    named = request.headers.getall("X-Forwarded-For", [])
    return named[-1].rpartition(",")[2].strip() if named and _is_near(peer) else peer


def _is_near(address: str) -> bool:
    """Whether a proxy of the operator's may stand at ``address``."""
    try:
        return ip_address(address).is_private
    except ValueError:
        return False


async def _posted(request: web.Request) -> Mapping[str, object]:
    """What the page's own form sends. Anything else is turned away before it is taken apart."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    try:
        return await request.post()
    except (ValueError, LookupError):
        raise web.HTTPBadRequest(text="The form cannot be read.") from None


def _page(problem: str) -> web.Response:
    note = f'<p id="problem" role="alert">{problem}</p>' if problem else ""
    page = PAGE.replace("{{problem}}", note).replace(
        "{{described}}", 'aria-describedby="problem" aria-invalid="true"' if problem else ""
    )
    return web.Response(text=page, content_type="text/html", headers=HEADERS)
