"""What Slack reports unasked: people's accounts, and the app being taken out of a workspace."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from adapters.slack.api import SlackTrouble
from adapters.slack.decode import PLATFORM
from adapters.slack.installed import Installations, InstalledWorkspaces
from adapters.slack.profiles import Profiles, read_profile
from adapters.slack.senders import Payload, sender_of_event
from adapters.slack.workspaces import DEAD_TOKENS, Workspace, Workspaces
from core.happenings import PersonChanged, Report

_log = logging.getLogger(__name__)


class People:
    """Passes on what changes about people. Nobody is written to because of it."""

    def __init__(self, workspaces: Workspaces, profiles: Profiles, report: Report) -> None:
        self._workspaces = workspaces
        self._profiles = profiles
        self._report = report

    async def changed(self, body: Payload) -> None:
        """Take in ``user_change`` or ``team_join``: an account closed, opened, or renamed.

        Of bots, and of people of other workspaces who share a channel, nothing is taken in. Raises
        ``SlackTrouble`` where Slack cannot say at the moment which workspace it is.
        """
        user: object = body["event"].get("user")
        if not isinstance(user, Mapping) or not isinstance(user.get("id"), str):
            return
        profile = read_profile(user)
        sender = sender_of_event(body)
        try:
            workspace = await self._workspaces.find(sender.team, sender.enterprise)
        except SlackTrouble as trouble:
            if trouble.code not in DEAD_TOKENS:
                raise  # it passes, and Slack sends the event again
            _log.info("a person's change is left: %s", trouble.code)
            return
        if workspace is None or not profile.person or _is_elsewhere(user, workspace, sender.team):
            return
        self._profiles.learn(workspace.tenant, user["id"], profile)
        await self._report(
            PersonChanged(
                PLATFORM,
                workspace.tenant,
                user["id"],
                active=profile.active,
                name=profile.name,
                zone=profile.zone,
            )
        )


def _is_elsewhere(user: Mapping[str, Any], workspace: Workspace, team: str) -> bool:
    own = user.get("team_id")
    if user.get("is_stranger"):
        return True
    if workspace.whole:
        return read_profile(user).enterprise not in ("", workspace.enterprise)
    return bool(own) and own not in (workspace.tenant, team)


class Removals:
    """Ends the deliveries to a workspace that took the app out. Members and hours stay."""

    def __init__(self, workspaces: InstalledWorkspaces, installations: Installations) -> None:
        self._workspaces = workspaces
        self._installations = installations

    async def uninstalled(self, body: Payload) -> None:
        """Take in ``app_uninstalled``."""
        names = ("enterprise_id",) if _is_of_a_whole(body) else ("team_id", "enterprise_id")
        for name in names:
            tenant = body.get(name)
            if isinstance(tenant, str) and await self._ended(tenant, body.get("event_time")):
                return

    async def revoked(self, body: Payload) -> None:
        """Take in ``tokens_revoked``, where it is the bot's token: we hold no other."""
        tokens = body["event"].get("tokens")
        if isinstance(tokens, Mapping) and tokens.get("bot"):
            await self.uninstalled(body)

    async def _ended(self, tenant: str, event_time: object) -> bool:
        """End the installation of ``tenant``; whether there is one, ended or not.

        Slack tells of one removal in two events, and repeats them: the second is about the same
        installation, and not about that of the whole organisation. An event of before the
        installation is late: the app has been put in again since.
        """
        found = await self._installations.find(tenant)
        if found is None:
            return False
        if found.removed_at is not None:
            return True
        if isinstance(event_time, int):
            # Slack counts in whole seconds.
            installed = found.installed_at.replace(microsecond=0)
            if datetime.fromtimestamp(event_time, UTC) < installed:
                return True
        await self._workspaces.removed(tenant)
        return True


def _is_of_a_whole(body: Payload) -> bool:
    """Whether an event is of the installation into a whole Enterprise Grid organisation."""
    given = body.get("authorizations")
    first = given[0] if isinstance(given, list) and given else None
    flags = [body, first] if isinstance(first, Mapping) else [body]
    return any(one.get("is_enterprise_install") in (True, "true") for one in flags)
