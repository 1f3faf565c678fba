"""Slack's payloads as callers and intents. Pure.

Slack's signature vouches for who acts and where; nothing about that is read from a button's value
or a form's metadata. Values and metadata go through the vocabulary, and what does not decode raises
``Unreadable``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from adapters.slack.filled import read_filled
from adapters.slack.forms import Origin
from adapters.slack.senders import Payload, flag, part, text_of
from adapters.slack.workspaces import Workspace
from core.callers import Address, Caller
from core.ui.intents import Intent, Unreadable, Vocabulary

Interpret = Callable[[str], Intent]

PLATFORM = "slack"
COMMANDS = {"/offer": "offer", "/ask": "ask", "/hours": "hours", "/hourbridge": ""}
"""Each slash command, and the verb that what follows it is typed after."""
FROM_MESSAGE = "posts.from-message"
"""The intent of the shortcut that turns a message into an ask."""
JOINING = frozenset({"members.join", "members.link"})
"""The intents that make a member of somebody, or give a member this chat too."""
_UNNAMED = frozenset({"directmessage", "privategroup"})
_SEVERAL = "mpdm-"
"""Starts the name of the direct messages of several people, which no app can be put into."""
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_OWN_WORDS = frozenset({None, "file_share", "thread_broadcast"})
"""The subtypes of a message event that carry what a person just wrote."""
_MARKUP = re.compile(r"<([@#!][^<>|]*|[a-z][a-z+.-]*:[^<>|]*)(?:\|([^<>]*))?>")


def read_command(body: Payload, workspace: Workspace, *, once: bool = True) -> Caller:
    """Who typed a slash command. Its answer is shown to nobody else, wherever it was typed.

    ``once``: it is to be carried out once, however often the same request arrives.
    """
    caller = Caller(
        platform=PLATFORM,
        tenant=workspace.tenant,
        user=body["user_id"],
        name=body.get("user_name", ""),
        # A command has no id of its own; its trigger is made for it alone.
        delivery=text_of(body.get("trigger_id")) if once else "",
    )
    return _speaking_in(caller, body.get("channel_id"), body.get("channel_name"))


def command_words(body: Payload) -> str:
    """A slash command as the words that would be typed without the slash."""
    verb = COMMANDS.get(body["command"], "")
    return f"{verb} {words(body.get('text') or '').strip()}".strip()


def read_press(body: Payload, workspace: Workspace) -> Caller:
    """Who pressed a button, in a message, a modal or the Home tab."""
    user, channel = body["user"], _chat(body)
    caller = Caller(
        platform=PLATFORM,
        tenant=workspace.tenant,
        user=user["id"],
        name=user.get("name") or user.get("username") or "",
        address=Address(channel),
        private=is_private(body),
    )
    container, place = part(body, "container"), part(body, "channel")
    return _speaking_in(caller, container.get("channel_id"), place.get("name"))


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
    """Who sent a form in, or used a shortcut."""
    user = body["user"]
    return Caller(
        platform=PLATFORM,
        tenant=workspace.tenant,
        user=user["id"],
        name=user.get("name") or user.get("username") or "",
    )


def message_chosen(body: Payload) -> dict[str, str]:
    """The wire of what a shortcut on a message asks for: its words, and the way back to it."""
    message, channel, team = body["message"], part(body, "channel"), part(body, "team")
    domain, place, ts = (
        text_of(team.get("domain")),
        text_of(channel.get("id")),
        text_of(message.get("ts")),
    )
    source = f"https://{domain}.slack.com/archives/{place}/p{ts.replace('.', '')}"
    known = bool(_DOMAIN.fullmatch(domain) and place.isalnum() and ts)
    return {
        "do": FROM_MESSAGE,
        "words": words(text_of(message.get("text"))).strip(),
        "source": source if known else "",
    }


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
        tenant=workspace.tenant,
        user=event["user"],
        address=Address(channel),
        delivery=str(body.get("event_id", "")),
        reply_to=f"{channel}:{thread}" if replies else "",
    )


def read_mention(body: Payload, workspace: Workspace) -> Caller:
    """Who mentioned the bot in a channel."""
    event = body["event"]
    caller = Caller(
        platform=PLATFORM,
        tenant=workspace.tenant,
        user=event["user"],
        delivery=str(body.get("event_id", "")),
        private=False,
    )
    shared = flag(body.get("is_ext_shared_channel"))
    return _speaking_in(caller, event["channel"], shared=shared)


def read_home(body: Payload, workspace: Workspace) -> Caller:
    """Who opened the app's Home tab. Opening it again is no repeat, so it has no delivery id."""
    return Caller(platform=PLATFORM, tenant=workspace.tenant, user=body["event"]["user"])


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


def _speaking_in(
    caller: Caller, channel: object, name: object = "", *, shared: bool | None = None
) -> Caller:
    """``caller`` with the channel that they spoke or pressed in; nothing of direct messages,
    between two or several people. Slack names a private channel by its kind alone, and says only
    of events whether other organisations share the channel."""
    place, called = text_of(channel), text_of(name)
    if not place or place.startswith("D") or called.startswith(_SEVERAL):
        return caller
    known = "" if called in _UNNAMED else called
    return replace(caller, conversation=place, conversation_name=known, shared=shared)


def _chat(body: Payload) -> str:
    """The channel of the direct messages that hold the pressed button, or ""."""
    container = body.get("container") or {}
    channel = str(container.get("channel_id") or "")
    standing = container.get("type") == "message" and not container.get("is_ephemeral")
    return channel if standing and channel.startswith("D") else ""
