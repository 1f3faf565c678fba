"""Moves that may not be made: one's own, twice, at once, too late, somebody else's, too many hours.

Each is answered with how things stand, or why not; nothing is stored and no hour moves twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.exchanges.intents import Accept, Cancel, Claim, Confirm, Correct, SendMessage
from core.ui.intents import to_wire
from tests.story.stage import CHATS, nothing_stored, two_members
from tests.story.town import Town, open_town

chats = pytest.mark.parametrize("chat", CHATS)
HOUR = 60


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Town]:
    """A town on SQLite, for what one request alone decides."""
    async with open_town(sqlite_url) as town:
        yield town


@chats
async def test_helping_yourself_is_refused(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).posted()
    async with nothing_stored(here):
        said = await scene.ana.types(f"answer {scene.ask}")
        assert "This is your own post. Someone else has to answer it." in said


@chats
async def test_accepting_your_own_proposal_is_refused(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).proposed()
    wire = to_wire(Accept(exchange=scene.exchange_id, version=scene.version))
    async with nothing_stored(here):
        said = await scene.bo.types(f"accept {scene.exchange}")
        assert "There is nothing here for you to accept." in said
        await scene.bo.types("home")
        said = await scene.bo.forges(wire)
        assert "There is nothing here for you to accept." in said


@chats
async def test_confirming_your_own_claim_is_refused(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).claimed()
    async with nothing_stored(here):
        said = await scene.bo.types(f"confirm {scene.exchange}")
        assert "There is nothing here for you to confirm." in said
    assert (here.balance("Bo Lin")) == 2 * HOUR


@chats
async def test_confirming_twice_moves_the_hours_once(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).claimed()
    wire = to_wire(Confirm(exchange=scene.exchange_id, version=scene.version))
    assert "The hours have moved." in await scene.ana.types(f"confirm {scene.exchange}")
    async with nothing_stored(here):
        assert "how it stands" in await scene.ana.types(f"confirm {scene.exchange}")
        assert "This has changed since." in await scene.ana.forges(wire)
        assert "You have no exchange where that can be done now." in await scene.ana.types(
            "confirm"
        )
    _one_hour_has_moved(here)


@chats
async def test_nothing_can_be_done_after_cancelling(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).claimed()
    number, version = scene.exchange_id, scene.version
    assert "Cancelled. Bo Lin has been told." in await scene.ana.types(f"cancel {scene.exchange}")
    stale = [
        Confirm(exchange=number, version=version),
        Correct(exchange=number, version=version, minutes="30 mins"),
        Cancel(exchange=number, version=version),
        Accept(exchange=number, version=version),
    ]
    async with nothing_stored(here):
        assert "how it stands" in await scene.ana.types(f"confirm {scene.exchange}")
        assert "how it stands" in await scene.bo.types(f"done {scene.exchange} 1 hour")
        for intent in stale:
            said = await scene.ana.forges(to_wire(intent)) or scene.ana.reads()
            assert "You cancelled this. No hours moved." in said, intent.name
    assert here.balance("Ana Ward") == here.balance("Bo Lin") == 2 * HOUR


@chats
async def test_somebody_elses_exchange_cannot_be_seen_or_touched(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).claimed()
    cai = await (await here.friend(chat, "Cai Rees")).joins()
    number = scene.exchange_id
    forged = [
        Confirm(exchange=number),
        Claim(exchange=number, minutes="1 hour"),
        Cancel(exchange=number),
        SendMessage(exchange=number, words="Hello"),
        Accept(exchange=999_999),
    ]
    typed = ("confirm", "cancel", "show", "accept", "report")
    async with nothing_stored(here):
        for verb in typed:
            await cai.types("home")
            said = await cai.types(f"{verb} {scene.exchange}")
            assert "I cannot find that." in said, f"{verb}: {said}"
        for intent in forged:
            await cai.types("home")
            said = await cai.forges(to_wire(intent))
            assert "I cannot find that." in said, f"{intent.name}: {said}"
    assert "run charts" not in _since_home(cai.reads())


@chats
async def test_more_hours_than_the_lowest_balance_allows_are_not_agreed(
    here: Town, chat: str
) -> None:
    scene = await (await two_members(here, chat)).proposed("13 hours")
    async with nothing_stored(here):
        await scene.ana.types(f"accept {scene.exchange}")
        said = await scene.ana.fills()
        assert "You have too few free hours for this: it needs 13 hours" in said
        assert "12 hours more" in said
    async with nothing_stored(here):
        said = await scene.ana.types("give 13 hours to Bo Lin")
        assert "You can give" in said


@chats
async def test_a_closed_post_cannot_be_answered(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).posted()
    await scene.bo.types("find run charts")
    await scene.ana.types(f"close {scene.ask}")
    async with nothing_stored(here):
        assert "This post has closed." in await scene.bo.presses("I can help")
        await scene.bo.types("home")
        assert "This post has closed." in await scene.bo.types(f"answer {scene.ask}")


@chats
async def test_a_card_that_stood_too_long_shows_how_it_stands(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).proposed()
    version = scene.version
    await scene.ana.types(f"suggest {scene.exchange} 2 hours")
    await scene.ana.fills()
    async with nothing_stored(here):
        wire = to_wire(Accept(exchange=scene.exchange_id, version=version))
        assert "This has changed since. Here is how it stands now." in await scene.bo.forges(wire)


@pytest.mark.parametrize(
    ("left", "right"), [("slack", "teams"), ("teams", "local"), ("local", "slack")]
)
async def test_both_sides_at_once_move_the_hours_once(town: Town, left: str, right: str) -> None:
    """One confirms while the other corrects, cancels or confirms: one of the two goes first."""
    scene = await (await two_members(town, left, right)).claimed()
    number, version = scene.exchange_id, scene.version
    confirm = to_wire(Confirm(exchange=number, version=version))
    cancel = to_wire(Cancel(exchange=number, version=version))
    await town.settles()
    await asyncio.gather(
        *(scene.ana.forges(confirm) for _again in range(4)),
        *(scene.bo.forges(cancel) for _again in range(4)),
    )
    await town.settles()
    rows = town.rows("postings")["postings"]
    assert rows in (2, 3)
    if rows == 3:
        _one_hour_has_moved(town)
    else:
        assert town.balance("Ana Ward") == town.balance("Bo Lin") == 2 * HOUR
    assert town.total() == 0
    assert town.audit() == []


@pytest.mark.parametrize("chat", CHATS)
async def test_a_double_click_books_once(town: Town, chat: str) -> None:
    scene = await (await two_members(town, chat)).claimed()
    confirm = to_wire(Confirm(exchange=scene.exchange_id, version=scene.version))
    await town.settles()
    await asyncio.gather(*(scene.ana.forges(confirm) for _again in range(5)))
    await town.settles()
    assert town.rows("postings") == {"postings": 3}
    told = [kind for kind, _state, _behind in town.deliveries() if kind == "exchange.confirmed"]
    assert told == ["exchange.confirmed"], "the other side is told once"
    _one_hour_has_moved(town)


def _one_hour_has_moved(town: Town) -> None:
    assert (town.balance("Ana Ward"), town.balance("Bo Lin")) == (HOUR, 3 * HOUR)
    assert town.total() == 0
    assert town.audit() == []


def _since_home(words: str) -> str:
    return words.rpartition("Hello Cai Rees")[2]
