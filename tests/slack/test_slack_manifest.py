"""The manifest: what Slack takes, and no more than the adapter uses."""

from __future__ import annotations

import ast
import copy
import json
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft7Validator

from adapters.slack.manifest import BOT_SCOPES, EVENTS, EVENTS_PATH, SCOPES, SHORTCUTS, manifest

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
ADAPTER = ROOT / "adapters" / "slack"
BASE = "https://hourbridge.example"
SCHEMA = json.loads((Path(__file__).parent / "manifest_schema.json").read_text("utf-8"))

NEEDED_BY_METHOD: dict[str, str | None] = {
    "auth.test": None,
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.info": "channels:read",
    "conversations.open": "im:write",
    "oauth.v2.access": None,
    "users.info": "users:read",
    "views.open": None,
    "views.publish": None,
    "views.push": None,
    "views.update": None,
}
"""The bot scope that Slack asks for at each method, as its reference says; None where none."""
NEEDED_BY_EVENT: dict[str, str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_shared": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "message.im": "im:history",
    "team_join": "users:read",
    "tokens_revoked": None,
    "user_change": "users:read",
}
NEEDED_BY_FEATURE = {"slash_commands": "commands", "shortcuts": "commands"}
HINT_LONGEST = 50
"""What Slack's message box shows of a hint; the schema takes 1,000."""

_METHOD = re.compile(
    r"(?:apps|auth|bots|chat|conversations|dialog|emoji|files|functions|migration|oauth|openid"
    r"|pins|reactions|reminders|rtm|search|stars|team|usergroups|users|views|workflows)"
    r"(?:\.[a-zA-Z0-9]+)+"
)


# What Slack takes.


def faults(made: Json) -> list[str]:
    """Everything that Slack would refuse, or take and then not do as it was meant."""
    found = [error.message for error in Draft7Validator(SCHEMA).iter_errors(made)]
    if found:
        return found
    scopes = made["oauth_config"]["scopes"]["bot"]
    known = {*NEEDED_BY_METHOD.values(), *NEEDED_BY_EVENT.values(), *NEEDED_BY_FEATURE.values()}
    found += [f"unknown scope {one}" for one in scopes if one not in known]
    events = made["settings"]["event_subscriptions"]["bot_events"]
    found += [f"unknown event {one}" for one in events if one not in NEEDED_BY_EVENT]
    redirects = made["oauth_config"].get("redirect_urls", [])
    found += [f"not https: {one}" for one in redirects if urlsplit(one).scheme != "https"]
    for command in made["features"]["slash_commands"]:
        if len(command.get("usage_hint", "")) > HINT_LONGEST:
            found.append(f"the hint of {command['command']} is cut off")
    for names in (
        [one["command"] for one in made["features"]["slash_commands"]],
        [one["callback_id"] for one in made["features"]["shortcuts"]],
    ):
        found += [f"{one} is there twice" for one in set(names) if names.count(one) > 1]
    return found


@pytest.mark.parametrize(
    "made",
    [
        manifest(BASE),
        manifest(BASE, socket_mode=True),
        manifest("", socket_mode=True),
        manifest("http://localhost:3978", socket_mode=True),
    ],
    ids=["https", "socket mode and https", "socket mode", "socket mode here"],
)
def test_slack_takes_the_manifest(made: Json) -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert faults(made) == []


def _set(*path: str | int, to: object) -> Callable[[Json], None]:
    def change(made: Json) -> None:
        part: Any = made
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = to

    return change


COMMAND = ("features", "slash_commands", 0)
BOT = ("oauth_config", "scopes", "bot")
TOLD = ("settings", "event_subscriptions")


