"""A friend in the local page: its HTTP requests and its live stream, its HTML read as text."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from typing import Any

import aiohttp
from typing_extensions import override

from tests.story.chats import Friend

_BREAKS = ("p", "h2", "h3", "h4", "li", "dt", "dd", "blockquote", "button", "label", "td", "th")


@dataclass
class Fragment(HTMLParser):
    """A piece of the page as somebody reads it: its words, its buttons, its form."""

    html: str
    words: str = ""
    buttons: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    wire: dict[str, Any] | None = None
    fields: dict[str, str | list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._hidden = 0
        self._label: list[str] | None = None
        self._pressed: dict[str, Any] = {}
        self._field = ""
        self._area = False
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._hidden or given.get("class") == "hidden":
            self._hidden += tag == "span"
        if tag in _BREAKS:
            self.words += "\n"
        if tag == "form":
            self.wire = json.loads(given["data-wire"])
        elif tag == "button" and "data-wire" in given:
            self._label, self._pressed = [], json.loads(given["data-wire"])
        elif "data-field" in given:
            self._field = given["data-field"]
            self.fields[self._field] = [] if given["data-values"] == "many" else ""
        elif tag == "textarea":
            self._area = True
        elif tag == "input":
            self._entered(given)

    def _entered(self, given: dict[str, str]) -> None:
        if given["type"] not in ("radio", "checkbox"):
            self.fields[self._field] = given.get("value", "")
        elif "checked" in given:
            held = self.fields[self._field]
            if isinstance(held, list):
                held.append(given["value"])
            else:
                self.fields[self._field] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == "span":
            self._hidden -= 1
        if tag == "textarea":
            self._area = False
        if tag == "button" and self._label is not None:
            self.buttons.append(("".join(self._label).strip(), self._pressed))
            self._label = None

    def handle_data(self, data: str) -> None:
        if self._area:
            held = self.fields[self._field]
            assert isinstance(held, str)
            self.fields[self._field] = held + (data if held else data.removeprefix("\n"))
            return
        self.words += data
        if self._label is not None and not self._hidden:
            self._label.append(data)


class LocalFriend(Friend):
    """Somebody in a pane of the local page."""

    chat = "local"

    def __init__(self, http: aiohttp.ClientSession, url: str, key: str, name: str) -> None:
        super().__init__(name)
        self.key = key
        self.token = ""
        self.messages: dict[str, dict[str, Any]] = {}
        self.form: Fragment | None = None
        self.refused = ""
        self._card = ""
        self._http = http
        self._url = url
        self._sends = count(1)
        self._following: asyncio.Task[None] | None = None

    async def opens_the_page(self) -> None:
        """Load the page and follow its stream."""
        async with self._http.get(self._url) as response:
            page = await response.text()
        found = re.search(r'name="hourbridge-token" content="([^"]+)"', page)
        assert found
        self.token = found[1]
        self._following = asyncio.create_task(self._follow())

    async def leaves(self) -> None:
        """Close the page."""
        if self._following:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)

    async def _follow(self) -> None:
        where = {"who": self.key, "since": "0"}
        async with self._http.get(
            f"{self._url}/local/stream", params=where, headers=self.proof, timeout=_NEVER
        ) as response:
            kind = b""
            async for line in response.content:
                if line.startswith(b"event: "):
                    kind = line[7:].strip()
                elif line.startswith(b"data: ") and kind == b"message":
                    self._take(json.loads(line[6:])["message"])

    def _take(self, message: dict[str, Any]) -> None:
        known = self.messages.get(message["id"])
        if known is None or known["version"] < message["version"]:
            self.messages[message["id"]] = message

    @property
    def proof(self) -> dict[str, str]:
        return {"X-Hourbridge-Token": self.token}

    @override
    def screen(self) -> Mapping[str, str]:
        found = {key: Fragment(one["html"]).words for key, one in self.messages.items()}
        if self.form:
            found["form"] = self.form.words
        if self.refused:
            found["refused"] = self.refused
        return found

    @override
    def labels(self) -> list[str]:
        drawn = [Fragment(one["html"]) for one in self.messages.values()]
        return [label for fragment in drawn for label, _wire in fragment.buttons]

    @override
    def labels_of(self, handle: str) -> list[str]:
        return [label for label, _wire in Fragment(self.messages[handle]["html"]).buttons]

    @override
    def fields(self) -> set[str]:
        return set(self.form.fields) if self.form else set()

    @override
    async def _type(self, words: str, about: str) -> None:
        self.form = None
        reply_to = ""
        if about:
            holds = [key for key, shown in self.screen().items() if about in shown]
            assert holds, f"no message holds {about!r}"
            reply_to = holds[-1]
        await self.acts({"words": words, "replyTo": reply_to})

    @override
    async def _press(self, label: str, about: str) -> None:
        if self.form and not about:
            for known, wire in self.form.buttons:
                if known == label:
                    await self.acts({"wire": wire, "card": self._card})
                    return
        self.form = None
        for key, message in reversed(self.messages.items()):
            fragment = Fragment(message["html"])
            for known, wire in fragment.buttons:
                if known == label and about in fragment.words:
                    self._card = key
                    await self.acts({"wire": wire, "card": key})
                    return
        raise AssertionError(f"no button {label!r} in a message with {about!r}: {self.labels()}")

    @override
    async def _forge(self, wire: Mapping[str, Any]) -> None:
        self.form = None
        await self.acts({"wire": dict(wire), "card": ""})

    @override
    async def _fill(self, values: Mapping[str, str]) -> None:
        assert self.form, self.reads()
        assert self.form.wire is not None
        given: dict[str, str | list[str]] = dict(self.form.fields)
        unknown = set(values) - set(given)
        assert not unknown, f"no field {unknown} among {sorted(given)}"
        for name, value in values.items():
            given[name] = [value] if isinstance(given[name], list) else value
        await self.acts({"wire": self.form.wire, "fields": given, "card": self._card})

    @override
    def replays(self, **values: str) -> Callable[[], Awaitable[None]]:
        assert self.form
        wire, fields = self.form.wire, {**self.form.fields, **values}

        async def send() -> None:
            await self.acts({"wire": wire, "fields": fields, "card": self._card})

        return send

    async def acts(self, what: Mapping[str, Any], delivery: str = "") -> dict[str, Any]:
        """Send one act, with a delivery id of its own unless one is given."""
        own = delivery or f"send-{self.key.encode().hex()[-8:]}-{next(self._sends):06}"
        body = {"person": self.key, "delivery": own, **what}
        status, outcome = await self.posts(body)
        assert status == 200, outcome
        self.refused = ""
        for message in outcome["messages"]:
            self._take(message)
        if "form" in outcome:
            self.form = Fragment(outcome["form"])
        elif "refused" in outcome:
            self.refused = outcome["refused"]["reason"]
        else:
            self.form = None
        return outcome

    async def posts(self, body: Any) -> tuple[int, dict[str, Any]]:
        """Any body; the status and the answer."""
        sent = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with self._http.post(
            f"{self._url}/local/act", headers=self.proof, **sent
        ) as response:
            answer: dict[str, Any] = json.loads(await response.text())
            return response.status, answer


_NEVER = aiohttp.ClientTimeout(total=None)
