"""A clock that only sleeping, and a test, put forward."""

from __future__ import annotations


class Clock:
    """Call it for the time. ``slept`` are the seconds of each sleep."""

    def __init__(self, now: float = 1_000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Put the clock forward at once."""
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds
