"""Slack's payloads as callers and intents. Pure.

Slack's signature vouches for who acts and where; nothing about that is read from a button's value
or a form's metadata. Values and metadata go through the vocabulary, and what does not decode raises
``Unreadable``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from adapters.slack.filled import read_filled
from adapters.slack.forms import Origin
from adapters.slack.workspaces import Workspace
from core.callers import Caller
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ui.intents import Intent, Unreadable, Vocabulary

Payload = Mapping[str, Any]
Interpret = Callable[[str], Intent]

PLATFORM = "slack"
COMMANDS = {"/offer": "offer", "/ask": "ask", "/hours": "hours", "/hourbridge": ""}
"""Each slash command, and the verb that what follows it is typed after."""
_OWN_WORDS = frozenset({None, "file_share", "thread_broadcast"})
"""The subtypes of a message event that carry what a person just wrote."""
_MARKUP = re.compile(r"<([@#!][^<>|]*|[a-z][a-z+.-]*:[^<>|]*)(?:\|([^<>]*))?>")


class Stranger(Refusal):
    """Somebody from another workspace, met through Slack Connect."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You are from another Slack workspace. "
                "Use Hourbridge in your own organisation's Slack or Teams."
            ),
            code="stranger",
        )


def read_command(body: Payload, workspace: Workspace) -> Caller:
    """Who typed a slash command. Its answer is shown to nobody else, wherever it was typed."""
    return Caller(
        platform=PLATFORM,
        tenant=_tenant(body.get("team_id"), workspace),
        user=body["user_id"],
        name=body.get("user_name", ""),
    )


def command_words(body: Payload) -> str:
    """A slash command as the words that would be typed without the slash."""
    verb = COMMANDS.get(body["command"], "")
    return f"{verb} {words(body.get('text') or '').strip()}".strip()


def read_press(body: Payload, workspace: Workspace) -> Caller:
    """Who pressed a button, in a message, a modal or the Home tab."""
    user, channel = body["user"], _chat(body)
    return Caller(
        platform=PLATFORM,
        tenant=_tenant(user.get("team_id"), workspace),
        user=user["id"],
        name=user.get("name") or user.get("username") or "",
        address={"channel": channel} if channel else {},
        private=is_private(body),
    )


def is_private(body: Payload) -> bool:
    """Whether nobody else sees what the pressed button is part of."""
    container = body.get("container") or {}
    alone = bool(container.get("is_ephemeral")) or container.get("type") == "view"
    return alone or bool(_chat(body))


def pressed(body: Payload, vocabulary: Vocabulary) -> Intent:
    """The intent on the button that was pressed. Raises ``Unreadable``."""
    return read_value(body["actions"][0].get("value"), vocabulary)


def read_value(value: object, vocabulary: Vocabulary) -> Intent:
    """The intent that a button's ``value`` carries. Raises ``Unreadable``."""
    try:
        wire = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(wire, dict):
        raise Unreadable
    return vocabulary.read(wire)


def origin_of(body: Payload) -> Origin:
    """The message whose button was pressed, for a form that opens from it.

    A message in a channel is no origin: it is not one person's to change.
    """
    if not is_private(body):
        return Origin()
    url, channel = str(body.get("response_url") or ""), _chat(body)
    ts = str(body["container"].get("message_ts") or "") if channel else ""
    return Origin(url=url, channel=channel, ts=ts)


def read_submission(body: Payload, workspace: Workspace) -> Caller:
    """Who sent a form in."""
    user = body["user"]
    return Caller(
        platform=PLATFORM,
        tenant=_tenant(user.get("team_id"), workspace),
        user=user["id"],
        name=user.get("name") or user.get("username") or "",
    )


def submitted(body: Payload, vocabulary: Vocabulary) -> tuple[Intent, Origin]:
    """The intent that a form became, and where the form came from. Raises ``Unreadable``."""
    filled = read_filled(body["view"])
    return vocabulary.read(filled.wire, filled.fields), filled.origin


def is_own_words(event: Payload) -> bool:
    """Whether a message event is a person writing to the bot alone: no edit, no bot, no notice."""
    return (
        event.get("channel_type") == "im"
        and event.get("subtype") in _OWN_WORDS
        and is_a_person(event)
    )


def is_a_person(event: Payload) -> bool:
    """Whether a person, not an app, caused ``event``."""
    return bool(event.get("user")) and not event.get("bot_id")


def read_message(body: Payload, workspace: Workspace) -> Caller:
    """Who wrote a direct message, and which message of ours it replies to."""
    event = body["event"]
    channel, thread = event["channel"], event.get("thread_ts")
    replies = bool(thread) and thread != event.get("ts")
    return Caller(
        platform=PLATFORM,
        tenant=_tenant(_sender(event), workspace),
        user=event["user"],
        address={"channel": channel},
        delivery=str(body.get("event_id", "")),
        reply_to=f"{channel}:{thread}" if replies else "",
    )


def read_mention(body: Payload, workspace: Workspace) -> Caller:
    """Who mentioned the bot in a channel."""
    event = body["event"]
    return Caller(
        platform=PLATFORM,
        tenant=_tenant(_sender(event), workspace),
        user=event["user"],
        delivery=str(body.get("event_id", "")),
        private=False,
    )


def read_home(body: Payload, workspace: Workspace) -> Caller:
    """Who opened the app's Home tab. Opening it again is no repeat, so it has no delivery id."""
    return Caller(platform=PLATFORM, tenant=workspace.team, user=body["event"]["user"])


def message_words(event: Payload, workspace: Workspace) -> str:
    """What a person wrote, without the mention of the bot in it."""
    mention = rf"\s*<@{re.escape(workspace.bot_user)}(?:\|[^<>]*)?>[,:]?\s*"
    return words(re.sub(mention, " ", str(event.get("text") or ""))).strip()


def words(text: str) -> str:
    """``text`` as its writer sees it, without Slack's marks for links and mentions or escapes."""
    plain = _MARKUP.sub(_unmarked, text) if "<" in text else text
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unmarked(mark: re.Match[str]) -> str:
    target, label = mark.group(1), mark.group(2)
    if target.startswith(("@", "#")):
        return f"{target[0]}{label}" if label else target
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label if label else target.removeprefix("mailto:")


def _chat(body: Payload) -> str:
    """The channel of the direct messages that hold the pressed button, or ""."""
    container = body.get("container") or {}
    channel = str(container.get("channel_id") or "")
    standing = container.get("type") == "message" and not container.get("is_ephemeral")
    return channel if standing and channel.startswith("D") else ""


def _sender(event: Payload) -> object:
    """The workspace of whoever caused ``event``, as far as Slack says."""
    return event.get("user_team") or event.get("team")


def _tenant(team: object, workspace: Workspace) -> str:
    """The caller's workspace; raises ``Stranger`` unless it is the one the app serves here."""
    if team and team not in (workspace.team, workspace.enterprise):
        raise Stranger
    return workspace.team
