"""Microsoft's signing keys for tests: real RS256 tokens and a real metadata server."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

from adapters.teams.settings import Cloud, TeamsSettings

APP_ID = "11111111-2222-4333-8444-555555555555"
ISSUER = "https://api.botframework.com"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeMicrosoft:
    """Publishes its keys by id and signs tokens with them. ``fetches`` counts the downloads.

    ``asked`` is set once somebody asks; where there is a ``slow``, they wait until it is set too.
    """

    def __init__(self) -> None:
        self.keys: dict[str, rsa.RSAPrivateKey] = {"k1": new_key()}
        self.endorsements = ["msteams"]
        self.others: list[dict[str, Any]] = []
        self.fetches = 0
        self.down = False
        self.answer = ""
        self.asked = asyncio.Event()
        self.slow: asyncio.Event | None = None
        self._server: TestServer | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/openid", self._metadata)
        app.router.add_get("/keys", self._keys)
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    def url(self, path: str) -> str:
        assert self._server is not None
        return str(self._server.make_url(path))

    def token(self, service_url: str, *, kid: str = "k1", **claims: Any) -> str:
        """The header of a request from Teams, good unless ``claims`` make it otherwise."""
        now = int(time.time())
        payload = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": service_url,
            "nbf": now - 60,
            "exp": now + 3600,
            **claims,
        }
        payload = {name: claim for name, claim in payload.items() if claim is not None}
        key = self.keys.get(kid) or new_key()
        return f"Bearer {jwt.encode(payload, key, algorithm='RS256', headers={'kid': kid})}"

    async def _metadata(self, _request: web.Request) -> web.Response:
        self.asked.set()
        if self.slow is not None:
            await self.slow.wait()
        if self.down:
            raise web.HTTPServiceUnavailable
        return web.json_response({"issuer": ISSUER, "jwks_uri": self.url("/keys")})

    async def _keys(self, _request: web.Request) -> web.Response:
        self.fetches += 1
        if self.answer:
            return web.Response(text=self.answer, content_type="application/json")
        keys = [*self.others]
        for kid, key in self.keys.items():
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
            keys.append({**public, "kid": kid, "endorsements": self.endorsements})
        return web.json_response({"keys": keys})


def settings_for(microsoft: FakeMicrosoft) -> TeamsSettings:
    """A bot that believes this Microsoft."""
    return TeamsSettings(APP_ID, "secret", cloud=Cloud(metadata_url=microsoft.url("/openid")))
