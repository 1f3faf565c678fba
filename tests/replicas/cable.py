"""A network between replicas and their database that can be cut."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import make_url


@dataclass
class Cable:
    """Passes bytes on to a port of this machine. While it is cut, connections are reset and new
    ones refused."""

    to: int
    port: int = 0
    ends: set[asyncio.StreamWriter] = field(default_factory=set)
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while nothing is connected."""

    def address(self, database: str) -> str:
        """The address of a database at the other end."""
        url = make_url(database).set(port=self.port)
        return url.render_as_string(hide_password=False)

    def __post_init__(self) -> None:
        self.idle.set()

    async def join(self) -> None:
        """Pass on whatever comes, from now on and at the same port as before."""
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Reset every connection and refuse new ones."""
        self._server.close()
        for end in list(self.ends):
            # Closing without lingering is what sends a reset.
            lingering = struct.pack("ii", 1, 0)
            end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, lingering)
            end.transport.abort()
        await self.idle.wait()

    async def _pass_on(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            there, forth = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            back.transport.abort()
            return
        both = {back, forth}
        self.ends |= both
        self.idle.clear()
        await asyncio.gather(_carry(here, forth), _carry(there, back))
        self.ends -= both
        if not self.ends:
            self.idle.set()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def cable(database: str) -> AsyncIterator[Cable]:
    """A cable to the server of this database."""
    port = make_url(database).port
    assert port is not None
    made = Cable(port)
    await made.join()
    try:
        yield made
    finally:
        await made.cut()
