from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.teams.fake_engine import FakeEngine
from tests.teams.fake_microsoft import FakeMicrosoft, settings_for
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.house import House, opened_house


@pytest_asyncio.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    teams = FakeTeams()
    await teams.start()
    yield teams
    await teams.stop()


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest_asyncio.fixture
async def house(engine: FakeEngine) -> AsyncIterator[House]:
    async with opened_house(engine) as house:
        yield house


@pytest.fixture
def ana(teams: FakeTeams, house: House) -> Person:
    return Person(teams, house.send)


@pytest_asyncio.fixture
async def microsoft() -> AsyncIterator[FakeMicrosoft]:
    microsoft = FakeMicrosoft()
    await microsoft.start()
    yield microsoft
    await microsoft.stop()


@pytest_asyncio.fixture
async def guarded(engine: FakeEngine, microsoft: FakeMicrosoft) -> AsyncIterator[House]:
    """A house that believes Microsoft alone."""
    async with opened_house(engine, settings_for(microsoft)) as house:
        yield house
