"""The architecture's rules catch what they are there to catch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = {
    "bot": (),
    "adapters": ("slack", "teams", "teams/hosting", "local"),
    "storage": (),
    "core": ("kernel", "ui", "words", "posts"),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty house with this project's own contracts."""
    for root, rooms in HOUSE.items():
        for room in ("", *rooms):
            folder = tmp_path / root / room
            folder.mkdir()
            (folder / "__init__.py").touch()
    (tmp_path / "core/kernel/desk.py").touch()
    shutil.copy(ROOT / ".importlinter", tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    return tmp_path


def _lint(house: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"],
        cwd=house,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_what_the_house_allows_is_kept(house: Path) -> None:
    allowed = {
        "bot/main.py": "import adapters.slack, storage, core.posts, apscheduler",
        "adapters/slack/app.py": "import slack_bolt, aiohttp, asyncio, core.ui",
        "adapters/teams/hosting/app.py": "import botbuilder.core, botframework, msrest",
        "storage/tables.py": "import sqlmodel, core.posts",
        "core/posts/find.py": "import re, rapidfuzz, core.kernel, core.ui",
        "core/ui/plain.py": "import core.words, core.kernel",
        "core/words/cy.py": "import babel, core.kernel",
        "core/kernel/desk.py": "import core.posts",
        "core/kernel/books.py": "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import core.posts, sqlmodel",
    }
    for file, code in allowed.items():
        (house / file).write_text(code)
    done = _lint(house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("core/posts/find.py", "import storage"),
        ("core/posts/find.py", "import slack_sdk"),
        ("core/posts/find.py", "import aiohttp"),
        ("core/posts/find.py", "import sqlmodel"),
        ("core/posts/find.py", "import asyncio"),
        ("core/posts/find.py", "import requests"),
        ("core/kernel/minutes.py", "import core.posts"),
        ("core/kernel/minutes.py", "import core.words"),
        ("core/kernel/minutes.py", "import babel"),
        ("core/words/speech.py", "import core.ui"),
        ("core/ui/views.py", "import core.posts"),
        ("adapters/slack/app.py", "import adapters.teams"),
        ("adapters/local/app.py", "import storage"),
        ("adapters/local/app.py", "import sqlalchemy"),
        ("adapters/local/app.py", "import slack_sdk"),
        ("adapters/teams/cards.py", "from botbuilder.schema import Activity"),
        ("adapters/teams/cards.py", "import bot"),
        ("bot/web.py", "import botbuilder"),
        ("storage/tables.py", "import adapters.local"),
        ("storage/tables.py", "import aiohttp"),
    ],
)
def test_an_import_against_the_rules_is_caught_and_named(house: Path, file: str, code: str) -> None:
    (house / file).write_text(code)
    done = _lint(house)
    assert done.returncode == 1, done.stdout + done.stderr
    module = file.removesuffix(".py").replace("/", ".")
    assert module in done.stdout.partition("Broken contracts")[2]
