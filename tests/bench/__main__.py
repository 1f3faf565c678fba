"""``python -m tests.bench [--only NAME]``: measures, prints a table, writes ``var/bench.json``."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Collection
from itertools import chain
from pathlib import Path

from tests.bench import acks, delivery, ledger, memory, requests, sending, teams_turn, turn, turns
from tests.bench.figures import Figure, line, write
from tests.bench.load import AT_ONCE
from tests.bench.wrong import Wrong

OUT = Path("var/bench.json")
NAMES = (
    *(case.name for case in requests.CASES),
    turn.NAME,
    teams_turn.NAME,
    sending.NAME,
    acks.NAME,
    memory.NAME,
    *ledger.NAMES,
    *delivery.NAMES,
)
MEASURES = (turn.measure, teams_turn.measure, sending.measure, acks.measure, memory.measure)


async def _requests(names: Collection[str]) -> list[Figure]:
    figures = []
    async for figure in requests.measure(names):
        print(line(figure), flush=True)
        figures.append(figure)
    for measure in MEASURES:
        found = await measure(names)
        if found is not None:
            print(line(found), flush=True)
            figures.append(found)
    return figures


def main() -> int:
    """Measure what was asked for; 1 where an answer was wrong and there is no figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=NAMES, metavar="NAME")
    parser.add_argument("--out", type=Path, default=OUT, help="default: %(default)s")
    given = parser.parse_args()
    names = given.only or NAMES
    print(
        f"Hourbridge without its pump and clock. {turns.ROUNDS} rounds of {turns.IN_A_ROUND} "
        f"requests, {AT_ONCE} at a time, on connections that are kept; medians of ratios."
    )
    try:
        figures = asyncio.run(_requests(names))
        for figure in chain(ledger.measure(names), delivery.measure(names)):
            print(line(figure), flush=True)
            figures.append(figure)
    except Wrong as wrong:
        print(f"No figure: {wrong}", file=sys.stderr)
        return 1
    write(figures, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
