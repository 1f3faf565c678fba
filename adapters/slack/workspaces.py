"""Which workspace a request comes from, and with which token it is answered."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from typing_extensions import override

from adapters.slack.api import SlackApi, SlackTrouble

_log = logging.getLogger(__name__)

DEAD_TOKENS = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
"""Slack's words for a token that no longer works: the app was removed, or the token replaced."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace that the app is installed in, as ``auth.test`` describes it."""

    team: str
    enterprise: str
    bot: str
    bot_user: str
    token: str = field(repr=False)


class Workspaces(Protocol):
    """The workspaces whose tokens are known."""

    async def find(self, team: str) -> Workspace | None:
        """The workspace ``team``, or None where the app is not installed.

        Raises ``SlackTrouble`` where Slack cannot be asked or takes its token no more.
        """
        ...

    def forget(self, team: str) -> None:
        """Look ``team`` up afresh next time: its token turned out to be dead."""
        ...


class OneWorkspace:
    """The one workspace of a fixed bot token. Slack is asked once for each process."""

    def __init__(self, api: SlackApi, token: str) -> None:
        self._api = api
        self._token = token
        self._known: Workspace | None = None
        self._asking = asyncio.Lock()

    async def find(self, team: str) -> Workspace | None:
        """The workspace, if it is ``team``."""
        known = self._known or await self._ask()
        return known if team == known.team else None

    def forget(self, team: str) -> None:
        """Ask Slack again next time."""
        if self._known and self._known.team == team:
            self._known = None

    async def _ask(self) -> Workspace:
        async with self._asking:
            if self._known:
                return self._known
            found = await self._api.call(self._token, "auth.test", {})
            self._known = Workspace(
                team=str(found["team_id"]),
                enterprise=str(found.get("enterprise_id") or ""),
                bot=str(found.get("bot_id") or ""),
                bot_user=str(found.get("user_id") or ""),
                token=self._token,
            )
            return self._known


class Authorizer(AsyncAuthorize):
    """Bolt's question "may this request come in?", answered from ``workspaces``.

    The workspace is left in the request's context under ``workspace``.
    """

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

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
    ) -> AuthorizeResult | None:
        try:
            workspace = await self._workspaces.find(team_id or "")
        except SlackTrouble as trouble:
            _log.error("Slack could not be asked about the bot token: %s", trouble.code)
            return None
        if workspace is None:
            return None
        context["workspace"] = workspace
        return AuthorizeResult(
            enterprise_id=workspace.enterprise or None,
            team_id=workspace.team,
            bot_id=workspace.bot,
            bot_user_id=workspace.bot_user,
            bot_token=workspace.token,
            user_id=user_id,
        )
