"""Two workspaces install Hourbridge at the real consent pages of npm ``emulate``, in Chromium.

Each is answered with its own token; one takes the app out, and comes back.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import text

from adapters.slack.manifest import BOT_SCOPES
from bot.settings import Settings, check_for_serving
from bot.wiring import Program, build
from core.callers import Caller
from core.organisations.model import Organisation, Sector
from core.ui.intents import to_wire
from core.ui.replies import Open
from storage.store import Store
from tests.browser.chromium import run_script
from tests.requirements import EMULATE, need
from tests.slack.emulate.grid import (
    CLIENT_ID,
    CLIENT_SECRET,
    SIGNING_SECRET,
    Emulated,
    Grid,
    free_port,
    grid,
)
from tests.slack.people import signed

pytestmark = pytest.mark.timeout(240)
NAMES = {"T0NORTH": "Northgate Trust", "T0SOUTH": "Southgate Trust"}
NORTH, SOUTH = NAMES


@dataclass
class Setting:
    """The program, in front of both workspaces."""

    program: Program
    grid: Grid
    url: str
    http: aiohttp.ClientSession

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    @property
    def store(self) -> Store:
        return self.program.store

    async def installs(self, *teams: str, who: str = "Ana Ward") -> list[dict[str, str]]:
        """``who`` goes through the consent page of each workspace; what they read then."""
        installs = [
            {"url": f"{self.url}/slack/install?team={team}", "who": who, "name": team.lower()}
            for team in teams
        ]
        told = await run_script(EMULATE / "consent.mjs", json.dumps(installs), patience=150)
        assert told["problems"] == []
        assert told["findings"] == []
        pages: list[dict[str, str]] = told["pages"]
        return pages

    def approve(self) -> None:
        """An administrator lets both workspaces in."""
        with self.store.begin() as books:
            for team, name in NAMES.items():
                one = books.organisations.add(Organisation(team[2:], name, Sector.NHS_TRUST))
                books.tenants.approve("slack", team, [one.id], self.program.engine.clock())

    async def joins(self, team: str) -> int:
        """Ana joins in a workspace; her member's number."""
        engine = self.program.engine
        user = await self.grid.person(team, "ana")
        caller = Caller("slack", team, user, "Ana Ward")
        asked = await self.program.perform(caller, engine.interpret("join"))
        assert isinstance(asked.reply, Open)
        form = asked.reply.form
        given = {**{field.name: field.value for field in form.fields}, "agree": "yes"}
        await self.program.perform(caller, engine.vocabulary.read(to_wire(form.intent), given))
        with self.store.begin() as books:
            found = books.members.by_identity("slack", team, user)
        assert found is not None
        return found[0].id

    async def types_offer(self, team: str) -> str:
        """Ana types /offer in a workspace; what stands in the answer to Slack."""
        body = urlencode(
            {
                "command": "/offer",
                "text": "",
                "user_id": await self.grid.person(team, "ana"),
                "user_name": "ana",
                "team_id": team,
                "channel_id": "C000000001",
                "trigger_id": await self.grid.trigger(team),
                "response_url": f"{self.grid.url}/api/response",
            }
        )
        return await self._send(body, "application/x-www-form-urlencoded")

    async def takes_the_app_out(self, team: str) -> None:
        """The owner of a workspace removes Hourbridge, and Slack says so."""
        self.grid.revoke(team)
        event = {
            "type": "event_callback",
            "team_id": team,
            "api_app_id": "A0HOURS",
            "event": {"type": "app_uninstalled"},
            "event_id": f"Ev{next(self._numbers)}",
            "event_time": int(time.time()) + 1,
        }
        await self._send(json.dumps(event), "application/json")

    async def tell(self, *members: int) -> list[str]:
        """Tell members something new; what became of it, once that is sure."""
        with self.store.begin() as books:
            office = self.program.engine.office(books)
            office.tell("members.welcome", f"told:{next(self._numbers)}", members)
        self.program.pump.wake()
        return await self.outcomes(len(members))

    async def outcomes(self, count: int) -> list[str]:
        """What became of the newest ``count`` deliveries, by member."""
        until = time.monotonic() + 30
        while True:
            with self.store.begin() as books:
                rows = books.connection.execute(
                    text("SELECT state, member_id FROM deliveries ORDER BY id DESC LIMIT :count"),
                    {"count": count},
                ).all()
            states = [str(state) for state, _member in sorted(rows, key=lambda row: row[1])]
            if len(states) == count and "waiting" not in states:
                return states
            assert time.monotonic() < until, f"still to deliver: {states}"
            await asyncio.sleep(0.05)

    async def _send(self, body: str, kind: str) -> str:
        headers = {"Content-Type": kind, **signed(body, secret=SIGNING_SECRET)}
        address = f"{self.url}/slack/events"
        async with self.http.post(address, data=body, headers=headers) as answer:
            assert answer.status == 200
            return await answer.text()


