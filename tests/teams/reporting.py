"""A tiny engine that may fail to take in what it is told, and waiting for what is under way."""

from __future__ import annotations

import asyncio

from typing_extensions import override

from core.happenings import Happening
from tests.teams.fake_engine import FakeEngine
from tests.teams.house import House


class Troubled(FakeEngine):
    """Takes in a report only while there is no ``trouble``, and once it is ``open``."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble: Exception | None = None
        self.open = asyncio.Event()
        self.open.set()

    @override
    async def report(self, happening: Happening) -> None:
        await self.open.wait()
        if self.trouble is not None:
            raise self.trouble
        await super().report(happening)


async def settled(house: House) -> None:
    """Everything that answers did not wait for is done."""
    await asyncio.gather(*house.platform._turns._tasks)
