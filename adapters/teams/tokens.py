"""The bot's own token for the connector service: fetched off the event loop, kept until it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from adapters.teams.settings import MANAGED_IDENTITY, SINGLE_TENANT, TeamsSettings

Acquire = Callable[[], Mapping[str, Any]]
"""Asks Microsoft for a token, blocking: ``{"access_token": ..., "expires_in": seconds}``."""

_EARLY = 300.0
"""A token is renewed this many seconds before it ends."""
_PATIENCE = 20.0
_HTTP_TIMEOUT = 10


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
        self._until = 0.0

    async def headers(self) -> dict[str, str]:
        """The authorisation header of a request. Raises ``TokenUnavailable``."""
        if self._acquire is None or self._clock() < self._until:
            return self._headers
        async with self._lock:
            if self._clock() >= self._until:
                await self._renew(self._acquire)
        return self._headers

    def forget(self) -> None:
        """Fetch a new token next time: the service has refused this one."""
        self._until = 0.0

    async def _renew(self, acquire: Acquire) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                result = await asyncio.to_thread(acquire)
        except Exception as error:
            raise TokenUnavailable(type(error).__name__) from None
        token = result.get("access_token")
        if not isinstance(token, str):
            raise TokenUnavailable(str(result.get("error", "no token")))
        lifetime = float(result.get("expires_in", 0))
        self._headers = {"Authorization": f"Bearer {token}"}
        self._until = self._clock() + max(lifetime - _EARLY, lifetime / 2)


def tokens_for(settings: TeamsSettings) -> Tokens:
    """Tokens as ``settings`` ask for them; none at all when anonymous."""
    return Tokens(None if settings.anonymous else msal_acquire(settings))


def msal_acquire(settings: TeamsSettings, http_client: object | None = None) -> Acquire:
    """Client credentials, or the managed identity's token, through MSAL.

    ``http_client`` replaces MSAL's own; MSAL is first touched in the calling thread of
    ``acquire``, because making its application already asks the network.
    """
    application: Any = None

    def acquire() -> Mapping[str, Any]:
        nonlocal application
        if application is None:
            application = _application(settings, http_client)
        if settings.app_type.lower() == MANAGED_IDENTITY:
            result: Mapping[str, Any] = application.acquire_token_for_client(
                resource=settings.cloud.scope
            )
        else:
            result = application.acquire_token_for_client(
                scopes=[f"{settings.cloud.scope}/.default"]
            )
        return result

    return acquire


def _application(settings: TeamsSettings, http_client: object | None) -> Any:
    import msal  # type: ignore[import-untyped]

    if settings.app_type.lower() == MANAGED_IDENTITY:
        import requests

        identity = msal.UserAssignedManagedIdentity(client_id=settings.app_id)
        return msal.ManagedIdentityClient(identity, http_client=http_client or requests.Session())
    single = settings.app_type.lower() == SINGLE_TENANT
    tenant = settings.app_tenant_id if single else "botframework.com"
    return msal.ConfidentialClientApplication(
        settings.app_id,
        client_credential=settings.app_password,
        authority=f"{settings.cloud.login_url}{tenant}",
        http_client=http_client,
        **({} if http_client else {"timeout": _HTTP_TIMEOUT}),
    )
