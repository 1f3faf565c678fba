"""The part of Slack that grants tokens, for many workspaces: codes, and tokens that end."""

from __future__ import annotations

import asyncio
import itertools
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]

CLIENT_ID = "111.222"
CLIENT_SECRET = "the client secret of the tests"
APP = "A0HOURS"


@dataclass
class GrantingSlack:
    """Slack's ``oauth.v2.access`` and ``auth.test``.

    ``code`` is what Slack would send a browser back with. ``granted`` are the bots' tokens that
    work, by tenant; ``problems`` the errors that the next refreshes get.
    """

    rotating: bool = False
    lasts: int = 172_800
    """Seconds that a token lives, longer than Slack's: the clocks of the tests run ahead."""
    granted: dict[str, str] = field(default_factory=dict)
    asked: list[Json] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once somebody has asked for a token."""
    url: str = ""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._codes: dict[str, Json] = {}
        self._refreshing: dict[str, str] = {}
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/api/oauth.v2.access", self._access)
        app.router.add_post("/api/auth.test", self._test)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api_url(self) -> str:
        """Where the methods are."""
        return f"{self.url}/api/"

    def code(self, team: str, name: str = "Northgate", **more: Any) -> str:
        """The code for an installation into ``team``, by ``installer``."""
        code = f"code.{next(self._numbers)}"
        self._codes[code] = {"team": team, "name": name, **more}
        return code

    def whole_code(self, enterprise: str, name: str = "Westshire") -> str:
        """The code for an installation into a whole Enterprise Grid organisation."""
        return self.code("", name, enterprise=enterprise)

    def grant(self, tenant: str) -> tuple[str, str]:
        """A new token of ``tenant``, and its refresh token."""
        number = next(self._numbers)
        token, refresh = f"xoxb-{tenant}-{number}", f"xoxe-{tenant}-{number}"
        self.granted[tenant] = token
        self._refreshing = {key: of for key, of in self._refreshing.items() if of != tenant}
        self._refreshing[refresh] = tenant
        return token, refresh

    async def _access(self, request: web.Request) -> web.Response:
        given = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(given)
        self.reached.set()
        basic = b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
        if basic != f"{CLIENT_ID}:{CLIENT_SECRET}":
            return _no("bad_client_secret")
        if given.get("grant_type") == "refresh_token":
            return self._refresh(given["refresh_token"])
        wanted = self._codes.pop(given["code"], None)
        return _no("invalid_code") if wanted is None else web.json_response(self._answer(wanted))

    def _refresh(self, refresh: str) -> web.Response:
        if self.problems:
            return _no(self.problems.pop(0))
        tenant = self._refreshing.get(refresh)
        if tenant is None:
            return _no("invalid_refresh_token")
        token, new = self.grant(tenant)
        return web.json_response(
            {
                "ok": True,
                "access_token": token,
                "token_type": "bot",
                "refresh_token": new,
                "expires_in": self.lasts,
            }
        )

    def _answer(self, wanted: Json) -> Json:
        enterprise = wanted.get("enterprise", "")
        whole = not wanted["team"]
        token, refresh = self.grant(enterprise if whole else wanted["team"])
        answer: Json = {
            "ok": True,
            "access_token": token,
            "token_type": wanted.get("token_type", "bot"),
            "scope": "commands,chat:write",
            "bot_user_id": "U0HOURS",
            "app_id": wanted.get("app", APP),
            "team": None if whole else {"id": wanted["team"], "name": wanted["name"]},
            "enterprise": {"id": enterprise, "name": wanted["name"]} if enterprise else None,
            "is_enterprise_install": whole,
            "authed_user": {
                "id": wanted.get("installer", "U0INSTALLER"),
                "access_token": "xoxp-of-the-installer",
                "scope": "users:read",
            },
        }
        if self.rotating:
            answer |= {"refresh_token": refresh, "expires_in": self.lasts}
        return answer

    async def _test(self, request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        if token not in self.granted.values():
            return _no("invalid_auth")
        return web.json_response({"ok": True, "bot_id": "B0HOURS", "user_id": "U0HOURS"})


def _no(error: str) -> web.Response:
    return web.json_response({"ok": False, "error": error})
