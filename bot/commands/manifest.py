"""``hourbridge manifest``: the file that tells a chat what Hourbridge is and where it answers."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bot.commands.terminal import Failed, Groups, command, group
from bot.settings import Settings

_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*|[0-9a-f:]+")
_LONGEST_HOST = 253
_HTTPS = "Slack sends only to https: write --base-url https://YOUR-ADDRESS"


def add(groups: Groups) -> None:
    """The group ``manifest``."""
    ours = group(groups, "manifest", "write the file that a chat makes the app from")
    slack = command(ours, "slack", "write the manifest that Slack makes the app from", _slack)
    slack.add_argument(
        "--base-url",
        default="",
        metavar="URL",
        help="where Slack reaches Hourbridge: https://hourbridge.example, nothing after the name",
    )
    slack.add_argument(
        "--socket-mode",
        action="store_true",
        help="for trying out: the server asks Slack, and needs no address that Slack can reach",
    )
    slack.add_argument(
        "--out",
        type=Path,
        default=Path("manifest/slack.json"),
        metavar="FILE",
        help="where to (manifest/slack.json)",
    )


def _slack(given: Namespace) -> int:
    base = base_address(given.base_url, socket_mode=given.socket_mode)
    # Slack's libraries take a while to load, which other commands need not wait for.
    from adapters.slack.manifest import manifest

    text = json.dumps(manifest(base, socket_mode=given.socket_mode), ensure_ascii=False, indent=2)
    try:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise Failed(f"The manifest cannot be written to {given.out}: {error.strerror}.") from None
    print(f"Wrote {given.out}.\n\n{_next(base, socket_mode=given.socket_mode)}")
    return 0


def base_address(words: str, *, socket_mode: bool) -> str:
    """``words`` as the address Slack is given, without a slash at its end; "" where it needs none.

    Raises ``Failed`` for what Slack could not reach or would refuse.
    """
    if not words.strip():
        if socket_mode:
            return ""
        raise Failed("Say where Slack reaches Hourbridge: --base-url https://YOUR-ADDRESS")
    url, port = _split(words.strip())
    if url.scheme not in ("https", "http"):
        raise Failed(_HTTPS)
    host = url.hostname or ""
    if not _HOST.fullmatch(host) or len(host) > _LONGEST_HOST:
        raise Failed(f"--base-url needs the name of a server, in plain letters: {words!r}")
    if url.path not in ("", "/") or url.query or url.fragment or words.rstrip()[-1] in "?#":
        raise Failed("--base-url is the address alone, with nothing after the name and the port.")
    _reachable(url.scheme, here=Settings(host=host).loopback, socket_mode=socket_mode)
    shown = f"[{host}]" if ":" in host else host
    return f"{url.scheme}://{shown}" + (f":{port}" if port is not None else "")


def _split(words: str) -> tuple[SplitResult, int | None]:
    try:
        url = urlsplit(words)
        port = url.port
    except ValueError:
        raise Failed("--base-url is not an address.") from None
    if "@" in url.netloc:  # what it holds is not repeated
        raise Failed("--base-url must have no user name and no password in it.")
    return url, port


def _reachable(scheme: str, *, here: bool, socket_mode: bool) -> None:
    if here and not socket_mode:
        raise Failed("Slack cannot reach this computer by that name. To try out: --socket-mode")
    if scheme == "http" and not here:
        raise Failed(_HTTPS)


def _next(base: str, *, socket_mode: bool) -> str:
    made = (
        "1. At https://api.slack.com/apps choose Create New App, then From a manifest, and paste "
        "the file."
    )
    if socket_mode:
        steps = (
            made,
            "2. Under Basic Information copy SLACK_SIGNING_SECRET, and make an app-level token "
            "with the scope connections:write: SLACK_APP_TOKEN.",
            "3. Under Install App install it, and copy SLACK_BOT_TOKEN.",
            "4. Start hourbridge serve.",
        )
    else:
        steps = (
            made,
            "2. Under Basic Information copy SLACK_SIGNING_SECRET, SLACK_CLIENT_ID and "
            f"SLACK_CLIENT_SECRET. Set HOURBRIDGE_PUBLIC_URL={base} too.",
            "3. Start hourbridge serve. Under Event Subscriptions let Slack check the address.",
            f"4. Open {base}/slack/install to install it into a workspace.",
        )
    return "\n".join((*steps, "docs/install-slack.md explains each step."))
