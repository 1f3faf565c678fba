"""A way to a database that can be cut: what is sent is swallowed, or connections are broken off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Relay:
    """Passes bytes on to ``host`` and ``port`` while it is ``open``; else it swallows them."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._open = asyncio.Event()
        self._open.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Relay]:
        """Listen on a free port."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self._open.set()
            server.close()
            self.break_off()

    def swallow(self) -> None:
        """From now on nothing arrives, and nobody is told."""
        self._open.clear()

    def break_off(self) -> None:
        """End every connection."""
        for writer in list(self._writers):
            writer.close()

    def mend(self) -> None:
        """Pass everything on again. What was swallowed is lost, and so are its connections."""
        self.break_off()
        self._open.set()

    async def _connected(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if not self._open.is_set():
            await self._open.wait()
        try:
            far, on = await asyncio.open_connection(*self._target)
        except OSError:
            back.close()
            return
        self._writers |= {back, on}
        async with asyncio.TaskGroup() as group:
            group.create_task(self._pass(near, on))
            group.create_task(self._pass(far, back))
        self._writers -= {back, on}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65536):
                if self._open.is_set():
                    writer.write(chunk)
                    await writer.drain()
        writer.close()
