"""What Slack and Teams would send: signed commands and presses, and invokes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from adapters.slack import render as slack
from adapters.teams import render as teams
from core.words import Speech
from tests.bench.seed import SERVICE_URL, SLACK_TEAM, TEAMS_TENANT, Shown
from tests.slack.block_kit import buttons
from tests.slack.people import signed
from tests.teams.cards import actions_of
from tests.teams.fake_teams import BOT

ENGLISH = Speech("en")
STAMP = "1790000000.000100"
_JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``headers`` are made when it is sent, for a signature has its time.

    ``answered_at`` is the number of the response URL at which the answer will come, None where
    the answer is the response itself.
    """

    path: str
    body: str
    headers: Callable[[str], dict[str, str]]
    answered_at: int | None = None


def typed_offer(user: str, words: str, api: str, number: int) -> Request:
    """``/offer`` with ``words``, in the direct messages with the bot."""
    channel = f"D{user[1:]}"
    return _slack(
        {
            "token": "a-verification-token",
            "team_id": SLACK_TEAM,
            "team_domain": "northgate",
            "channel_id": channel,
            "channel_name": "directmessage",
            "user_id": user,
            "user_name": "a.member",
            "command": "/offer",
            "text": words,
            "api_app_id": "A0HOURBRIDGE",
            "is_enterprise_install": "false",
            "response_url": f"{api}answer/{number}",
            "trigger_id": f"trigger.{number}",
        }
    )


def slack_press(shown: Shown, label: str, api: str, number: int) -> Request:
    """A press on ``label``, on a card that stands in the direct messages."""
    message = slack.message(shown.card, ENGLISH)
    blocks = _with_ids(message["blocks"])
    button = next(one for one in buttons(blocks) if one["text"]["text"] == label)
    action = {name: part for name, part in button.items() if name not in ("style", "confirm")}
    channel = f"D{shown.user[1:]}"
    body: dict[str, Any] = {
        "type": "block_actions",
        "user": {
            "id": shown.user,
            "username": "a.member",
            "name": "a.member",
            "team_id": SLACK_TEAM,
        },
        "api_app_id": "A0HOURBRIDGE",
        "token": "a-verification-token",
        "container": {
            "type": "message",
            "message_ts": STAMP,
            "channel_id": channel,
            "is_ephemeral": False,
        },
        "trigger_id": f"trigger.{number}",
        "team": {"id": SLACK_TEAM, "domain": "northgate"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel, "name": "directmessage"},
        "message": {
            "type": "message",
            "user": "U0BOT",
            "bot_id": "B0BOT",
            "app_id": "A0HOURBRIDGE",
            "team": SLACK_TEAM,
            "ts": STAMP,
            "text": message["text"],
            "blocks": blocks,
        },
        "state": {"values": {}},
        "response_url": f"{api}answer/{number}",
        "actions": [{**action, "block_id": "b0", "action_ts": STAMP}],
    }
    return _slack({"payload": json.dumps(body)}, number)


def teams_press(shown: Shown, label: str, _api: str, number: int) -> Request:
    """A press on ``label``, on a card that stands in the personal chat."""
    card = teams.card(shown.card, ENGLISH, "chat")
    action = next(one for one in actions_of(card) if one["title"] == label)
    activity = {
        **_teams_activity("invoke", TEAMS_TENANT, shown.user, SERVICE_URL, number),
        "name": "adaptiveCard/action",
        "replyToId": "1:card",
        "value": {"action": action, "trigger": "manual"},
    }
    return Request("/api/messages", json.dumps(activity), lambda _body: _JSON)


def teams_message(
    tenant: str, user: str, words: str, service_url: str, authorization: str, number: int
) -> Request:
    """``words`` typed to the bot in the personal chat, with Teams' own token."""
    activity = {
        **_teams_activity("message", tenant, user, service_url, number),
        "text": words,
        "textFormat": "plain",
        "attachments": [{"contentType": "text/html", "content": f"<p>{words}</p>"}],
    }
    headers = {**_JSON, "Authorization": authorization}
    return Request("/api/messages", json.dumps(activity), lambda _body: headers)


def _teams_activity(
    kind: str, tenant: str, user: str, service_url: str, number: int
) -> dict[str, Any]:
    """What every activity from a personal chat holds."""
    return {
        "type": kind,
        "id": f"f:{number}",
        "timestamp": "2026-11-02T09:30:00.000Z",
        "localTimestamp": "2026-11-02T09:30:00.000+00:00",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "locale": "en-GB",
        "from": {"id": f"29:{user}", "name": "A Member", "aadObjectId": user},
        "recipient": {"id": BOT, "name": "Hourbridge"},
        "conversation": {
            "id": f"a:{user}",
            "conversationType": "personal",
            "tenantId": tenant,
        },
        "channelData": {
            "tenant": {"id": tenant},
            "source": {"name": "message"},
            "legacy": {"replyToId": "1:card"},
        },
        "entities": [
            {
                "type": "clientInfo",
                "locale": "en-GB",
                "country": "GB",
                "platform": "Web",
                "timezone": "Europe/London",
            }
        ],
    }


def _with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**block, "block_id": f"b{number}"} for number, block in enumerate(blocks)]


def _slack(fields: dict[str, str], answered_at: int | None = None) -> Request:
    return Request("/slack/events", urlencode(fields), _signed_form, answered_at)


def _signed_form(body: str) -> dict[str, str]:
    return {**signed(body), "Content-Type": "application/x-www-form-urlencoded"}
