"""The page of figures, for operators only: what was sent, what waits, and what is wrong.

Whoever opens it has the token of ``HOURBRIDGE_OPERATOR_TOKEN``: as a bearer token, or as the
password that a browser asks for, with any user name. Where none is set there is no such page. It
names no person: tenants stand with their ids and the codes of their organisations.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery_figures import STATES, Report, report
from bot.troubles import GUIDE, Signs, Trouble, paused, troubles
from core.feature import Job
from core.jobs.model import Run
from core.kernel.minutes import spoken
from core.words import Speech
from storage.books import Books
from storage.figures import Only

if TYPE_CHECKING:
    from bot.wiring import Program

PATH = "/figures"
PERIODS = {"1": "in the last day", "7": "in the last 7 days", "30": "in the last 30 days"}
USUAL = "7"
REFRESH_SECONDS = 60
_TEMPLATE = (Path(__file__).parent / "figures.html").read_text("utf-8")
_ASK = {"WWW-Authenticate": 'Basic realm="Hourbridge figures", charset="UTF-8"'}
_DAY = timedelta(days=1)
_SAY = Speech()
_MOST_REASONS = 30


@dataclass(frozen=True, slots=True)
class _Seen:
    """Everything on the page, as it stood at one moment."""

    signs: Signs
    codes: Mapping[tuple[str, str], str]
    """The organisations of each tenant."""
    runs: Mapping[str, Run]
    finished: Mapping[str, datetime]


class FiguresPage:
    """``GET /figures`` of one running program."""

    def __init__(self, program: Program, headers: Mapping[str, str]) -> None:
        self._program = program
        self._headers = headers

    async def show(self, request: web.Request) -> web.Response:
        """The page; for anybody else, nothing."""
        token = self._program.settings.operator_token
        if not token:
            raise web.HTTPNotFound
        if not hmac.compare_digest(
            _given(request).encode(errors="surrogateescape"), token.encode()
        ):
            raise web.HTTPUnauthorized(headers={**self._headers, **_ASK}, text="Operators only.")
        days = request.query.get("days", USUAL)
        days = days if days in PERIODS else USUAL
        refreshes = request.query.get("refresh") == str(REFRESH_SECONDS)
        try:
            seen = await asyncio.to_thread(self._look, timedelta(days=int(days)))
        except (SQLAlchemyError, OSError):
            return self._page("<p>The database does not answer.</p>", status=503)
        return self._page(_filled(seen, self._program.engine.house.jobs, days, refreshes))

    def _look(self, period: timedelta) -> _Seen:
        with self._program.store.snapshot() as books:
            now = self._program.engine.clock()
            signs = Signs(
                report(books, Only(since=now - period), now),
                books.deliveries.pauses(),
                books.jobs.failing(now - _DAY),
                books.jobs.missed(now - _DAY),
                self._program.pumping,
                now,
            )
            return _Seen(signs, _codes(books), books.jobs.latest(), books.jobs.last_finished())

    def _page(self, words: str, status: int = 200) -> web.Response:
        return web.Response(
            text=words, content_type="text/html", headers=self._headers, status=status
        )


def _given(request: web.Request) -> str:
    """The token that a request comes with, or nothing."""
    kind, _space, rest = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return rest.strip()
    if kind.lower() != "basic":
        return ""
    try:
        _user, _colon, password = base64.b64decode(rest, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return password


def _codes(books: Books) -> Mapping[tuple[str, str], str]:
    by_id = {one.id: one.code for one in books.organisations.all()}
    return {
        (one.platform, one.external_id): ", ".join(
            by_id[served] for served in one.organisation_ids if served in by_id
        )
        for one in books.tenants.all()
    }


def _filled(seen: _Seen, jobs: Mapping[str, Job], days: str, refreshes: bool) -> str:
    refresh = f'<meta http-equiv="refresh" content="{REFRESH_SECONDS}">' if refreshes else ""
    parts = {
        "refresh": refresh,
        "at": escape(_SAY.moment(seen.signs.now)),
        "period": PERIODS[days],
        "choices": "".join(_choice(one, words, days) for one, words in PERIODS.items()),
        "troubles": _told(troubles(seen.signs)),
        "tables": _tables(seen, jobs),
        "refreshing": _refreshing(days, refreshes),
    }
    page = _TEMPLATE
    for name, words in parts.items():
        page = page.replace(f"{{{{{name}}}}}", words)
    return page


def _choice(days: str, words: str, chosen: str) -> str:
    here = ' aria-current="page"' if days == chosen else ""
    return f'<li><a href="{PATH}?days={days}"{here}>{words.capitalize()}</a></li>'


def _refreshing(days: str, refreshes: bool) -> str:
    if refreshes:
        return (
            f'This page is read again every minute. <a href="{PATH}?days={days}">Stop doing so</a>.'
        )
    there = f"{PATH}?days={days}&amp;refresh={REFRESH_SECONDS}"
    return f'This page stays as it is. <a href="{there}">Read it again every minute</a>.'


def _told(found: Sequence[Trouble]) -> str:
    if not found:
        return "<p>Nothing. Messages go out, and every job runs.</p>"
    items = (
        f"<li><p>{escape(one.words)}</p><p><code>{escape(one.command)}</code></p>"
        f"<p>More in the guide: <code>{GUIDE}#{one.anchor}</code></p></li>"
        for one in found
    )
    return f'<ul class="troubles">{"".join(items)}</ul>'


def _tables(seen: _Seen, jobs: Mapping[str, Job]) -> str:
    found = seen.signs.report
    states = ("Planned", *(state.capitalize() for state in STATES))
    kinds = [(*kind, line.planned, *line.states.values()) for kind, line in found.kinds.items()]
    kinds += [("All", found.all.planned, *found.all.states.values())] if kinds else []
    tenants = [
        (*where, seen.codes.get(where, ""), line.planned, *line.states.values())
        for where, line in found.tenants.items()
    ]
    return "".join(
        (
            _table("By kind of message", ("Kind", *states), kinds),
            _table(
                "By workspace or tenant", ("Chat", "Id", "Organisations", *states), tenants, heads=2
            ),
            _reasons(found),
            _lanes(seen),
            _jobs(seen, jobs),
        )
    )


def _reasons(found: Report) -> str:
    all_of_them = [(state, why, many) for (state, why), many in found.reasons.items()]
    shown = all_of_them[:_MOST_REASONS]
    title = "Why they wait or were not sent"
    if len(all_of_them) > len(shown):
        title += f" (the {_MOST_REASONS} most frequent of {len(all_of_them)} reasons)"
    return _table(title, ("State", "Reason", "Messages"), shown, heads=2)


def _lanes(seen: _Seen) -> str:
    rows = []
    for lane in seen.signs.report.lanes:
        stopped = "yes" if paused(lane, seen.signs.pauses) else "no"
        codes = seen.codes.get((lane.platform, lane.tenant), "")
        rows.append(
            (
                *(lane.platform, lane.tenant, codes, lane.waiting, lane.due),
                *(lane.oldest_due or "", lane.held_until or "", stopped),
            )
        )
    heads = ("Chat", "Id", "Organisations", "Waiting", "Due", "Oldest due", "Held until", "Paused")
    return _table("What waits now", heads, rows, heads=2)


def _jobs(seen: _Seen, jobs: Mapping[str, Job]) -> str:
    rows = []
    for name, job in sorted(jobs.items()):
        run, well = seen.runs.get(name), seen.finished.get(name)
        rows.append(
            (
                name,
                _SAY(spoken(job.every_minutes)),
                run.slot if run else "",
                run.state.value if run else "",
                well or "",
                seen.signs.failing.get(name, 0),
                seen.signs.missed.get(name, 0),
            )
        )
    heads = ("Job", "Every", "Last slot", "State", "Last ended well", "Failed", "Missed")
    return _table("Jobs (failed and missed: in the last day)", heads, rows)


def _table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], heads: int = 1
) -> str:
    """A table that scrolls by itself on a narrow screen. ``heads``: how many cells name a row."""
    if not rows:
        return f"<h2>{escape(title)}</h2><p>None.</p>"
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(_cell(cell, place < heads) for place, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    label = escape(title, quote=True)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">'
        f"<table><caption>{escape(title)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(cell: object, head: bool) -> str:
    if isinstance(cell, int):
        return f'<td class="number">{cell:,}</td>'
    if isinstance(cell, datetime):
        return f'<td class="time">{escape(_SAY.moment(cell))}</td>'
    words = escape(str(cell)) or "none"
    return f'<th scope="row">{words}</th>' if head else f"<td>{words}</td>"
