"""``slack.turn``: the Slack adapter alone, with an engine that does nothing, over a bare Bolt."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import aiohttp

from core.ledger.intents import ShowBalance
from core.ui.views import Actions, Button, Heading, Note, Paragraph, view
from tests.bench import payloads
from tests.bench.figures import Figure
from tests.bench.load import Answer, fake_slack, on_the_load_core, serving
from tests.bench.payloads import Request
from tests.bench.seed import OFFERS, Shown
from tests.bench.turns import COUNT, Pair

NAME = "slack.turn"
GOAL = 2
LABEL = "Your hours"
CARD = view(
    Heading("Run charts for beginners"),
    Paragraph("Bo Lin of Northgate Hospital Trust can help, online, until 30 June."),
    Actions((Button(LABEL, ShowBalance()),)),
    Note("Say how long it took when you are done.", "info"),
)


async def measure(names: Collection[str]) -> Figure | None:
    """The worse of a command and a press. Raises ``Wrong``."""
    if NAME not in names:
        return None
    with on_the_load_core(), tempfile.TemporaryDirectory(prefix="hourbridge-bench-") as folder:
        return await _measured(Path(folder))


async def _measured(folder: Path) -> Figure:
    async with fake_slack() as slack, aiohttp.ClientSession() as http:
        found = []
        with ExitStack() as stack:
            api = f"{slack.url}api/"
            ours = stack.enter_context(serving("adapter", folder / "adapter.log", api=api))
            for kind, requests in _requests(slack.url).items():
                bare = stack.enter_context(serving(kind, folder / f"{kind}.log"))
                pair = Pair(http, slack, bare, ours)
                rounds = await pair.take_turns(f"{NAME} {kind}", requests, requests, _is_silent)
                figure = rounds.figure(NAME, GOAL)
                found.append(replace(figure, remark=f"a {kind}: {figure.remark}"))
    return max(found, key=lambda figure: figure.value)


def _requests(api: str) -> dict[str, list[Request]]:
    users = [f"U0{number:05}" for number in range(200)]
    commands = [
        payloads.typed_offer(users[n % len(users)], OFFERS[n % len(OFFERS)], api, n)
        for n in range(COUNT)
    ]
    presses = [
        payloads.slack_press(Shown(users[n % len(users)], CARD), LABEL, api, n)
        for n in range(COUNT)
    ]
    # Nothing is done, so nothing will be sent to their response URLs.
    return {"command": commands, "press": [replace(one, answered_at=None) for one in presses]}


def _is_silent(answer: Answer) -> bool:
    return not answer.body
