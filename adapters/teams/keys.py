"""The public keys that Microsoft signs its requests with: fetched on the loop, renewed in time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt

_log = logging.getLogger(__name__)
_TIMEOUT = aiohttp.ClientTimeout(total=10)
_DAY = 24 * 60 * 60.0
_MINUTE = 60.0
_RETRY = 5.0


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels it may sign for."""

    public_key: Any
    endorsements: list[str]


class SigningKeys:
    """Keys by id, from an OpenID metadata address.

    They are renewed once a day, and at most once a minute when a request names a key that is not
    among them: that is how a rotation shows. ``get`` is all that the SDK asks of such an object.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._lock = asyncio.Lock()
        self._keys: dict[str, SigningKey] = {}
        self._tried = float("-inf")
        self._renewed = float("-inf")

    async def get(self, key_id: str | None) -> SigningKey:
        """The key of that id. Raises ``PermissionError`` where there is none."""
        key = self._known(key_id)
        if key is None:
            async with self._lock:
                key = self._known(key_id)
                if key is None and self._clock() - self._tried >= self._pause():
                    await self._renew()
                    key = self._keys.get(key_id or "")
        # Keys past their day still serve while Microsoft's metadata cannot be had.
        key = key or self._keys.get(key_id or "")
        if key is None:
            raise PermissionError("the token is signed with an unknown key")
        return key

    def _known(self, key_id: str | None) -> SigningKey | None:
        fresh = self._clock() - self._renewed < _DAY
        return self._keys.get(key_id or "") if fresh else None

    def _pause(self) -> float:
        return _MINUTE if self._keys else _RETRY

    async def _renew(self) -> None:
        self._tried = self._clock()
        try:
            async with aiohttp.ClientSession(timeout=_TIMEOUT, raise_for_status=True) as session:
                async with session.get(self._url) as response:
                    where = (await response.json(content_type=None))["jwks_uri"]
                async with session.get(where) as response:
                    found = (await response.json(content_type=None))["keys"]
            self._keys = {key["kid"]: _signing_key(key) for key in found if "kid" in key}
            self._renewed = self._clock()
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError, jwt.PyJWTError):
            _log.warning("Microsoft's signing keys could not be fetched from %s", self._url)


def _signing_key(key: dict[str, Any]) -> SigningKey:
    return SigningKey(jwt.PyJWK(key, algorithm="RS256").key, list(key.get("endorsements", [])))
