"""What Slack reports of channels: the bot put into one and taken out, archived, renamed, deleted,
or shared with another organisation.

Of who else is in a channel, and of what is said there, nothing is taken in.
"""

from __future__ import annotations

import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from adapters.slack.api import SlackTrouble
from adapters.slack.decode import PLATFORM
from adapters.slack.places import Place, Places
from adapters.slack.senders import Payload, flag, sender_of_event
from adapters.slack.workspaces import DEAD_TOKENS, Workspace, Workspaces
from core.conversations.model import ConversationKind
from core.happenings import ConversationChanged, NotLetIn, Report

_log = logging.getLogger(__name__)

_JOINED: Final = "member_joined_channel"
_LEFT: Final = ("channel_left", "group_left")
_SHARED: Final = "channel_shared"
# Whether the app is there and may post from then on; a new name says nothing of that. Slack tells
# these of every public channel, whether the app is in it or not.
_STATES: Final[Mapping[str, bool | None]] = {
    "channel_archive": False,
    "channel_deleted": False,
    "channel_rename": None,
    _SHARED: None,
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
        places: Places,
        workspaces: Workspaces,
        report: Report,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._places = places
        self._workspaces = workspaces
        self._report = report
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str], tuple[float, bool]] = OrderedDict()

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
                place = await self._place(workspace, channel, body)
                await self._tell(workspace, channel, body, place, present=True)
        elif kind in _LEFT:
            await self._tell(workspace, channel, body, Place(), present=False)
        else:
            place = Place(_words(_part(event).get("name")), kind == _SHARED)
            await self._tell(workspace, channel, body, place, present=_STATES[kind], known=True)

    async def mentioned(self, body: Payload) -> None:
        """Take in that somebody mentioned the bot: Slack tells that only where the bot is. Raises
        nothing: the next mention says the same."""
        try:
            channel = _channel(body["event"])
            workspace = await self._workspace(body) if channel else None
            if workspace is None or not self._is_news(workspace.tenant, channel, body):
                return
            place = await self._place(workspace, channel, body)
            await self._tell(workspace, channel, body, place, present=True)
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

    async def _place(self, workspace: Workspace, channel: str, body: Payload) -> Place:
        """What Slack says of the channel, in the event and when it is asked."""
        told = Place(shared=flag(body.get("is_ext_shared_channel")))
        try:
            found = await self._places.ask(workspace, channel)
        except SlackTrouble as trouble:
            _log.info("no name of a channel: %s", trouble.code)
            return told
        return replace(found, shared=found.shared or told.shared)

    async def _tell(
        self,
        workspace: Workspace,
        channel: str,
        body: Payload,
        place: Place,
        *,
        present: bool | None,
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
                    name=place.name,
                    only_known=known,
                    shared=place.shared,
                )
            )
        except NotLetIn:
            return
        if present:
            self._remember(workspace.tenant, channel, shared=place.shared)

    def _is_news(self, tenant: str, channel: str, body: Payload) -> bool:
        """Whether the app was not known to be there, or not that outsiders are too."""
        at, shared = self._seen.get((tenant, channel), (-math.inf, False))
        told = flag(body.get("is_ext_shared_channel"))
        return self._clock() - at >= SEEN_AGAIN or (told and not shared)

    def _remember(self, tenant: str, channel: str, *, shared: bool) -> None:
        self._seen[tenant, channel] = self._clock(), shared
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
