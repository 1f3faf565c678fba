"""The local page's web routes: the page, its files, who there is, what they do, and the stream."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from aiohttp import web

from adapters.local.chats import Chats
from adapters.local.courier import LocalCourier
from adapters.local.decode import LONGEST_BODY, Malformed, read_act, read_person
from adapters.local.guard import SAFE_HEADERS, has_token, refusal
from adapters.local.people import People, Persona, Seat, listing
from adapters.local.stream import follow
from adapters.local.turns import Outcome, Turns
from core.answers import Perform
from core.apology import apologise
from core.couriers import Courier
from core.ui.intents import Intent, Vocabulary
from core.words import Speech

_HERE = Path(__file__).parent
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_MOST_PANES = 2

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LocalPlatform:
    """The browser chat. ``interpret`` reads typed words, ``vocabulary`` reads buttons and forms."""

    def __init__(
        self,
        personas: Callable[[], Sequence[Persona]],
        perform: Perform,
        interpret: Callable[[str], Intent],
        vocabulary: Vocabulary,
    ) -> None:
        self._token = secrets.token_urlsafe(32)
        self._people = People(personas)
        self._chats = Chats()
        self._turns = Turns(self._chats, perform, interpret, vocabulary)
        self._files = _files()
        self._page = (_HERE / "page.html").read_text("utf-8").replace("%TOKEN%", self._token)
        self.courier: Courier = LocalCourier(self._chats, self._people)

    def add_routes(self, app: web.Application) -> None:
        """Serve the page at ``/`` and the rest under ``/local/``; stop with the application."""
        app.router.add_get("/", self._open_to_this_computer(self._get_page))
        app.router.add_get("/local/static/{name}", self._open_to_this_computer(self._get_file))
        app.router.add_get("/local/people", self._for_the_page(self._get_people))
        app.router.add_get("/local/stream", self._for_the_page(self._get_stream))
        app.router.add_post("/local/open", self._for_the_page(self._post_open))
        app.router.add_post("/local/act", self._for_the_page(self._post_act))
        app.on_shutdown.append(self._stop)

    async def close(self) -> None:
        """End the streams and wait for what is under way. May be called twice."""
        self._chats.close()
        await self._turns.close()

    async def _stop(self, _app: web.Application) -> None:
        await self.close()

    def _open_to_this_computer(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            why = refusal(request)
            return _problem(why, 403) if why else await handler(request)

        return guarded

    def _for_the_page(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if not has_token(request, self._token):
                return _problem("Hourbridge has restarted. Reload the page to go on.", 403)
            try:
                return await handler(request)
            except Malformed as wrong:
                return _problem(str(wrong), 400)
            except ConnectionError:
                raise
            except web.HTTPException:
                raise
            except Exception as error:
                return _problem(Speech()(apologise(error).reason), 500)

        return self._open_to_this_computer(guarded)

    async def _get_page(self, _request: web.Request) -> web.Response:
        headers = {**SAFE_HEADERS, "Cache-Control": "no-store"}
        return web.Response(text=self._page, content_type="text/html", headers=headers)

    async def _get_file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self._files:
            return _problem("There is no such file.", 404)
        content, tag = self._files[name]
        headers = {**SAFE_HEADERS, "Cache-Control": "no-cache", "ETag": tag}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        kind = _KINDS[Path(name).suffix]
        return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)

    async def _get_people(self, _request: web.Request) -> web.Response:
        return _json({"people": listing(await self._people.everyone())})

    async def _get_stream(self, request: web.Request) -> web.StreamResponse:
        keys = request.query.getall("who", [])
        since = request.query.getall("since", [])
        if len(keys) != len(since) or len(keys) > _MOST_PANES or not all(map(_is_version, since)):
            raise Malformed("The page asked for chats in a way that cannot be read. Reload it.")
        seats = [await self._seat(key) for key in keys]
        seen = {seat: int(version) for seat, version in zip(seats, since, strict=True)}
        return await follow(request, self._chats, seen)

    async def _post_open(self, request: web.Request) -> web.Response:
        seat = await self._seat(read_person(await _body(request)))
        return _json(await self._turns.open(seat))

    async def _post_act(self, request: web.Request) -> web.Response:
        act = read_act(await _body(request))
        return _json(await self._turns.take(await self._seat(act.person), act))

    async def _seat(self, key: str) -> Seat:
        seat = await self._people.seat(key)
        if seat is None:
            raise Malformed("This person is no longer here. Choose somebody else.")
        return seat


def _files() -> dict[str, tuple[bytes, str]]:
    found = {}
    for path in (_HERE / "static").iterdir():
        if path.suffix in _KINDS:
            content = path.read_bytes()
            found[path.name] = (content, f'"{hashlib.sha256(content).hexdigest()[:16]}"')
    return found


def _is_version(given: str) -> bool:
    return given.isascii() and given.isdigit() and len(given) < 16


async def _body(request: web.Request) -> bytes:
    """The body, up to ``LONGEST_BODY`` bytes. Raises HTTP 413 for more, without reading it all."""
    read = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        read += chunk
        if len(read) > LONGEST_BODY:
            raise web.HTTPRequestEntityTooLarge(
                LONGEST_BODY,
                len(read),
                text='{"error": "That is too long to send. Shorten it and try again."}',
                content_type="application/json",
                headers=SAFE_HEADERS,
            )
    return bytes(read)


def _json(outcome: Outcome) -> web.Response:
    return web.json_response(outcome, headers={**SAFE_HEADERS, "Cache-Control": "no-store"})


def _problem(words: str, status: int) -> web.Response:
    headers = {**SAFE_HEADERS, "Cache-Control": "no-store"}
    return web.json_response({"error": words}, status=status, headers=headers)
