"""``hourbridge manifest slack``: the file that Slack makes the app from."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from bot.commands.manifest_files import only_https, read_base_url, write
from bot.commands.terminal import Failed, Groups, command

_CHAT = "Slack"


def add(groups: Groups) -> None:
    """The command ``slack`` of the group ``manifest``."""
    slack = command(groups, "slack", "write the manifest that Slack makes the app from", _slack)
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
    write(given.out, f"{text}\n".encode(), "manifest")
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
    address = read_base_url(words, _CHAT)
    if address.here and not socket_mode:
        raise Failed("Slack cannot reach this computer by that name. To try out: --socket-mode")
    if address.scheme == "http" and not address.here:
        raise Failed(only_https(_CHAT))
    return str(address)


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
