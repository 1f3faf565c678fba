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
from storage.store import Store

if TYPE_CHECKING:
    from bot.wiring import Program

DRAIN_SECONDS = 10.0
"""How long requests under way may take to finish when the program stops."""
STOPPING = (signal.SIGINT, signal.SIGTERM)


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
        check_shape(store)
    finally:
        store.close()


async def serve(program: Program, host: str, port: int) -> int:
    """Answer requests until SIGINT or SIGTERM, then finish what is under way. A second signal
    ends the program at once. Raises ``Failed`` where the port is not to be had."""
    from aiohttp import web

    stop = _stop_signal()
    runner = web.AppRunner(program.web, shutdown_timeout=DRAIN_SECONDS, access_log=None)
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
        await stop.wait()
        print("Stopping: finishing what is under way.", flush=True)
    finally:
        await runner.cleanup()
    return 0


def _started(program: Program, host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    chats = ", ".join(sorted(program.couriers)) or "none, so only its own pages answer"
    return f"Hourbridge listens on http://{shown}:{port}. Chats that are on: {chats}."


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stopping() -> None:
        stop.set()
        for one in STOPPING:
            loop.remove_signal_handler(one)

    for one in STOPPING:
        loop.add_signal_handler(one, stopping)
    return stop
