"""Which installation answers a request, and which workspace the person is a member of.

The two differ in a channel that is shared through Slack Connect: anybody in it may press a button
or mention the bot. Whoever's own workspace has Hourbridge is served as a member of that one;
anybody else is told, kindly, to use it at home.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

from adapters.slack.api import SlackTrouble
from adapters.slack.profiles import Profiles
from adapters.slack.senders import Sender
from adapters.slack.workspaces import Workspace, Workspaces
from core.callers import Caller
from core.kernel.refusals import Refusal
from core.kernel.texts import _

WORTH_ASKING = 0.8
"""Seconds that an answer waits for Slack to say who somebody is."""
_NOT_NOW = _(
    "Hourbridge cannot answer in this workspace at the moment. Try again in a few "
    "minutes. If it keeps happening, tell the person who runs Hourbridge for you."
)


class NotInstalled(Refusal):
    """No installation answers this workspace: the app was taken out, or its token is gone."""

    def __init__(self) -> None:
        super().__init__(_NOT_NOW, code="not-installed")


class Unknown(Refusal):
    """Somebody of whom Slack does not say at the moment who they are, where that matters: they
    want to join and may be a guest, or they may be of the same Enterprise Grid."""

    def __init__(self) -> None:
        super().__init__(_NOT_NOW, code="unknown-person")


class Stranger(Refusal):
    """Somebody from another workspace, met through Slack Connect."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You are from another Slack workspace. "
                "Use Hourbridge in your own organisation's Slack or Teams."
            ),
            code="stranger",
        )


class Guest(Refusal):
    """A guest of the workspace, who belongs to an organisation that Slack does not name."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You are a guest in this Slack workspace, so Hourbridge cannot tell which "
                "organisation you work for. Use it in your own organisation's Slack or Teams."
            ),
            code="guest",
        )


class Belonging:
    """Finds both out, from the installations and, rarely, from Slack."""

    def __init__(self, workspaces: Workspaces, profiles: Profiles) -> None:
        self._workspaces = workspaces
        self._profiles = profiles

    async def host(self, sender: Sender) -> Workspace:
        """The installation that answers. Raises ``NotInstalled``, and ``SlackTrouble``."""
        host = await self._workspaces.find(sender.team, sender.enterprise)
        if host is None and sender.posted_by:
            host = await self._workspaces.find(sender.posted_by)
        if host is None:
            raise NotInstalled
        return host

    async def renewed(self, sender: Sender, host: Workspace) -> Workspace | None:
        """``host`` with the token that it has got in the place of the one that turned out to be
        dead; None where there is no other."""
        self._workspaces.forget(host.tenant)
        with suppress(NotInstalled, SlackTrouble):
            found = await self.host(sender)
            if found.tenant == host.tenant and found.token != host.token:
                return found
        return None

    async def caller(
        self,
        caller: Caller,
        sender: Sender,
        host: Workspace,
        *,
        sure: bool = False,
        joins: bool = False,
    ) -> Caller:
        """``caller`` as a member of their own workspace. Raises ``Stranger``, ``Guest`` or
        ``Unknown``.

        ``sure``: Slack is asked who they are where that is not known, for a moment. ``joins``: they
        ask to become a member, for which it must be known.
        """
        home = await self._home(sender, host)
        if home is not host:
            # The channel is another workspace's than that which they are served as a member of.
            caller = replace(caller, conversation="", conversation_name="")
        profile = self._profiles.known(home.tenant, caller.user)
        if profile is None and (sure or joins):
            with suppress(TimeoutError):
                asked = self._profiles.ask(home, caller.user)
                profile = await asyncio.wait_for(asked, WORTH_ASKING)
        if profile is None and joins:
            raise Unknown
        if profile is None:
            return replace(caller, tenant=home.tenant) if home is not host else caller
        if profile.guest:
            raise Guest
        return replace(
            caller,
            tenant=home.tenant,
            name=profile.name or caller.name,
            zone=profile.zone,
            locale=profile.locale or caller.locale,
        )

    async def get_to_know(self, caller: Caller) -> None:
        """Ask Slack who ``caller`` is, in their own workspace, for their next request."""
        with suppress(SlackTrouble):
            home = await self._workspaces.find(caller.tenant)
            if home is not None:
                await self._profiles.ask(home, caller.user)

    async def _home(self, sender: Sender, host: Workspace) -> Workspace:
        own = sender.own_team
        if not own or own in (host.tenant, host.enterprise):
            return host
        if host.whole and own == sender.team and not sender.shared:
            return host
        other = await self._workspaces.find(own)
        if other is not None:
            return other
        if host.whole and host.enterprise:
            # Another workspace of the same Enterprise Grid, or an outsider: Slack knows.
            profile = await self._profiles.ask(host, sender.user)
            if profile is None:
                raise Unknown
            if profile.enterprise == host.enterprise:
                return host
        raise Stranger
