"""The load: servers on one core, requests and a fake Slack on another, CPU from outside."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.bench.payloads import Request
from tests.bench.seed import SLACK_TEAM

AT_ONCE = 1
"""Requests under way together, each on its own connection that is kept."""
PATIENCE = 20.0
"""Seconds until an answer that has not come fails the run."""
AGREED = {
    "ok": True,
    "team_id": SLACK_TEAM,
    "user_id": "U0BOT",
    "bot_id": "B0BOT",
    "channel": "D0BOT",
    "ts": "1790000000.000200",
    "view": {"id": "V0BENCH", "hash": "1.h"},
    "user": {"id": "U0BENCH", "tz": "Europe/London", "profile": {"real_name": "A Member"}},
}
"""What our Slack answers to every method."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server process that is ready."""

    process: subprocess.Popen[str]
    url: str

    @property
    def memory(self) -> int:
        """Bytes of memory that the process holds at this moment."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    @property
    def cpu(self) -> float:
        """Seconds of CPU that the process has used, in all threads, by the kernel's own count."""
        # The clock id of another process, as clock_getcpuclockid(3) makes it.
        return time.clock_gettime((~self.process.pid << 3) | 2)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the response, and what was sent to the response URL."""

    status: int
    body: str
    sent: str


@cache
def cores() -> tuple[int | None, int | None]:
    """A core for the servers and one for the load; None twice where there is only one.

    They are chosen once, for from then on this process keeps to its own.
    """
    allowed = sorted(os.sched_getaffinity(0))
    return (allowed[-1], allowed[0]) if len(allowed) > 1 else (None, None)


@contextmanager
def on_the_load_core() -> Iterator[None]:
    """Keep this process off the servers' core for the length of a block."""
    before = os.sched_getaffinity(0)
    _server, load = cores()
    if load is not None:
        os.sched_setaffinity(0, {load})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def serving(kind: str, log: Path, *, database: str = "", api: str = "") -> Iterator[Server]:
    """A server of ``kind`` for the length of a block; what it logs goes to ``log``."""
    core, _load = cores()
    command = [sys.executable, "-m", "tests.bench.server", kind]
    command += ["--database", database, "--api", api]
    command += [] if core is None else ["--core", str(core)]
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert process.stdout is not None
    try:
        port = process.stdout.readline().strip()
        if not port:
            raise SystemExit(f"The {kind} server did not start:\n{log.read_text('utf-8')}")
        yield Server(process, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


class Slack:
    """As much of Slack's side as answers need: methods that agree, and response URLs that remember.

    ``called`` counts the calls of each method, and ``tokens`` holds whose tokens they came with.
    """

    def __init__(self) -> None:
        self.url = ""
        self.called: Counter[str] = Counter()
        self.tokens: set[str] = set()
        self._sent: dict[int, asyncio.Future[str]] = {}

    def sent(self, number: int) -> asyncio.Future[str]:
        """What is, or will be, sent to the response URL ``number``."""
        return self._sent.setdefault(number, asyncio.get_running_loop().create_future())

    async def on_method(self, request: web.Request) -> web.Response:
        """Agree, with whatever the answers to any method hold."""
        await request.read()
        method = request.match_info["method"]
        self.called[method] += 1
        self.tokens.add(request.headers.get("Authorization", "").removeprefix("Bearer "))
        chat = {"channel": {"id": "D0BOT"}} if method == "conversations.open" else {}
        return web.json_response(AGREED | chat)

    async def on_answer(self, request: web.Request) -> web.Response:
        """Keep what came, for whoever waits for it."""
        sent = self.sent(int(request.match_info["number"]))
        words = await request.text()
        if not sent.done():
            sent.set_result(words)
        return web.Response(text="ok")

    async def on_unwatched(self, request: web.Request) -> web.Response:
        """Take an answer that nobody waits for."""
        await request.read()
        self.called["response_url"] += 1
        return web.Response(text="ok")


@asynccontextmanager
async def fake_slack() -> AsyncIterator[Slack]:
    """A Slack on a port of its own; ``url`` ends in a slash."""
    slack = Slack()
    app = web.Application()
    app.router.add_post("/api/{method}", slack.on_method)
    app.router.add_post("/answer/{number}", slack.on_answer)
    app.router.add_post("/unwatched", slack.on_unwatched)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield slack
    finally:
        await runner.cleanup()


async def send(
    http: aiohttp.ClientSession,
    server: Server,
    requests: Sequence[Request],
    slack: Slack | None,
    at_once: int = AT_ONCE,
) -> list[Answer]:
    """Send ``requests``, ``at_once`` at a time, each until its whole answer is there.

    Without ``slack`` the response alone is the answer: a bare app sends nothing to response URLs.
    """
    free = asyncio.Semaphore(at_once)

    async def one(request: Request) -> Answer:
        async with free:
            headers = request.headers(request.body)
            body = request.body.encode()
            async with http.post(server.url + request.path, data=body, headers=headers) as response:
                text = await response.text()
            sent = ""
            if slack is not None and request.answered_at is not None:
                sent = await asyncio.wait_for(slack.sent(request.answered_at), PATIENCE)
            return Answer(response.status, text, sent)

    return await asyncio.gather(*(one(request) for request in requests))
