"""Slack's side of Socket Mode: envelopes over a WebSocket, each until it is acknowledged."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]

APP_TOKEN = "xapp-of-the-tests"
PATIENCE = 10.0
"""Seconds for what has to happen: a failing test is to end."""


class Socket:
    """One app's connections. Slack sends each envelope over one of them."""

    def __init__(self) -> None:
        self._links: list[web.WebSocketResponse] = []
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._changed = asyncio.Event()
        self.acknowledged: list[Json] = []
        """Every acknowledgement, oldest first."""

    @property
    def connections(self) -> int:
        """How many are open."""
        return sum(not link.closed for link in self._links)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Keep one connection."""
        link = web.WebSocketResponse()
        await link.prepare(request)
        self._links.append(link)
        await link.send_json(
            {
                "type": "hello",
                "num_connections": self.connections,
                "debug_info": {"host": "applink-1", "approximate_connection_time": 18060},
                "connection_info": {"app_id": "A0HOURBRIDGE"},
            }
        )
        self._changed.set()
        async for message in link:
            if message.type is WSMsgType.TEXT:
                self._take(json.loads(message.data))
        self._changed.set()
        return link

    async def deliver(
        self, kind: str, payload: Json, *, answerable: bool = False, attempt: int = 0
    ) -> Json:
        """Send an envelope and wait for its acknowledgement, whose ``payload`` may answer."""
        envelope = await self.send(kind, payload, answerable=answerable, attempt=attempt)
        return await asyncio.wait_for(self._waiting[envelope], PATIENCE)

    async def send(
        self, kind: str, payload: Json, *, answerable: bool = False, attempt: int = 0
    ) -> str:
        """Send an envelope; its id."""
        envelope = f"envelope-{next(self._numbers)}"
        self._waiting[envelope] = asyncio.get_running_loop().create_future()
        body: Json = {
            "envelope_id": envelope,
            "type": kind,
            "accepts_response_payload": answerable,
            "payload": payload,
        }
        if kind == "events_api":
            body |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        link = await self._open_link()
        await link.send_json(body)
        return envelope

    def is_acknowledged(self, envelope: str) -> bool:
        """Whether the app has taken it."""
        return self._waiting[envelope].done()

    async def ask_to_reconnect(self) -> None:
        """Tell the app that this connection ends, and wait until it has opened another."""
        old = await self._open_link()
        self._changed.clear()
        await old.send_json({"type": "disconnect", "reason": "refresh_requested"})
        async with asyncio.timeout(PATIENCE):
            while self._links[-1] is old:
                await self._changed.wait()
                self._changed.clear()
        await old.close()

    async def close(self) -> None:
        """End every connection."""
        for link in self._links:
            await link.close()

    async def _open_link(self) -> web.WebSocketResponse:
        async with asyncio.timeout(PATIENCE):
            while not self.connections:
                self._changed.clear()
                await self._changed.wait()
        return next(link for link in reversed(self._links) if not link.closed)

    def _take(self, answer: Json) -> None:
        self.acknowledged.append(answer)
        waiting = self._waiting.get(answer.get("envelope_id", ""))
        if waiting and not waiting.done():
            waiting.set_result(answer)
