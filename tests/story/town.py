"""The real program with all three chats, on loopback, beside a fake Slack and a fake Teams.

The outside of it is HTTP; what the books say is asked of the program's own store.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from datetime import timedelta
from types import MethodType
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import text

from adapters.local import Persona
from adapters.slack import SlackPlatform
from bot.settings import Settings
from bot.wiring import Program, build
from core.callers import Address
from core.organisations.model import Organisation, Sector, Site
from core.respect.model import Pattern
from storage.audit import Finding, audit_ledger
from storage.tables import METADATA
from tests.contents import holding
from tests.slack.fake_slack import SIGNING_SECRET, TOKEN, FakeSlack
from tests.slack.people import Person as SlackPerson
from tests.story.chats import Friend
from tests.story.in_local import LocalFriend
from tests.story.in_slack import SlackFriend
from tests.story.in_teams import TeamsFriend
from tests.teams.fake_teams import TENANT, FakeTeams
from tests.teams.fake_teams import Person as TeamsPerson

ORGANISATIONS = (
    ("NGH", "Northgate Hospital Trust", Sector.NHS_TRUST, "slack", "T0HOME"),
    ("SGH", "Southgate Hospital Trust", Sector.NHS_TRUST, "teams", TENANT),
    ("COU", "Westshire Council", Sector.COUNCIL, "teams", TENANT),
    ("HOS", "Willow Hospice", Sector.VOLUNTARY, "local", "willow"),
    ("GPP", "Mill Lane Practice", Sector.PRIMARY_CARE, "local", "mill-lane"),
)
NAMES = ("Ana Ward", "Bo Lin", "Cai Rees")
# Each name acts for another organisation, where its chat has two.
HOMES = {"slack": ("NGH",), "teams": ("SGH", "COU"), "local": ("HOS", "GPP")}
LOCAL_TENANTS = {"HOS": "willow", "GPP": "mill-lane"}


# When somebody last came by, and where they can be reached.
_COMINGS = {"last_used_at", *(f"address_{part.name}" for part in fields(Address))}


class Town:
    """The running program and the people around it."""

    def __init__(
        self, program: Program, slack: FakeSlack, teams: FakeTeams, http: aiohttp.ClientSession
    ) -> None:
        self.program = program
        self.slack = slack
        self.teams = teams
        self.http = http
        self.url = ""
        self.store = program.store
        self._friends: list[Friend] = []

    def found(self) -> None:
        """Register the organisations and their chats."""
        tenants: dict[tuple[str, str], list[int]] = {}
        with self.store.begin() as books:
            for code, name, sector, platform, tenant in ORGANISATIONS:
                one = books.organisations.add(Organisation(code, name, sector))
                tenants.setdefault((platform, tenant), []).append(one.id)
                books.organisations.add_site(Site(one.id, f"{name.split()[0]} Library"))
            for (platform, tenant), ids in tenants.items():
                books.tenants.approve(platform, tenant, ids, self.program.engine.clock())

    async def friend(self, chat: str, name: str) -> Friend:
        """Somebody in a chat, who has done nothing yet."""
        homes = HOMES[chat]
        code = homes[NAMES.index(name) % len(homes)]
        if chat == "slack":
            return self.in_slack(name)
        if chat == "teams":
            return self.in_teams(name, code)
        return await self.in_local(name, code)

    def in_slack(self, name: str, team: str = "") -> SlackFriend:
        """Somebody in the Slack workspace."""
        user = f"U{name.upper().replace(' ', '')}"
        url = f"{self.url}/slack/events"
        person = SlackPerson(
            self.slack, self.http, url, user, team=team, settle=self._slack().settle
        )
        return SlackFriend(person, name)

    def in_teams(self, name: str, code: str = "SGH", tenant: str = TENANT) -> TeamsFriend:
        """Somebody in a Teams tenant."""

        async def send(activity: dict[str, Any]) -> aiohttp.ClientResponse:
            return await self.http.post(f"{self.url}/api/messages", json=activity)

        return TeamsFriend(TeamsPerson(self.teams, send, name, tenant=tenant), code)

    async def in_local(self, name: str, code: str = "HOS") -> LocalFriend:
        """Somebody at the local page."""
        persona = _persona(name, code)
        friend = LocalFriend(self.http, self.url, persona.key, name)
        await friend.opens_the_page()
        self._friends.append(friend)
        return friend

    def _slack(self) -> SlackPlatform:
        routes = self.program.web.router.routes()
        handler = next(one.handler for one in routes if _path(one) == "/slack/events")
        assert isinstance(handler, MethodType)
        assert isinstance(handler.__self__, SlackPlatform)
        return handler.__self__

    async def close(self) -> None:
        """Let everybody go home."""
        for friend in self._friends:
            if isinstance(friend, LocalFriend):
                await friend.leaves()

    def at_any_hour(self) -> None:
        """Everybody is written to at once, whatever the hour of this run is."""
        with self.store.begin() as books:
            ids = books.connection.execute(text("SELECT id FROM members")).scalars().all()
            for said in books.preferences.many(ids).values():
                books.preferences.keep(replace(said, pattern=Pattern.ANY_TIME))

    # What the books say

    def balance(self, name: str) -> int:
        """Minutes in somebody's account, and none of them set aside."""
        with self.store.begin() as books:
            row = books.connection.execute(
                text(
                    "SELECT a.balance, a.reserved FROM accounts a JOIN members m "
                    "ON m.id = a.holder_id AND a.kind = 'member' WHERE m.name = :name"
                ),
                {"name": name},
            ).one()
        assert row.reserved == 0, f"{row.reserved} minutes are still set aside"
        return int(row.balance)

    def rows(self, *tables: str) -> dict[str, int]:
        """How many rows each table has; every table where none is named."""
        with self.store.begin() as books:
            return {
                name: int(
                    books.connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
                )
                for name in tables or sorted(METADATA.tables)
            }

    def contents(self, without: Set[str] = frozenset()) -> dict[str, tuple[int, str]]:
        """How many rows each table has, and a fingerprint of what they hold.

        Of an identity only who it is counts: when it was last used changes with every act.
        """
        found = {}
        with self.store.begin() as books:
            for name, table in METADATA.tables.items():
                if name in without:
                    continue
                rows = [
                    {key: value for key, value in row._mapping.items() if key not in _COMINGS}
                    for row in books.connection.execute(table.select())
                ]
                words = "\n".join(sorted(map(str, rows)))
                found[name] = (len(rows), hashlib.sha256(words.encode()).hexdigest()[:12])
        return found

    def holds(self, words: str) -> list[str]:
        """The tables that hold ``words`` in any column."""
        return holding(self.store, words)

    def total(self) -> int:
        """The sum of every entry ever posted: always 0."""
        with self.store.begin() as books:
            found = books.connection.execute(text("SELECT coalesce(sum(minutes), 0) FROM entries"))
            return int(found.scalar_one())

    def audit(self) -> list[Finding]:
        """What the ledger's audit finds."""
        with self.store.begin() as books:
            return audit_ledger(books.connection)

    def deliveries(self) -> list[tuple[str, str, int]]:
        """Every delivery's kind, state, and how many changes it does not show yet."""
        with self.store.begin() as books:
            rows = books.connection.execute(
                text(
                    "SELECT n.kind, d.state, d.changes - d.shown FROM deliveries d "
                    "JOIN notices n ON n.id = d.notice_id"
                )
            )
            return [(str(kind), str(state), int(behind)) for kind, state, behind in rows]

    def told(self, name: str, kind: str) -> list[str]:
        """The handles of the messages of that kind of notice (or kinds) that somebody was sent."""
        with self.store.begin() as books:
            rows = books.connection.execute(
                text(
                    "SELECT d.handle FROM deliveries d JOIN notices n ON n.id = d.notice_id "
                    "JOIN members m ON m.id = d.member_id WHERE m.name = :name "
                    "AND n.kind LIKE :kind AND d.state = 'sent' ORDER BY d.id"
                ),
                {"name": name, "kind": f"{kind}%"},
            )
            return [str(handle) for (handle,) in rows]

    async def settles(self, patience: float = 20.0) -> None:
        """Wait until nothing is left to deliver or to edit."""
        until = time.monotonic() + patience
        while waiting := [
            one for one in self.deliveries() if one[1] == "waiting" or (one[1] == "sent" and one[2])
        ]:
            assert time.monotonic() < until, f"still to deliver: {waiting}"
            await asyncio.sleep(0.05)


