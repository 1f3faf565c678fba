"""A server to measure, as a process of its own: ``python -m tests.bench.server KIND …``.

Of Hourbridge: ``hourbridge`` is the whole program as it serves, without the pump and the clock;
``slow`` the same with a database whose every transaction takes 2 seconds; ``idle`` the same with an
engine that does nothing; ``adapter`` the Slack adapter alone with such an engine; ``teams`` the
Teams adapter alone, with one that shows the same card to everybody. The middle two
find Slack's workspaces in the database, as installed. ``command`` and ``press`` are a bare Bolt app
with one listener. Prints its port, then serves until it is ended.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.slack import SlackPlatform, SlackSettings
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.wiring import LARGEST_BODY, Program, build
from core.answers import Answer
from core.callers import Caller
from core.commands import interpreter
from core.features import the_house
from core.happenings import Happening
from core.ui.intents import Intent, Vocabulary
from core.ui.replies import Nothing, Say
from core.ui.views import Paragraph, view
from core.words import Speech
from storage.books import Books
from tests.bench.teams_server import teams
from tests.bench.workspaces import SECRET, is_talked_to
from tests.slack.fake_slack import SIGNING_SECRET, TOKEN

DELAY = 2.0
"""Seconds that each transaction of a slow database takes."""


def hourbridge(database: str, api_url: str) -> web.Application:
    """Hourbridge on ``database``, its Slack at ``api_url``, its Teams anonymous."""
    return _serving(
        Settings(
            database_url=database,
            secrets=(SECRET,),
            slack_signing_secret=SIGNING_SECRET,
            slack_bot_token=TOKEN,
            slack_api_url=api_url,
            teams_anonymous=True,
        )
    ).web


def slow(database: str, api_url: str) -> web.Application:
    """Hourbridge for many workspaces, on a database that is ``DELAY`` late with everything."""
    program = _serving(_installed(database, api_url))
    begin = program.store.begin

    @contextmanager
    def begin_late() -> Iterator[Books]:
        with begin() as books:
            time.sleep(DELAY)
            yield books

    vars(program.store)["begin"] = begin_late
    return program.web


def idle(database: str, api_url: str) -> web.Application:
    """Hourbridge for many workspaces, whose engine does nothing: it has something to say to every
    third lot of people, who are visitors."""
    program = _serving(_installed(database, api_url))
    said = Answer(Say(view(Paragraph("Done."))), Speech(), visitor=True)
    silent = Answer(Nothing(), Speech())

    def perform(caller: Caller, _intent: Intent) -> Answer:
        return said if is_talked_to(caller.user) else silent

    vars(program.engine).update(perform=perform, happened=lambda _happening: None)
    return program.web


def adapter(api_url: str) -> web.Application:
    """The Slack adapter alone, with an engine that does nothing, and no database."""
    done = Answer(Nothing(), Speech())
    house = the_house()

    async def perform(caller: Caller, intent: Intent) -> Answer:
        return done

    async def report(happening: Happening) -> None:
        """Take no note of it."""

    platform = SlackPlatform(
        SlackSettings(signing_secret=SIGNING_SECRET, bot_token=TOKEN, api_url=api_url),
        perform,
        interpreter(house),
        Vocabulary(house.verbs),
        report=report,
    )
    app = web.Application(client_max_size=LARGEST_BODY)
    platform.add_routes(app)
    return app


def _installed(database: str, api_url: str) -> Settings:
    return Settings(
        database_url=database,
        secrets=(SECRET,),
        public_url="https://hourbridge.example",
        slack_signing_secret=SIGNING_SECRET,
        slack_client_id="1.2",
        slack_client_secret="a client secret of the benchmarks",
        slack_api_url=api_url,
    )


def _serving(settings: Settings) -> Program:
    program = build(settings)
    # The program's only context starts the pump and the clock.
    program.web.cleanup_ctx.clear()
    return program


def bare(kind: str, api_url: str) -> web.Application:
    """A Bolt app that lets everybody in and acknowledges every ``kind``: command or press."""
    known = AuthorizeResult(
        enterprise_id=None, team_id="T", bot_id="B", bot_user_id="U", bot_token=TOKEN
    )

    async def authorize() -> AuthorizeResult:
        return known

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    # As ours: without it Bolt polls for the acknowledgement, which makes the bare app look dear.
    bolt = AsyncApp(
        signing_secret=SIGNING_SECRET, authorize=authorize, process_before_response=True
    )
    anything = re.compile("")
    (bolt.command(anything) if kind == "command" else bolt.action(anything))(acknowledge)

    async def receive(request: web.Request) -> web.Response:
        received = await to_bolt_request(request)
        return await to_aiohttp_response(await bolt.async_dispatch(received))

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post("/slack/events", receive)
    return app


PROGRAMS = {"hourbridge": hourbridge, "slow": slow, "idle": idle}


async def _serve(app: web.Application) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Serve what the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=(*PROGRAMS, "adapter", "teams", "command", "press"))
    parser.add_argument("--database", default="")
    parser.add_argument("--api", default="")
    parser.add_argument("--core", type=int, default=None)
    given = parser.parse_args()
    if given.core is not None:
        os.sched_setaffinity(0, {given.core})
    set_up_logs()
    if given.kind in PROGRAMS:
        app = PROGRAMS[given.kind](given.database, given.api)
    elif given.kind == "adapter":
        app = adapter(given.api)
    elif given.kind == "teams":
        app = teams(given.api)
    else:
        app = bare(given.kind, given.api)
    asyncio.run(_serve(app))


if __name__ == "__main__":
    main()
