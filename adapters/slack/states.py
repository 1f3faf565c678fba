"""The ``state`` that goes with a browser to Slack and back: ours, short-lived, and good once."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from hmac import compare_digest

from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from typing_extensions import override

from adapters.slack.renewing import utc_now
from core.kernel.keys import Keys

LASTS = 600
"""Seconds from the start of an installation to its end."""
COOKIE = "hourbridge-slack-install"
_PURPOSE = "slack-install-state"


class StateProblem(Exception):
    """A state that installs nothing. ``reason`` is ``forged``, ``expired`` or ``used``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class States(AsyncOAuthStateStore):
    """States that carry their own end and signature, so that only used ones are kept."""

    def __init__(
        self,
        keys: Keys,
        use_once: Callable[[str], Awaitable[bool]],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._keys = keys
        self._use_once = use_once
        self._now = now

    @override
    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new state."""
        signed = f"{secrets.token_urlsafe(24)}.{int(self._now().timestamp()) + LASTS}"
        return f"{signed}.{self._keys.digest(_PURPOSE, signed)}"

    @override
    async def async_consume(self, state: str) -> bool:
        """Use ``state`` up. Raises ``StateProblem``."""
        signed, _, signature = state.rpartition(".")
        nonce, _, ends = signed.rpartition(".")
        good = self._keys.digests(_PURPOSE, signed)
        if not any(compare_digest(signature.encode(), one.encode()) for one in good):
            raise StateProblem("forged")
        if self._now().timestamp() >= int(ends):
            raise StateProblem("expired")
        if not await self._use_once(f"{_PURPOSE}:{nonce}"):
            raise StateProblem("used")
        return True


class BrowserCookie(OAuthStateUtils):
    """The cookie that ties a state to the browser it was made for.

    ``secure`` goes by the address that people use: behind a proxy that ends TLS, the request
    itself arrives over plain HTTP. It stays until it ends, so that a page that is loaded again
    says that it works once, and not that the browser is another.
    """

    def __init__(self, *, secure: bool) -> None:
        super().__init__(cookie_name=COOKIE, expiration_seconds=LASTS)
        self._manner = "Path=/slack; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")

    @override
    def build_set_cookie_for_new_state(self, state: str) -> str:
        return f"{COOKIE}={state}; {self._manner}; Max-Age={LASTS}"
