"""``teams.send``: proactive messages by our courier, over those by the SDK's connector client.

Both send the same card, to the same stub of the connector service, over the same tenants and
conversations, as many at once; each is a process of its own on one core. The figure is how many
more messages ours sends for the same CPU.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import Collection

from adapters.teams.limits import CONNECTIONS
from tests.bench.figures import Figure
from tests.bench.load import cores, on_the_load_core
from tests.bench.sender import CONVERSATIONS
from tests.bench.wrong import Wrong
from tests.teams.connector import Connector, connector_service

NAME = "teams.send"
GOAL = 20
COUNT = 2_000
ROUNDS = 4
OF_SDK = 250
"""Messages of the SDK in a round: they take their time, and each takes the same."""


async def measure(names: Collection[str]) -> Figure | None:
    """Ours over the SDK's, the median of the rounds. Raises ``Wrong``."""
    if NAME not in names:
        return None
    with on_the_load_core():
        rounds = [await _round() for _n in range(ROUNDS)]
        mended, kept = [await _cpu(kind, OF_SDK) for kind in ("mended", "kept")]
    ratios = tuple(sdk / ours for ours, sdk in rounds)
    ours, sdk = (statistics.median(part) for part in zip(*rounds, strict=True))
    remark = (
        f"{sdk * 1000:.2f} ms the SDK ({mended * 1000:.2f} with a mended retry table, "
        f"{kept * 1000:.2f} with one client kept), {ours * 1000:.2f} ms ours"
    )
    return Figure(NAME, statistics.median(ratios), GOAL, "times, at least", ratios, remark)


async def _round() -> tuple[float, float]:
    """Seconds of CPU for one message: ours, and the SDK's."""
    return await _cpu("courier", COUNT), await _cpu("sdk", OF_SDK)


async def _cpu(kind: str, count: int) -> float:
    async with connector_service() as connector:
        used = await _sender(kind, connector.url, count)
        _check(kind, connector, count)
    return used / count


async def _sender(kind: str, url: str, count: int) -> float:
    core, _load = cores()
    command = ["-m", "tests.bench.sender", kind, "--url", url, "--count", str(count)]
    command += [] if core is None else ["--core", str(core)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=pipe)
    said, _errors = await process.communicate()
    if process.returncode:
        raise Wrong(f"{NAME}: the sender {kind} failed")
    return float(said)


def _check(kind: str, connector: Connector, count: int) -> None:
    """Every conversation got its messages; and ours used the pool, or there is no figure."""
    taken = connector.taken
    each = max(count // CONVERSATIONS, 1)
    if taken.total() != count or set(taken.values()) != {each}:
        raise Wrong(f"{NAME}: {kind} sent {taken.total()} of {count}")
    if kind == "courier" and max(connector.opened, connector.most_open) > CONNECTIONS:
        raise Wrong(f"{NAME}: {connector.opened} connections, with a pool of {CONNECTIONS}")
