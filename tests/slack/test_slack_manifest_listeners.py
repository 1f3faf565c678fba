"""Everything that the manifest announces is listened to, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp

from adapters.slack import SlackPlatform, SlackSettings
from adapters.slack.channels import EVENTS as CHANNEL_EVENTS
from adapters.slack.decode import COMMANDS
from adapters.slack.listeners import Listeners
from adapters.slack.manifest import EVENTS, EVENTS_PATH, SHORTCUTS, Shortcut, manifest
from core.happenings import Happening
from tests.slack.fake_slack import SIGNING_SECRET, TOKEN, FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import VOCABULARY, Engine, interpret


@pytest.fixture
async def noticed() -> list[Happening]:
    """What the adapter reported of its own accord."""
    return []


@pytest.fixture
async def strict(
    slack: FakeSlack,
    engine: Engine,
    noticed: list[Happening],
    http: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Person]:
    """Somebody who uses an app that takes nothing without a listener of its own."""

    async def not_found(_self: Listeners, ack: AsyncAck) -> BoltResponse:
        await ack()
        return BoltResponse(status=404, body="")

    async def report(happening: Happening) -> None:
        noticed.append(happening)

    monkeypatch.setattr(Listeners, "_acknowledge", not_found)
    settings = SlackSettings(SIGNING_SECRET, TOKEN, api_url=slack.api_url)
    platform = SlackPlatform(settings, engine, interpret, VOCABULARY, report=report)
    app = web.Application()
    platform.add_routes(app)
    async with TestServer(app) as server:
        url = str(server.make_url(EVENTS_PATH))
        yield Person(slack, http, url, settle=platform.settle)
    await platform.close()


def _told(kind: str, **more: object) -> Callable[[Person], Awaitable[None]]:
    return lambda person: person.event({"type": kind, **more})


def _in_a_channel(kind: str) -> Callable[[Person], Awaitable[None]]:
    place = {"id": "C0ALL", "name": "all"} if kind.endswith("_rename") else "C0ALL"
    return lambda person: person.event(
        {"type": kind, "channel": place, "user": person.slack.bot_user, "team": "T0HOME"}
    )


HAPPENS: dict[str, Callable[[Person], Awaitable[None]]] = {
    "app_home_opened": lambda person: person.open_home(),
    "app_mention": lambda person: person.mention("help"),
    "app_uninstalled": _told("app_uninstalled"),
    "message.im": lambda person: person.say("help"),
    "team_join": _told("team_join", user={"id": "U0NEW", "team_id": "T0HOME"}),
    "tokens_revoked": _told("tokens_revoked", tokens={"bot": ["U0BOT"]}),
    "user_change": _told("user_change", user={"id": "U0ANA", "team_id": "T0HOME"}),
    **{kind: _in_a_channel(kind) for kind in CHANNEL_EVENTS},
}
REPORTED = {"team_join", "user_change", "app_mention", *CHANNEL_EVENTS}
"""A mention says that the app is in the channel."""


def test_every_event_is_tried_here() -> None:
    assert sorted(HAPPENS) == sorted(EVENTS)


@pytest.mark.parametrize("event", EVENTS)
async def test_every_event_that_is_told_is_listened_to(
    strict: Person, engine: Engine, noticed: list[Happening], event: str
) -> None:
    await HAPPENS[event](strict)
    assert strict.status == 200
    assert bool(engine.heard) == (event in {"app_home_opened", "app_mention", "message.im"})
    assert bool(noticed) == (event in REPORTED)


async def test_an_event_that_is_not_in_the_manifest_has_no_listener(strict: Person) -> None:
    await strict.event({"type": "reaction_added", "user": "U0ANA"})
    assert strict.status == 404


async def test_no_event_is_listened_to_that_slack_does_not_tell(
    slack: FakeSlack, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: set[str] = set()
    listen = AsyncApp.event

    def noting(app: AsyncApp, event: Any, *more: Any, **named: Any) -> Any:
        if isinstance(event, str):
            heard.add(event)
        return listen(app, event, *more, **named)

    async def report(happening: Happening) -> None:
        raise AssertionError(f"nothing happens here: {happening}")

    monkeypatch.setattr(AsyncApp, "event", noting)
    settings = SlackSettings(SIGNING_SECRET, TOKEN, api_url=slack.api_url)
    await SlackPlatform(settings, engine, interpret, VOCABULARY, report=report).close()
    assert heard == {event.partition(".")[0] for event in EVENTS}


def test_every_command_is_in_the_manifest() -> None:
    commands = manifest("https://hourbridge.example")["features"]["slash_commands"]
    assert [one["command"] for one in commands] == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_is_answered(strict: Person, engine: Engine, command: str) -> None:
    await strict.command(command, "help")
    assert strict.status == 200
    assert len(engine.heard) == 1


@pytest.mark.parametrize("shortcut", [one for one in SHORTCUTS if one.kind == "global"])
async def test_every_shortcut_of_the_message_box_is_answered(
    strict: Person, engine: Engine, shortcut: Shortcut
) -> None:
    await strict.shortcut(shortcut.callback_id)
    assert strict.status == 200
    assert len(engine.heard) == 1


@pytest.mark.parametrize("shortcut", [one for one in SHORTCUTS if one.kind == "message"])
async def test_every_shortcut_of_a_message_is_answered(
    strict: Person, slack: FakeSlack, shortcut: Shortcut
) -> None:
    written = slack.keep("C0ALL", {"text": "Who can draw a run chart?"}, team=slack.team)
    await strict.shortcut_on(written, shortcut.callback_id)
    assert strict.status == 200


async def test_a_shortcut_that_is_not_in_the_manifest_is_not_found(strict: Person) -> None:
    await strict.shortcut("admin")
    assert strict.status == 404
