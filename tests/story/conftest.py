"""A town on a database of each kind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.story.town import Town, open_town


@pytest.fixture
async def town(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """The real program with all three chats. An answer stands half a second before the card
    beneath it is brought up to date, and not half a minute."""
    monkeypatch.setattr("core.kernel.desk.READ_FIRST", timedelta(seconds=0.5))
    async with open_town(database_url) as opened:
        yield opened
