"""Microsoft's Agents Playground, a Teams client that nobody here wrote, with a person in Chromium.

Ana is in the Playground's tenant; Bo, of the council, is in another, with our own small Teams.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.browser.chromium import HERE as BROWSER
from tests.browser.chromium import run_script
from tests.requirements import PLAYGROUND, need, node
from tests.story.chats import Friend, reference_in
from tests.story.town import Town, open_town

pytestmark = pytest.mark.timeout(240)
TENANT = "7f000000-0000-4000-8000-0000000000aa"
CLI = PLAYGROUND / "node_modules/@microsoft/m365agentsplayground/cli.js"
PEOPLE = PLAYGROUND / "town.m365agentsplayground.yml"


async def test_offering_accepting_and_confirming_in_the_agents_playground(
    sqlite_url: str, tmp_path: Path
) -> None:
    for part in ("node", "chromium", "playground"):
        need(part)
    async with open_town(sqlite_url) as town:
        _let_in(town)
        bo = await town.in_teams("Bo Lin", "COU").joins()
        async with _playground(f"{town.url}/api/messages", tmp_path) as url:
            told, _ = await asyncio.gather(
                run_script(BROWSER / "playground.mjs", url, patience=150), _the_other_side(bo)
            )
            # While the Playground still stands: the last edits go there.
            await town.settles()
        assert told["name"] == "Ana Ward", "the directory's rank and organisation are not offered"
        assert (town.balance("Ana Ward"), town.balance("Bo Lin")) == (180, 60)
        assert town.audit() == []


async def _the_other_side(bo: Friend) -> None:
    """Bo finds Ana's offer, would like it, and says when it is done."""
    for _try in range(120):
        found = await bo.types("find run charts")
        if "1 found" in found:
            break
        await asyncio.sleep(0.5)
    await bo.types(f"want {reference_in(found, 'O')}")
    assert "Sent. Ana Ward can accept" in await bo.fills(message="Yes please")
    await bo.hears("Ana Ward has accepted.", patience=60)
    assert "Ana Ward has been asked to confirm" in await bo.types("done 1 hour")
    await bo.hears("Ana Ward has confirmed.", patience=60)


def _let_in(town: Town) -> None:
    with town.store.begin() as books:
        organisation = books.organisations.by_code("SGH")
        assert organisation is not None
        books.tenants.approve("teams", TENANT, [organisation.id], town.program.engine.clock())


@asynccontextmanager
async def _playground(endpoint: str, folder: Path) -> AsyncIterator[str]:
    """The Playground in front of the bot at ``endpoint``; its address."""
    shutil.copy(PEOPLE, folder / ".m365agentsplayground.yml")
    port = _free_port()
    program = node()
    assert program
    process = await asyncio.create_subprocess_exec(
        *(str(program), str(CLI), "start", "-e", endpoint, "-c", "msteams"),
        *("-p", str(port), "--dt"),
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        await _answers(url, process)
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(url: str, process: asyncio.subprocess.Process) -> None:
    """Wait until the Playground serves: it also prints that it listens where it does not."""
    async with aiohttp.ClientSession() as http:
        for _try in range(150):
            assert process.returncode is None, "the Playground ended"
            try:
                async with http.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)
    raise AssertionError("the Playground does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
