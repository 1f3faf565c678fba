"""Set scenes: two members in a chat, an ask, a proposal, an agreement, a claim. All by the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.kernel.references import read_reference
from tests.story.chats import Friend, reference_in
from tests.story.town import Town

CHATS = ("slack", "teams", "local")
# What the engine keeps of any request, be it refused: that it came. And what the clock keeps.
RECEIPTS = frozenset({"receipts", "job_runs"})


@dataclass
class Scene:
    """Ana asks, Bo helps. References are empty until there is such a thing."""

    town: Town
    ana: Friend
    bo: Friend
    ask: str = ""
    exchange: str = ""

    @property
    def exchange_id(self) -> int:
        return _number(self.exchange)

    @property
    def ask_id(self) -> int:
        return _number(self.ask)

    @property
    def version(self) -> int:
        """The version of the exchange that stands."""
        with self.town.store.begin() as books:
            exchange = books.exchanges.get(self.exchange_id)
        assert exchange is not None
        return exchange.version

    async def posted(self, hours: str = "1 hour") -> Scene:
        """Ana asks for help with run charts."""
        await self.ana.types(f"ask help with run charts, {hours}")
        self.ask = reference_in(await self.ana.presses("Post it"), "A")
        return self

    async def proposed(self, hours: str = "1 hour") -> Scene:
        """Bo answers Ana's ask."""
        await self.posted(hours)
        await self.bo.types(f"answer {self.ask}")
        self.exchange = reference_in(await self.bo.fills(), "E")
        return self

    async def agreed(self, hours: str = "1 hour") -> Scene:
        """Ana accepts."""
        await self.proposed(hours)
        await self.ana.types(f"accept {self.exchange}")
        assert "Agreed." in await self.ana.fills()
        return self

    async def claimed(self, hours: str = "1 hour") -> Scene:
        """Bo says that it is done."""
        await self.agreed(hours)
        assert "Noted." in await self.bo.types(f"done {self.exchange} {hours}")
        return self


async def two_members(town: Town, here: str, there: str = "") -> Scene:
    """Ana in one chat and Bo in the same or another, both members."""
    ana = await town.friend(here, "Ana Ward")
    bo = await town.friend(there or here, "Bo Lin")
    await ana.joins()
    await bo.joins()
    return Scene(town, ana, bo)


def _number(reference: str) -> int:
    found = read_reference(reference)
    assert found is not None
    return found[1]


@asynccontextmanager
async def nothing_stored(
    town: Town, *, apart_from: frozenset[str] = frozenset()
) -> AsyncIterator[None]:
    """What happens in the block adds, removes and moves nothing."""
    await town.settles()
    before = town.contents(RECEIPTS | apart_from)
    yield
    await town.settles()
    after = town.contents(RECEIPTS | apart_from)
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    assert not changed, f"rows before and after: {changed}"
