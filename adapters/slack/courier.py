"""Notices into a person's direct messages with the bot, and into channels.

A message's handle is ``channel:ts``: enough to edit it, and what a reply in its thread names.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from adapters.slack import render
from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.limits import DoesNotFit, Shape
from adapters.slack.outcomes import GONE, outcome
from adapters.slack.workspaces import DEAD_TOKENS, Workspace, Workspaces
from core.apology import apologise
from core.callers import Address
from core.couriers import Outcome, Parcel, Refused, Sent, Unreachable

_log = logging.getLogger(__name__)


class SlackCourier:
    """Delivers with the bot token of the parcel's workspace.

    ``delivered`` hears of each tenant and user that something was delivered to.
    """

    def __init__(
        self,
        api: SlackApi,
        workspaces: Workspaces,
        delivered: Callable[[str, str], None] = lambda _tenant, _user: None,
    ) -> None:
        self._api = api
        self._workspaces = workspaces
        self._delivered = delivered

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send or edit one message. Never raises for anything that Slack answered."""
        done = await self._tried(parcel)
        if isinstance(done, Sent) and not parcel.channel:
            self._delivered(parcel.tenant, parcel.user)
        return done

    async def _tried(self, parcel: Parcel) -> Outcome:
        try:
            message = render.message(parcel.view, parcel.speech)
            workspace = await self._fresh(parcel.tenant)
            if workspace is None:
                return _app_is_gone(parcel, "app_not_installed")
            if parcel.channel:
                return await self._into_channel(parcel, workspace, message)
            return await self._deliver(parcel, workspace, message)
        except DoesNotFit as problem:
            _log.error("a notice does not fit: %s", problem)
            return Refused("does_not_fit")
        except SlackTrouble as trouble:
            if trouble.code in DEAD_TOKENS:
                self._workspaces.forget(parcel.tenant)
            done = outcome(trouble)
            dead = trouble.code in DEAD_TOKENS and isinstance(done, Unreachable)
            return _app_is_gone(parcel, trouble.code) if dead else done

    async def _fresh(self, tenant: str) -> Workspace | None:
        try:
            return await self._workspaces.fresh(tenant)
        except SlackTrouble:
            raise
        except Exception as error:
            # The database did not say whose token it is. That passes: the notice is not given up.
            apologise(error, platform="slack", tenant=tenant)
            raise SlackTrouble("service_unavailable") from None

    async def _deliver(self, parcel: Parcel, workspace: Workspace, message: Shape) -> Outcome:
        if parcel.handle:
            try:
                return await self._edit(parcel.handle, workspace, message)
            except SlackTrouble as trouble:
                if trouble.code not in GONE:
                    raise
        known = parcel.address.conversation
        if known:
            try:
                return await self._post(known, workspace, message)
            except SlackTrouble as trouble:
                if trouble.code != "channel_not_found":
                    raise
        opened = await self._call(workspace, "conversations.open", {"users": parcel.user})
        channel = str(opened["channel"]["id"])
        sent = await self._post(channel, workspace, message)
        return Sent(sent.handle, Address(channel))

    async def _into_channel(self, parcel: Parcel, workspace: Workspace, message: Shape) -> Outcome:
        """Post for all to read, or edit what stands there. A post that somebody has deleted is not
        put back."""
        if not parcel.handle:
            return await self._post(parcel.address.conversation, workspace, message)
        try:
            return await self._edit(parcel.handle, workspace, message)
        except SlackTrouble as trouble:
            if trouble.code not in GONE:
                raise
            return Refused(trouble.code)

    async def _edit(self, handle: str, workspace: Workspace, message: Shape) -> Sent:
        channel, _, ts = handle.partition(":")
        await self._call(workspace, "chat.update", {"channel": channel, "ts": ts, **message})
        return Sent(handle)

    async def _post(self, channel: str, workspace: Workspace, message: Shape) -> Sent:
        body = {"channel": channel, **render.QUIET, **message}
        posted = await self._call(workspace, "chat.postMessage", body)
        return Sent(f"{posted['channel']}:{posted['ts']}")

    async def _call(self, workspace: Workspace, method: str, body: Shape) -> Shape:
        return await self._api.call(workspace.token, method, body, once=True)


def _app_is_gone(parcel: Parcel, reason: str) -> Outcome:
    """A person may be reached in another chat of theirs. A channel has no other, and nothing is
    wrong with it: operators see why, and try again once the app is back."""
    return Refused(reason) if parcel.channel else Unreachable(reason)
