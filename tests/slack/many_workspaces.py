"""The real program in front of one Slack that installs it into many workspaces, in browsers.

Any number of ``Replica`` run on one database, as behind one load balancer.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import MethodType
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import text
from typing_extensions import override

from adapters.slack import SlackPlatform
from bot.settings import Settings
from bot.wiring import Program, build
from core.organisations.model import Organisation, Sector
from storage.audit import audit_ledger
from tests.slack.fake_slack import SIGNING_SECRET, FakeSlack
from tests.slack.installing_site import Browser, Page
from tests.slack.people import Person
from tests.slack.web_api import WebApi, no, yes
from tests.slack.workspaces import FakeTeam
from tests.story.in_slack import SlackFriend

Json = dict[str, Any]
SECRET = "a secret of the tests, long enough to be taken"


class Granting(WebApi):
    """The Web API with ``oauth.v2.access``: a code grants the token of the team it is for."""

    def __init__(self, slack: GrantingFake) -> None:
        super().__init__(slack)
        self._granting = slack

    def oauth(self, body: Json) -> web.Response:
        """What a code is worth."""
        team = self._granting.codes.pop(body.get("code", ""), None)
        if team is None:
            return no("invalid_code")
        enterprise = {"id": team.enterprise, "name": "Westshire"} if team.enterprise else None
        return yes(
            access_token=team.token,
            token_type="bot",
            scope="commands,chat:write",
            bot_user_id=team.bot_user,
            app_id="A0HOURS",
            team=None if team.whole else {"id": team.team, "name": team.domain},
            enterprise=enterprise,
            is_enterprise_install=team.whole,
            authed_user={"id": "U0WHOEVER"},
        )


@dataclass
class GrantingFake(FakeSlack):
    """A Slack that grants tokens for codes."""

    codes: dict[str, FakeTeam] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.teams.clear()
        self._api = self._granting = Granting(self)
        self._numbers = itertools.count(1)

    @override
    async def _on_call(self, request: web.Request) -> web.Response:
        if request.match_info["method"] == "oauth.v2.access":
            given = await request.post()
            return self._granting.oauth({name: str(value) for name, value in given.items()})
        return await super()._on_call(request)

    def grants(self, team: str, **more: Any) -> str:
        """The code of an installation into ``team``, which ends its last token."""
        number = next(self._numbers)
        members: dict[str, Any] = {}
        for old in self.teams.values():
            if old.team == team:
                old.live, members = False, {**old.members}
                old.members = {}
        made = FakeTeam(team, f"xoxb-{team}-{number}", bot=f"B{team}", bot_user=f"UBOT{team}")
        for name, value in more.items():
            setattr(made, name, value)
        made.members = members
        self.teams = {made.token: made} | self.teams
        self.codes[f"code.{number}"] = made
        return f"code.{number}"

    def team_now(self, team: str) -> FakeTeam:
        """The team with the token that works, or worked last."""
        return next(one for one in self.teams.values() if one.team == team)


@dataclass
class Replica:
    """One running process of the program."""

    slack: GrantingFake
    program: Program
    http: aiohttp.ClientSession
    url: str

    @property
    def platform(self) -> SlackPlatform:
        """Its Slack adapter."""
        routes = self.program.web.router.routes()
        handler = next(
            one.handler
            for one in routes
            if one.resource is not None and one.resource.canonical == "/slack/events"
        )
        assert isinstance(handler, MethodType)
        assert isinstance(handler.__self__, SlackPlatform)
        return handler.__self__

    def browser(self) -> Browser:
        """Somebody's browser."""
        return Browser(self.http, self.url)

    async def installs(self, team: str, **more: Any) -> Page:
        """Somebody installs the app into ``team`` in their browser."""
        page = await self.browser().installs(self.slack.grants(team, **more))
        assert page.status == 200, page.text
        return page

    def person(self, name: str, team: str) -> SlackFriend:
        """Somebody of ``team``, whose payloads come to this replica."""
        user = f"U{name.upper().replace(' ', '')}"
        address = f"{self.url}/slack/events"
        person = Person(
            self.slack,
            self.http,
            address,
            user,
            team=team,
            name=name,
            settle=self.platform.settle,
        )
        return SlackFriend(person, name)

    def let_in(self, tenant: str, code: str = "NGH") -> None:
        """Approve a tenant for an organisation of its own."""
        with self.program.store.begin() as books:
            made = books.organisations.add(Organisation(code, f"{code} Trust", Sector.NHS_TRUST))
            books.tenants.approve("slack", tenant, [made.id], self.program.engine.clock())

    def deliveries(self) -> list[tuple[str, str, str]]:
        """Each delivery's kind, state and reason."""
        with self.program.store.begin() as books:
            rows = books.connection.execute(
                text(
                    "SELECT n.kind, d.state, d.reason FROM deliveries d "
                    "JOIN notices n ON n.id = d.notice_id ORDER BY d.id"
                )
            )
            return [(str(kind), str(state), str(reason)) for kind, state, reason in rows]

    def audit(self) -> list[object]:
        """What the audit finds."""
        with self.program.store.begin() as books:
            return list(audit_ledger(books.connection))


@asynccontextmanager
async def replicas(database_url: str, count: int = 1) -> AsyncIterator[list[Replica]]:
    """``count`` processes on one database, for the length of a block."""
    slack = GrantingFake()
    await slack.start()
    settings = Settings(
        database_url=database_url,
        secrets=(SECRET,),
        slack_signing_secret=SIGNING_SECRET,
        slack_client_id="1.2",
        slack_client_secret="a client secret of the tests",
        slack_api_url=slack.api_url,
    )
    timeout = aiohttp.ClientTimeout(60)
    servers: list[TestServer] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.pump.IDLE_SECONDS", 0.05)
        async with aiohttp.ClientSession(
            timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
        ) as http:
            try:
                found = []
                for _number in range(count):
                    program = build(settings)
                    server = TestServer(program.web)
                    await server.start_server()
                    servers.append(server)
                    url = str(server.make_url("")).rstrip("/")
                    found.append(Replica(slack, program, http, url))
                yield found
            finally:
                for server in servers:
                    await server.close()
                await slack.stop()
    assert slack.problems == [], "Slack would have refused something"
