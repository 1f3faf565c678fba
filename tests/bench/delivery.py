"""The figures of delivery and digests, which need PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tests.bench import delivery_digest, delivery_drain, delivery_plan, delivery_rss
from tests.bench.figures import Figure
from tests.requirements import missing

PARTS = (delivery_plan, delivery_drain, delivery_digest, delivery_rss)
NAMES = tuple(part.NAME for part in PARTS)


def measure(names: Collection[str]) -> Iterator[Figure]:
    """The figures of those names; says so where PostgreSQL is missing. Raises ``Wrong``."""
    for part in PARTS:
        if part.NAME in names and (reason := missing("postgres")):
            print(f"{part.NAME}  skipped: {reason}.")
        elif (figure := part.measure(names)) is not None:
            yield figure
