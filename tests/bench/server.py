"""A server to measure, as a process of its own: ``python -m tests.bench.server KIND …``.

``hourbridge`` is the whole program as it serves, without the pump and the clock. ``command`` and
``press`` are a bare Bolt app with one listener. Prints its port, then serves until it is ended.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.logs import set_up_logs
from bot.settings import Settings
from bot.wiring import LARGEST_BODY, build
from tests.slack.fake_slack import SIGNING_SECRET, TOKEN

SECRET = "secret"


def hourbridge(database: str, api_url: str) -> web.Application:
    """Hourbridge on ``database``, its Slack at ``api_url``, its Teams anonymous."""
    settings = Settings(
        database_url=database,
        secrets=(SECRET,),
        slack_signing_secret=SIGNING_SECRET,
        slack_bot_token=TOKEN,
        slack_api_url=api_url,
        teams_anonymous=True,
    )
    app = build(settings).web
    # The program's only context starts the pump and the clock.
    app.cleanup_ctx.clear()
    return app


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


async def _serve(app: web.Application) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Serve what the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("hourbridge", "command", "press"))
    parser.add_argument("--database", default="")
    parser.add_argument("--api", default="")
    parser.add_argument("--core", type=int, default=None)
    given = parser.parse_args()
    if given.core is not None:
        os.sched_setaffinity(0, {given.core})
    set_up_logs()
    if given.kind == "hourbridge":
        app = hourbridge(given.database, given.api)
    else:
        app = bare(given.kind, given.api)
    asyncio.run(_serve(app))


if __name__ == "__main__":
    main()
