"""Installations in memory, for an adapter whose database is not what a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from core.installations.model import Installation
from tests.slack.workspaces import FakeTeam

THEN = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def installation_of(team: FakeTeam) -> Installation:
    """What the app was given when ``team`` let it in."""
    return Installation(
        platform="slack",
        tenant=team.enterprise if team.whole else team.team,
        name=team.domain,
        app="A0HOURBRIDGE",
        bot=team.bot,
        bot_user=team.bot_user,
        scopes=("chat:write", "commands"),
        token=team.token,
        installed_at=THEN,
        enterprise=team.enterprise,
        whole=team.whole,
    )


class KeptInstallations:
    """Satisfies ``adapters.slack.installed.Installations``."""

    def __init__(self) -> None:
        self.kept: dict[str, Installation] = {}
        self.asked = 0
        self._used: set[str] = set()

    async def find(self, tenant: str) -> Installation | None:
        self.asked += 1
        return self.kept.get(tenant)

    async def install(self, installation: Installation) -> Installation:
        self.kept[installation.tenant] = installation
        return installation

    async def remove(self, tenant: str) -> None:
        gone = replace(self.kept[tenant], token="", refresh="", removed_at=datetime.now(UTC))
        self.kept[tenant] = gone

    async def approved(self, tenant: str) -> bool:
        return tenant in self.kept

    async def use_once(self, key: str) -> bool:
        fresh = key not in self._used
        self._used.add(key)
        return fresh

    async def claim_renewal(
        self, installation: Installation, until: datetime, now: datetime
    ) -> bool:
        return True

    async def renew(
        self, installation: Installation, token: str, refresh: str, expires_at: datetime | None
    ) -> Installation:
        renewed = replace(installation, token=token, refresh=refresh, expires_at=expires_at)
        return await self.install(renewed)
