"""``hourbridge serve``: answers the chats until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from argparse import Namespace
from typing import TYPE_CHECKING

from bot.commands.migrate import bring_up_to_date
from bot.commands.opening import check_shape, missing_file
from bot.commands.terminal import Failed, Groups, command
from bot.logs import set_up_logs
from bot.settings import Settings, check_for_serving, read_settings
from bot.stopping import LONGEST_STOP, REQUEST_SECONDS, Stop, end_within
from storage.migrate import Shape
from storage.store import Store

if TYPE_CHECKING:
    from bot.wiring import Program


def add(groups: Groups) -> None:
    """The command ``serve``."""
    serving = command(groups, "serve", "answer Slack and Teams until stopped", _serve)
    serving.add_argument(
        "--migrate", action="store_true", help="bring the database to the present shape first"
    )


def _serve(given: Namespace) -> int:
    settings = read_settings()
    check_for_serving(settings)
    if given.migrate or missing_file(settings) is not None:
        bring_up_to_date(settings)
    _check_database(settings)
    set_up_logs()
    # Loads the chats' libraries: only once it is sure that there is something to serve.
    from bot.wiring import build

    return asyncio.run(serve(build(settings), settings.host, settings.port))


def _check_database(settings: Settings) -> None:
    store = Store(settings.database_url)
    try:
        if check_shape(store) is Shape.AHEAD:
            print(
                "A newer version has migrated the database, and this version can still use it. "
                "Update this server soon.",
                flush=True,
            )
    finally:
        store.close()


async def serve(program: Program, host: str, port: int) -> int:
    """Answer requests until SIGINT or SIGTERM, then finish what is under way. A second signal
    ends the program at once. Raises ``Failed`` where the port is not to be had."""
    from aiohttp import web

    stop = Stop()
    runner = web.AppRunner(program.web, shutdown_timeout=REQUEST_SECONDS, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise Failed(
                f"Cannot listen on {host} port {port}: {error.strerror or error}. "
                "Another program may have it: choose one with HOURBRIDGE_PORT."
            ) from None
        print(_started(program, host, runner.addresses[0][1]), flush=True)
        await _drain(program, await stop.wait())
    finally:
        await runner.cleanup()
    return 0


async def _drain(program: Program, by: signal.Signals) -> None:
    """Take no new work on, and answer until every proxy has noticed. Ctrl-C has no proxy."""
    seconds = program.settings.drain_seconds if by is signal.SIGTERM else 0
    end_within(seconds + LONGEST_STOP)
    program.stop()
    print("Stopping: finishing what is under way.", flush=True)
    await asyncio.sleep(seconds)


def _started(program: Program, host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    chats = ", ".join(sorted(program.couriers)) or "none, so only its own pages answer"
    return f"Hourbridge listens on http://{shown}:{port}. Chats that are on: {chats}."
