"""``delivery.drain``: how fast replicas drain what is due, against a queue that goes row by row.

Ours are so many processes with the real pump, as ``hourbridge serve`` runs it: batches are claimed,
prepared (read, decided, rendered), sent concurrently and settled. Theirs are as many workers that
claim one row, send it and finish it in one transaction, and do nothing else: no preparing, no
lanes, no lease. PostgreSQL writes to the disk for both.

Sending takes the same simulated 20 ms for both. That is a quick answer of a chat platform: a call
of Slack or Microsoft from the UK takes 50 to 300 ms, and each millisecond more would be to our
advantage, because a worker that goes row by row does nothing meanwhile. The platform is "local",
which has no pace to keep to.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from core.delivery.model import Audience, Notice
from storage.store import Store
from tests.bench.delivery_people import NEWS, START, Chat, analyse, count, populate
from tests.bench.figures import Figure
from tests.bench.wrong import Wrong
from tests.postgres import Cluster, cluster

NAME = "delivery.drain"
GOAL = 10
WORKERS = 2
"""As many replicas as the compose file starts."""
SECONDS = 0.02
OURS, THEIRS = 12_000, 1_000
"""How many are waiting in each round: enough for either to run for some seconds."""
ROUNDS = 5
PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Drained:
    """What it took to drain so many: seconds by the clock and of CPU, and bytes of memory of the
    process that had most."""

    many: int
    seconds: float
    cpu: float
    peak: int

    @property
    def rate(self) -> float:
        """Deliveries a second."""
        return self.many / self.seconds


def measure(names: Collection[str]) -> Figure | None:
    """Deliveries a second, ours over theirs. Raises ``Wrong``."""
    if NAME not in names:
        return None
    return measured(WORKERS)


def measured(workers: int) -> Figure:
    """The same for any number of workers."""
    server = cluster(durable=True)
    rounds: list[tuple[Drained, Drained]] = []
    databases = {
        how: server.template(f"drain_{many}", partial(waiting, many=many))
        for how, many in (("pump", OURS), ("rows", THEIRS))
    }
    for _round in range(ROUNDS):
        ours = drained(server, databases["pump"], "pump", workers)
        theirs = drained(server, databases["rows"], "rows", workers)
        if (ours.many, theirs.many) != (OURS, THEIRS):
            raise Wrong(f"{NAME}: {ours.many} and {theirs.many} were drained in {PATIENCE} s")
        rounds.append((ours, theirs))
    ratios = tuple(ours.rate / theirs.rate for ours, theirs in rounds)
    us, them = (statistics.median(one.rate for one in part) for part in zip(*rounds, strict=True))
    cpu = statistics.median(ours.cpu / ours.many * 1000 for ours, _theirs in rounds)
    remark = (
        f"{them:.0f} a second row by row, {us:.0f} ours, with {workers} workers; "
        f"{cpu:.2f} ms of server CPU for one"
    )
    return Figure(NAME, statistics.median(ratios), GOAL, "times, at least", ratios, remark)


def waiting(url: str, many: int) -> None:
    """A database in which ``many`` deliveries in one tenant are due."""
    populate(url, [Chat("local", "a-nation", many)])
    store = Store(url)
    try:
        with store.begin() as books:
            planned = books.deliveries.plan(Notice(NEWS, "library:1", START), Audience())
        analyse(store)
    finally:
        store.close()
    if planned != many:
        raise Wrong(f"{planned} deliveries were planned instead of {many}")


def drained(
    server: Cluster,
    template: str,
    how: str,
    workers: int,
    seconds: float = SECONDS,
    patience: float = PATIENCE,
) -> Drained:
    """What it takes ``workers`` to drain a copy of ``template``, or as much of it as they can in
    the time of ``patience``. Raises ``Wrong`` where one was sent twice or not at all."""
    url = server.create_database("drain", template)
    command = [sys.executable, "-m", "tests.bench.delivery_drainer", how, url]
    store = Store(url)
    processes = [_started([*command, "--seconds", str(seconds)]) for _number in range(workers)]
    try:
        started = time.perf_counter()
        for process in processes:
            _say(process, "go")
        while _left(store) and time.perf_counter() < started + patience:
            time.sleep(0.02)
        told = [json.loads(process.communicate("stop\n", 60)[0]) for process in processes]
        took = time.perf_counter() - started
        sent = _checked(store, sum(one["sent"] for one in told))
    finally:
        for process in processes:
            process.kill()
            process.wait(10)
        store.close()
        server.drop_database(url)
    peak = max(one["peak"] for one in told)
    return Drained(sent, took, sum(one["cpu"] for one in told), peak)


def _started(command: list[str]) -> subprocess.Popen[str]:
    """A drainer that is ready to begin."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdout is not None
    if process.stdout.readline().strip() != "ready":
        raise SystemExit("a drainer did not start")
    return process


def _say(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{word}\n")


def _left(store: Store) -> bool:
    with store.begin() as books:
        asked = "SELECT 1 FROM deliveries WHERE state = 'waiting' LIMIT 1"
        return books.connection.exec_driver_sql(asked).first() is not None


def _checked(store: Store, sent: int) -> int:
    """How many were sent and kept as sent, which has to be the same."""
    kept = int(count(store, "state = 'sent' AND handle = 'message-' || id"))
    if sent != kept or not kept:
        raise Wrong(f"{NAME}: {sent} sent and {kept} kept as sent")
    return kept
