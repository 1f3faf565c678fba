"""The two ways in which Slack brings a payload to the app: signed HTTP, and Socket Mode."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier
from typing_extensions import override

from tests.slack.fake_slack import SIGNING_SECRET
from tests.slack.socket_slack import Socket

Json = dict[str, Any]

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


def signed(body: str, *, secret: str = SIGNING_SECRET, age: float = 0) -> dict[str, str]:
    """The headers with which Slack signs ``body``, ``age`` seconds ago."""
    stamp = str(int(time.time() - age))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature or ""}


@dataclass(frozen=True, slots=True)
class Ack:
    """What the app acknowledged with: JSON, words, or nothing."""

    status: int
    answer: Json | str


class Transport(ABC):
    """Brings each kind of payload, and waits for its acknowledgement."""

    @abstractmethod
    async def command(self, body: Json) -> Ack:
        """A slash command."""

    @abstractmethod
    async def interaction(self, body: Json) -> Ack:
        """A press, a form or a shortcut."""

    @abstractmethod
    async def event(self, body: Json, attempt: int = 0) -> Ack:
        """An event in its envelope; ``attempt`` above 0 is a retry."""


class Http(Transport):
    """Signed requests to the app's ``url`` (its ``/slack/events``)."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    @override
    async def command(self, body: Json) -> Ack:
        text = urlencode({name: part for name, part in body.items() if part is not None})
        return await self.raw(text, {**signed(text), **FORM})

    @override
    async def interaction(self, body: Json) -> Ack:
        return await self.command({"payload": json.dumps(body)})

    @override
    async def event(self, body: Json, attempt: int = 0) -> Ack:
        retry = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        return await self.json(body, retry if attempt else {})

    async def json(self, body: Json, headers: dict[str, str]) -> Ack:
        """A signed request with a JSON body."""
        text = json.dumps(body)
        return await self.raw(text, {**signed(text), **JSON, **headers})

    async def raw(self, text: str, headers: dict[str, str]) -> Ack:
        """Any request."""
        async with self._http.post(self._url, data=text.encode(), headers=headers) as response:
            answer = await response.text()
            return Ack(response.status, json.loads(answer) if answer.startswith("{") else answer)


class SocketMode(Transport):
    """Envelopes over the app's own connection to Slack."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket

    @override
    async def command(self, body: Json) -> Ack:
        ack = _ack(await self._socket.deliver("slash_commands", body, answerable=True))
        words = isinstance(ack.answer, dict) and list(ack.answer) == ["text"]
        return Ack(200, ack.answer["text"]) if words and isinstance(ack.answer, dict) else ack

    @override
    async def interaction(self, body: Json) -> Ack:
        answerable = body["type"] == "view_submission"
        return _ack(await self._socket.deliver("interactive", body, answerable=answerable))

    @override
    async def event(self, body: Json, attempt: int = 0) -> Ack:
        return _ack(await self._socket.deliver("events_api", body, attempt=attempt))


def _ack(envelope: Json) -> Ack:
    return Ack(200, envelope.get("payload") or "")
