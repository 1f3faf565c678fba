"""A terminal with nothing set in its environment, and one on a fresh database."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bot.terminal import Terminal


@pytest.fixture
def empty_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal in an empty folder, without any settings."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("HOURBRIDGE_", "SLACK_", "MICROSOFT_")) and "_TEST_" not in name:
            monkeypatch.delenv(name)
    return Terminal(capsys)


@pytest.fixture
def terminal(
    empty_terminal: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal on a fresh database of each kind."""
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", database_url)
    return empty_terminal


@pytest.fixture
def sqlite_terminal(
    empty_terminal: Terminal, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal on a fresh SQLite database."""
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", sqlite_url)
    return empty_terminal
