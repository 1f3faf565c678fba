"""The Teams route with the real engine behind it, in a small system whose clock stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import fields
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.teams.app import TeamsPlatform
from core.answers import Answer
from core.callers import Address, Caller
from core.happenings import Happening
from core.ui.intents import Intent
from storage.tables import METADATA
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.house import ANONYMOUS
from tests.world import Person as Member
from tests.world import World

SOUTHGATE = "tenant-southgate"
WESTSHIRE = "tenant-westshire"
HOMES = {"SGH": SOUTHGATE, "COU": WESTSHIRE}
_TOUCHED = {"receipts"}
# When somebody last came by, and where they can be reached.
_COMINGS = {"last_used_at", *(f"address_{part.name}" for part in fields(Address))}


def pressed(person: Person, intent: dict[str, Any], **ours: Any) -> dict[str, Any]:
    """The activity of a press on a button that carries ``intent``."""
    data = {"hourbridge": {"intent": intent, **ours}}
    action = {"type": "Action.Execute", "verb": "hourbridge", "data": data}
    value = {"action": action, "trigger": "manual"}
    return person.activity("invoke", name="adaptiveCard/action", value=value, replyToId="m1")


class Wired:
    """A running bot. ``world`` is what it keeps; ``teams`` is where its messages arrive."""

    def __init__(
        self,
        world: World,
        teams: FakeTeams,
        platform: TeamsPlatform,
        client: TestClient[web.Request, web.Application],
    ) -> None:
        self.world = world
        self.teams = teams
        self._platform = platform
        self._client = client

    async def posts(self, activity: dict[str, Any]) -> aiohttp.ClientResponse:
        """Send an activity; the answer, whatever its status."""
        return await self._client.post("/api/messages", json=activity)

    def visitor(self, name: str, tenant: str = SOUTHGATE) -> Person:
        """Somebody in a Teams tenant who has done nothing yet."""
        return Person(self.teams, self.posts, name, tenant=tenant)

    def member(self, name: str, code: str = "SGH") -> Person:
        """Somebody of an organisation who has joined."""
        person = self.visitor(name, HOMES[code])
        self.world.someone("teams", person.tenant, person.object_id, name, joined=True)
        return person

    def inside(self, person: Person) -> Member:
        """The same person as the engine's own tests know them."""
        return self.world.people["teams", person.tenant, person.object_id]

    async def settles(self) -> None:
        """Wait for what answers did not wait for."""
        await asyncio.gather(*self._platform._turns._tasks)

    def contents(self) -> dict[str, list[str]]:
        """Every row of every table, but for what any request may touch."""
        with self.world.store.begin() as books:
            return {
                name: sorted(
                    str({key: value for key, value in row._mapping.items() if key not in _COMINGS})
                    for row in books.connection.execute(table.select())
                )
                for name, table in METADATA.tables.items()
                if name not in _TOUCHED
            }


@asynccontextmanager
async def wired(world: World, teams: FakeTeams) -> AsyncIterator[Wired]:
    """The bot for the length of a block."""
    workers = ThreadPoolExecutor(1 if world.store.sqlite else 8)
    loop = asyncio.get_running_loop()

    async def perform(caller: Caller, intent: Intent) -> Answer:
        return await loop.run_in_executor(workers, world.engine.perform, caller, intent)

    async def report(happening: Happening) -> None:
        await loop.run_in_executor(workers, world.engine.happened, happening)

    engine = world.engine
    platform = TeamsPlatform(ANONYMOUS, perform, engine.interpret, engine.vocabulary, report=report)
    app = web.Application(client_max_size=1024 * 1024)
    platform.add_routes(app)
    async with TestClient(TestServer(app)) as client:
        yield Wired(world, teams, platform, client)
    await platform.close()
    workers.shutdown()
