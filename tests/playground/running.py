"""Microsoft's Agents Playground as a process, for the length of a block."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.requirements import PLAYGROUND, node

TENANT = "7f000000-0000-4000-8000-0000000000aa"
_CLI = PLAYGROUND / "node_modules/@microsoft/m365agentsplayground/cli.js"
_PEOPLE = PLAYGROUND / "town.m365agentsplayground.yml"


@asynccontextmanager
async def playground(endpoint: str, folder: Path) -> AsyncIterator[str]:
    """The Playground in front of the bot at ``endpoint``; its address."""
    shutil.copy(_PEOPLE, folder / ".m365agentsplayground.yml")
    port = _free_port()
    program = node()
    assert program
    process = await asyncio.create_subprocess_exec(
        *(str(program), str(_CLI), "start", "-e", endpoint, "-c", "msteams"),
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
