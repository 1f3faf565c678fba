"""The steps of Slack's OAuth that are ours: where a browser is sent, and what a code is worth.

Bolt's own would log codes, and keep who installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.installation_store import Installation as Granted
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from typing_extensions import override

from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.granting import Grants
from adapters.slack.installed import Installations, InstalledWorkspaces
from core.installations.model import Installation

_TEAM = re.compile(r"[TE][A-Z0-9]{2,30}")
OTHER_APP = frozenset(
    {
        "bad_client_secret",
        "bad_redirect_uri",
        "invalid_client_id",
        "oauth_authorization_url_mismatch",
    }
)
"""Slack's words for settings that are not all of one app."""
_SPENT = frozenset({"code_already_used", "code_expired", "invalid_code"})


class Stopped(Exception):
    """Nothing was installed. ``reason`` is ``denied`` or names one of ``pages.STOPS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Flow(AsyncOAuthFlow):
    """Bolt's flow; but a code never reaches a log, and every address is put together with care."""

    def __init__(
        self, api: SlackApi, grants: Grants, *, settings: AsyncOAuthSettings, app: str
    ) -> None:
        super().__init__(settings=settings)
        self._api = api
        self._grants = grants
        self._app = app

    @override
    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        settings = self.settings
        query = {
            "client_id": settings.client_id,
            "scope": ",".join(settings.scopes or ()),
            "redirect_uri": settings.redirect_uri or "",
            "state": state,
        }
        team = next(iter(request.query.get("team") or ()), "")
        if _TEAM.fullmatch(team):
            query["team"] = team
        return f"{settings.authorization_url}?{urlencode(query, quote_via=quote)}"

    @override
    async def run_installation(self, code: str) -> Granted:
        try:
            granted = await self._grants.exchange(code, self.settings.redirect_uri or "")
            if granted.get("token_type") != "bot" or not granted.get("access_token"):
                raise Stopped("mismatched")
            if self._app and granted.get("app_id") != self._app:
                raise Stopped("mismatched")
            tested = await self._api.call(granted["access_token"], "auth.test", {})
        except SlackTrouble as trouble:
            raise Stopped(_why(trouble)) from None
        return _granted(granted, str(tested.get("bot_id") or ""))


class Keeping(AsyncInstallationStore):
    """Keeps what was granted, in the place of what the workspace granted before."""

    def __init__(
        self,
        installations: Installations,
        workspaces: InstalledWorkspaces,
        now: Callable[[], datetime],
    ) -> None:
        self._installations = installations
        self._workspaces = workspaces
        self._now = now

    @override
    async def async_save(self, installation: Granted) -> None:
        kept = as_kept(installation, self._now())
        await self._installations.install(kept)
        self._workspaces.forget(kept.tenant)


def as_kept(granted: Granted, now: datetime) -> Installation:
    """What is kept of an installation: nothing of the person who made it."""
    whole = bool(granted.is_enterprise_install)
    ends = granted.bot_token_expires_at
    return Installation(
        platform="slack",
        tenant=(granted.enterprise_id if whole else granted.team_id) or "",
        name=(granted.enterprise_name if whole else granted.team_name) or "",
        app=granted.app_id or "",
        bot=granted.bot_id or "",
        bot_user=granted.bot_user_id or "",
        scopes=tuple(granted.bot_scopes or ()),
        token=granted.bot_token or "",
        installed_at=now,
        enterprise=granted.enterprise_id or "",
        whole=whole,
        refresh=granted.bot_refresh_token or "",
        expires_at=datetime.fromtimestamp(ends, UTC) if ends else None,
    )


def _granted(answer: Any, bot: str) -> Granted:
    enterprise, team = answer.get("enterprise") or {}, answer.get("team") or {}
    whole = bool(answer.get("is_enterprise_install"))
    if not (enterprise if whole else team).get("id"):
        raise Stopped("refused")
    return Granted(
        user_id="",
        app_id=answer.get("app_id"),
        enterprise_id=enterprise.get("id"),
        enterprise_name=enterprise.get("name"),
        team_id=team.get("id"),
        team_name=team.get("name"),
        bot_token=answer["access_token"],
        bot_id=bot,
        bot_user_id=answer.get("bot_user_id"),
        bot_scopes=answer.get("scope") or "",
        bot_refresh_token=answer.get("refresh_token"),
        bot_token_expires_in=answer.get("expires_in"),
        is_enterprise_install=whole,
        token_type="bot",  # noqa: S106  a kind of token, and none itself
    )


def _why(trouble: SlackTrouble) -> str:
    if trouble.code in OTHER_APP:
        return "mismatched"
    return "refused" if trouble.code in _SPENT else "unavailable"
