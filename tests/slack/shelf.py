"""Installations in memory, on a shelf that counts what it is asked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

from core.installations.model import Installation
from core.kernel.stale import Stale
from tests.slack.installing_site import Clock


class Broken(Exception):
    pass


class Shelf:
    """Installations in memory. While ``shut`` every question waits; ``broken`` answers raise."""

    def __init__(self) -> None:
        self.kept: dict[str, Installation] = {}
        self.asked: list[str] = []
        self.claimed: dict[str, datetime] = {}
        self.claims = 0
        self.shut = asyncio.Event()
        self.shut.set()
        self.broken = False

    async def find(self, tenant: str) -> Installation | None:
        self.asked.append(tenant)
        found = self.kept.get(tenant)
        await self.shut.wait()
        if self.broken:
            raise Broken
        return found

    async def install(self, installation: Installation) -> Installation:
        self.kept[installation.tenant] = installation
        return installation

    async def remove(self, tenant: str) -> None:
        del self.kept[tenant]

    async def approved(self, tenant: str) -> bool:
        return tenant in self.kept

    async def use_once(self, key: str) -> bool:
        return bool(key)

    async def claim_renewal(
        self, installation: Installation, until: datetime, now: datetime
    ) -> bool:
        self.claims += 1
        if self.claimed.get(installation.tenant, now) > now:
            return False
        self.claimed[installation.tenant] = until
        return True

    async def renew(
        self, installation: Installation, token: str, refresh: str, expires_at: datetime | None
    ) -> Installation:
        if self.kept.get(installation.tenant) != installation:
            raise Stale
        renewed = replace(
            installation,
            token=token,
            refresh=refresh,
            expires_at=expires_at,
            version=installation.version + 1,
        )
        return await self.install(renewed)


def on_shelf(shelf: Shelf, clock: Clock, tenant: str, token: str = "xoxb-1") -> None:
    shelf.kept[tenant] = Installation("slack", tenant, "", "A0", "B0", "U0", (), token, clock.now())
