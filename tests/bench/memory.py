"""``slack.rss``: the server's memory after 50,000 requests over that after the first 5,000.

The whole program answers 500 workspaces, each found in the database with its own token; only its
engine does nothing. Each of the 10 kinds of request comes from each workspace among the first
5,000, so that whatever is kept for each of them is there by then.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from adapters.slack.manifest import SHORTCUTS
from core.ledger.intents import ShowBalance
from core.ui.intents import to_wire
from tests.bench.figures import Figure
from tests.bench.load import PATIENCE, Server, Slack, fake_slack, on_the_load_core, send, serving
from tests.bench.payloads import Request
from tests.bench.workspaces import COUNT, install, team, user
from tests.bench.wrong import Wrong
from tests.slack import payloads as sent
from tests.slack.payloads import Actor
from tests.slack.screens import Message
from tests.slack.transports import FORM, JSON, signed

Json = dict[str, Any]

NAME = "slack.rss"
GOAL = 1.1
FIRST = 5_000
REQUESTS = 50_000
AT_ONCE = 8
LOT = 500
"""Requests that are made and sent together."""
BUTTON: Json = {
    "type": "button",
    "action_id": "do:0",
    "block_id": "b0",
    "text": {"type": "plain_text", "text": "Your hours"},
    "value": json.dumps(to_wire(ShowBalance())),
}
STAMP = "1790000000.000100"
CARD = Message("D0BENCH", STAMP, "Your hours", [{"type": "actions", "elements": [BUTTON]}])
TITLE = {"type": "plain_text", "text": "Hourbridge"}
FILLED: Json = {
    "id": "V0BENCH",
    "type": "modal",
    "callback_id": "form",
    "title": TITLE,
    "submit": TITLE,
    "hash": "1.h",
    "private_metadata": json.dumps({"wire": to_wire(ShowBalance())}),
    "blocks": [{"type": "divider", "block_id": "b0"}],
    "state": {"values": {}},
}
GLOBAL, ON_MESSAGE = (
    next(one.callback_id for one in SHORTCUTS if one.kind == kind) for kind in ("global", "message")
)


async def measure(names: Collection[str]) -> Figure | None:
    """The ratio of the two. Raises ``Wrong``."""
    if NAME not in names:
        return None
    with on_the_load_core(), tempfile.TemporaryDirectory(prefix="hourbridge-bench-") as folder:
        path = Path(folder) / "hourbridge.db"
        install(path, [team(number) for number in range(COUNT)])
        async with fake_slack() as slack, aiohttp.ClientSession() as http:
            log, api = Path(folder) / "idle.log", f"{slack.url}api/"
            with serving("idle", log, database=f"sqlite:///{path}", api=api) as server:
                return await _measured(http, server, slack)


async def _measured(http: aiohttp.ClientSession, server: Server, slack: Slack) -> Figure:
    started, first = time.monotonic(), 0
    for start in range(0, REQUESTS, LOT):
        lot = [_request(number, slack.url) for number in range(start, start + LOT)]
        for answer in await send(http, server, lot, None, AT_ONCE):
            if answer.status != 200:
                raise Wrong(f"{NAME}: {answer.status} {answer.body}")
        if start + LOT == FIRST:
            first = await _at_rest(server)
    last = await _at_rest(server)
    _check(slack)
    seconds = time.monotonic() - started
    remark = (
        f"{first / 1e6:.1f} MB, then {last / 1e6:.1f} MB; {REQUESTS} requests in {seconds:.0f} s"
    )
    return Figure(NAME, last / first, GOAL, "times, at most", remark=remark)


async def _at_rest(server: Server) -> int:
    """The server's memory, once it has nothing left to do."""
    until = time.monotonic() + PATIENCE
    busy, used = True, server.cpu
    while busy and time.monotonic() < until:
        await asyncio.sleep(0.5)
        busy, used = server.cpu - used > 0.05, server.cpu
    return server.memory


def _check(slack: Slack) -> None:
    """Raises ``Wrong`` unless every workspace was answered, with its own token and no other."""
    wanted = {team(number).token for number in range(COUNT)}
    if slack.tokens != wanted:
        raise Wrong(f"{NAME}: {len(slack.tokens & wanted)} workspaces of {COUNT} were answered")
    for method in ("chat.postMessage", "views.open", "views.publish", "users.info"):
        if not slack.called[method]:
            raise Wrong(f"{NAME}: {method} was never called")
    if slack.called["auth.test"]:
        raise Wrong(f"{NAME}: {slack.called['auth.test']} calls of auth.test")


def _request(number: int, api: str) -> Request:
    installed = team(number)
    actor = Actor(user(number), installed.team, installed, "a.member")
    kind = KINDS[number // COUNT % len(KINDS)]
    url, trigger, stamp = f"{api}unwatched", f"trigger.{number}", f"1790000000.{number:06}"
    channel = f"D{actor.user[1:]}"
    match kind:
        case "command":
            return _form(sent.command(actor, "/hours", "statement", channel, trigger, url))
        case "press":
            return _payload(sent.press_in_message(actor, BUTTON, CARD, trigger, url))
        case "press in a modal":
            return _payload(sent.press_in_view(actor, BUTTON, FILLED, trigger))
        case "submission":
            return _payload(sent.submission(actor, FILLED, trigger))
        case "shortcut":
            return _payload(sent.shortcut(actor, GLOBAL, trigger))
        case "message shortcut":
            return _payload(sent.message_shortcut(actor, ON_MESSAGE, CARD, trigger, url))
        case "message":
            event = sent.written(actor, channel, "hours", stamp)
        case "mention":
            event = sent.mention(actor, "C0ALL", "hours", stamp)
        case "home":
            event = {"type": "app_home_opened", "user": actor.user, "tab": "home"}
        case _:
            account = installed.join(actor.user)
            event = {"type": "user_change", "user": account.shape()}
    return _event(sent.envelope(installed, event, f"Ev{number}"))


KINDS = (
    "command",
    "press",
    "press in a modal",
    "submission",
    "message",
    "mention",
    "home",
    "shortcut",
    "message shortcut",
    "user_change",
)


def _form(body: Json) -> Request:
    words = urlencode({name: part for name, part in body.items() if part is not None})
    return Request("/slack/events", words, lambda text: {**signed(text), **FORM})


def _payload(body: Json) -> Request:
    return _form({"payload": json.dumps(body)})


def _event(body: Json) -> Request:
    return Request("/slack/events", json.dumps(body), lambda text: {**signed(text), **JSON})
