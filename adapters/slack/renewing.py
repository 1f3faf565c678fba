"""Tokens that end, renewed in time: once, however many ask, in this process and in others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from adapters.slack.api import SlackTrouble
from adapters.slack.granting import Grants, Renewed
from adapters.slack.together import Together
from core.apology import apologise
from core.installations.model import Installation
from core.kernel.stale import Stale

_log = logging.getLogger(__name__)

MARGIN = timedelta(hours=2)
"""A token is renewed this long before it ends; Slack's live for 12 hours."""
CLAIM = timedelta(minutes=1)
"""How long one process has to renew a token before another may try."""
PAUSES = (0.2, 0.4, 0.8, 1.6)
"""Seconds between looks at what another process is renewing."""
KEEPING = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to keep a new token: what it was asked for with is used up by then."""
_REFUSALS = frozenset(
    {
        "account_inactive",
        "bad_client_secret",
        "cannot_refresh",
        "invalid_auth",
        "invalid_client_id",
        "invalid_refresh_token",
        "token_expired",
        "token_revoked",
    }
)
"""Slack's words for a refresh token that gets no new one."""


class Kept(Protocol):
    """What renewing needs of the installations that are kept."""

    async def find(self, tenant: str) -> Installation | None:
        """The installation of a tenant, removed or not."""
        ...

    async def claim_renewal(
        self, installation: Installation, until: datetime, now: datetime
    ) -> bool:
        """Take it on until ``until`` to renew this token; False where another already does."""
        ...

    async def renew(
        self, installation: Installation, token: str, refresh: str, expires_at: datetime | None
    ) -> Installation:
        """Keep the new tokens. Raises ``Stale`` where the installation changed meanwhile."""
        ...


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


class Renewing:
    """Sees to it that a token works for a while yet."""

    def __init__(
        self,
        kept: Kept,
        grants: Grants,
        *,
        now: Callable[[], datetime] = utc_now,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._kept = kept
        self._grants = grants
        self._now = now
        self._pause = pause
        self._under_way: Together[str, Installation | None] = Together()
        self._rests: dict[str, datetime] = {}
        """Until when a tenant's token, which still works, is left alone after a failure."""

    def due(self, installation: Installation) -> bool:
        """Whether the token ends soon, or has ended."""
        return self._ends_before(installation, self._now() + MARGIN)

    def ended(self, installation: Installation) -> bool:
        """Whether the token works no more."""
        return self._ends_before(installation, self._now())

    async def usable(self, installation: Installation) -> Installation | None:
        """The installation with a token that works: renewed where it ends soon. None where the
        app was taken out meanwhile. Raises ``SlackTrouble`` where the token has ended and there
        is no new one."""
        if not self.due(installation) or self._rests_now(installation):
            return installation
        return await self._under_way.do(installation.tenant, lambda: self._renew(installation))

    def begin(self, installation: Installation, then: Callable[[], None]) -> None:
        """Renew the token in the background, if nobody does so yet, and call ``then``."""
        tenant = installation.tenant
        if tenant not in self._under_way and not self._rests_now(installation):
            task = self._under_way.begin(tenant, lambda: self._renew(installation))
            task.add_done_callback(lambda done: _report(done, tenant))
            task.add_done_callback(lambda _done: then())

    async def settle(self) -> None:
        """Wait until every token that is being renewed is kept."""
        await self._under_way.settle()

    async def _renew(self, installation: Installation) -> Installation | None:
        now = self._now()
        if not await self._kept.claim_renewal(installation, now + CLAIM, now):
            return await self._renewed_elsewhere(installation)
        self._rests.pop(installation.tenant, None)
        try:
            new = await self._grants.refresh(installation)
            return await self._keep(installation, new)
        except Stale:
            # Installed anew or taken out meanwhile: what is kept now is newer than what we got.
            return await self._live(installation.tenant)
        except SlackTrouble as trouble:
            _log.warning("a token was not renewed: %s", trouble.code)
            return await self._make_do(installation, trouble)

    async def _keep(self, installation: Installation, new: Renewed) -> Installation:
        for seconds in KEEPING:
            try:
                return await self._kept.renew(installation, new.token, new.refresh, new.expires_at)
            except Stale:
                raise
            except Exception as error:
                apologise(error, platform="slack", tenant=installation.tenant)
            await self._pause(seconds)
        return await self._kept.renew(installation, new.token, new.refresh, new.expires_at)

    async def _renewed_elsewhere(self, installation: Installation) -> Installation | None:
        """What somebody else made of it; for that a token that still works need not wait."""
        for seconds in (0.0, *PAUSES):
            if seconds:
                await self._pause(seconds)
            current = await self._live(installation.tenant)
            if current is None or not self.ended(current):
                return self._rested(current)
        raise SlackTrouble("service_unavailable")

    async def _make_do(
        self, installation: Installation, trouble: SlackTrouble
    ) -> Installation | None:
        current = await self._live(installation.tenant)
        if current is None or not self.ended(current):
            return self._rested(current)
        raise SlackTrouble("token_expired") if trouble.code in _REFUSALS else trouble

    def _rested(self, current: Installation | None) -> Installation | None:
        """``current``; where its token is still to be renewed, not at once again."""
        if current is not None and self.due(current):
            self._rests[current.tenant] = self._now() + CLAIM
        return current

    def _rests_now(self, installation: Installation) -> bool:
        until = self._rests.get(installation.tenant)
        return until is not None and self._now() < until and not self.ended(installation)

    async def _live(self, tenant: str) -> Installation | None:
        current = await self._kept.find(tenant)
        return current if current is not None and current.removed_at is None else None

    @staticmethod
    def _ends_before(installation: Installation, moment: datetime) -> bool:
        return installation.expires_at is not None and installation.expires_at <= moment


def _report(done: asyncio.Task[Installation | None], tenant: str) -> None:
    """Log what ended a renewal that nobody waits for; what Slack said has been logged."""
    error = None if done.cancelled() else done.exception()
    if error is not None and not isinstance(error, SlackTrouble):
        apologise(error, platform="slack", tenant=tenant)
