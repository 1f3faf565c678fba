"""The page that says what Hourbridge is, what it holds and on what terms: for whoever looks at the
app before they add it. An operator with pages of their own names those in the app package."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.pages import HEADERS

PATH = "/about"
PRIVACY, TERMS = f"{PATH}#privacy", f"{PATH}#terms"
_PAGE = Path(__file__).with_suffix(".html").read_text("utf-8")


def add_about(app: web.Application) -> None:
    """Answer ``GET /about``."""
    app.router.add_get(PATH, _about)


async def _about(_request: web.Request) -> web.Response:
    return web.Response(text=_PAGE, content_type="text/html", headers=HEADERS)
