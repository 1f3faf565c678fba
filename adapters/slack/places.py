"""What Slack says of a channel when it is asked: its name, and whether outsiders read it too."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.belonging import WORTH_ASKING
from adapters.slack.workspaces import Workspace
from core.callers import Caller


@dataclass(frozen=True, slots=True)
class Place:
    """A channel. ``shared``: with another organisation, through Slack Connect."""

    name: str = ""
    shared: bool = False


class Places:
    """Asks Slack about channels."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    async def ask(self, workspace: Workspace, channel: str) -> Place:
        """The channel, as the workspace sees it. Raises ``SlackTrouble``."""
        asked = {"channel": channel}
        answer = await self._api.call(workspace.token, "conversations.info", asked, form=True)
        found = answer.get("channel")
        if not isinstance(found, Mapping):
            return Place()
        name = found.get("name")
        return Place(name if isinstance(name, str) else "", found.get("is_ext_shared") is True)

    async def spoken_in(self, caller: Caller, workspace: Workspace) -> Caller:
        """``caller``, with who reads along in the channel that they speak in, where the request
        does not say and Slack does at once.

        Of a private channel that the app is not in Slack tells nothing. It is asked again when the
        app is put there, and nothing can be posted before.
        """
        if caller.shared is not None or not caller.conversation:
            return caller
        try:
            place = await asyncio.wait_for(self.ask(workspace, caller.conversation), WORTH_ASKING)
        except TimeoutError:
            return caller
        except SlackTrouble as trouble:
            not_there = trouble.code == "channel_not_found"
            return replace(caller, shared=False) if not_there else caller
        named = caller.conversation_name or place.name
        return replace(caller, shared=place.shared, conversation_name=named)
