"""Calls to Slack over one HTTP session, and one exception for whatever goes wrong with them.

A rate limit holds every call with the same token until Slack takes calls again. No token and no
text of a message is logged or put into an error.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.limits import Shape

_FAILURES = (
    SlackClientError,
    aiohttp.ClientError,
    TimeoutError,
    OSError,
    ValueError,
    AttributeError,  # what the SDK raises over an answer of plain text
)
TIMEOUT = aiohttp.ClientTimeout(total=10)
LIMITED = frozenset({"ratelimited", "rate_limited"})
PAUSE = 30.0
"""Seconds to wait after a failure that names no time of its own."""
WORTH_WAITING = 5.0
"""A person's answer waits this many seconds for a rate limit to end, and no longer."""


class SlackTrouble(Exception):
    """A call that Slack refused or that did not reach it.

    ``code`` is Slack's own word (``channel_not_found``), ``http_503`` where it sent none, or
    ``network`` where nothing sensible came back. ``status`` is the HTTP status, 0 without one;
    ``retry_after`` is in seconds.
    """

    def __init__(self, code: str, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.retry_after = retry_after


class SlackApi:
    """Slack's Web API at ``url``. A session opens with the first call, and ``close`` ends it."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        base = url if url.endswith("/") else f"{url}/"
        quiet = logging.getLogger("adapters.slack.sdk")
        quiet.setLevel(logging.WARNING)  # below this the SDK logs bodies
        patient: list[AsyncRetryHandler] = [AsyncConnectionErrorRetryHandler()]
        self._patient = AsyncWebClient(base_url=base, retry_handlers=patient, logger=quiet)
        self._once = AsyncWebClient(base_url=base, retry_handlers=[], logger=quiet)
        self._session: aiohttp.ClientSession | None = None
        self._clock = clock
        self._held: dict[str, float] = {}

    @property
    def base_url(self) -> str:
        """Where the methods are, with a slash at its end."""
        return self._once.base_url

    async def call(
        self, token: str, method: str, body: Shape, *, once: bool = False, form: bool = False
    ) -> Shape:
        """What Slack answers to ``method``. Raises ``SlackTrouble``.

        A dropped connection and a short rate limit are tried a second time, unless ``once``.
        ``form``: the method reads no JSON, as Slack's methods that look something up.
        """
        try:
            return await self._send(token, method, body, once=once, form=form)
        except SlackTrouble as trouble:
            wait = PAUSE if trouble.retry_after is None else trouble.retry_after
            if once or trouble.code not in LIMITED or wait > WORTH_WAITING:
                raise
        await asyncio.sleep(wait)
        return await self._send(token, method, body, once=once, form=form)

    def _left(self, token: str) -> float:
        """The seconds for which Slack takes no calls with ``token``."""
        left = self._held.get(token, 0.0) - self._clock()
        if left > 0.01:
            return left
        self._held.pop(token, None)
        return 0.0

    def _hold(self, token: str, seconds: float) -> None:
        now = self._clock()
        # Tokens are replaced: one that is never called with again is not remembered for ever.
        self._held = {one: until for one, until in self._held.items() if until > now}
        self._held[token] = max(now + seconds, self._held.get(token, 0.0))

    async def _send(self, token: str, method: str, body: Shape, *, once: bool, form: bool) -> Shape:
        if held := self._left(token):
            raise SlackTrouble("ratelimited", 429, held)
        client = self._once if once else self._patient
        client.session = self._open_session()
        headers = {"Authorization": f"Bearer {token}"}
        given: dict[str, Any] = {"data": body} if form else {"json": body}
        try:
            response = await client.api_call(method, headers=headers, **given)
        except _FAILURES as error:
            trouble = _trouble(error)
            if trouble.code in LIMITED:
                self._hold(token, PAUSE if trouble.retry_after is None else trouble.retry_after)
            raise trouble from None
        return cast("Shape", response.data)

    async def respond(self, url: str, body: Shape) -> None:
        """Answer at the ``response_url`` that came with a press or command.

        It works 5 times in 30 minutes. Raises ``SlackTrouble``.
        """
        try:
            async with self._open_session().post(url, json=body) as response:
                if response.status != 200:
                    raise SlackTrouble("response_url_refused", response.status)
        except _FAILURES as error:
            raise _trouble(error) from None

    async def close(self) -> None:
        """End the session. A later call opens a new one."""
        session, self._session = self._session, None
        if session:
            await session.close()

    def _open_session(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(loop=loop, timeout=TIMEOUT)
        return self._session


def _trouble(error: Exception) -> SlackTrouble:
    response: object = getattr(error, "response", None)
    if not isinstance(response, AsyncSlackResponse):
        # An answer that is not JSON comes as aiohttp's own response; no answer, as nothing.
        status = getattr(response, "status", 0)
        return SlackTrouble(f"http_{status}" if status else "network", status)
    status = response.status_code
    data: Any = response.data
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429:
        code = "ratelimited"
    return SlackTrouble(str(code or f"http_{status}"), status, _retry_after(response))


def _retry_after(response: AsyncSlackResponse) -> float | None:
    given = response.headers.get("Retry-After", "")
    try:
        return max(float(given), 0.0) if given else None
    except ValueError:
        return None
