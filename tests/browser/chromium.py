"""Runs a Node script that drives Chromium, and reads the one line of JSON that it reports."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from tests.requirements import chromium, need, node

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "var" / "pictures"


async def run_script(script: Path, *arguments: str, patience: float = 100.0) -> dict[str, Any]:
    """What ``script`` reports. It gets ``arguments``, the browser, and a folder for pictures.

    Fails with what the script wrote to standard error. The script and its browser end with it.
    """
    need("node")
    need("chromium")
    program, browser = node(), chromium()
    assert program
    assert browser
    PICTURES.mkdir(parents=True, exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        str(program),
        str(script),
        *arguments,
        str(browser),
        str(PICTURES),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        said, trouble = await asyncio.wait_for(process.communicate(), patience)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    assert process.returncode == 0, trouble.decode()[-3000:]
    found: dict[str, Any] = json.loads(said)
    return found
