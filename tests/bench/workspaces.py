"""Many workspaces that have installed the app, and the people in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from core.installations.model import Installation
from storage.migrate import migrate
from storage.store import Store
from tests.slack.workspaces import FakeTeam

SECRET = "a secret of the benchmarks, long enough to be taken"
COUNT = 500
USERS = 20_000
"""Everybody is in the same workspace all along, because this is a multiple of ``COUNT``."""


def team(number: int) -> FakeTeam:
    """One of the workspaces."""
    name = f"T0{number % COUNT:05}"
    return FakeTeam(name, f"xoxb-of-{name}", bot_user=f"U0BOT{number % COUNT}", bot="B0BOT")


def user(number: int) -> str:
    """One of the people, in the workspace of the same number."""
    return f"U0{number % USERS:06}"


def is_talked_to(name: str) -> bool:
    """Whether the engine that does nothing says so to that person: in every third lot of 500."""
    return int(name[2:]) // COUNT % 3 == 0


def install(path: Path, teams: Sequence[FakeTeam]) -> None:
    """Keep the installations of ``teams`` in a SQLite file at ``path``."""
    store = Store(f"sqlite:///{path}", (SECRET,))
    try:
        migrate(store.engine)
        with store.begin() as books:
            for one in teams:
                books.installations.keep(_installation(one))
    finally:
        store.close()


def _installation(one: FakeTeam) -> Installation:
    return Installation(
        platform="slack",
        tenant=one.team,
        name=one.domain,
        app="A0HOURBRIDGE",
        bot=one.bot,
        bot_user=one.bot_user,
        scopes=("chat:write", "commands"),
        token=one.token,
        installed_at=datetime.now(UTC),
    )
