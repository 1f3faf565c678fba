"""Ending a program in order and in time."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from threading import Timer

LONGEST_STOP = 30.0
"""How long finishing what is under way may take in all, after the last request was let in."""
REQUEST_SECONDS = 10.0
"""How much of that is for the requests that are being answered."""
ROUND_SECONDS = 15.0
"""How much of that is for what is being sent. What is not finished then is sent again later."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Waits for SIGINT or SIGTERM. A second signal ends the process at once, by its default."""

    def __init__(self) -> None:
        self._told = asyncio.Event()
        self._by: signal.Signals | None = None
        loop = asyncio.get_running_loop()
        for one in SIGNALS:
            loop.add_signal_handler(one, self._tell, one)

    def _tell(self, by: signal.Signals) -> None:
        self._by = by
        self._told.set()
        loop = asyncio.get_running_loop()
        for one in SIGNALS:
            loop.remove_signal_handler(one)
            signal.signal(one, signal.SIG_DFL)

    async def wait(self) -> signal.Signals:
        """Which signal came."""
        await self._told.wait()
        assert self._by is not None
        return self._by


def end_within(seconds: float) -> None:
    """End the process after ``seconds``, should it still run: a thread that waits for a database
    which never answers would otherwise be waited for without end."""
    watchdog = Timer(seconds, _give_up)
    watchdog.daemon = True
    watchdog.start()


def _give_up() -> None:
    print(
        "Hourbridge could not finish in time. What was being sent is sent again by the next start.",
        file=sys.stderr,
        flush=True,
    )
    os._exit(1)
