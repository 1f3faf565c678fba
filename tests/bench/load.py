"""The load: servers on one core, requests and a fake Slack on another, CPU from outside."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.bench.payloads import Request
from tests.bench.seed import SLACK_TEAM

AT_ONCE = 1
"""Requests under way together, each on its own connection that is kept."""
PATIENCE = 20.0
"""Seconds until an answer that has not come fails the run."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server process that is ready."""

    process: subprocess.Popen[str]
    url: str

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


def cores() -> tuple[int | None, int | None]:
    """A core for the servers and one for the load; None twice where there is only one."""
    allowed = sorted(os.sched_getaffinity(0))
    return (allowed[-1], allowed[0]) if len(allowed) > 1 else (None, None)


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
    """As much of Slack's side as answers need: ``auth.test``, and response URLs that remember."""

    def __init__(self) -> None:
        self.url = ""
        self._sent: dict[int, asyncio.Future[str]] = {}

    def sent(self, number: int) -> asyncio.Future[str]:
        """What is, or will be, sent to the response URL ``number``."""
        return self._sent.setdefault(number, asyncio.get_running_loop().create_future())

    async def on_method(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {"ok": True, "team_id": SLACK_TEAM, "user_id": "U0BOT", "bot_id": "B0BOT"}
        )

    async def on_answer(self, request: web.Request) -> web.Response:
        self.sent(int(request.match_info["number"])).set_result(await request.text())
        return web.Response(text="ok")


@asynccontextmanager
async def fake_slack() -> AsyncIterator[Slack]:
    """A Slack on a port of its own; ``url`` ends in a slash."""
    slack = Slack()
    app = web.Application()
    app.router.add_post("/api/{method}", slack.on_method)
    app.router.add_post("/answer/{number}", slack.on_answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield slack
    finally:
        await runner.cleanup()


async def send(
    http: aiohttp.ClientSession, server: Server, requests: Sequence[Request], slack: Slack | None
) -> list[Answer]:
    """Send ``requests``, ``AT_ONCE`` at a time, each until its whole answer is there.

    Without ``slack`` the response alone is the answer: a bare app sends nothing to response URLs.
    """
    free = asyncio.Semaphore(AT_ONCE)

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
