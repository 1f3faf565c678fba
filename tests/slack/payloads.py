"""What Slack sends for what a person does: payloads with the fields that matter, named as it does.

``Actor`` is who does it and where: their own workspace may be another than the one that the app
answers in, in a channel shared through Slack Connect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.slack.screens import Message
from tests.slack.workspaces import FakeTeam

Json = dict[str, Any]

APP = "A0HOURBRIDGE"
VERIFICATION = "a-verification-token"


@dataclass(frozen=True, slots=True)
class Actor:
    """``user`` of the workspace ``team``, before the app as it is installed in ``installed``."""

    user: str
    team: str
    installed: FakeTeam
    handle: str = "ana.ward"

    @property
    def place(self) -> str:
        """The workspace that a command or press happens in."""
        return self.team if self.installed.whole else self.installed.team


def command(actor: Actor, name: str, text: str, channel: str, trigger: str, url: str) -> Json:
    """A slash command."""
    body: Json = {
        "token": VERIFICATION,
        "team_id": actor.team,
        "team_domain": actor.team.lower(),
        "channel_id": channel,
        "channel_name": "directmessage" if channel.startswith("D") else "all",
        "user_id": actor.user,
        "user_name": actor.handle,
        "command": name,
        "text": typed(text),
        "api_app_id": APP,
        "is_enterprise_install": "true" if actor.installed.whole else "false",
        "response_url": url,
        "trigger_id": trigger,
    }
    if actor.installed.enterprise:
        body |= {"enterprise_id": actor.installed.enterprise, "enterprise_name": "Westshire"}
    return body


def press_in_message(actor: Actor, button: Json, message: Message, trigger: str, url: str) -> Json:
    """A press on a button of ``message``."""
    place = {"message_ts": message.ts, "channel_id": message.channel}
    container = {"type": "message", "is_ephemeral": bool(message.to), **place}
    body: Json = {
        **_pressed(actor, button, trigger),
        "container": container,
        "channel": {"id": message.channel, "name": "directmessage"},
        "response_url": url,
    }
    if not message.to:
        body["message"] = _shown(message, actor.installed)
    return body


def press_in_view(actor: Actor, button: Json, view: Json, trigger: str) -> Json:
    """A press on a button of a modal or of Home. ``view`` has its ``state``."""
    container = {"type": "view", "view_id": view["id"]}
    return {**_pressed(actor, button, trigger), "container": container, "view": view}


def submission(actor: Actor, view: Json, trigger: str) -> Json:
    """A form sent in. ``view`` has its ``state``."""
    body = {**_interaction(actor, "view_submission", trigger), "view": view, "response_urls": []}
    if not actor.installed.whole:
        # Here Slack names the sender's workspace; the app's is in ``app_installed_team_id``.
        body["team"] = {"id": actor.team, "domain": actor.team.lower()}
    return body


def shortcut(actor: Actor, callback: str, trigger: str) -> Json:
    """A global shortcut."""
    body = _interaction(actor, "shortcut", trigger)
    return {**body, "callback_id": callback, "action_ts": "1800000000.000300"}


def message_shortcut(actor: Actor, callback: str, message: Message, trigger: str, url: str) -> Json:
    """A shortcut on ``message``."""
    return {
        **_interaction(actor, "message_action", trigger),
        "callback_id": callback,
        "action_ts": "1800000000.000300",
        "message_ts": message.ts,
        "channel": {"id": message.channel, "name": "all"},
        "message": _shown(message, actor.installed),
        "response_url": url,
    }


def written(actor: Actor, channel: str, text: str, ts: str, thread: str = "") -> Json:
    """The event of a direct message to the bot."""
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": channel,
        "user": actor.user,
        "team": actor.team,
        "text": typed(text),
        "ts": ts,
        "event_ts": ts,
    }
    return event | ({"thread_ts": thread} if thread else {})


def mention(actor: Actor, channel: str, text: str, ts: str) -> Json:
    """The event of a mention of the bot in a channel."""
    event = {
        "type": "app_mention",
        "channel": channel,
        "user": actor.user,
        "team": actor.team,
        "text": f"<@{actor.installed.bot_user}> {typed(text)}",
        "ts": ts,
        "event_ts": ts,
    }
    outside = not actor.installed.whole and actor.team != actor.installed.team
    return event | ({"user_team": actor.team} if outside else {})


def envelope(
    installed: FakeTeam, event: Json, event_id: str, team: str = "", *, shared: bool = False
) -> Json:
    """``event`` as it is delivered, from a channel that other organisations share or do not."""
    where = team or installed.team
    body: Json = {
        "token": VERIFICATION,
        "type": "event_callback",
        "team_id": where,
        "context_team_id": where,
        "context_enterprise_id": installed.enterprise or None,
        "api_app_id": APP,
        "event_id": event_id,
        "event_time": 1_800_000_000,
        "authorizations": [installed.authorization()],
        "is_ext_shared_channel": shared or "user_team" in event,
        "event": event,
    }
    return body | ({"enterprise_id": installed.enterprise} if installed.enterprise else {})


def typed(text: str) -> str:
    """``text`` as Slack sends what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _interaction(actor: Actor, kind: str, trigger: str) -> Json:
    installed = actor.installed
    enterprise = {"id": installed.enterprise, "name": "Westshire"}
    team = {"id": installed.team, "domain": installed.domain}
    return {
        "type": kind,
        "token": VERIFICATION,
        "api_app_id": APP,
        "team": None if installed.whole else team,
        "enterprise": enterprise if installed.enterprise else None,
        "is_enterprise_install": installed.whole,
        "user": {
            "id": actor.user,
            "username": actor.handle,
            "name": actor.handle,
            "team_id": actor.team,
        },
        "trigger_id": trigger,
    }


def _pressed(actor: Actor, button: Json, trigger: str) -> Json:
    action = {name: part for name, part in button.items() if name not in ("style", "confirm")}
    body = _interaction(actor, "block_actions", trigger)
    return {**body, "actions": [{**action, "action_ts": "1800000000.000300"}]}


def _shown(message: Message, installed: FakeTeam) -> Json:
    ours = {"user": installed.bot_user, "bot_id": installed.bot, "app_id": APP}
    shape: Json = {
        "type": "message",
        **({"user": message.by} if message.by else ours),
        "ts": message.ts,
        "team": message.team or installed.team,
        "text": typed(message.text) if message.by else message.text,
    }
    if message.blocks:
        shape["blocks"] = message.blocks
    return shape | ({"thread_ts": message.thread} if message.thread else {})
