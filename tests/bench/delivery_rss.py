"""``delivery.rss``: the memory of a process that drains 1,000,000 deliveries, over 10,000.

Each is a process of its own with the real pump on PostgreSQL, and a platform that takes everything
at once; the peak of its memory is what the kernel has noted. Where the larger one is not done in
time, it is stopped then, and the figure says how many it has drained.
"""

from __future__ import annotations

from collections.abc import Collection

from tests.bench.delivery_drain import drained, waiting
from tests.bench.figures import Figure
from tests.postgres import cluster

NAME = "delivery.rss"
GOAL = 1.2
FEW, MANY = 10_000, 1_000_000
PATIENCE = 1_800.0


def measure(names: Collection[str]) -> Figure | None:
    """The one peak over the other. Raises ``Wrong``."""
    if NAME not in names:
        return None
    return measured(PATIENCE)


def measured(patience: float) -> Figure:
    """The same, within so many seconds."""
    server = cluster(durable=True)
    found = []
    for many in (FEW, MANY):
        url = server.create_database(f"rss_{many}")
        waiting(url, many)
        found.append(drained(server, url.rpartition("/")[2], "pump", 1, 0.0, patience))
        server.drop_database(url)
    few, most = found
    remark = (
        f"{few.peak / 1e6:.1f} MB for {few.many}, {most.peak / 1e6:.1f} MB for {most.many} of "
        f"{MANY}, in {most.seconds:.0f} s"
    )
    return Figure(NAME, most.peak / few.peak, GOAL, "times, at most", remark=remark)