def _path(route: web.AbstractRoute) -> str:
    return route.resource.canonical if route.resource else ""


def _persona(name: str, code: str) -> Persona:
    organisation = next(one[1] for one in ORGANISATIONS if one[0] == code)
    return Persona(LOCAL_TENANTS[code], name.lower().replace(" ", "-"), name, organisation)


@asynccontextmanager
async def open_town(database_url: str) -> AsyncIterator[Town]:
    """The program on a fresh database, for the length of a block. An answer stands half a second
    before the card beneath it is brought up to date, and not half a minute."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("core.kernel.desk.READ_FIRST", timedelta(seconds=0.5))
        async with _open(database_url) as town:
            yield town


@asynccontextmanager
async def _open(database_url: str) -> AsyncIterator[Town]:
    slack, teams = FakeSlack(), FakeTeams()
    await slack.start()
    await teams.start()
    settings = Settings(
        database_url=database_url,
        secrets=("a secret for the story, long enough to be taken",),
        slack_signing_secret=SIGNING_SECRET,
        slack_bot_token=TOKEN,
        slack_api_url=slack.api_url,
        teams_anonymous=True,
    )
    personas = [_persona(name, code) for name in NAMES for code in LOCAL_TENANTS]
    program = build(settings, personas=personas)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60)) as http:
        town = Town(program, slack, teams, http)
        town.found()
        runner = web.AppRunner(program.web, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            town.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield town
        finally:
            await town.close()
            await runner.cleanup()
            await slack.stop()
            await teams.stop()
    assert slack.problems == [], "Slack would have refused something"
