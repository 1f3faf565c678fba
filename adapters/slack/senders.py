"""Whose request it is, read from Slack's payloads. Pure.

Slack's signature vouches for all of it; nothing is read from a button's value or a form's metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.ui.intents import Unreadable

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose installation received a request, and who sent it, as Slack's signature vouches.

    ``team`` and ``enterprise`` are the installation's, either of which may be empty, and
    ``posted_by`` the team of the bot whose message was acted upon. ``own_team`` is the sender's own
    workspace (or Enterprise Grid), "" where Slack does not say. ``shared``: in a channel that other
    workspaces share.
    """

    user: str
    team: str
    enterprise: str = ""
    own_team: str = ""
    posted_by: str = ""
    shared: bool = False


def sender_of_command(body: Payload) -> Sender:
    """Who typed a slash command: somebody of the workspace, or the app would not be offered."""
    whole = flag(body.get("is_enterprise_install"))
    team, enterprise = text_of(body.get("team_id")), text_of(body.get("enterprise_id"))
    return Sender(_user(body.get("user_id")), team, enterprise if whole or not team else "")


def sender_of_interaction(body: Payload) -> Sender:
    """Who pressed a button, sent a form, or used a shortcut."""
    user, view, message = part(body, "user"), part(body, "view"), part(body, "message")
    team = text_of(view.get("app_installed_team_id")) or text_of(part(body, "team").get("id"))
    own = text_of(user.get("team_id"))
    return Sender(
        _user(user.get("id")),
        team or own,
        text_of(part(body, "enterprise").get("id"))
        or text_of(part(body, "team").get("enterprise_id")),
        own,
        text_of(message.get("team")),
        shared=bool(own) and bool(team) and own != team,
    )


def sender_of_event(body: Payload) -> Sender:
    """Who caused an event. ``user`` is "" for one that nobody in particular caused."""
    event = part(body, "event")
    given = body.get("authorizations")
    first = given[0] if isinstance(given, list) and given else None
    received: Payload = first if isinstance(first, Mapping) else body
    user = event.get("user")
    return Sender(
        user if isinstance(user, str) else "",
        text_of(received.get("team_id")),
        text_of(received.get("enterprise_id")),
        text_of(event.get("user_team")) or text_of(event.get("team")),
        shared=flag(body.get("is_ext_shared_channel")),
    )


def part(body: Payload, name: str) -> Payload:
    """The object of that name in ``body``; an empty one where there is none."""
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def text_of(value: object) -> str:
    """``value`` where it is text, or ""."""
    return value if isinstance(value, str) else ""


def flag(value: object) -> bool:
    """Slack writes true and "true"."""
    return value is True or value == "true"


def _user(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise Unreadable
