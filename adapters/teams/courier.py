"""Sends and edits messages over one small pool of connections, and says what came of each.

A message's handle is ``conversationId|activityId``. An address has no
``conversation`` before the personal chat is known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.teams import render
from adapters.teams.limits import CONNECTIONS, CardTooBig
from adapters.teams.outcomes import no_network, no_sign_in, outcome_of
from adapters.teams.pacing import Pace
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens, TokenUnavailable
from core.callers import Address
from core.couriers import Later, Outcome, Parcel, Refused, Sent, Unreachable
from core.ui.plain import summary

_TIMEOUT = aiohttp.ClientTimeout(total=15)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class _Way:
    """Where a message goes, and whether somebody waits for it or it is a notice."""

    service_url: str
    tenant: str
    notice: bool = False


class TeamsCourier:
    """The way to people's personal chats with the bot, to channels, and to threads in them."""

    def __init__(self, settings: TeamsSettings, tokens: Tokens, pace: Pace | None = None) -> None:
        self._settings = settings
        self._tokens = tokens
        self._pace = pace or Pace(limited=not settings.anonymous)
        self._open: aiohttp.ClientSession | None = None

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send or edit one notice. Never raises for anything the platform answered."""
        try:
            card = render.card(parcel.view, parcel.speech)
        except CardTooBig as error:
            return Refused(str(error))
        message = render.message(card, summary(parcel.view, parcel.speech))
        way = _Way(self._service_url(parcel.address), parcel.tenant, notice=True)
        if parcel.channel:
            return await self._into_channel(way, parcel, message)
        return await self._send(way, parcel.user, parcel.address, message, parcel.handle)

    async def send(
        self,
        tenant: str,
        user: str,
        address: Address,
        message: Mapping[str, Any],
        *,
        handle: str = "",
    ) -> Outcome:
        """Put ``message`` into a person's personal chat, or in place of the one at ``handle``.

        A chat that is not known yet is created, and its address comes back with ``Sent``. A
        message that was deleted meanwhile is sent afresh. Answers go this way: they are paced as
        notices are, and find room before them.
        """
        way = _Way(self._service_url(address), tenant)
        return await self._send(way, user, address, message, handle)

    async def post(
        self,
        service_url: str,
        conversation: str,
        message: Mapping[str, Any],
        *,
        tenant: str,
        only_for: str | None = None,
    ) -> Outcome:
        """Post into a conversation or thread; ``only_for`` is the id of the one user who sees it,
        and without an id in it nobody does."""
        return await self._post(_Way(service_url, tenant), conversation, message, only_for)

    async def close(self) -> None:
        """Close the connections."""
        if self._open is not None:
            await self._open.close()

    def _service_url(self, address: Address) -> str:
        return address.service_url or self._settings.cloud.service_url

    async def _send(
        self, way: _Way, user: str, address: Address, message: Mapping[str, Any], handle: str
    ) -> Outcome:
        if handle:
            outcome = await self._put(way, handle, message)
            if not isinstance(outcome, Unreachable):
                return outcome
        if address.conversation:
            return await self._post(way, address.conversation, message)
        return await self._first(way, user, address, message)

    async def _into_channel(self, way: _Way, parcel: Parcel, message: Mapping[str, Any]) -> Outcome:
        """Post for all to read, as the beginning of a thread, or edit what stands there. A post
        that somebody has deleted is not put back."""
        if not parcel.handle:
            return await self._post(way, parcel.address.conversation, message)
        outcome = await self._put(way, parcel.handle, message)
        return Refused(outcome.reason) if isinstance(outcome, Unreachable) else outcome

    async def _first(
        self, way: _Way, user: str, address: Address, message: Mapping[str, Any]
    ) -> Outcome:
        bot = address.bot or f"28:{self._settings.app_id}"
        member = address.user or user
        chat = {
            "bot": {"id": bot},
            "members": [{"id": member}],
            "channelData": {"tenant": {"id": way.tenant}},
            "tenantId": way.tenant,
            "isGroup": False,
        }
        answer = await self._ask("POST", way, member, "", chat)
        if not isinstance(answer, dict):
            return answer
        conversation = answer.get("id")
        if not isinstance(conversation, str) or not conversation:
            return Refused("the new chat came without an id")
        outcome = await self._post(way, conversation, message)
        if isinstance(outcome, Sent):
            return replace(outcome, address=Address(conversation, way.service_url, bot, member))
        return outcome

    async def _post(
        self,
        way: _Way,
        conversation: str,
        message: Mapping[str, Any],
        only_for: str | None = None,
    ) -> Outcome:
        if only_for == "":
            return Refused("for one person, whose id is not known")
        path = f"/{quote(conversation, safe='')}/activities"
        if only_for:
            path += "?isTargetedActivity=true"
            message = {**message, "recipient": {"id": only_for}}
        answer = await self._ask("POST", way, conversation, path, message)
        if isinstance(answer, dict):
            return Sent(_handle(conversation, answer.get("id")))
        return answer

    async def _put(self, way: _Way, handle: str, message: Mapping[str, Any]) -> Outcome:
        conversation, _bar, activity = handle.rpartition("|")
        path = f"/{quote(conversation, safe='')}/activities/{quote(activity, safe='')}"
        answer = await self._ask("PUT", way, conversation, path, {**message, "id": activity})
        return Sent(_handle(conversation, activity)) if isinstance(answer, dict) else answer

    async def _ask(
        self, method: str, way: _Way, conversation: str, path: str, body: Mapping[str, Any]
    ) -> dict[str, Any] | Outcome:
        """The answer to one request, made when the pace allows, or what came in its place."""
        thread = conversation.partition(";")[0]  # the limits are those of its channel
        wait = await self._pace.turn(way.tenant, thread, notice=way.notice)
        if wait is not None:
            reason = "Teams has asked to wait" if wait.held else "as fast as Teams allows"
            return Later(wait.seconds, reason, whole_tenant=wait.held)
        url = URL(f"{way.service_url.rstrip('/')}/v3/conversations{path}", encoded=True)
        try:
            answer = await self._try(method, url, _encode(body).encode())
        except TokenUnavailable as error:
            return no_sign_in(f"no token: {error}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return no_network(error)
        if isinstance(answer, Later) and answer.whole_tenant:
            self._pace.hold(way.tenant, answer.seconds)
        return answer

    async def _try(self, method: str, url: URL, body: bytes) -> dict[str, Any] | Outcome:
        """Ask, and once more with another token where the first was refused."""
        token = await self._tokens.headers()
        status, retry_after, found = await self._request(method, url, body, token)
        if status == 401 and self._tokens.forget(token):
            token = await self._tokens.headers()
            status, retry_after, found = await self._request(method, url, body, token)
        return found if 200 <= status < 300 else outcome_of(status, retry_after, found)

    async def _request(
        self, method: str, url: URL, body: bytes, token: Mapping[str, str]
    ) -> tuple[int, str | None, dict[str, Any]]:
        async with self._session().request(
            method,
            url,
            data=body,
            headers={"Content-Type": "application/json", **token},
            allow_redirects=False,  # the token is for this address alone
        ) as response:
            found = _json(await response.read())
            return response.status, response.headers.get("Retry-After"), found

    def _session(self) -> aiohttp.ClientSession:
        # Made at the first use, because a session belongs to the loop that is then running.
        if self._open is None:
            self._open = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                timeout=_TIMEOUT,
                cookie_jar=aiohttp.DummyCookieJar(),  # nothing goes from one tenant to another
            )
        return self._open


def _handle(conversation: str, activity: object) -> str:
    return f"{conversation}|{activity}" if isinstance(activity, str) and activity else ""


def _json(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
