"""``hourbridge manifest teams``: the app package that a Teams administrator uploads."""

from __future__ import annotations

import re
from argparse import Namespace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.commands.manifest_files import Address, only_https, read_base_url, write
from bot.commands.terminal import Failed, Groups, command

if TYPE_CHECKING:
    from adapters.teams.manifest import App
    from adapters.teams.package import Icons

_CHAT = "Teams"
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_LONGEST_NAME = 32
_LONGEST_URL = 2048
_PICTURES = Path(__file__).parents[2] / "manifest"


def add(groups: Groups) -> None:
    """The command ``teams`` of the group ``manifest``."""
    teams = command(groups, "teams", "write the app package for Microsoft Teams", _teams)
    teams.add_argument(
        "--base-url",
        default="",
        metavar="URL",
        help="where Teams reaches Hourbridge: https://hourbridge.example, nothing after the name",
    )
    teams.add_argument(
        "--app-id",
        default="",
        metavar="GUID",
        help="the Microsoft app id of the bot, the same as MICROSOFT_APP_ID",
    )
    teams.add_argument(
        "--out",
        type=Path,
        default=Path("manifest/hourbridge-teams.zip"),
        metavar="FILE",
        help="where to (manifest/hourbridge-teams.zip)",
    )
    teams.add_argument(
        "--developer",
        default="Hourbridge",
        metavar="NAME",
        help="who offers the app to people: your organisation's name (Hourbridge)",
    )
    for page, what in (
        ("website", "where people find help"),
        ("privacy", "your privacy notice"),
        ("terms", "your terms of use"),
    ):
        teams.add_argument(
            f"--{page}-url",
            default="",
            metavar="URL",
            help=f"{what}, at https (Hourbridge's own page /about)",
        )


def _teams(given: Namespace) -> int:
    app = described(given)
    # The rooms and their libraries take a while to load, which other commands need not wait for.
    from adapters.teams.package import package
    from core.features import the_house

    write(given.out, package(app, the_house(), icons()), "app package")
    print(f"Wrote {given.out}.\n\n{_next(app)}")
    return 0


def described(given: Namespace) -> App:
    """The app as these arguments describe it. Raises ``Failed`` for what Teams could not use."""
    # The program's pages take a while to load, which other commands need not wait for.
    from adapters.teams.manifest import App
    from bot.about import PATH, PRIVACY, TERMS

    address = base_address(given.base_url)
    return App(
        app_id=_app_id(given.app_id.strip()),
        base_url=str(address),
        version=version("hourbridge"),
        developer=_developer(given.developer.strip()),
        website_url=_page("--website-url", given.website_url.strip(), f"{address}{PATH}"),
        privacy_url=_page("--privacy-url", given.privacy_url.strip(), f"{address}{PRIVACY}"),
        terms_url=_page("--terms-url", given.terms_url.strip(), f"{address}{TERMS}"),
    )


def icons() -> Icons:
    """The pictures of the app, as they stand in the folder ``manifest``."""
    from adapters.teams.manifest import COLOUR_ICON, OUTLINE_ICON
    from adapters.teams.package import Icons

    colour, outline = (_PICTURES / name for name in (COLOUR_ICON, OUTLINE_ICON))
    return Icons(colour.read_bytes(), outline.read_bytes())


def base_address(words: str) -> Address:
    """``words`` as the address Teams is given. Raises ``Failed`` for what it could not reach."""
    if not words.strip():
        raise Failed("Say where Teams reaches Hourbridge: --base-url https://YOUR-ADDRESS")
    address = read_base_url(words, _CHAT)
    if address.here:
        raise Failed(
            "Teams cannot reach this computer by that name. To try out without Teams: "
            "hourbridge demo, or the Agents Playground."
        )
    if address.scheme == "http":
        raise Failed(only_https(_CHAT))
    return address


def _app_id(words: str) -> str:
    if not words:
        raise Failed(
            "Say which bot it is: --app-id and the Microsoft app id, as in MICROSOFT_APP_ID"
        )
    if not _GUID.fullmatch(words):
        raise Failed(
            "--app-id is the Application (client) ID of the Entra app: 32 letters and digits in 5 "
            f"groups, as in 0a1b2c3d-1111-2222-3333-444455556666. It cannot be {words!r}."
        )
    return words.lower()


def _developer(words: str) -> str:
    if not 0 < len(words) <= _LONGEST_NAME or not words.isprintable():
        raise Failed(f"--developer is a name on one line, of at most {_LONGEST_NAME} characters.")
    return words


def _page(option: str, words: str, own: str) -> str:
    """``words`` if a browser can open them over https; ``own`` if there are none."""
    if not words:
        return own
    try:
        url = urlsplit(words)
        host, named = url.hostname, "@" in url.netloc
    except ValueError:
        host, named = None, "@" in words
    if named:  # what it holds is not repeated
        raise Failed(f"{option} must have no user name and no password in it.")
    shown = words.isprintable() and " " not in words and len(words) <= _LONGEST_URL
    if not (host and shown and words.startswith("https://")):
        raise Failed(f"{option} has to be the address of a page that anybody can open: https://…")
    return words


def _next(app: App) -> str:
    return "\n".join(
        (
            f"1. In Azure give the bot the messaging endpoint {app.base_url}/api/messages, and "
            "turn on its channel Microsoft Teams.",
            f"2. Set MICROSOFT_APP_ID={app.app_id} and what it signs in with, and start "
            "hourbridge serve.",
            "3. In the Teams admin centre, under Manage apps, upload the file.",
            "4. Approve each tenant: hourbridge tenant approve teams TENANT_ID --org CODE",
            "docs/install-teams.md explains each step.",
        )
    )
