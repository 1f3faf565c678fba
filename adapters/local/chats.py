"""Every person's chat with Hourbridge, and every channel, in memory: what a platform's own server
would keep.

Used from one event loop. A chat keeps its last ``LONGEST`` messages; each change takes the next
version number, so that a page says what it has seen and receives what it has not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

LONGEST = 300
"""Messages kept for each person; the oldest go first."""

Kind = Literal["own", "answer", "home", "notice"]
"""``own``: what a person typed. ``home``: the answer shown on opening. ``notice``: delivered."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message shows: an escaped HTML fragment, its one-line summary and its language.

    In a channel ``by`` is the key of whoever typed it and ``author`` their name, and ``only_for``
    the key of the one person who sees it; empty for everybody.
    """

    kind: Kind
    html: str
    summary: str
    language: str
    reply: str = ""
    """The summary of the message that was replied to, if one was."""
    by: str = ""
    author: str = ""
    only_for: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it now stands. ``id`` is also the courier's handle."""

    id: str
    shown: Shown
    at: datetime
    version: int
    edited: datetime | None = None

    def wire(self, reader: str = "") -> dict[str, str | int | None]:
        """The message as JSON for the page of ``reader``."""
        others = self.shown.by not in ("", reader)
        return {
            "id": self.id,
            "kind": "other" if others else self.shown.kind,
            "author": self.shown.author if others else "",
            "alone": bool(self.shown.only_for),
            "html": self.shown.html,
            "summary": self.shown.summary,
            "language": self.shown.language,
            "reply": self.shown.reply,
            "at": self.at.isoformat(),
            "edited": self.edited.isoformat() if self.edited else None,
            "version": self.version,
        }


@dataclass(slots=True)
class _Chat:
    messages: dict[str, Message] = field(default_factory=dict)
    seen: int = 0

    def unseen(self) -> int:
        notices = (m for m in self.messages.values() if m.shown.kind == "notice")
        return sum(notice.version > self.seen for notice in notices)


class Chats:
    """All chats by person key, and those who listen for changes."""

    def __init__(self) -> None:
        self._chats: dict[str, _Chat] = {}
        self._listeners: set[asyncio.Event] = set()
        self._version = 0
        self.closed = False

    def put(self, key: str, shown: Shown, id: str = "") -> Message:
        """Append to ``key``'s chat; where message ``id`` stands there already, edit it in place."""
        chat = self._chats.setdefault(key, _Chat())
        self._version += 1
        now = datetime.now(UTC)
        old = chat.messages.get(id)
        if old is None:
            message = Message(id or uuid4().hex, shown, now, self._version)
        else:
            message = replace(old, shown=shown, version=self._version, edited=now)
        chat.messages[message.id] = message
        if len(chat.messages) > LONGEST:
            del chat.messages[next(iter(chat.messages))]
        self._wake()
        return message

    def find(self, key: str, id: str) -> Message | None:
        """The message of that id in this person's chat, if it is still kept."""
        chat = self._chats.get(key)
        return chat.messages.get(id) if chat else None

    def last(self, key: str) -> Message | None:
        """The newest message of a chat."""
        chat = self._chats.get(key)
        return next(reversed(chat.messages.values()), None) if chat else None

    def since(self, key: str, version: int, reader: str = "") -> list[Message]:
        """What was written or edited after ``version`` for ``reader`` or for everybody, oldest
        change first."""
        chat = self._chats.get(key)
        changed = [
            message
            for message in (chat.messages.values() if chat else ())
            if message.version > version and message.shown.only_for in ("", reader)
        ]
        return sorted(changed, key=lambda message: message.version) if version else changed

    def saw(self, key: str, version: int) -> None:
        """Someone has ``key``'s chat before them, up to ``version``."""
        chat = self._chats.get(key)
        if chat and version > chat.seen:
            chat.seen = version
            self._wake()

    def waiting(self) -> dict[str, int]:
        """How many delivered messages nobody has seen, for each person with any. A channel waits
        for nobody in particular."""
        counts = {key: chat.unseen() for key, chat in self._chats.items() if "#" not in key}
        return {key: count for key, count in counts.items() if count}

    @contextmanager
    def listener(self) -> Iterator[asyncio.Event]:
        """An event that is set at every change, for as long as the context lasts."""
        event = asyncio.Event()
        self._listeners.add(event)
        try:
            yield event
        finally:
            self._listeners.discard(event)

    def close(self) -> None:
        """Let every listener go, so that the server can stop at once."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        for event in self._listeners:
            event.set()
