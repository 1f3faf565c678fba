"""Only this computer, only from the page itself: who is turned away."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from adapters.local.guard import refusal
from tests.local.house import ANA, Page

BODY = {"person": ANA.key, "delivery": "delivery-1", "words": "hello"}


class Line:
    """A connection from ``peer``."""

    def __init__(self, peer: object) -> None:
        self.peer = peer

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self.peer if name == "peername" else default


def request_from(peer: object, **headers: str) -> web.Request:
    given = {"Host": "localhost:3978", **headers}
    return make_mocked_request("GET", "/", headers=given, transport=Line(peer))


@pytest.mark.parametrize(
    "peer",
    [
        ("192.168.1.5", 1),
        ("10.0.0.1", 1),
        ("2001:db8::1", 1, 0, 0),
        ("::ffff:10.0.0.1", 1),
        "",
        None,
    ],
)
def test_a_peer_that_is_not_this_computer_is_refused(peer: object) -> None:
    assert refusal(request_from(peer)) == "The local page answers only to this computer."


@pytest.mark.parametrize("peer", [("127.0.0.1", 1), ("::1", 1, 0, 0), ("::ffff:127.0.0.1", 1)])
def test_this_computer_is_served(peer: object) -> None:
    assert refusal(request_from(peer)) is None


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1:80", "[", ""])
async def test_a_host_that_is_not_this_computer_is_refused(page: Page, host: str) -> None:
    assert refusal(request_from(("127.0.0.1", 1), Host=host)) is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"Host": "evil.example"},
        {"X-Hourbridge-Token": "guessed"},
        {"X-Hourbridge-Token": "é"},
    ],
)
async def test_another_web_site_is_refused_and_nothing_is_done(
    page: Page, headers: dict[str, str]
) -> None:
    status, answer = await page.post("/local/act", BODY, **headers)
    assert status == 403
    assert answer["error"].endswith(".")
    assert page.engine.asked == []


async def test_the_page_itself_is_served(page: Page) -> None:
    headers = {"Origin": page.url, "Sec-Fetch-Site": "same-origin"}
    status, _answer = await page.post("/local/act", BODY, **headers)
    assert status == 200


@pytest.mark.parametrize("path", ["/local/people", "/local/stream"])
async def test_reading_needs_the_token_too(page: Page, path: str) -> None:
    async with page.session.get(page.url + path) as response:
        assert response.status == 403


async def test_a_link_from_elsewhere_opens_the_page_and_a_frame_does_not(page: Page) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with page.session.get(page.url, headers=headers) as response:
        assert response.status == 200
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    headers["Sec-Fetch-Mode"] = "no-cors"
    async with page.session.get(page.url, headers=headers) as response:
        assert response.status == 403
        assert page.token not in await response.text()


async def test_the_page_has_no_inline_code_and_loads_nothing_from_elsewhere(page: Page) -> None:
    html = await page.open_page()
    async with page.session.get(page.url) as response:
        policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "style=" not in html
    assert "<style" not in html
    assert not re.search(r"\son\w+=", html)
    assert not re.search(r"<script(?![^>]*src=)", html)
    for url in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert url == "/" or url.startswith("/local/static/")


async def test_every_file_the_page_names_is_served_and_kept_by_its_tag(page: Page) -> None:
    html = await page.open_page()
    for url in set(re.findall(r'(?:src|href)="(/local/[^"]+)"', html)):
        async with page.session.get(page.url + url) as response:
            assert response.status == 200
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            content, tag = await response.text(), response.headers["ETag"]
        for name in re.findall(r'from "\./([^"]+)"', content):
            async with page.session.get(f"{page.url}/local/static/{name}") as response:
                assert response.status == 200
        async with page.session.get(page.url + url, headers={"If-None-Match": tag}) as response:
            assert response.status == 304


@pytest.mark.parametrize("name", ["nothing.js", "__init__.py", "..%2fpage.html", "%2e%2e%2fapp.py"])
async def test_no_other_file_is_served(page: Page, name: str) -> None:
    async with page.session.get(f"{page.url}/local/static/{name}") as response:
        body: Any = json.loads(await response.text())
        assert response.status == 404
        assert body == {"error": "There is no such file."}
