"""A Slack of our own: a real HTTP server with the Web API methods that the adapter calls.

It keeps what people would see (``screens``), refuses what Slack would refuse (``web_api``),
speaks Socket Mode (``socket_slack``), records every call, and fails on request. One server has many
``workspaces``, each with a token of its own. ``people.Person`` is somebody who uses it.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.slack.screens import Message, Screens
from tests.slack.socket_slack import APP_TOKEN, Socket
from tests.slack.web_api import WebApi, no, yes
from tests.slack.workspaces import TOKEN, FakeTeam

__all__ = ["APP_TOKEN", "SIGNING_SECRET", "TOKEN", "Call", "FakeSlack", "Message"]

Json = dict[str, Any]

SIGNING_SECRET = "a secret of the tests"


@dataclass
class Call:
    """One request to the Web API, or to a response URL (``method`` is then ``response_url``)."""

    method: str
    body: Json
    token: str = ""


@dataclass
class _Failure:
    error: str
    status: int
    retry_after: int | None
    body: str | None
    kind: str


@dataclass
class FakeSlack(Screens):
    """Slack with one workspace, and as many more as are added.

    ``start`` gives it a port; ``api_url`` is where its methods are. While ``down`` it answers 503
    to everything.
    """

    team: str = "T0HOME"
    enterprise: str | None = None
    bot_user: str = "U0BOT"
    bot: str = "B0BOT"
    calls: list[Call] = field(default_factory=list)
    unreachable: set[str] = field(default_factory=set)
    channel_names: dict[str, str] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    """Channels that the app cannot post in, and what Slack says then."""
    shared: bool = False
    """Whether the channels are shared by all workspaces, through Slack Connect."""
    down: bool = False
    api_url: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._failures: dict[str, deque[_Failure]] = defaultdict(deque)
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._api = WebApi(self)
        self.socket = Socket()
        self.add_team(
            self.team, TOKEN, enterprise=self.enterprise or "", bot_user=self.bot_user, bot=self.bot
        )

    def add_team(self, team: str, token: str, **more: Any) -> FakeTeam:
        """Another workspace that has the app, answered with ``token``."""
        ids = {"bot": f"B0{team}", "bot_user": f"U0{team}BOT"}
        self.teams[token] = FakeTeam(team, token, **{**ids, **more})
        return self.teams[token]

    async def start(self) -> None:
        """Serve, at the same address as before if it was stopped."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._on_call)
        app.router.add_post("/answer/{id}", self._on_answer)
        app.router.add_get("/link", self.socket.serve)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{self._port}/api/"

    async def stop(self) -> None:
        """Refuse every connection."""
        await self.socket.close()
        if self._runner:
            await self._runner.cleanup()

    # What tests arrange and ask.

    def fail(
        self,
        method: str,
        error: str = "internal_error",
        *,
        status: int = 200,
        retry_after: int | None = None,
        body: str | None = None,
        kind: str = "text/plain",
        times: int = 1,
    ) -> None:
        """Let the next calls of ``method`` fail; ``body`` is sent as it is, as ``kind``."""
        failures = [_Failure(error, status, retry_after, body, kind)] * times
        self._failures[method].extend(failures)

    def bodies(self, method: str) -> list[Json]:
        """What was sent to ``method``, oldest first."""
        return [call.body for call in self.calls if call.method == method]

    def response_url(self, channel: str, user: str, ts: str = "", left: int = 5) -> str:
        """An address that answers a command or press."""
        name = self.answer_id(channel, user, ts, left)
        return f"{self.api_url.removesuffix('api/')}answer/{name}"

    # What it serves.

    async def _on_call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        body = await _body(request)
        self.calls.append(Call(method, body, token))
        if self.down:
            return web.Response(status=503, text="upstream connect error")
        if self._failures[method]:
            return _failing(self._failures[method].popleft())
        if method == "apps.connections.open":
            link = self.api_url.replace("http", "ws").removesuffix("api/") + "link"
            return yes(url=link) if token == APP_TOKEN else no("invalid_auth")
        team = self.teams.get(token)
        if team is None or not team.live:
            return no("account_inactive" if team else "invalid_auth")
        if team.limited is not None:
            return _failing(_Failure("ratelimited", 429, team.limited, None, ""))
        return self._api.call(team, method, body)

    async def _on_answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.calls.append(Call("response_url", body))
        if self.down:
            return web.Response(status=503, text="upstream connect error")
        if self._failures["response_url"]:
            return _failing(self._failures["response_url"].popleft())
        answering = self.answering.get(request.match_info["id"])
        if answering is None or answering.left < 1 or self.now() > answering.until:
            return web.Response(status=404, text="used_url")
        answering.left -= 1
        if self.bad_message(body):
            return web.Response(status=400, text="invalid_blocks")
        original = self.message(answering.channel, answering.ts)
        if body.get("replace_original") and original:
            self.edit(original, body)
        else:
            to = "" if body.get("response_type") == "in_channel" else answering.user
            self.keep(answering.channel, body, to, answering.team)
        return web.Response(text="ok")


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        found: Json = await request.json()
        return found
    return {**request.query, **await request.post()}


def _failing(failure: _Failure) -> web.Response:
    headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
    if failure.body is not None:
        return web.Response(
            status=failure.status, text=failure.body, headers=headers, content_type=failure.kind
        )
    answer = json.dumps({"ok": False, "error": failure.error})
    return web.Response(
        status=failure.status, text=answer, headers=headers, content_type="application/json"
    )