@asynccontextmanager
async def setting(database_url: str, folder: Path) -> AsyncIterator[Setting]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with grid(folder, NAMES, f"{url}/slack/oauth_redirect") as slack:
        settings = Settings(
            database_url=database_url,
            port=port,
            public_url=url,
            secrets=("a secret for the emulator, long enough to be taken",),
            slack_signing_secret=SIGNING_SECRET,
            slack_client_id=CLIENT_ID,
            slack_client_secret=CLIENT_SECRET,
            slack_api_url=f"{slack.url}/api/",
            slack_authorize_url=f"{slack.url}/oauth/v2/authorize",
        )
        check_for_serving(settings)
        program = build(settings)
        runner = web.AppRunner(program.web, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            async with aiohttp.ClientSession() as http:
                yield Setting(program, slack, url, http)
        finally:
            await runner.cleanup()


async def opened(workspace: Emulated, count: int) -> list[str]:
    """The tokens with which forms were opened there, once there are ``count``."""
    until = time.monotonic() + 10
    while len(workspace.called("views.open")) < count:
        assert time.monotonic() < until, "no form was opened"
        await asyncio.sleep(0.05)
    return workspace.called("views.open")


async def test_two_workspaces_install_and_one_leaves_and_comes_back(
    sqlite_url: str, tmp_path: Path
) -> None:
    for part in ("node", "chromium", "emulate"):
        need(part)
    async with setting(sqlite_url, tmp_path) as here:
        north, south = (here.grid.workspaces[team] for team in NAMES)
        pages = await here.installs(NORTH, SOUTH)
        for team, page in zip(NAMES, pages, strict=True):
            assert page["asked"] == ",".join(BOT_SCOPES)
            assert f"Hourbridge is installed in {NAMES[team]}" in page["text"]
            assert f"hourbridge tenant approve slack {team} --org CODE" in page["text"]
        here.approve()
        members = [await here.joins(team) for team in NAMES]
        assert await here.outcomes(2) == ["sent", "sent"]

        # Each is answered with its own token.
        for workspace in (north, south):
            await here.types_offer(workspace.team)
            assert await opened(workspace, 1) == workspace.tokens
            assert set(workspace.called("chat.postMessage")) == set(workspace.tokens)
        assert north.tokens != south.tokens

        # One takes the app out; the other notices nothing.
        await here.takes_the_app_out(NORTH)
        assert await here.tell(*members) == ["unreachable", "sent"]
        assert "cannot answer in this workspace" in await here.types_offer(NORTH)
        await here.types_offer(SOUTH)
        assert await opened(south, 2) == south.tokens * 2

        # Somebody else puts it back, and nobody has to be let in again.
        (page,) = await here.installs(NORTH, who="Bo Lin")
        assert "It is approved." in page["text"]
        assert len(north.tokens) == 2
        assert await here.tell(*members) == ["sent", "sent"]
        await here.types_offer(NORTH)
        assert await opened(north, 2) == north.tokens
