"""The local page in a real browser: the whole story in two panes, axe, and the keyboard alone."""

from __future__ import annotations

import pytest

from tests.browser.chromium import HERE, run_script
from tests.requirements import need
from tests.story.town import open_town

pytestmark = pytest.mark.timeout(240)


async def test_the_whole_story_is_told_in_two_panes_and_everybody_can_use_them(
    sqlite_url: str,
) -> None:
    need("node")
    need("chromium")
    async with open_town(sqlite_url) as town:
        told = await run_script(HERE / "story.mjs", town.url, patience=200)
        await town.settles()
        assert told["findings"] == []
        assert told["problems"] == []
        assert (town.balance("Ana Ward"), town.balance("Bo Lin")) == (60, 180)
        assert town.audit() == []


async def test_the_keyboard_alone_is_enough_to_join_and_to_ask(sqlite_url: str) -> None:
    need("node")
    need("chromium")
    async with open_town(sqlite_url) as town:
        told = await run_script(HERE / "story_keyboard.mjs", town.url)
        assert told["problems"] == []
        assert told["back"], "the focus is not lost when the form closes"
        assert "How long will it take?" in told["wrong"], "the focus goes to the field at fault"
        assert town.rows("posts") == {"posts": 1}
