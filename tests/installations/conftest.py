"""A store that seals, the world on it, and after every test: no token in a log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot.logs import JsonLines
from storage.store import Store
from tests.bot.conftest import empty_terminal, terminal
from tests.installations.samples import OLD, TOKENS

__all__ = ["empty_terminal", "terminal"]


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a fresh database of each kind, with a secret to seal tokens with."""
    opened = Store(database_url, (OLD,))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _no_token_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    for record in caplog.get_records("call"):
        said = f"{record.getMessage()}{vars(record)}{JsonLines().format(record)}"
        assert not any(token in said for token in TOKENS)
