"""Slack's installations in the database, for an adapter that lives on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime
from typing import TypeVar

from core.engine import Engine
from core.installations import arriving
from core.installations.model import Installation
from core.kernel.desk import Office
from core.organisations.model import TenantState

PLATFORM = "slack"
Result = TypeVar("Result")


class StoredInstallations:
    """Satisfies ``adapters.slack.installed.Installations``.

    ``workers`` are threads of their own: whom a request comes from is asked before its action, and
    does not queue behind the actions of others. ``wake`` is called when there may be new notices.
    """

    def __init__(self, engine: Engine, workers: Executor, wake: Callable[[], None]) -> None:
        self._engine = engine
        self._workers = workers
        self._wake = wake

    async def find(self, tenant: str) -> Installation | None:
        """The installation of a tenant, removed or not."""
        return await self._do(lambda office: office.books.installations.find(PLATFORM, tenant))

    async def install(self, installation: Installation) -> Installation:
        """Keep a new installation; the administrators hear of a tenant that waits for them."""
        kept = await self._do(lambda office: arriving.installed(office, installation))
        self._wake()
        return kept

    async def remove(self, tenant: str) -> None:
        """Forget the tokens of a tenant that took the app out."""
        await self._do(lambda office: arriving.removed(office, PLATFORM, tenant))
        self._wake()

    async def approved(self, tenant: str) -> bool:
        """Whether an administrator has let the tenant in."""

        def ask(office: Office) -> bool:
            found = office.books.tenants.find(PLATFORM, tenant)
            return found is not None and found.state is TenantState.APPROVED

        return await self._do(ask)

    async def use_once(self, key: str) -> bool:
        """Use ``key`` up: True the first time, False ever after, in every process."""
        return await self._do(lambda office: office.books.journal.claim(key, office.now))

    async def claim_renewal(
        self, installation: Installation, until: datetime, now: datetime
    ) -> bool:
        """Take it on until ``until`` to renew this token."""
        return await self._do(
            lambda office: office.books.installations.claim_renewal(installation, until, now)
        )

    async def renew(
        self, installation: Installation, token: str, refresh: str, expires_at: datetime | None
    ) -> Installation:
        """Keep the new tokens. Raises ``Stale`` where the installation changed meanwhile."""
        return await self._do(
            lambda office: office.books.installations.renew(
                installation, token, refresh, expires_at
            )
        )

    async def _do(self, work: Callable[[Office], Result]) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, self._in_transaction, work)

    def _in_transaction(self, work: Callable[[Office], Result]) -> Result:
        return self._engine.transact(lambda books: work(self._engine.office(books)))
