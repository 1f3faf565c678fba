"""A connector service that takes every message, and counts messages and open connections."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web


class Connector:
    """Takes whatever is posted. ``taken`` counts by path, ``most_open`` is the peak."""

    def __init__(self) -> None:
        self.url = ""
        self.taken: Counter[str] = Counter()
        self.most_open = 0
        self.opened = 0
        self._server = web.Server(self._take)
        self._peers: set[object] = set()

    async def _take(self, request: web.BaseRequest) -> web.Response:
        self.most_open = max(self.most_open, len(self._server.connections))
        await request.read()
        self.taken[request.path] += 1
        self._peers.add(request.transport and request.transport.get_extra_info("peername"))
        self.opened = len(self._peers)
        return web.json_response({"id": f"1:{self.taken.total()}"}, status=201)

    async def start(self) -> None:
        """Listen on a free port; ``url`` has no slash at the end."""
        self._runner = web.ServerRunner(self._server)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close everything."""
        await self._runner.cleanup()


@asynccontextmanager
async def connector_service() -> AsyncIterator[Connector]:
    """A connector service for the length of a block."""
    connector = Connector()
    await connector.start()
    try:
        yield connector
    finally:
        await connector.stop()
