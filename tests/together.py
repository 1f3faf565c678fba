"""Many deeds at the same moment, as when many people press or several replicas tick."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Result = TypeVar("Result")


def together(*deeds: Callable[[], Result]) -> list[Result]:
    """What each deed comes to, all of them begun at the same moment, each in a thread of its own.
    Raises what any of them raised."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], Result]) -> Result:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))
