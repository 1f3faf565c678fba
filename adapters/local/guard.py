"""Who may speak to the local page: this computer alone, and only from the page itself.

The page lets its visitor act as anybody, so a web site open in the same browser, another machine,
or a proxy in front must not reach it.
"""

from __future__ import annotations

import hmac
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import web

PROOF_HEADER = "X-Hourbridge-Token"

SAFE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types hourbridge"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def refusal(request: web.Request) -> str | None:
    """Why ``request`` may not be served, or None when it may."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    if not _is_loopback(peer[0] if isinstance(peer, tuple) and peer else ""):
        return "The local page answers only to this computer."
    if "Forwarded" in request.headers or "X-Forwarded-For" in request.headers:
        return "The local page does not answer through a proxy."
    if not _is_loopback(_host(request)):
        return "The local page answers only at localhost or 127.0.0.1."
    if not _from_page(request):
        return "The local page does not answer other web sites."
    return None


def has_token(request: web.Request, token: str) -> bool:
    """Whether the request carries the token that this process put into its page."""
    given = request.headers.get(PROOF_HEADER, "")
    return hmac.compare_digest(given.encode(errors="replace"), token.encode())


def _from_page(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return False
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    # Following a link to the page from elsewhere is fine: the page does nothing by being opened.
    following = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.path == "/"
    return site in ("same-origin", "none") or following


def _host(request: web.Request) -> str:
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback
