"""Work that many ask for at once and that is done once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


class Together(Generic[Key, Result]):
    """One task for each key while it is under way: a lock whose waiters share what came of it.

    The task goes on where whoever asked gives up, so a token that Slack replaced is kept.
    """

    def __init__(self) -> None:
        self._under_way: dict[Key, asyncio.Task[Result]] = {}

    def __contains__(self, key: Key) -> bool:
        """Whether the work for ``key`` is under way."""
        return key in self._under_way

    async def do(self, key: Key, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """What comes of the work under way for ``key``, which is ``work`` where there is none."""
        return await asyncio.shield(self.begin(key, work))

    def begin(
        self, key: Key, work: Callable[[], Coroutine[Any, Any, Result]]
    ) -> asyncio.Task[Result]:
        """The task under way for ``key``, begun where there is none."""
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.get_running_loop().create_task(work())
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._end(key, done))
        return task

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(set(self._under_way.values()))

    def _end(self, key: Key, done: asyncio.Task[Result]) -> None:
        if self._under_way.get(key) is done:
            del self._under_way[key]
        if not done.cancelled():
            done.exception()  # seen, even where nobody waits any more
