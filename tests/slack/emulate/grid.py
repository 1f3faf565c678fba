"""Two workspaces of npm ``emulate``, a Slack that nobody here wrote, behind one address.

One process of it is one workspace, and every one calls itself ``T000000001``. The front gives each
a team id of its own, asks the one whose token it is, and turns away a token that was revoked,
which the emulator would take for its administrator's.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from adapters.slack.manifest import BOT_SCOPES
from tests.requirements import EMULATE, node

Json = dict[str, Any]

CLIENT_ID = "111.222"
CLIENT_SECRET = "the client secret of the emulator"
SIGNING_SECRET = "the signing secret of the emulator"
ITS_TEAM = "T000000001"
_ADMINS = "xoxp-of-its-administrator"
_AS_ADMIN = {"Authorization": f"Bearer {_ADMINS}", "Content-Type": "application/json"}


@dataclass
class Emulated:
    """One workspace: its own process at ``url``, and the tokens that it gave out."""

    team: str
    url: str
    tokens: list[str] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    """Each method that worked here, and the token it was called with."""

    def called(self, method: str) -> list[str]:
        """The tokens with which ``method`` was called."""
        return [token for name, token in self.calls if name == method]


class Grid:
    """The front of all workspaces: what the bot takes for Slack."""

    def __init__(self, workspaces: Mapping[str, Emulated], http: aiohttp.ClientSession) -> None:
        self.workspaces = workspaces
        self.url = ""
        self._http = http
        self._revoked: set[str] = set()

    def revoke(self, team: str) -> None:
        """Take the app out of a workspace: no token of it works any more."""
        self._revoked |= set(self.workspaces[team].tokens)

    async def person(self, team: str, name: str) -> str:
        """The id of somebody in a workspace."""
        found = await self._ask(self.workspaces[team], "users.list", b"{}", _AS_ADMIN)
        return next(str(one["id"]) for one in found["members"] if one["name"] == name)

    async def trigger(self, team: str) -> str:
        """A trigger of a workspace, as a command brings one: good for 3 seconds."""
        found = await self._ask(self.workspaces[team], "views.generateTriggerId", b"{}", _AS_ADMIN)
        return str(found["trigger_id"])

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/oauth/v2/authorize", self._authorize)
        app.router.add_post("/api/{method}", self._call)

    async def _authorize(self, request: web.Request) -> web.Response:
        workspace = self.workspaces[request.query["team"]]
        query = request.rel_url.raw_query_string
        raise web.HTTPFound(f"{workspace.url}/oauth/v2/authorize?{query}")

    async def _call(self, request: web.Request) -> web.Response:
        method, body = request.match_info["method"], await request.read()
        headers = {
            name: request.headers[name]
            for name in ("Authorization", "Content-Type")
            if name in request.headers
        }
        if method == "oauth.v2.access":
            return web.json_response(await self._access(body, headers))
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        workspace = next((one for one in self.workspaces.values() if token in one.tokens), None)
        if workspace is None or token in self._revoked:
            return web.json_response({"ok": False, "error": "token_revoked"})
        answer = await self._ask(workspace, method, body, headers)
        if answer["ok"]:
            workspace.calls.append((method, token))
        return web.json_response(answer)

    async def _access(self, body: bytes, headers: Mapping[str, str]) -> Json:
        """A code says nothing of its workspace: the one that gave it out knows it."""
        answer: Json = {}
        for workspace in self.workspaces.values():
            answer = await self._ask(workspace, "oauth.v2.access", body, headers)
            if answer["ok"]:
                workspace.tokens.append(answer["access_token"])
                break
        return answer

    async def _ask(
        self, workspace: Emulated, method: str, body: bytes, headers: Mapping[str, str]
    ) -> Json:
        address = f"{workspace.url}/api/{method}"
        async with self._http.post(address, data=body, headers=headers) as answer:
            said = (await answer.text()).replace(ITS_TEAM, workspace.team)
        found: Json = json.loads(said)
        return found


@asynccontextmanager
async def grid(folder: Path, names: Mapping[str, str], redirect: str) -> AsyncIterator[Grid]:
    """Slack with the workspaces ``names`` (by team id), for an app that ``redirect`` is of."""
    async with AsyncExitStack() as open_parts:
        http = await open_parts.enter_async_context(aiohttp.ClientSession())
        workspaces = {}
        for team, name in names.items():
            seed = folder / f"{team}.yaml"
            seed.write_text(json.dumps({"slack": _seed(name, redirect)}), "utf-8")
            url = await open_parts.enter_async_context(_process(seed, http))
            workspaces[team] = Emulated(team, url)
        front, app = Grid(workspaces, http), web.Application()
        front.add_routes(app)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        open_parts.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        front.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield front


def _seed(name: str, redirect: str) -> Json:
    return {
        "team": {"name": name, "domain": name.split(maxsplit=1)[0].lower()},
        "strict_scopes": True,
        "users": [
            {"name": "ana", "real_name": "Ana Ward"},
            {"name": "bo", "real_name": "Bo Lin"},
        ],
        "tokens": [{"token": _ADMINS, "user": "ana", "scopes": ["users:read"]}],
        "oauth_apps": [
            {
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
                "name": "Hourbridge",
                "redirect_uris": [redirect],
                "scopes": list(BOT_SCOPES),
            }
        ],
    }


@asynccontextmanager
async def _process(seed: Path, http: aiohttp.ClientSession) -> AsyncIterator[str]:
    program, port = node(), free_port()
    assert program
    process = await asyncio.create_subprocess_exec(
        *(str(program), str(EMULATE / "node_modules/emulate/dist/index.js"), "start"),
        *("--service", "slack", "--port", str(port), "--seed", str(seed)),
        cwd=seed.parent,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        await _answers(url, http, process)
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(
    url: str, http: aiohttp.ClientSession, process: asyncio.subprocess.Process
) -> None:
    for _try in range(150):
        assert process.returncode is None, "the emulator ended"
        try:
            async with http.post(f"{url}/api/auth.test") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.2)
    raise AssertionError("the emulator does not answer")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
