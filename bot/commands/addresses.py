"""What operators name on the command line: chats, people in them, and organisations."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass

from bot.commands.terminal import Failed
from core.organisations.model import Organisation
from storage.books import Books

PLATFORMS = ("slack", "teams", "local")
_GUID = re.compile(r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")


@dataclass(frozen=True, slots=True)
class Address:
    """Someone in one chat, whether or not they have ever written to Hourbridge."""

    platform: str
    tenant: str
    user: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.tenant}:{self.user}"


def an_id(words: str) -> str:
    """A platform's id as the platform sends it: Microsoft writes its ids in small letters."""
    bare = words.strip()
    if not bare or len(bare) > 200 or any(one.isspace() or not one.isprintable() for one in bare):
        raise argparse.ArgumentTypeError(f"{words!r} is not an id of a chat")
    return bare.lower() if _GUID.match(bare) else bare


def an_address(words: str) -> Address:
    """An argument PLATFORM:TENANT:USER."""
    platform, _first, rest = words.partition(":")
    tenant, _second, user = rest.partition(":")
    if platform not in PLATFORMS or not tenant or not user:
        raise argparse.ArgumentTypeError(
            f"{words!r} is not PLATFORM:TENANT:USER, as in slack:T0123:U0456; "
            f"PLATFORM is one of {', '.join(PLATFORMS)}"
        )
    return Address(platform, an_id(tenant), an_id(user))


def add_address(parser: argparse.ArgumentParser) -> None:
    """The argument that names a person."""
    parser.add_argument(
        "person",
        type=an_address,
        metavar="PLATFORM:TENANT:USER",
        help="who, by their ids: slack:T0123:U0456; in Teams USER is the Entra object id",
    )


def organisation_of(books: Books, code: str) -> Organisation:
    """The organisation with this code. Raises ``Failed`` where there is none."""
    found = books.organisations.by_code(code)
    if found is None:
        raise Failed(f"There is no organisation with the code {code!r}. See: hourbridge org list")
    return found
