"""The bot's own token for the connector service: fetched off the event loop, kept until it ends."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from adapters.teams.certificate import CertificateError, read_certificate
from adapters.teams.settings import MANAGED_IDENTITY, SINGLE_TENANT, TeamsSettings

Acquire = Callable[[], Mapping[str, Any]]
"""Asks Microsoft for a token, blocking: ``{"access_token": ..., "expires_in": seconds}``."""

_log = logging.getLogger(__name__)
_EARLY = 300.0
"""A token is renewed this many seconds before it ends."""
_PAUSE = 15.0
"""Seconds after a login that failed, and between two tokens asked for because one was refused."""
_PATIENCE = 20.0
_HTTP_TIMEOUT = 10
_SOON = timedelta(days=30)
"""How long before its end a certificate is warned about."""


class TokenUnavailable(Exception):
    """No token came. The message is Microsoft's error code, never a secret."""


class Tokens:
    """One token for the whole process. Without ``acquire`` nothing is authenticated."""

    def __init__(
        self, acquire: Acquire | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._acquire = acquire
        self._clock = clock
        self._lock = asyncio.Lock()
        self._headers: dict[str, str] = {}
        self._renew_at = self._ends = self._forgotten = self._failed = float("-inf")
        self._failure = ""

    async def headers(self) -> dict[str, str]:
        """The authorisation header of a request. Raises ``TokenUnavailable``."""
        if self._acquire is None or self._clock() < self._renew_at:
            return self._headers
        async with self._lock:
            if self._clock() >= self._renew_at:
                await self._renew(self._acquire)
        return self._headers

    def forget(self, refused: Mapping[str, str]) -> bool:
        """Whether a request refused with the header ``refused`` is worth another try.

        It is with another token: the present one, where many requests were under way with an old
        one; the one that is asked for already; or a new one. A service that refuses every token
        gets no stream of new ones.
        """
        if self._acquire is None:
            return False
        if refused == self._headers and self._renew_at > float("-inf"):
            if self._clock() - self._forgotten < _PAUSE:
                return False
            self._forgotten = self._clock()
            self._renew_at = self._ends = float("-inf")
        return True

    async def _renew(self, acquire: Acquire) -> None:
        if self._clock() - self._failed >= _PAUSE:
            try:
                self._keep(await _asked(acquire))
            except TokenUnavailable as error:
                self._failed, self._failure = self._clock(), str(error)
                _log.warning("no token from Microsoft: %s", error)
        # What was asked for early still serves while the login is down.
        if self._clock() >= self._ends:
            raise TokenUnavailable(self._failure)

    def _keep(self, result: Mapping[str, Any]) -> None:
        lifetime = float(result.get("expires_in", 0))
        self._headers = {"Authorization": f"Bearer {result['access_token']}"}
        self._ends = self._clock() + lifetime
        self._renew_at = self._clock() + max(lifetime - _EARLY, lifetime / 2)


async def _asked(acquire: Acquire) -> Mapping[str, Any]:
    try:
        async with asyncio.timeout(_PATIENCE):
            result = await asyncio.to_thread(acquire)
    except CertificateError as error:
        raise TokenUnavailable(str(error)) from None
    except Exception as error:
        raise TokenUnavailable(type(error).__name__) from None
    if not isinstance(result.get("access_token"), str):
        codes = result.get("error_codes")
        numbers = [f"AADSTS{code}" for code in codes] if isinstance(codes, list) else []
        raise TokenUnavailable(" ".join((str(result.get("error", "no token")), *numbers)))
    return result


def tokens_for(settings: TeamsSettings) -> Tokens:
    """Tokens as ``settings`` ask for them; none at all when anonymous."""
    return Tokens(None if settings.anonymous else msal_acquire(settings))


def msal_acquire(settings: TeamsSettings) -> Acquire:
    """Client credentials, or the managed identity's token, through MSAL.

    Every call makes MSAL's application anew: it keeps tokens of its own, so that one which the
    service refuses would come back; and so a certificate that was replaced is read again.
    """
    managed = settings.app_type.lower() == MANAGED_IDENTITY
    return lambda: _of_identity(settings) if managed else _of_app(settings)


def _of_identity(settings: TeamsSettings) -> Mapping[str, Any]:
    import msal  # type: ignore[import-untyped]

    with _session() as http:
        identity = msal.UserAssignedManagedIdentity(client_id=settings.app_id)
        client = msal.ManagedIdentityClient(identity, http_client=http)
        found: Mapping[str, Any] = client.acquire_token_for_client(resource=settings.cloud.scope)
    return found


def _of_app(settings: TeamsSettings) -> Mapping[str, Any]:
    import msal

    single = settings.app_type.lower() == SINGLE_TENANT
    tenant = settings.app_tenant_id if single else "botframework.com"
    with _session() as http:
        app = msal.ConfidentialClientApplication(
            settings.app_id,
            client_credential=_credential(settings),
            authority=f"{settings.cloud.login_url}{tenant}",
            # The address of the login is ours and fixed, so nobody has to be asked about it.
            instance_discovery=False,
            http_client=http,
        )
        found: Mapping[str, Any] = app.acquire_token_for_client(
            scopes=[f"{settings.cloud.scope}/.default"]
        )
    return found


def _credential(settings: TeamsSettings) -> str | Mapping[str, str]:
    if not settings.app_certificate:
        return settings.app_password
    certificate = read_certificate(settings.app_certificate)
    if certificate.ends - datetime.now(UTC) < _SOON:
        _log.warning("the certificate that signs in to Microsoft ends on %s", certificate.ends)
    return certificate.credential


def _session() -> Any:
    """MSAL's HTTP client, one that gives up: what MSAL makes for an identity waits for ever."""
    import requests

    session = requests.Session()
    session.request = partial(session.request, timeout=_HTTP_TIMEOUT)  # type: ignore[method-assign]
    return session
