"""The figures of requests: server CPU of ours over that of a bare acknowledgement."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from storage.audit import audit_ledger
from storage.store import Store
from tests.bench import payloads
from tests.bench.figures import Figure
from tests.bench.load import Answer, fake_slack, on_the_load_core, serving
from tests.bench.payloads import Request
from tests.bench.seed import MINUTES, OFFERS, Seeded, seed
from tests.bench.turns import COUNT, Pair
from tests.bench.wrong import Wrong


@dataclass(frozen=True, slots=True)
class Case:
    """One figure: its requests, the bare server's own, and what tells a right answer.

    ``counted`` is a statement whose number grows by ``each`` with every request.
    """

    name: str
    goal: float
    bare: str
    requests: Callable[[Seeded, str], list[Request]]
    bare_requests: Callable[[Seeded, str], list[Request]]
    right: Callable[[Answer], bool]
    counted: str
    each: int = 1


def _previews(seeded: Seeded, api: str) -> list[Request]:
    users = seeded.slack_users
    return [
        payloads.typed_offer(users[n % len(users)], OFFERS[n % len(OFFERS)], api, n)
        for n in range(COUNT)
    ]


def _offers(seeded: Seeded, api: str) -> list[Request]:
    drafts = enumerate(seeded.slack_drafts, start=10_000)
    return [payloads.slack_press(shown, "Post it", api, n) for n, shown in drafts]


def _confirms(seeded: Seeded, api: str) -> list[Request]:
    claimed = enumerate(seeded.claimed, start=20_000)
    return [payloads.slack_press(shown, "Confirm", api, n) for n, shown in claimed]


def _teams_offers(seeded: Seeded, api: str) -> list[Request]:
    drafts = enumerate(seeded.teams_drafts, start=30_000)
    return [payloads.teams_press(shown, "Post it", api, n) for n, shown in drafts]


def _is_preview(answer: Answer) -> bool:
    body = json.loads(answer.body)
    return (
        body["response_type"] == "ephemeral"
        and "Check your offer" in body["text"]
        and len(body["blocks"]) > 3
    )


def _is_posted(answer: Answer) -> bool:
    sent = json.loads(answer.sent)
    return not answer.body and sent["replace_original"] is True and "Posted. " in answer.sent


def _is_confirmed(answer: Answer) -> bool:
    sent = json.loads(answer.sent)
    return sent["replace_original"] is True and "The hours have moved." in answer.sent


def _is_posted_card(answer: Answer) -> bool:
    body = json.loads(answer.body)
    return body["value"]["type"] == "AdaptiveCard" and "Posted. " in answer.body


POSTS = "SELECT count(*) FROM posts"
CASES = (
    Case(
        "slack.preview",
        6,
        "command",
        _previews,
        _previews,
        _is_preview,
        "SELECT count(*) FROM drafts",
    ),
    Case("slack.offer", 6, "press", _offers, _offers, _is_posted, POSTS),
    Case(
        "slack.confirm",
        6,
        "press",
        _confirms,
        _confirms,
        _is_confirmed,
        "SELECT sum(minutes) FROM entries JOIN postings ON postings.id = posting_id "
        "WHERE kind = 'exchange' AND minutes > 0",
        MINUTES,
    ),
    Case("teams.offer", 8, "press", _teams_offers, _offers, _is_posted_card, POSTS),
)


async def measure(names: Collection[str]) -> AsyncIterator[Figure]:
    """The figures of those names, as they are ready. Raises ``Wrong``."""
    cases = [case for case in CASES if case.name in names]
    if not cases:
        return
    with on_the_load_core(), tempfile.TemporaryDirectory(prefix="hourbridge-bench-") as folder:
        async for figure in _measured(cases, Path(folder)):
            yield figure


async def _measured(cases: Sequence[Case], folder: Path) -> AsyncIterator[Figure]:
    path = folder / "hourbridge.db"
    seeded = seed(path, COUNT)
    async with fake_slack() as slack, aiohttp.ClientSession() as http:
        with ExitStack() as stack:
            servers = {
                kind: stack.enter_context(serving(kind, folder / f"{kind}.log"))
                for kind in sorted({case.bare for case in cases})
            }
            ours = stack.enter_context(
                serving(
                    "hourbridge",
                    folder / "hourbridge.log",
                    database=f"sqlite:///{path}",
                    api=f"{slack.url}api/",
                )
            )
            for case in cases:
                pair = Pair(http, slack, servers[case.bare], ours)
                yield await _figure(case, seeded, pair, path)
        _audit(path)


async def _figure(case: Case, seeded: Seeded, pair: Pair, path: Path) -> Figure:
    """Let bare and ours take turns, and see that every request was stored."""
    counted = _counted(path, case.counted)
    rounds = await pair.take_turns(
        case.name,
        case.requests(seeded, pair.slack.url),
        case.bare_requests(seeded, pair.slack.url),
        case.right,
    )
    grown = _counted(path, case.counted) - counted
    if grown != COUNT * case.each:
        raise Wrong(f"{case.name}: {COUNT} requests stored {grown}, not {COUNT * case.each}")
    return rounds.figure(case.name, case.goal)


def _counted(path: Path, statement: str) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute(statement).fetchone()[0] or 0)
    finally:
        connection.close()


def _audit(path: Path) -> None:
    """Raises ``Wrong`` where the ledger's invariants do not hold any more."""
    store = Store(f"sqlite:///{path}")
    try:
        with store.begin() as books:
            findings = audit_ledger(books.connection)
    finally:
        store.close()
    if findings:
        raise Wrong(f"the audit found {findings}")
