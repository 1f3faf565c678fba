"""Notices into a person's direct messages with the bot.

A message's handle is ``channel:ts``: enough to edit it, and what a reply in its thread names.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from adapters.slack import render
from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.limits import DoesNotFit, Shape
from adapters.slack.workspaces import DEAD_TOKENS, Workspace, Workspaces
from core.couriers import Later, Outcome, Parcel, Refused, Sent, Unreachable

_log = logging.getLogger(__name__)

_NO_WAY = DEAD_TOKENS | {
    "cannot_dm_bot",
    "channel_not_found",
    "is_archived",
    "messages_tab_disabled",
    "not_in_channel",
    "org_login_required",
    "team_access_not_granted",
    "team_not_found",
    "user_disabled",
    "user_is_bot",
    "user_is_restricted",
    "user_not_found",
    "user_not_visible",
    "users_not_found",
}
"""Slack's words for a person who cannot be reached there."""
_PASSING = frozenset(
    {"fatal_error", "internal_error", "network", "request_timeout", "service_unavailable"}
)
_GONE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found"})
"""The message to edit is no longer there: it is sent afresh."""
_LIMITED = frozenset({"ratelimited", "rate_limited"})

PAUSE = 30.0
"""Seconds to wait after a failure that names no time of its own."""


class SlackCourier:
    """Delivers with the bot token of the parcel's workspace."""

    def __init__(self, api: SlackApi, workspaces: Workspaces) -> None:
        self._api = api
        self._workspaces = workspaces

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send or edit one message. Never raises for anything that Slack answered."""
        try:
            message = render.message(parcel.view, parcel.speech)
            workspace = await self._workspaces.find(parcel.tenant)
            if workspace is None:
                return Unreachable("app_not_installed")
            return await self._deliver(parcel, workspace, message)
        except DoesNotFit as problem:
            _log.error("a notice does not fit: %s", problem)
            return Refused("does_not_fit")
        except SlackTrouble as trouble:
            if trouble.code in DEAD_TOKENS:
                self._workspaces.forget(parcel.tenant)
            return outcome(trouble)

    async def _deliver(self, parcel: Parcel, workspace: Workspace, message: Shape) -> Outcome:
        if parcel.handle:
            try:
                return await self._edit(parcel.handle, workspace, message)
            except SlackTrouble as trouble:
                if trouble.code not in _GONE:
                    raise
        known = _channel(parcel.address)
        if known:
            try:
                return await self._post(known, workspace, message)
            except SlackTrouble as trouble:
                if trouble.code != "channel_not_found":
                    raise
        opened = await self._call(workspace, "conversations.open", {"users": parcel.user})
        channel = str(opened["channel"]["id"])
        sent = await self._post(channel, workspace, message)
        return Sent(sent.handle, {"channel": channel})

    async def _edit(self, handle: str, workspace: Workspace, message: Shape) -> Sent:
        channel, _, ts = handle.partition(":")
        await self._call(workspace, "chat.update", {"channel": channel, "ts": ts, **message})
        return Sent(handle)

    async def _post(self, channel: str, workspace: Workspace, message: Shape) -> Sent:
        quiet = {"unfurl_links": False, "unfurl_media": False}
        body = {"channel": channel, **quiet, **message}
        posted = await self._call(workspace, "chat.postMessage", body)
        return Sent(f"{posted['channel']}:{posted['ts']}")

    async def _call(self, workspace: Workspace, method: str, body: Shape) -> Shape:
        return await self._api.call(workspace.token, method, body, once=True)


def outcome(trouble: SlackTrouble) -> Outcome:
    """What ``trouble`` means for a delivery. A rate limit holds the whole workspace."""
    if trouble.code in _LIMITED:
        seconds = PAUSE if trouble.retry_after is None else trouble.retry_after
        return Later(seconds, trouble.code, whole_tenant=True)
    if trouble.code in _PASSING or trouble.status >= 500 or trouble.code.startswith("http_"):
        return Later(trouble.retry_after or PAUSE, trouble.code)
    if trouble.code in _NO_WAY:
        return Unreachable(trouble.code)
    return Refused(trouble.code)


def _channel(address: Mapping[str, Any]) -> str:
    channel = address.get("channel")
    return channel if isinstance(channel, str) else ""
