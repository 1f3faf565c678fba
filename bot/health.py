"""Whether the program is well, for those who watch it, and whether to send it requests."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from aiohttp import web

from storage.migrate import Shape
from storage.probe import PATIENCE_SECONDS, Probe

if TYPE_CHECKING:
    from bot.wiring import Program


class Health:
    """Handlers over one running program. However many ask, the database is asked by one at a time,
    and nobody waits for it longer than ``PATIENCE_SECONDS``."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._probe = Probe(program.store)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._asking: asyncio.Future[Shape | None] | None = None

    async def live(self, _request: web.Request) -> web.Response:
        """The process answers."""
        return web.json_response({"live": True})

    async def accepting(self, _request: web.Request) -> web.Response:
        """Whether a proxy is to send requests here: 200 until the program is told to stop. What
        else may be wrong is no reason not to, since people are then told so in a sentence."""
        accepting = not self._program.stopping
        return web.json_response({"accepting": accepting}, status=200 if accepting else 503)

    async def ready(self, _request: web.Request) -> web.Response:
        """All of its parts: 200 if they are well, else 503 and which is not."""
        shape = await self._shape()
        parts = {
            "accepting": not self._program.stopping,
            "database": shape is not None,
            "migrations": shape is not None and shape.usable,
            "pump": self._program.pumping,
            "clock": self._program.clock.running,
        }
        return web.json_response(parts, status=200 if all(parts.values()) else 503)

    async def _shape(self) -> Shape | None:
        if self._asking is None or self._asking.done():
            loop = asyncio.get_running_loop()
            self._asking = loop.run_in_executor(self._thread, self._probe.ask)
        await asyncio.wait({self._asking}, timeout=PATIENCE_SECONDS)
        return self._asking.result() if self._asking.done() else None

    async def close(self, _app: web.Application) -> None:
        """Let the connection go. A question that was never answered is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._probe.close()
