"""Which workspace a request comes from, and with which token it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from typing_extensions import override

from adapters.slack.api import SlackApi
from adapters.slack.together import Together

DEAD_TOKENS = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
"""Slack's words for a token that no longer works: the app was removed, or the token replaced."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """An installation as requests are answered with it.

    ``tenant`` is what its people are registered under: the team id, or the enterprise id of an
    organisation-wide installation (``whole``), where a person has one id in every workspace.
    """

    tenant: str
    enterprise: str
    bot: str
    bot_user: str
    token: str = field(repr=False)
    whole: bool = False


class Workspaces(Protocol):
    """The workspaces whose tokens are known."""

    async def find(self, team: str, enterprise: str = "") -> Workspace | None:
        """What answers a request from ``team`` of ``enterprise`` (either may be empty), or None
        where the app is not installed. It may be a few minutes old.

        Raises ``SlackTrouble`` where Slack must be asked first and cannot be, or takes the token
        no more.
        """
        ...

    async def fresh(self, tenant: str) -> Workspace | None:
        """What delivers to ``tenant``: as stored this moment, its token renewed where it ends
        soon; None where the app is not installed. Raises ``SlackTrouble``."""
        ...

    def forget(self, tenant: str) -> None:
        """Look ``tenant`` up afresh next time: its token turned out to be dead."""
        ...


class OneWorkspace:
    """The one workspace of a fixed bot token. Slack is asked once for each process."""

    def __init__(self, api: SlackApi, token: str) -> None:
        self._api = api
        self._token = token
        self._known: Workspace | None = None
        self._asking: Together[str, Workspace] = Together()

    async def find(self, team: str, enterprise: str = "") -> Workspace | None:
        """The workspace, if it is ``team``; where only an enterprise is named, if it is of it."""
        known = self._known or await self._asking.do(self._token, self._ask)
        return known if (team or enterprise) in (known.tenant, known.enterprise) else None

    async def fresh(self, tenant: str) -> Workspace | None:
        """The workspace, if it is ``tenant``."""
        return await self.find(tenant)

    def forget(self, tenant: str) -> None:
        """Ask Slack again next time."""
        if self._known and self._known.tenant == tenant:
            self._known = None

    async def _ask(self) -> Workspace:
        found = await self._api.call(self._token, "auth.test", {})
        self._known = Workspace(
            tenant=str(found["team_id"]),
            enterprise=str(found.get("enterprise_id") or ""),
            bot=str(found.get("bot_id") or ""),
            bot_user=str(found.get("user_id") or ""),
            token=self._token,
        )
        return self._known


class Unasked(AsyncAuthorize):
    """Lets Bolt pass every signed request on without a token.

    Whose token answers is found out by the work that answers (``Answering``), which has an
    acknowledgement to give in time however long that takes.
    """

    def __init__(self) -> None:
        """Nothing is asked, so nothing is needed."""

    @override
    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)
