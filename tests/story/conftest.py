"""A town on a database of each kind."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.story.town import Town, open_town


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """The real program with all three chats."""
    async with open_town(database_url) as opened:
        yield opened
