"""``teams.turn``: the Teams adapter alone, with an engine that does nothing, over a bare Bolt.

A message is typed, its token checked, and a card posted to a stub of the connector service: of all
turns that a person starts the dearest, because the other answers are the response itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import aiohttp

from tests.bench import payloads
from tests.bench.figures import Figure
from tests.bench.load import Answer, fake_slack, on_the_load_core, serving
from tests.bench.payloads import Request
from tests.bench.seed import OFFERS
from tests.bench.turns import COUNT, Pair
from tests.bench.wrong import Wrong
from tests.teams.connector import Connector, connector_service
from tests.teams.fake_microsoft import FakeMicrosoft

NAME = "teams.turn"
GOAL = 4
PEOPLE = 200
TENANTS = 100
"""As many as that, so that the pace allowed in each of them holds nothing up."""
TYPED = "hours"


async def measure(names: Collection[str]) -> Figure | None:
    """A typed message, answered, over a typed command, acknowledged. Raises ``Wrong``."""
    if NAME not in names:
        return None
    with on_the_load_core(), tempfile.TemporaryDirectory(prefix="hourbridge-bench-") as folder:
        microsoft = FakeMicrosoft()
        await microsoft.start()
        try:
            async with connector_service() as connector:
                figure = await _measured(Path(folder), microsoft, connector)
                _check(connector)
        finally:
            await microsoft.stop()
    return replace(figure, remark=f"a message and its answer: {figure.remark}")


async def _measured(folder: Path, microsoft: FakeMicrosoft, connector: Connector) -> Figure:
    messages = _messages(connector.url, microsoft.token(connector.url))
    async with fake_slack() as slack, aiohttp.ClientSession() as http:
        commands = _commands(slack.url)
        with ExitStack() as stack:
            where = microsoft.url("/openid")
            ours = stack.enter_context(serving("teams", folder / "teams.log", api=where))
            bare = stack.enter_context(serving("command", folder / "command.log"))
            pair = Pair(http, slack, bare, ours)
            rounds = await pair.take_turns(NAME, messages, commands, _is_silent)
    return rounds.figure(NAME, GOAL)


def _messages(service_url: str, authorization: str) -> list[Request]:
    people = [(f"tenant-{n % TENANTS}", f"entra-{n}") for n in range(PEOPLE)]
    return [
        payloads.teams_message(*people[n % PEOPLE], TYPED, service_url, authorization, n)
        for n in range(COUNT)
    ]


def _commands(api: str) -> list[Request]:
    return [
        payloads.typed_offer(f"U0{n % PEOPLE:05}", OFFERS[n % len(OFFERS)], api, n)
        for n in range(COUNT)
    ]


def _is_silent(answer: Answer) -> bool:
    return not answer.body


def _check(connector: Connector) -> None:
    """Everybody was answered every time, or there is no figure."""
    if len(connector.taken) != PEOPLE or connector.taken.total() != COUNT:
        raise Wrong(f"{NAME}: {connector.taken.total()} answers to {COUNT} messages")
