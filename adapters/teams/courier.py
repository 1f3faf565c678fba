"""Sends and edits messages over one small pool of connections, and says what came of each.

A message's handle is ``conversationId|activityId``. An address has no
``conversation`` before the personal chat is known.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.teams import render
from adapters.teams.limits import CONNECTIONS, CardTooBig
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens, TokenUnavailable
from core.callers import Address
from core.couriers import Later, Outcome, Parcel, Refused, Sent, Unreachable
from core.ui.plain import summary

_TIMEOUT = aiohttp.ClientTimeout(total=15)
_NO_TOKEN_WAIT = 60.0
_BUSY = frozenset({408, 412, 500, 502, 503, 504})


class TeamsCourier:
    """The way to people's personal chats with the bot, and to channel threads."""

    def __init__(self, settings: TeamsSettings, tokens: Tokens) -> None:
        self._settings = settings
        self._tokens = tokens
        self._open: aiohttp.ClientSession | None = None

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send or edit one notice. Never raises for anything the platform answered."""
        try:
            card = render.card(parcel.view, parcel.speech)
        except CardTooBig as error:
            return Refused(str(error))
        message = render.message(card, summary(parcel.view, parcel.speech))
        return await self.send(
            parcel.tenant, parcel.user, parcel.address, message, handle=parcel.handle
        )

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
        message that was deleted meanwhile is sent afresh.
        """
        service_url = address.service_url or self._settings.cloud.service_url
        if handle:
            conversation, _bar, activity = handle.rpartition("|")
            outcome = await self._put(service_url, conversation, activity, message)
            if not isinstance(outcome, Unreachable):
                return outcome
        if address.conversation:
            return await self.post(service_url, address.conversation, message)
        return await self._first(service_url, tenant, user, address, message)

    async def post(
        self,
        service_url: str,
        conversation: str,
        message: Mapping[str, Any],
        *,
        only_for: str = "",
    ) -> Outcome:
        """Post into a conversation or thread; ``only_for`` names the one user who sees it."""
        path = f"/{quote(conversation, safe='')}/activities"
        if only_for:
            path += "?isTargetedActivity=true"
            message = {**message, "recipient": {"id": only_for}}
        answer = await self._ask("POST", service_url, path, message)
        if isinstance(answer, dict):
            return Sent(_handle(conversation, answer.get("id")))
        return answer

    async def close(self) -> None:
        """Close the connections."""
        if self._open is not None:
            await self._open.close()

    async def _first(
        self,
        service_url: str,
        tenant: str,
        user: str,
        address: Address,
        message: Mapping[str, Any],
    ) -> Outcome:
        bot = address.bot or f"28:{self._settings.app_id}"
        member = address.user or user
        chat = {
            "bot": {"id": bot},
            "members": [{"id": member}],
            "channelData": {"tenant": {"id": tenant}},
            "tenantId": tenant,
            "isGroup": False,
        }
        answer = await self._ask("POST", service_url, "", chat)
        if not isinstance(answer, dict):
            return answer
        conversation = answer.get("id")
        if not isinstance(conversation, str) or not conversation:
            return Refused("the new chat came without an id")
        outcome = await self.post(service_url, conversation, message)
        if isinstance(outcome, Sent):
            return replace(outcome, address=Address(conversation, service_url, bot, member))
        return outcome

    async def _put(
        self, service_url: str, conversation: str, activity: str, message: Mapping[str, Any]
    ) -> Outcome:
        path = f"/{quote(conversation, safe='')}/activities/{quote(activity, safe='')}"
        answer = await self._ask("PUT", service_url, path, {**message, "id": activity})
        return Sent(_handle(conversation, activity)) if isinstance(answer, dict) else answer

    async def _ask(
        self, method: str, service_url: str, path: str, body: Mapping[str, Any]
    ) -> dict[str, Any] | Outcome:
        url = URL(f"{service_url.rstrip('/')}/v3/conversations{path}", encoded=True)
        answer = await self._try(method, url, body)
        if isinstance(answer, Refused) and answer.reason.startswith("401"):
            self._tokens.forget()
            answer = await self._try(method, url, body)
        return answer

    async def _try(
        self, method: str, url: URL, body: Mapping[str, Any]
    ) -> dict[str, Any] | Outcome:
        try:
            async with self._session().request(
                method,
                url,
                data=json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
                headers={"Content-Type": "application/json", **await self._tokens.headers()},
                allow_redirects=False,  # the token is for this address alone
            ) as response:
                found = _json(await response.read())
                if 200 <= response.status < 300:
                    return found
                return outcome_of(response.status, response.headers.get("Retry-After"), found)
        except TokenUnavailable as error:
            return Later(_NO_TOKEN_WAIT, f"no token: {error}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Later(_soon(), f"network: {type(error).__name__}")

    def _session(self) -> aiohttp.ClientSession:
        # Made at the first use, because a session belongs to the loop that is then running.
        if self._open is None:
            self._open = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS), timeout=_TIMEOUT
            )
        return self._open


def outcome_of(status: int, retry_after: str | None, body: Mapping[str, Any]) -> Outcome:
    """What an answer that is not a success means for the message."""
    error = body.get("error")
    code = str(error.get("code", "")) if isinstance(error, Mapping) else ""
    reason = f"{status} {re.sub(r'[^A-Za-z0-9_. -]', '', code)[:60]}".strip()
    if status == 429:
        return Later(_wait(retry_after), reason, whole_tenant=True)
    if status in _BUSY:
        return Later(_wait(retry_after), reason)
    if status in {403, 404}:
        return Unreachable(reason)
    return Refused(reason)


def _handle(conversation: str, activity: object) -> str:
    return f"{conversation}|{activity}" if isinstance(activity, str) and activity else ""


def _soon() -> float:
    """A few seconds, spread, so that those who wait do not come back together."""
    return random.uniform(1.0, 4.0)  # noqa: S311


def _wait(retry_after: str | None) -> float:
    """Seconds to wait: a number or an HTTP date, or a few where there is neither."""
    if not retry_after:
        return _soon()
    try:
        return max(float(retry_after), 0.1)
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(retry_after)
        return max((moment - datetime.now(UTC)).total_seconds(), 0.1)
    except (ValueError, TypeError):
        return _soon()


def _json(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
