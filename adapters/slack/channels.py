"""What Slack reports of channels: the bot put into one and taken out, archived, renamed, deleted.

Of who else is in a channel, and of what is said there, nothing is taken in.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.decode import PLATFORM, Payload, sender_of_event
from adapters.slack.workspaces import DEAD_TOKENS, Workspace, Workspaces
from core.conversations.model import ConversationKind
from core.happenings import ConversationChanged, NotLetIn, Report

_log = logging.getLogger(__name__)

_JOINED: Final = "member_joined_channel"
_LEFT: Final = ("channel_left", "group_left")
# Whether the app is there and may post from then on; a new name says nothing of that. Slack tells
# these of every public channel, whether the app is in it or not.
_STATES: Final[Mapping[str, bool | None]] = {
    "channel_archive": False,
    "channel_deleted": False,
    "channel_rename": None,
    "channel_unarchive": True,
    "group_archive": False,
    "group_deleted": False,
    "group_rename": None,
    "group_unarchive": True,
}
EVENTS: Final[tuple[str, ...]] = tuple(sorted((_JOINED, *_LEFT, *_STATES)))
"""The events that are taken in."""

REMEMBERED = 10_000
"""Channels that one process knows to have been reported lately."""
SEEN_AGAIN = 24 * 3600.0
"""Seconds after which it is news that the app is still in a channel."""


class Channels:
    """Keeps track of the channels that the app is in."""

    def __init__(
        self,
        api: SlackApi,
        workspaces: Workspaces,
        report: Report,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._workspaces = workspaces
        self._report = report
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str], float] = OrderedDict()

    async def changed(self, body: Payload) -> None:
        """Take in one of ``EVENTS``.

        Raises ``SlackTrouble`` where Slack cannot say at the moment which workspace it is, and
        whatever keeps it from being stored: Slack then sends the event again.
        """
        event = body["event"]
        channel = _channel(event)
        workspace = await self._workspace(body) if channel else None
        if workspace is None:
            return
        kind = event["type"]
        if kind == _JOINED:
            if event.get("user") == workspace.bot_user:
                name = await self._name(workspace, channel)
                await self._tell(workspace, channel, body, present=True, name=name)
        elif kind in _LEFT:
            await self._tell(workspace, channel, body, present=False)
        else:
            name = _words(_part(event).get("name"))
            present = _STATES[kind]
            await self._tell(workspace, channel, body, present=present, name=name, known=True)

    async def mentioned(self, body: Payload) -> None:
        """Take in that somebody mentioned the bot: Slack tells that only where the bot is. Raises
        nothing: the next mention says the same."""
        try:
            channel = _channel(body["event"])
            workspace = await self._workspace(body) if channel else None
            if workspace is None or not self._is_news(workspace.tenant, channel):
                return
            name = await self._name(workspace, channel)
            await self._tell(workspace, channel, body, present=True, name=name)
        except Exception as error:
            _log.warning("a channel was not taken note of: %s", type(error).__name__)

    async def _workspace(self, body: Payload) -> Workspace | None:
        sender = sender_of_event(body)
        try:
            return await self._workspaces.find(sender.team, sender.enterprise)
        except SlackTrouble as trouble:
            if trouble.code not in DEAD_TOKENS:
                raise  # it passes, and Slack sends the event again
            return None

    async def _name(self, workspace: Workspace, channel: str) -> str:
        """What the channel is called; empty where Slack does not say."""
        asked = {"channel": channel}
        try:
            answer = await self._api.call(workspace.token, "conversations.info", asked, form=True)
        except SlackTrouble as trouble:
            _log.info("no name of a channel: %s", trouble.code)
            return ""
        return _words(_part(answer).get("name"))

    async def _tell(
        self,
        workspace: Workspace,
        channel: str,
        body: Payload,
        *,
        present: bool | None,
        name: str = "",
        known: bool = False,
    ) -> None:
        self._seen.pop((workspace.tenant, channel), None)
        try:
            await self._report(
                ConversationChanged(
                    PLATFORM,
                    workspace.tenant,
                    channel,
                    ConversationKind.CHANNEL,
                    present=present,
                    at=_moment(body.get("event_time")),
                    name=name,
                    only_known=known,
                )
            )
        except NotLetIn:
            return
        if present:
            self._remember(workspace.tenant, channel)

    def _is_news(self, tenant: str, channel: str) -> bool:
        seen = self._seen.get((tenant, channel))
        return seen is None or self._clock() - seen >= SEEN_AGAIN

    def _remember(self, tenant: str, channel: str) -> None:
        self._seen[tenant, channel] = self._clock()
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)


def _channel(event: Mapping[str, Any]) -> str:
    """The id of the channel, which Slack gives alone or, with a new name, in an object."""
    return _words(event.get("channel")) or _words(_part(event).get("id"))


def _part(whole: Mapping[str, Any]) -> Mapping[str, Any]:
    found = whole.get("channel")
    return found if isinstance(found, Mapping) else {}


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _moment(seconds: object) -> datetime | None:
    """When Slack says that it was; None where it does not."""
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
