"""The demo's server: a database, the program on it, and one address on this computer."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
import tempfile
import webbrowser
from pathlib import Path

from aiohttp import web

from bot.demo.people import personas
from bot.demo.seeding import seed
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.wiring import build

HOST = "127.0.0.1"
DEFAULT_PORT = 3978
_PORTS_TRIED = 20
_KEY = "the sample people of the demo have no secrets"
_FULL_STOP_SECONDS = 2.0


def serve_demo(port: int, browser: bool, database: str | None) -> int:
    """Serve the sample system until Ctrl-C; the exit status of the program.

    ``port`` 0 means 3978 or the next one that is free; any other is taken as it is. ``database``
    is a file or a database URL, kept and not seeded again where it has members; None is a
    database of its own for each run. With ``browser`` the page opens by itself.
    """
    set_up_logs(logging.WARNING)
    bound = bind(port)
    if bound is None:
        taken = port or f"{DEFAULT_PORT} to {DEFAULT_PORT + _PORTS_TRIED - 1}"
        print(f"Port {taken} is in use. Choose another with --port.", file=sys.stderr)
        return 1
    with bound, tempfile.TemporaryDirectory(prefix="hourbridge-demo-") as folder:
        url = _url(database) if database else _url(str(Path(folder) / "demo.db"))
        settings = Settings(url, HOST, bound.getsockname()[1], secrets=(_KEY,))
        try:
            print("Making the sample system. This takes a few seconds.", flush=True)
            seed(settings)
            asyncio.run(_serve(settings, bound, browser=browser))
        except KeyboardInterrupt:
            # Where signals cannot be handled, or while the sample system is being made.
            pass
    return 0


def _url(database: str) -> str:
    return database if "://" in database else f"sqlite:///{database}"


def bind(port: int) -> socket.socket | None:
    """A listening place on this computer, or None where the port is taken."""
    tried = [port] if port else range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED)
    for one in tried:
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((HOST, one))
            bound.listen()
        except OSError:
            bound.close()
        else:
            return bound
    return None


async def _serve(settings: Settings, bound: socket.socket, *, browser: bool) -> None:
    program = build(settings, personas=personas())
    runner = web.AppRunner(program.web, access_log=None, shutdown_timeout=_FULL_STOP_SECONDS)
    stopped = asyncio.Event()
    _stop_on_signals(stopped)
    await runner.setup()
    try:
        await web.SockSite(runner, bound).start()
        print(f"Hourbridge is ready at {settings.url}  (Ctrl-C stops it)", flush=True)
        if browser:
            await asyncio.to_thread(webbrowser.open, settings.url)
        await stopped.wait()
    finally:
        await runner.cleanup()


def _stop_on_signals(stopped: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(one, stopped.set)
        except NotImplementedError:
            return
