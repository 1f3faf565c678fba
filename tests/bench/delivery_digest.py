"""``digest.compose``: a digest for a member among 100,000, against one among 1,000.

Both networks have as many posts, exchanges and events as members, and everybody in them is alike,
so that the same digest is composed in either; only what it has to be found in is 100 times as much.
What is timed is the rendering of the notice, as the pump does it when the digest is sent. The
members take turns between the two. The figure is PostgreSQL's; SQLite's is told beside it.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from core.delivery.model import Withheld
from core.digests.planning import PERSONAL
from core.engine import Engine
from core.features import the_house
from core.kernel.keys import Keys
from core.ui.plain import plain
from core.ui.views import View
from core.words import Speech
from storage.store import Store
from tests.bench.delivery_network import network
from tests.bench.delivery_people import START
from tests.bench.figures import Figure
from tests.bench.wrong import Wrong
from tests.postgres import cluster

NAME = "digest.compose"
GOAL = 3
FEW, MANY = 1_000, 100_000
MEMBERS = 25
ROUNDS = 4
PARTS = (
    "Waiting for you",
    "People you could help",
    "Offers that fit you",
    "Events near you",
    "You were thanked",
)
"""What has to be in every digest that is timed, or one could be the cheaper for lacking it."""


def measure(names: Collection[str]) -> Figure | None:
    """The median of the members' ratios. Raises ``Wrong``."""
    if NAME not in names:
        return None
    server = cluster(durable=True)
    urls = [server.create_database(f"digest_{size}") for size in (FEW, MANY)]
    try:
        few, many = _measured(urls)
    finally:
        for url in urls:
            server.drop_database(url)
    with tempfile.TemporaryDirectory(prefix="hourbridge-bench-") as folder:
        files = [f"sqlite:///{Path(folder) / str(size)}.db" for size in (FEW, MANY)]
        sqlite = [statistics.median(part) for part in _measured(files)]
    rounds = tuple(large / small for small, large in zip(few, many, strict=True))
    small, large = statistics.median(few), statistics.median(many)
    remark = (
        f"{small * 1000:.1f} ms among {FEW}, {large * 1000:.1f} ms among {MANY}; on SQLite "
        f"{sqlite[0] * 1000:.1f} and {sqlite[1] * 1000:.1f} ms, {sqlite[1] / sqlite[0]:.2f} times"
    )
    return Figure(NAME, large / small, GOAL, "times, at most", rounds, remark)


def _measured(urls: Sequence[str]) -> tuple[list[float], list[float]]:
    """Seconds for a digest in each of the two databases: the medians of the rounds."""
    stores = []
    try:
        for url, size in zip(urls, (FEW, MANY), strict=True):
            network(url, size)
            stores.append(Store(url))
        rounds: list[list[float]] = [[], []]
        for number in range(ROUNDS + 1):
            took = [
                [
                    _seconds(store, size, nth)
                    for store, size in zip(stores, (FEW, MANY), strict=True)
                ]
                for nth in range(MEMBERS)
            ]
            # The first round warms up.
            for part, one in zip(zip(*took, strict=True), rounds, strict=True):
                one.extend([statistics.median(part)] if number else [])
        return rounds[0], rounds[1]
    finally:
        for store in stores:
            store.close()


def _seconds(store: Store, size: int, nth: int) -> float:
    """How long the digest of one of the members takes."""
    engine = Engine(store, the_house(), Keys(("a secret",)), clock=lambda: START)
    with store.begin() as books:
        office = engine.office(books)
        member = books.members.get(1 + nth * (size // MEMBERS))
        _delivery, notice = books.deliveries.of_member(member.id, 1)[0]
        started = time.perf_counter()
        shown = engine.house.notices[PERSONAL].render(office, notice, member)
        took = time.perf_counter() - started
    _check(shown)
    return took


def _check(shown: View | Withheld) -> None:
    words = plain(shown, Speech()) if isinstance(shown, View) else str(shown)
    if missing := [part for part in PARTS if part not in words]:
        raise Wrong(f"{NAME}: there is no {missing} in {words}")
