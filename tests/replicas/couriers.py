"""Couriers that leave a trace which outlives their process."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import aiohttp

from core.couriers import Later, Outcome, Parcel, Sent


class Recorder:
    """Writes a line for each message to a file that replicas share, and answers a moment later.
    A process that is killed in that moment has sent what it could not keep."""

    def __init__(self, file: Path, replica: str, latency: float) -> None:
        # One short write to a file opened for appending is never mixed with another's.
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._replica = replica
        self._latency = latency

    async def deliver(self, parcel: Parcel) -> Outcome:
        os.write(self._file, f"{self._replica} {parcel.delivery} {parcel.user}\n".encode())
        await asyncio.sleep(self._latency)
        return Sent(parcel.handle or f"message-{parcel.delivery}")


class OverHttp:
    """Sends to a platform that may ask for time, for its whole tenant."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._http: aiohttp.ClientSession | None = None

    async def deliver(self, parcel: Parcel) -> Outcome:
        if self._http is None:
            self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        message = {"tenant": parcel.tenant, "delivery": parcel.delivery}
        async with self._http.post(self._address, json=message) as answer:
            if answer.status == 429:
                seconds = float(answer.headers["Retry-After"])
                return Later(seconds, "slow down", whole_tenant=True)
            return Sent(f"message-{parcel.delivery}")

    async def close(self) -> None:
        """Close its connections."""
        if self._http is not None:
            await self._http.close()
