"""Microsoft's logins for tests, on this machine: Entra over TLS, and a metadata endpoint.

Entra takes a client secret or a signed assertion, and checks what it is sent as the real one does:
the secret, or the signature by the one certificate it knows.
"""

from __future__ import annotations

import base64
import json
import ssl
from pathlib import Path
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from tests.teams import pem

APP = "11111111-2222-4333-8444-555555555555"
TENANT = "d0000000-0000-4000-8000-00000000000a"
SECRET = "the-secret-of-the-app"
SCOPE = "https://api.botframework.com/.default"
SIGNED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class FakeEntra:
    """Gives numbered tokens. ``registered`` is the certificate that the app has there."""

    def __init__(self, folder: Path) -> None:
        self.registered: x509.Certificate | None = None
        self.given: list[str] = []
        self.refused: list[str] = []
        self.headers: list[dict[str, Any]] = []
        self.down = False
        self.authority_file = folder / "authority.pem"
        pem.written(self.authority_file, pem.key_pem("tls"), pem.certificate_pem("tls"))
        self._server: TestServer | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._metadata)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.authority_file)
        self._server = TestServer(app, scheme="https")
        await self._server.start_server(ssl=context)

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    @property
    def url(self) -> str:
        """The address, with a slash at the end as in the settings."""
        assert self._server is not None
        return f"https://127.0.0.1:{self._server.port}/"

    async def _metadata(self, request: web.Request) -> web.Response:
        if self.down:
            raise web.HTTPServiceUnavailable
        base = f"{self.url}{request.match_info['tenant']}"
        return web.json_response(
            {
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "issuer": f"{base}/v2.0",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        tenant = request.match_info["tenant"]
        why = self._why_not({name: str(value) for name, value in form.items()}, str(request.url))
        if why:
            self.refused.append(why)
            body = {"error": "invalid_client", "error_codes": [7000215], "error_description": why}
            return web.json_response(body, status=401)
        self.given.append(tenant)
        return web.json_response(
            {"access_token": f"e{len(self.given)}", "expires_in": 3600, "token_type": "Bearer"}
        )

    def _why_not(self, form: dict[str, str], audience: str) -> str:
        if form.get("client_id") != APP or form.get("grant_type") != "client_credentials":
            return "another app, or another way"
        if form.get("scope") != SCOPE:
            return "another scope"
        if "client_assertion" in form:
            return self._why_unsigned(form, audience)
        return "" if form.get("client_secret") == SECRET else "another secret"

    def _why_unsigned(self, form: dict[str, str], audience: str) -> str:
        if form.get("client_assertion_type") != SIGNED or "client_secret" in form:
            return "no assertion"
        if self.registered is None:
            return "no certificate is registered"
        assertion = form["client_assertion"]
        header = jwt.get_unverified_header(assertion)
        self.headers.append(header)
        thumbprint = base64.urlsafe_b64encode(self.registered.fingerprint(SHA256())).decode()
        if header.get("x5t#S256", "").rstrip("=") != thumbprint.rstrip("="):
            return "another certificate"
        key = self.registered.public_key()
        assert isinstance(key, RSAPublicKey)
        try:
            claims = jwt.decode(
                assertion,
                key,
                algorithms=["PS256"],
                audience=audience,
                options={"require": ["exp", "jti", "iss", "sub"]},
            )
        except jwt.PyJWTError as error:
            return type(error).__name__
        return "" if claims["iss"] == claims["sub"] == APP else "another app"


class FakeMetadataEndpoint:
    """What an Azure machine asks for the token of an identity that was assigned to it."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.assigned = APP
        self._server: TestServer | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/metadata/identity/oauth2/token", self._token)
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.port}"

    async def _token(self, request: web.Request) -> web.Response:
        assert request.headers["Metadata"] == "true"
        self.asked.append(dict(request.query))
        if request.query.get("client_id") != self.assigned:
            body = {"error": "invalid_request", "error_description": "Identity not found"}
            return web.json_response(body, status=400)
        token = {"access_token": f"m{len(self.asked)}", "expires_in": "3600"}
        return web.Response(text=json.dumps({**token, "token_type": "Bearer"}))
