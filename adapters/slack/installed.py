"""The workspaces that let the app in, each with its own token, as the database knows them.

A request is answered from memory, which is bounded and forgets after minutes; a delivery always
asks the database, so a workspace that took the app out hears nothing more.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from adapters.slack.renewing import Kept, Renewing
from adapters.slack.together import Together
from adapters.slack.workspaces import Workspace
from core.installations.model import Installation

ROOM = 1_000
"""How many workspaces are remembered."""
LASTS = 300.0
"""Seconds for which a workspace is remembered."""
ABSENCE_LASTS = 30.0
"""Seconds for which it is remembered that the app is not installed."""


class Installations(Kept, Protocol):
    """What is kept of Slack's installations, as the adapter asks for it from the event loop."""

    async def install(self, installation: Installation) -> Installation:
        """Keep a new installation, or put it in the place of the tenant's last one."""
        ...

    async def remove(self, tenant: str) -> None:
        """Forget the tokens of a tenant that took the app out. People and hours stay."""
        ...

    async def approved(self, tenant: str) -> bool:
        """Whether an administrator has said which organisations the tenant is of."""
        ...

    async def use_once(self, key: str) -> bool:
        """Use ``key`` up: True the first time, False ever after, in every process."""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    """The installation that answers, and what its people are registered under."""

    tenant: str
    installation: Installation

    def workspace(self) -> Workspace:
        kept = self.installation
        whole = kept.whole and self.tenant == kept.tenant
        return Workspace(
            self.tenant, kept.enterprise, kept.bot, kept.bot_user, kept.token, whole=whole
        )


@dataclass(frozen=True, slots=True)
class _Remembered:
    found: _Found | None
    until: float


Asked = tuple[str, str]
"""A team and an enterprise, either of which may be empty."""


class InstalledWorkspaces:
    """Workspaces of an app that installs into many."""

    def __init__(
        self,
        installations: Installations,
        renewing: Renewing,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._installations = installations
        self._renewing = renewing
        self._monotonic = monotonic
        self._memory: OrderedDict[Asked, _Remembered] = OrderedDict()
        self._looking: Together[tuple[Asked, int], _Found | None] = Together()
        self._forgotten = 0
        """How often something was forgotten: what was read before that is not remembered."""

    async def find(self, team: str, enterprise: str = "") -> Workspace | None:
        """What answers a request; see ``Workspaces``."""
        asked = (team, enterprise)
        remembered = self._memory.get(asked)
        if remembered is not None and remembered.until > self._monotonic():
            self._memory.move_to_end(asked)
            found = remembered.found
        else:
            found = await self._looking.do((asked, self._forgotten), lambda: self._learn(asked))
        if found is None:
            return None
        if self._renewing.ended(found.installation):
            return await self._renewed(found)
        if self._renewing.due(found.installation):
            self._renewing.begin(found.installation, lambda: self._forget_all_of(found))
        return found.workspace()

    async def fresh(self, tenant: str) -> Workspace | None:
        """What delivers to ``tenant``; see ``Workspaces``."""
        found = await self._look_up((tenant, ""))
        return None if found is None else await self._renewed(found)

    def forget(self, tenant: str) -> None:
        """Ask the database about ``tenant`` next time."""
        self._forgotten += 1
        for asked in [asked for asked in self._memory if self._concerns(tenant, asked)]:
            del self._memory[asked]

    async def removed(self, tenant: str) -> None:
        """Forget the tokens of ``tenant``, which took the app out. Raises where that could not be
        stored."""
        await self._installations.remove(tenant)
        self.forget(tenant)

    async def settle(self) -> None:
        """Wait until every token that is being renewed is kept."""
        await self._renewing.settle()

    async def _renewed(self, found: _Found) -> Workspace | None:
        usable = await self._renewing.usable(found.installation)
        if usable is not found.installation:
            self._forget_all_of(found)
        return None if usable is None else _Found(found.tenant, usable).workspace()

    async def _learn(self, asked: Asked) -> _Found | None:
        before = self._forgotten
        found = await self._look_up(asked)
        if before == self._forgotten:
            lasts = ABSENCE_LASTS if found is None else LASTS
            self._memory[asked] = _Remembered(found, self._monotonic() + lasts)
            self._memory.move_to_end(asked)
            if len(self._memory) > ROOM:
                self._memory.popitem(last=False)
        return found

    async def _look_up(self, asked: Asked) -> _Found | None:
        """The team's own installation, else the organisation-wide one of its enterprise.

        People who came by a team's own installation stay registered under the team.
        """
        team, enterprise = asked
        own = await self._installations.find(team) if team else None
        if own is not None and own.removed_at is None:
            return _Found(own.tenant, own)
        enterprise = enterprise or (own.enterprise if own is not None else "")
        whole = await self._installations.find(enterprise) if enterprise else None
        if whole is None or whole.removed_at is not None or not whole.whole:
            return None
        return _Found(whole.tenant if own is None else own.tenant, whole)

    def _forget_all_of(self, found: _Found) -> None:
        self.forget(found.installation.tenant)

    def _concerns(self, tenant: str, asked: Asked) -> bool:
        found = self._memory[asked].found
        return tenant in asked or (
            found is not None and tenant in {found.tenant, found.installation.tenant}
        )
