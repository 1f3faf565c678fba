"""The local page over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, ClientTimeout, web

from adapters.local import LocalPlatform
from core.ui.gallery import Sample
from core.ui.intents import Vocabulary
from tests.local.house import ANA, BO, Accept, Offer, Page, SmallEngine, Words, interpret


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """The page over real HTTP, with its token read from the page itself."""
    engine = SmallEngine()
    vocabulary = Vocabulary([Words, Offer, Accept, Sample])
    platform = LocalPlatform(lambda: [ANA, BO], engine, interpret, vocabulary)
    app = web.Application()
    platform.add_routes(app)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    async with ClientSession(timeout=ClientTimeout(10)) as session:
        page = Page(platform, engine, session, f"http://127.0.0.1:{port}")
        await page.open_page()
        yield page
    await runner.cleanup()
