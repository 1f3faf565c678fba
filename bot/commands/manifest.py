"""``hourbridge manifest``: the file that tells a chat what Hourbridge is and where it answers."""

from __future__ import annotations

from bot.commands import manifest_slack, manifest_teams
from bot.commands.terminal import Groups, group

CHATS = (manifest_slack, manifest_teams)


def add(groups: Groups) -> None:
    """The group ``manifest``."""
    ours = group(groups, "manifest", "write the file that a chat makes the app from")
    for chat in CHATS:
        chat.add(ours)