@pytest.mark.parametrize(
    "change",
    [
        _set("display_information", "name", to="x" * 36),
        _set("display_information", "description", to="x" * 141),
        _set("display_information", "long_description", to="x" * 174),
        _set("display_information", "long_description", to="x" * 4001),
        _set("display_information", "background_color", to="teal"),
        _set("features", "bot_user", "display_name", to="x" * 81),
        _set("features", "app_home", "messages_tab_read_only", to=False),
        _set("features", "shortcuts", 0, "name", to="x" * 25),
        _set("features", "shortcuts", 0, "type", to="channel"),
        _set("features", "shortcuts", 0, "description", to="x" * 151),
        _set("features", "shortcuts", 1, "callback_id", to=SHORTCUTS[0].callback_id),
        _set(*COMMAND, "command", to="offer"),
        _set(*COMMAND, "command", to="/" + "x" * 32),
        _set(*COMMAND, "command", to="/ask"),
        _set(*COMMAND, "url", to="http://hourbridge.example/slack/events"),
        _set(*COMMAND, "usage_hint", to="x" * 51),
        _set(*COMMAND, "description", to=""),
        _set(*BOT, to=[*BOT_SCOPES, "chat:writ"]),
        _set(*BOT, to=[*BOT_SCOPES, "channels:history"]),
        _set(*BOT, to=[*BOT_SCOPES, "commands"]),
        _set("oauth_config", "scopes", "user", to=["users:read"]),
        _set("oauth_config", "redirect_urls", to=["ftp://hourbridge.example"]),
        _set("oauth_config", "redirect_urls", to=["http://hourbridge.example"]),
        _set(*TOLD, "bot_events", to=[*EVENTS, "message.ims"]),
        _set(*TOLD, "bot_events", to=[*EVENTS, "message.channels"]),
        _set(*TOLD, "request_url", to="hourbridge.example"),
        _set("settings", "event_subscriptions", to={"bot_events": list(EVENTS)}),
        _set("settings", "interactivity", to={"is_enabled": True}),
        _set("settings", "function_runtime", to="remote"),
    ],
)
def test_what_slack_would_not_take_is_found(change: Callable[[Json], None]) -> None:
    made = copy.deepcopy(manifest(BASE))
    change(made)
    assert faults(made)


def test_slack_is_sent_to_the_routes_of_the_server() -> None:
    made = manifest(BASE)
    settings = made["settings"]
    assert settings["event_subscriptions"]["request_url"] == f"{BASE}/slack/events"
    assert settings["interactivity"]["request_url"] == f"{BASE}/slack/events"
    assert {one["url"] for one in made["features"]["slash_commands"]} == {f"{BASE}/slack/events"}
    assert made["oauth_config"]["redirect_urls"] == [f"{BASE}/slack/oauth_redirect"]


def test_socket_mode_names_no_address_and_its_token_does_not_end() -> None:
    made = manifest("", socket_mode=True)
    assert "url" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"]
    assert not made["settings"]["token_rotation_enabled"]


def test_people_can_write_to_the_app_and_open_its_home() -> None:
    made = manifest(BASE)
    assert made["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert made["settings"]["org_deploy_enabled"]
    assert made["settings"]["token_rotation_enabled"]


# No more than the adapter uses.


def methods_called() -> set[str]:
    """Every Web API method that the adapter names, as a string or as a method of the SDK."""
    return {method for file in ADAPTER.glob("*.py") for method in _methods(file)}


def _methods(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _METHOD.fullmatch(node.value):
                yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr.replace("_", ".")
            if _METHOD.fullmatch(name):
                yield name


def test_every_method_that_is_called_is_allowed() -> None:
    called = methods_called()
    assert {"chat.postMessage", "views.open", "conversations.open"} <= called
    assert called <= set(NEEDED_BY_METHOD), "say which scope this method needs"
    needed = {NEEDED_BY_METHOD[method] for method in called} - {None}
    assert needed <= set(BOT_SCOPES)


def test_every_event_that_is_told_is_allowed() -> None:
    needed = {NEEDED_BY_EVENT[event] for event in EVENTS} - {None}
    assert needed <= set(BOT_SCOPES)


def test_every_scope_is_used() -> None:
    used = {NEEDED_BY_METHOD[method] for method in methods_called()}
    used |= {NEEDED_BY_EVENT[event] for event in EVENTS}
    features = manifest(BASE)["features"]
    used |= {scope for feature, scope in NEEDED_BY_FEATURE.items() if features[feature]}
    assert set(BOT_SCOPES) <= used


def test_no_scope_reads_channels_and_none_is_a_persons_own() -> None:
    assert [one for one in BOT_SCOPES if one.endswith(":history")] == ["im:history"]
    assert "users:read.email" not in BOT_SCOPES
    assert list(manifest(BASE)["oauth_config"]["scopes"]) == ["bot"]


def test_every_scope_says_why_and_so_does_the_guide() -> None:
    guide = (ROOT / "docs" / "install-slack.md").read_text("utf-8")
    for scope in SCOPES:
        assert scope.why.endswith(".")
        assert f"| `{scope.name}` | {scope.why} |" in guide


# What stands in the repository.


def test_the_manifest_in_the_repository_is_what_the_command_writes() -> None:
    written = (ROOT / "manifest" / "slack.json").read_text("utf-8")
    made = json.loads(written)
    base = made["settings"]["event_subscriptions"]["request_url"].removesuffix(EVENTS_PATH)
    assert made == manifest(base)


def test_the_icon_is_as_large_as_slack_asks() -> None:
    png = (ROOT / "manifest" / "icon.png").read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (512, 512)
