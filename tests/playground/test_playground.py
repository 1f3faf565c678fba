"""Microsoft's Agents Playground, a Teams client that nobody here wrote, with a person in Chromium.

Ana is in the Playground's tenant; Cai is in Slack; Bo, of the council, is in another tenant, with
our own small Teams. ``HOURBRIDGE_PICTURES`` names a folder for a picture of every step.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.browser.chromium import HERE as BROWSER
from tests.browser.chromium import run_script
from tests.playground.running import TENANT, playground
from tests.requirements import need
from tests.story.chats import Friend, reference_in
from tests.story.town import Town, open_town

pytestmark = pytest.mark.timeout(300)
PATIENCE = 90.0


async def test_a_whole_story_in_the_agents_playground(sqlite_url: str, tmp_path: Path) -> None:
    for part in ("node", "chromium", "playground"):
        need(part)
    async with open_town(sqlite_url) as town:
        _let_in(town)
        cai = await town.in_slack("Cai Rees").joins()
        await cai.types("offer 2 hours of spreadsheets, online")
        await cai.presses("Post it")
        bo = await town.in_teams("Bo Lin", "COU").joins()
        async with playground(f"{town.url}/api/messages", tmp_path) as url:
            told, _ = await asyncio.gather(
                run_script(BROWSER / "playground.mjs", url, patience=240), _the_others(cai, bo)
            )
            # While the Playground still stands: the last edits go there.
            await town.settles()
        assert told["name"] == "Ana Ward", "the directory's rank and organisation are not offered"
        assert told["kept"] == ["Easy read leaflets", "7 minutes"]
        assert told["waiting"] == 1
        assert told["group"] == [1, 0]
        assert told["channel"] == [1, 0]
        assert told["keptInDialog"] == ["Minutes of meetings", "7 minutes"]
        assert (told["answers"], told["greetings"]) == (3, 1)
        assert (town.balance("Ana Ward"), town.balance("Bo Lin")) == (180, 60)
        assert town.audit() == []


async def _the_others(cai: Friend, bo: Friend) -> None:
    await _changes_his_mind(cai)
    await _is_helped(bo)


async def _changes_his_mind(cai: Friend) -> None:
    """Cai would like Ana's help, asks which day, and takes it back when he knows."""
    await _finds(cai, "easy read")
    exchange = await _wants(cai)
    await cai.types(f"message {exchange} Which day suits you?")
    await cai.hears("Tuesday", patience=PATIENCE)
    assert "taken your proposal back" in await cai.types(f"withdraw {exchange}")


async def _is_helped(bo: Friend) -> None:
    """Bo would like it too, and says when it is done."""
    await _wants(bo)
    await bo.hears("Ana Ward has accepted.", patience=PATIENCE)
    assert "Ana Ward has been asked to confirm" in await bo.types("done 1 hour")
    await bo.hears("Ana Ward has confirmed.", patience=PATIENCE)


async def _wants(friend: Friend) -> str:
    """Find Ana's first offer, and propose; the exchange's reference."""
    found = await _finds(friend, "run charts")
    await friend.types(f"want {reference_in(found, 'O')}")
    said = await friend.fills(message="Yes please")
    assert "Sent. Ana Ward can accept" in said
    return reference_in(said, "E")


async def _finds(friend: Friend, words: str) -> str:
    """Look for an offer until it is there; what is found."""
    until = time.monotonic() + PATIENCE
    while "1 found" not in (found := await friend.types(f"find {words}")):
        assert time.monotonic() < until, f"no offer of {words}"
        await asyncio.sleep(0.5)
    return found


def _let_in(town: Town) -> None:
    with town.store.begin() as books:
        organisation = books.organisations.by_code("SGH")
        assert organisation is not None
        books.tenants.approve("teams", TENANT, [organisation.id], town.program.engine.clock())
