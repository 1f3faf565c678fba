"""What a message says that somebody chose in Teams: its words without the markup. Pure.

Teams hands a message over as HTML. The standard library's ``HTMLParser`` takes 20 seconds for 30 KB
of tags that never end, so it is not used: one expression that never goes back finds the tags here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from core.kernel.texts import storable

LONGEST_MARKUP: Final = 100 * 1024
LONGEST_WORDS: Final = 28 * 1024
"""Characters, of which Teams lets nobody write as many; what comes after them is not from Teams."""

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^<>]*+)>")
_ALT: Final = re.compile(r'\balt="([^"]*+)"')
_QUOTED_REPLY: Final = "schema.skype.com/Reply"
_NOT_READ: Final = frozenset({"script", "style", "head", "title", "template", "attachment"})
_LINES: Final = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote br caption codeblock dd div dl dt figure footer form h1 h2 h3"
        " h4 h5 h6 header hr li ol p pre section table tr ul",
    )
)
_LISTS: Final = frozenset({"ol", "ul"})
_PICTURES: Final = frozenset({"emoji", "img"})


def words_of(payload: object) -> str:
    """The words of a ``messagePayload``; none where an app wrote it, or where it is none."""
    if not isinstance(payload, Mapping) or _is_an_apps(payload.get("from")):
        return ""
    body = payload.get("body")
    content = body.get("content") if isinstance(body, Mapping) else None
    if not isinstance(body, Mapping) or not isinstance(content, str):
        return ""
    words = content if body.get("contentType") == "text" else plain_words(content)
    return storable(words[:LONGEST_WORDS]).strip()


def link_of(payload: object) -> str:
    """The way back to the message, as its client gives it: whoever uses it has to check it."""
    link = payload.get("linkToMessage") if isinstance(payload, Mapping) else None
    return storable(link) if isinstance(link, str) else ""


def plain_words(markup: str) -> str:
    """``markup`` as lines of plain words, without the reply that it quotes."""
    markup = _uncommented(_cut(markup))
    page, read = _Page(), 0
    for tag in _TAG.finditer(markup):
        page.text(markup[read : tag.start()])
        closes, name, rest = tag.groups()
        if closes:
            page.close(name.lower())
        else:
            page.open(name.lower(), rest)
        read = tag.end()
    page.text(markup[read:])
    return page.words()


def _is_an_apps(sender: object) -> bool:
    # An app's message is a card, or what another system wrote of itself.
    return (
        isinstance(sender, Mapping) and bool(sender.get("application")) and not sender.get("user")
    )


def _cut(markup: str) -> str:
    """The part that is read, up to its last whole tag."""
    if len(markup) <= LONGEST_MARKUP:
        return markup
    part = markup[:LONGEST_MARKUP]
    begun = part.rfind("<")
    return part[:begun] if begun > part.rfind(">") else part


def _uncommented(markup: str) -> str:
    kept, read = [], 0
    while (start := markup.find("<!--", read)) >= 0 and (end := markup.find("-->", start)) >= 0:
        kept.append(markup[read:start])
        read = end + len("-->")
    return "".join(kept) + markup[read:]


class _Page:
    """The lines read so far. Whatever tags are never closed, or closed twice, it goes on."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._mark = ""
        self._lists: list[int] = []
        self._quotes = 0
        self._unread = ""
        self._depth = 0

    def open(self, name: str, rest: str) -> None:
        """A tag opens; ``rest`` are its attributes."""
        if self._unread:
            self._depth += name == self._unread
            return
        if name in _NOT_READ or (name == "blockquote" and _QUOTED_REPLY in rest):
            self._unread, self._depth = ("" if rest.endswith("/") else name), 1
            return
        if name in _LINES:
            self._end_line()
        if name in _LISTS:
            self._lists.append(1 if name == "ol" else 0)
        elif name == "li":
            self._mark = self._next_mark()
        elif name in _PICTURES and (name == "emoji" or "Emoji" in rest):
            self._line += _ALT.findall(rest)[:1]
        elif name in {"td", "th"}:
            self._line.append(" ")
        self._quotes += name == "blockquote"

    def close(self, name: str) -> None:
        """A tag closes."""
        if self._unread:
            self._depth -= name == self._unread
            self._unread = self._unread if self._depth else ""
            return
        if name in _LINES:
            self._end_line()
        if name in _LISTS and self._lists:
            self._lists.pop()
        self._quotes = max(0, self._quotes - (name == "blockquote"))

    def text(self, words: str) -> None:
        """What stands between two tags."""
        if not self._unread:
            self._line.append(words)

    def words(self) -> str:
        """Every line."""
        self._end_line()
        return "\n".join(self._lines)

    def _next_mark(self) -> str:
        if not self._lists or not self._lists[-1]:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}. "

    def _end_line(self) -> None:
        said = " ".join(_unescaped("".join(self._line)).split())
        self._line.clear()
        if said:
            quoted = "> " if self._quotes else ""
            self._lines.append(f"{quoted}{self._mark}{said}")
            self._mark = ""


def _unescaped(words: str) -> str:
    try:
        return unescape(words)
    except ValueError:  # the number of a letter with thousands of digits
        return words
