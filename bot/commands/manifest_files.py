"""What the manifest commands share: the address that a chat is given, and writing the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bot.commands.terminal import Failed
from bot.settings import Settings

_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*|[0-9a-f:]+")
_LONGEST_HOST = 253


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server answers: ``https``, or ``http`` for trying out; its name; maybe a port."""

    scheme: str
    host: str
    port: int | None

    @property
    def here(self) -> bool:
        """Whether the name means this computer alone."""
        return Settings(host=self.host).loopback

    def __str__(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{shown}" + (f":{self.port}" if self.port is not None else "")


def read_base_url(words: str, chat: str) -> Address:
    """The server that ``words`` name, and nothing else. Raises ``Failed`` for what ``chat``
    could not use."""
    url, port = _split(words.strip())
    if url.scheme not in ("https", "http"):
        raise Failed(only_https(chat))
    host = url.hostname or ""
    if not _HOST.fullmatch(host) or len(host) > _LONGEST_HOST:
        raise Failed(f"--base-url needs the name of a server, in plain letters: {words!r}")
    if url.path not in ("", "/") or url.query or url.fragment or words.rstrip()[-1] in "?#":
        raise Failed("--base-url is the address alone, with nothing after the name and the port.")
    return Address(url.scheme, host, port)


def only_https(chat: str) -> str:
    """What is said of an address that is not https."""
    return f"{chat} sends only to https: write --base-url https://YOUR-ADDRESS"


def _split(words: str) -> tuple[SplitResult, int | None]:
    try:
        url = urlsplit(words)
        port = url.port
    except ValueError:
        raise Failed("--base-url is not an address.") from None
    if "@" in url.netloc:  # what it holds is not repeated
        raise Failed("--base-url must have no user name and no password in it.")
    return url, port


def write(file: Path, content: bytes, what: str) -> None:
    """Put ``content`` into ``file``, in a folder that is made where there is none. Raises
    ``Failed``, which calls it ``what``."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise Failed(f"The {what} cannot be written to {file}: {error.strerror}.") from None
