"""Servers in processes of their own, the proxy in front of them, and a Slack that can be slow."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web
from typing_extensions import override

from core.engine import Engine
from core.features import the_house
from core.kernel.keys import Keys
from core.members.model import Identity, Member
from core.organisations.model import Organisation, Sector
from storage.store import Store
from tests.slack.fake_slack import SIGNING_SECRET, TOKEN, FakeSlack
from tests.slack.people import Person

ROOT = Path(__file__).parents[2]
SECRET = "s" * 40


class SlowSlack(FakeSlack):
    """A Slack that takes messages only while ``open`` is set."""

    @override
    async def _on_call(self, request: web.Request) -> web.Response:
        if request.match_info["method"] == "chat.postMessage":
            self.arrived.set()
            await self.open.wait()
        return await super()._on_call(request)

    @override
    def __post_init__(self) -> None:
        super().__post_init__()
        self.open, self.arrived = asyncio.Event(), asyncio.Event()
        self.open.set()


@asynccontextmanager
async def slack_running() -> AsyncIterator[SlowSlack]:
    """A Slack of our own, for as long as the block lasts."""
    slack = SlowSlack()
    await slack.start()
    try:
        yield slack
    finally:
        slack.open.set()
        await slack.stop()


def environment(database: str) -> dict[str, str]:
    """All that ``hourbridge serve`` needs to be told, on any free port."""
    return {
        "HOURBRIDGE_DATABASE_URL": database,
        "HOURBRIDGE_PORT": "0",
        "HOURBRIDGE_SECRET_KEY": SECRET,
        "PYTHONPATH": str(ROOT),
        "PATH": os.environ["PATH"],
    }


@dataclass
class Server:
    """``hourbridge serve`` in a process of its own."""

    process: asyncio.subprocess.Process
    address: str

    def tell(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    async def ended(self, seconds: float = 20) -> int:
        """Its exit code, which must come within ``seconds``."""
        return await asyncio.wait_for(self.process.wait(), seconds)


@asynccontextmanager
async def serving(
    folder: Path, database: str, slack: FakeSlack | None = None, **more: str
) -> AsyncIterator[Server]:
    """A server on any free port. It is killed at the end, unless it has ended by then."""
    settings = environment(database) | more
    if slack is not None:
        settings |= {
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_API_URL": slack.api_url,
        }
    log = folder / f"server-{uuid.uuid4().hex}.log"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve"),
            cwd=folder,
            env=settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    try:
        yield Server(process, await _address(process, log))
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _address(process: asyncio.subprocess.Process, log: Path) -> str:
    assert process.stdout is not None
    said = ""
    while line := await asyncio.wait_for(process.stdout.readline(), 30):
        said += line.decode()
        if found := re.search(r"http://[\d.]+:\d+", said):
            return found[0]
    raise AssertionError(f"it did not start, and says in {log} why: {said}")


@dataclass
class Proxy:
    """A small reverse proxy: sends requests to the servers that say they accept them, in turn, and
    tries the next one where there is nobody to connect to."""

    servers: list[str]
    answered: Counter[str] = field(default_factory=Counter)
    """How many requests each server has answered."""
    refused: Counter[str] = field(default_factory=Counter)
    """How many times each server could not be connected to, or broke off."""
    accepting: dict[str, bool] = field(default_factory=dict)
    address: str = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Proxy]:
        """Serve, and keep asking the servers whether they accept requests."""
        async with aiohttp.ClientSession() as self._http:
            app = web.Application()
            app.router.add_route("*", "/{path:.*}", self._pass_on)
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
            await self._ask()
            asking = asyncio.create_task(self._keep_asking())
            try:
                yield self
            finally:
                asking.cancel()
                await runner.cleanup()

    async def _keep_asking(self) -> None:
        while True:
            await asyncio.sleep(0.1)
            await self._ask()

    async def _ask(self) -> None:
        for server in self.servers:
            try:
                async with self._http.get(f"{server}/health/accepting") as answer:
                    self.accepting[server] = answer.status == 200
            except aiohttp.ClientError:
                self.accepting[server] = False

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: words for name, words in request.headers.items() if name != "Host"}
        able = [server for server in self.servers if self.accepting[server]]
        for server in sorted(able, key=self.answered.__getitem__):
            try:
                async with self._http.request(
                    request.method, server + request.path_qs, data=body, headers=headers
                ) as answer:
                    self.answered[server] += 1
                    return web.Response(
                        status=answer.status,
                        body=await answer.read(),
                        headers={"Content-Type": answer.headers.get("Content-Type", "text/plain")},
                    )
            except aiohttp.ClientError:
                self.refused[server] += 1
        return web.Response(status=502)


@dataclass
class Town:
    """Members of one workspace, in a database that servers use."""

    store: Store
    slack: FakeSlack
    member_ids: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engine = Engine(self.store, the_house(), Keys((SECRET,)))
        with self.store.begin() as books:
            office = self.engine.office(books)
            self.organisation = books.organisations.add(
                Organisation("NGH", "Northgate Trust", Sector.NHS_TRUST)
            )
            books.tenants.approve("slack", self.slack.team, [self.organisation.id], office.now)

    def settle_in(self, many: int) -> None:
        """Let so many people join, without a word to anybody."""
        with self.store.begin() as books:
            now = self.engine.clock()
            for number in range(many):
                member = books.members.add(
                    Member(f"Person {number}", "en", self.organisation.id, now)
                )
                identity = Identity(
                    "slack", self.slack.team, user(number), member.id, self.organisation.id
                )
                books.members.add_identity(identity)
                self.slack.home_team.join(user(number), name=member.name)
                self.member_ids.append(member.id)

    def tell(self) -> None:
        """Plan a notice for each of them, one by one."""
        with self.store.begin() as books:
            office = self.engine.office(books)
            for member_id in self.member_ids:
                office.tell("members.welcome", f"member:{member_id}", [member_id])

    def states(self) -> Counter[str]:
        """How many deliveries stand where."""
        with self.store.begin() as books:
            figures = books.deliveries.figures()
        found: Counter[str] = Counter()
        for one in figures:
            found[one.state] += one.count
        return found

    def leased(self) -> int:
        """How many deliveries some server still keeps to itself."""
        with self.store.begin() as books:
            return int(
                books.connection.exec_driver_sql(
                    "SELECT count(*) FROM deliveries WHERE lease_until IS NOT NULL"
                ).scalar_one()
            )


def user(number: int) -> str:
    """The Slack id of one of them."""
    return f"U0N{number:04d}"


def person(slack: FakeSlack, http: aiohttp.ClientSession, address: str, number: int) -> Person:
    """One of them at a keyboard."""
    return Person(slack, http, f"{address}/slack/events", user(number), name=f"Person {number}")


async def until(met: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something to become true, which must happen within ``seconds``."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(met):  # noqa: ASYNC110 -- nothing tells us
            await asyncio.sleep(0.05)
