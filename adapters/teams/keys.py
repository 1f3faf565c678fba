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
_TIMEOUT = aiohttp.ClientTimeout(total=5)
_DAY = 24 * 60 * 60.0
_MINUTE = 60.0
_RETRY = 5.0
_UNREADABLE = (
    aiohttp.ClientError,
    TimeoutError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    jwt.PyJWTError,
)
"""What comes of a server that is not there, or of an answer that is not shaped as it has to be."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels it may sign for."""

    public_key: Any
    endorsements: list[str]


class SigningKeys:
    """Keys by id, from an OpenID metadata address.

    They are renewed once a day, and at most once a minute when a request names a key that is not
    among them: that is how a rotation shows. While that goes on, nobody who comes with a key that
    is known waits for it. ``get`` is all that the SDK asks of such an object.
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
        # Keys past their day still serve while Microsoft's metadata cannot be had.
        key = self._keys.get(key_id or "")
        if not self._fresh(key) and not (key and self._lock.locked()):
            async with self._lock:
                key = self._keys.get(key_id or "")
                if not self._fresh(key) and self._clock() - self._tried >= self._pause():
                    await self._renew()
            key = self._keys.get(key_id or "")
        if key is None:
            raise PermissionError("the token is signed with an unknown key")
        return key

    def _fresh(self, key: SigningKey | None) -> bool:
        return key is not None and self._clock() - self._renewed < _DAY

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
            self._keys = {key["kid"]: _signing_key(key) for key in found if _is_ours(key)}
            self._renewed = self._clock()
        except _UNREADABLE:
            _log.warning("Microsoft's signing keys could not be fetched from %s", self._url)


def _is_ours(key: dict[str, Any]) -> bool:
    """Whether it can check a token. One of another kind is no reason to go without the rest."""
    return key.get("kty") == "RSA" and bool(key.get("kid"))


def _signing_key(key: dict[str, Any]) -> SigningKey:
    return SigningKey(jwt.PyJWK(key, algorithm="RS256").key, list(key.get("endorsements", [])))
