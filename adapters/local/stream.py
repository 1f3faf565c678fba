"""The live stream: server-sent events with every change in the chats that a page shows."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

from aiohttp import web

from adapters.local.chats import Chats
from adapters.local.guard import SAFE_HEADERS
from adapters.local.people import Seat

HEARTBEAT = 15.0
"""Seconds between signs of life, so that a page notices a server that is gone."""


async def follow(request: web.Request, chats: Chats, seen: dict[Seat, int]) -> web.StreamResponse:
    """Send what each chat of ``seen`` has after its version, then ``ready``, then all that comes.

    Messages carry the key of their seat; ``waiting`` tells how many delivered messages others have
    not seen. Ends when the page goes away or the chats close.
    """
    headers = {**SAFE_HEADERS, "Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    with suppress(ConnectionError), chats.listener() as changed:
        await _send_new(response, chats, seen)
        await _send(response, "ready", {})
        waiting: dict[str, int] | None = None
        while not chats.closed:
            changed.clear()
            await _send_new(response, chats, seen)
            if waiting != (now := chats.waiting()):
                waiting = now
                await _send(response, "waiting", waiting)
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT)
            except TimeoutError:
                await response.write(b": still here\n\n")
    return response


async def _send_new(response: web.StreamResponse, chats: Chats, seen: dict[Seat, int]) -> None:
    for seat, version in seen.items():
        reader = seat.person.key
        for message in chats.since(seat.chat, version, reader):
            seen[seat] = max(seen[seat], message.version)
            await _send(response, "message", {"person": seat.key, "message": message.wire(reader)})
        if not seat.channel:
            chats.saw(seat.chat, seen[seat])


async def _send(response: web.StreamResponse, event: str, data: object) -> None:
    await response.write(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())
