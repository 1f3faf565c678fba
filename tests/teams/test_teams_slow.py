"""An engine that is slower than Teams waits, and a Teams that takes no answer at the moment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.teams.cards import actions_of, filled_in
from tests.teams.fake_engine import SECRET, FakeEngine
from tests.teams.fake_teams import Failure, FakeTeams, Person
from tests.teams.house import ANONYMOUS, House, opened_house

SOON = "One moment. The answer is on its way to our private chat."


@pytest_asyncio.fixture
async def house(engine: FakeEngine) -> AsyncIterator[House]:
    async with opened_house(engine, replace(ANONYMOUS, patience=0.05)) as house:
        yield house


async def reads(ana: Person, words: str) -> None:
    """Wait until ``words`` stand on the screen."""
    async with asyncio.timeout(10):
        while words not in ana.screen:
            ana.teams.changed.clear()
            await ana.teams.changed.wait()


@pytest.mark.parametrize("label", ["Accept 7", "Look", "Make an offer"])
async def test_a_press_that_takes_long_is_told_so_and_its_answer_follows(
    ana: Person, engine: FakeEngine, label: str
) -> None:
    expected = {"Accept 7": "Accepted 7", "Look": SECRET, "Make an offer": "What can you do?"}
    await ana.install()
    engine.ready.clear()
    await ana.press(label)
    assert ana.toasts == [SOON]
    engine.ready.set()
    await reads(ana, expected[label])


async def test_what_comes_of_a_dialog_that_took_long_leaves_the_card_that_opened_it(
    ana: Person, engine: FakeEngine
) -> None:
    await ana.install()
    home = ana.messages[0]
    await ana.press("Make an offer")
    assert ana.dialog is not None
    submit = actions_of(ana.dialog)[-1]
    data = {**submit["data"], **filled_in(ana.dialog, {"words": "Charts", "minutes": "30"})}
    engine.ready.clear()
    sent = ana.activity("invoke", name="task/submit", value={"data": data}, replyToId=home.id)
    await ana.deliver(sent)
    engine.ready.set()
    await reads(ana, "Posted.")
    assert (home.edits, "Welcome to Hourbridge" in home.text) == (0, True)


async def test_a_fault_in_an_answer_that_takes_long_is_told_too(
    ana: Person, engine: FakeEngine
) -> None:
    await ana.install()
    engine.ready.clear()
    await ana.press("Break")
    engine.ready.set()
    await reads(ana, "Something went wrong on our side.")
    assert SECRET not in ana.screen


async def test_an_answer_that_teams_does_not_take_at_the_moment_comes_once_it_does(
    ana: Person, teams: FakeTeams
) -> None:
    teams.failures.extend([Failure(503), Failure(503)])
    await ana.say("look")
    await reads(ana, SECRET)
    assert len(ana.messages) == 1


async def test_a_fault_in_an_extension_that_nobody_waits_for_any_more_is_logged(
    ana: Person, engine: FakeEngine, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    engine.ready.clear()
    sent = {"commandId": "ask", "data": {"hourbridge": {"intent": {"do": "t.boom"}}}}
    late = await ana.deliver(
        ana.activity("invoke", name="composeExtension/submitAction", value=sent)
    )
    assert "longer than usual" in late["task"]["value"]
    with caplog.at_level(logging.ERROR):
        engine.ready.set()
        await house.platform.close()
    assert [record.message for record in caplog.records] == ["something broke"]


async def test_what_is_under_way_is_finished_before_the_program_ends(
    ana: Person, engine: FakeEngine, house: House
) -> None:
    await ana.install()
    engine.ready.clear()
    await ana.press("Accept 7")
    asyncio.get_running_loop().call_later(0.1, engine.ready.set)
    await house.platform.close()
    assert "Accepted 7" in ana.screen
