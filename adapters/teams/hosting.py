"""Authenticates requests with the Bot Framework SDK. The only file that imports it.

The SDK is archived, so it gets the least that it needs: two strings of the activity and the
header, and the bot's id, never its secret. It fetches keys with a blocking call and reloads them
once a day; ours take their place.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import NoReturn

from botbuilder.integration.aiohttp import ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity
from botframework.connector.auth import AuthenticationConstants, JwtTokenExtractor

from adapters.teams.keys import SigningKey, SigningKeys
from adapters.teams.settings import TeamsSettings

CHANNEL = "msteams"
_REMEMBERED = 300.0
_MOST_REMEMBERED = 1_000


class Unauthorised(Exception):
    """The request is not Microsoft's, or not for this bot. Holds no part of the token."""


class Authenticator:
    """Checks the bearer token of each request against the activity that came with it.

    Teams sends the same token for about an hour. One that has passed is remembered, by its hash
    and for five minutes at most, so that the signature is not worked out for every message.
    """

    def __init__(
        self,
        settings: TeamsSettings,
        now: Callable[[], float] = time.time,
        keys: SigningKeys | None = None,
    ) -> None:
        cloud = settings.cloud
        self._issuer = cloud.issuer
        self._app_id = settings.app_id
        self._now = now
        self._passed: dict[tuple[bytes, str], float] = {}
        JwtTokenExtractor.metadataCache[cloud.metadata_url] = keys or SigningKeys(
            cloud.metadata_url
        )
        emulator = AuthenticationConstants.TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL
        JwtTokenExtractor.metadataCache[emulator] = _NoKeys()
        self._sdk = ConfigurationBotFrameworkAuthentication(
            SimpleNamespace(
                TO_CHANNEL_FROM_BOT_LOGIN_URL=cloud.login_url,
                TO_CHANNEL_FROM_BOT_OAUTH_SCOPE=cloud.scope,
                TO_BOT_FROM_CHANNEL_TOKEN_ISSUER=cloud.issuer,
                OAUTH_URL=cloud.issuer,
                TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=cloud.metadata_url,
                TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL=emulator,
            ),
            credentials_factory=_OneBot(settings.app_id),
        )

    async def check(self, header: str | None, channel: object, service_url: object) -> None:
        """Raise ``Unauthorised`` unless the header vouches for this channel and service URL.

        Other channels are refused even with a good token: in those a user writes the tenant.
        """
        if not header or channel != CHANNEL or not isinstance(service_url, str) or not service_url:
            raise Unauthorised("no token, not from Teams, or without a service URL")
        raw = header.encode("utf-8", "surrogateescape")  # a header may hold any byte
        key = (hashlib.sha256(raw).digest(), service_url)
        if self._passed.get(key, 0.0) > self._now():
            return
        activity = Activity(channel_id=channel, service_url=service_url)
        try:
            result = await self._sdk.authenticate_request(activity, header)
            claims = dict(result.claims_identity.claims)
        except Exception as error:  # the SDK raises whatever its parts raise
            raise Unauthorised(type(error).__name__) from None
        if claims.get("iss") != self._issuer or claims.get("serviceurl") != service_url:
            raise Unauthorised("the token is not the channel's")
        if any(claims.get(name, self._app_id) != self._app_id for name in ("appid", "azp")):
            raise Unauthorised("the token is another bot's")
        if "exp" not in claims:
            raise Unauthorised("the token never expires")
        self._remember(key, float(claims["exp"]))

    def _remember(self, key: tuple[bytes, str], expires: float) -> None:
        if len(self._passed) >= _MOST_REMEMBERED:
            self._passed.clear()
        self._passed[key] = min(expires, self._now() + _REMEMBERED)


class _OneBot:
    """Tells the SDK which bot this is. It gets no credential, because it sends nothing."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id

    async def is_valid_app_id(self, app_id: str) -> bool:
        return app_id == self._app_id

    async def is_authentication_disabled(self) -> bool:
        return False

    async def create_credentials(self, *_asked: object) -> NoReturn:
        raise PermissionError("only the courier sends, and it has tokens of its own")


class _NoKeys:
    """The keys of the emulator's and of other bots' tokens: this bot takes neither."""

    async def get(self, _key_id: str | None) -> SigningKey:
        raise PermissionError("emulator and skill tokens are not taken")
