"""Times, dates and words that cannot be, through the wire of each chat.

Each gets a clear sentence, and nothing of it is stored.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from tests.slack.block_kit import Json
from tests.story.chats import Friend
from tests.story.in_local import LocalFriend
from tests.story.in_slack import SlackFriend
from tests.story.in_teams import TeamsFriend
from tests.story.stage import CHATS, nothing_stored, two_members
from tests.story.town import Town, open_town

chats = pytest.mark.parametrize("chat", CHATS)

# No two neighbours are refused alike, so that each refusal shows as a change.
TIMES = [
    ("0", "more than 0 minutes"),
    ("7 minutes", "steps of 15 minutes"),
    ("0 hours", "more than 0 minutes"),
    ("500 hours", "more than 40 hours"),
    ("-1 hour", "more than 0 minutes"),
    ("2", "Is that hours or minutes?"),
    ("a while", "not a length of time"),
    ("1h07", "steps of 15 minutes"),
    ("🕐", "not a length of time"),
]
DAYS = [
    ("2020-01-01", "1 January 2020 has passed"),
    ("2999-01-01", "more than 2 years ahead"),
    ("2027-02-30", "no such day"),
]
LINES = [
    ("0 minutes excel", "more than 0 minutes"),
    ("7 minutes excel", "steps of 15 minutes"),
    ("500 hours excel", "more than 40 hours"),
    ("1 hour excel until 31 February", "no such day"),
    ("1 hour excel " + "word " * 1000, "too long"),
]
STRANGE = "<!channel> <@U0BO> *bold* _it_ <b>x</b> & [a](http://b.example) שלום \u202etxt"


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Town]:
    """A town on SQLite: words are refused before any database is asked."""
    async with open_town(sqlite_url) as town:
        yield town


@chats
async def test_a_length_of_time_that_cannot_be_is_refused_in_the_form(
    here: Town, chat: str
) -> None:
    ana = (await two_members(here, chat)).ana
    async with nothing_stored(here):
        await ana.types("/offer")
        for words, sentence in TIMES:
            said = await ana.fills(title="Excel for beginners", minutes=words)
            assert sentence in said, f"{words!r}: {said}"


@chats
async def test_a_day_that_cannot_be_is_refused_in_the_form(here: Town, chat: str) -> None:
    ana = (await two_members(here, chat)).ana
    async with nothing_stored(here):
        await ana.types("/ask")
        for day, sentence in DAYS:
            said = await ana.fills(title="Excel for beginners", minutes="1 hour", closes=day)
            assert sentence in said, f"{day!r}: {said}"


@chats
async def test_a_typed_line_that_cannot_be_is_refused(here: Town, chat: str) -> None:
    ana = (await two_members(here, chat)).ana
    async with nothing_stored(here):
        for words, sentence in LINES:
            for line in (f"/offer {words}", f"ask {words}"):
                said = await ana.types(line)
                assert sentence in said, f"{line[:60]!r}: {said}"


@chats
async def test_words_that_say_nothing_are_refused(here: Town, chat: str) -> None:
    ana = (await two_members(here, chat)).ana
    async with nothing_stored(here):
        await ana.types("/offer")
        assert "Write a few words" in await ana.fills(title=" ", minutes="1 hour")
        assert "not only signs or emoji" in await ana.fills(title="🎉🎉", minutes="1 hour")
        assert "not only signs or emoji" in await ana.types("/offer 1 hour 🎉🎉")


@chats
async def test_a_message_that_cannot_be_is_refused_and_reaches_nobody(
    here: Town, chat: str
) -> None:
    scene = await (await two_members(here, chat)).agreed()
    async with nothing_stored(here):
        said = await scene.ana.types(f"message {scene.exchange} 👍")
        assert "not only signs or emoji" in said
        said = await scene.ana.types(f"message {scene.exchange} " + "x" * 5000)
        assert "too long" in said
        said = await scene.ana.types(f"message {scene.exchange} NHS number 943 476 5919")
        assert "That looks like an NHS number" in said
    assert "943 476 5919" not in scene.bo.reads()
    assert not here.holds("943 476 5919")


@chats
async def test_an_unknown_command_suggests_the_nearest(here: Town, chat: str) -> None:
    ana = (await two_members(here, chat)).ana
    async with nothing_stored(here):
        said = await ana.types("/blance")
        assert "I do not know that command, so nothing was done." in said
        assert "Did you mean balance?" in said
        assert "Your balance" in await ana.presses("balance")
        assert "I do not know that command" in await ana.types("/xyzzy")


@pytest.mark.parametrize("there", CHATS)
async def test_marks_in_somebodys_words_are_words_in_every_chat(here: Town, there: str) -> None:
    ana, bo = await here.friend("local", "Ana Ward"), await here.friend(there, "Bo Lin")
    await ana.joins()
    await bo.joins(can_help="excel")
    here.at_any_hour()
    await ana.types(f"ask 1 hour Excel {STRANGE}")
    await ana.presses("Post it")
    told = await bo.hears("Could you help with this?")
    assert "Excel" in told
    assert "\u202e" not in told, "a turned reading direction does not leave the words"
    _are_words(bo)


def _are_words(friend: Friend) -> None:
    """Nothing on the wire to this friend mentions, links or formats."""
    if isinstance(friend, SlackFriend):
        blocks = friend.person.last.blocks
        for text in _mrkdwn(blocks):
            assert "<!" not in text
            assert "<@" not in text
            assert "*bold*" not in text
        assert "<!channel>" not in friend.person.last.text
    elif isinstance(friend, TeamsFriend):
        activity = friend.person.messages[-1].activity
        assert "entities" not in activity
        card = friend.person.messages[-1].card
        assert card is not None
        for text in _text_blocks(card):
            assert "[a](http" not in text
            assert "*bold*" not in text
    else:
        assert isinstance(friend, LocalFriend)
        html = list(friend.messages.values())[-1]["html"]
        assert "<b>" not in html
        assert "&lt;b&gt;x&lt;/b&gt;" in html
        assert "<!channel>" not in html


def _mrkdwn(part: object) -> list[str]:
    """Every text that Slack reads marks in."""
    found: list[str] = []
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            found.append(part["text"])
        for value in part.values():
            found += _mrkdwn(value)
    elif isinstance(part, list):
        for value in part:
            found += _mrkdwn(value)
    return found


def _text_blocks(card: Json) -> list[str]:
    """Every text in which a Teams client reads Markdown."""
    found: list[str] = []
    for name in ("body", "items", "columns", "rows", "cells"):
        for child in card.get(name, ()):
            if child.get("type") == "TextBlock":
                found.append(child["text"])
            found += [fact["value"] for fact in child.get("facts", ())]
            found += _text_blocks(child)
    return found


async def test_no_form_of_a_word_mentions_a_channel_when_it_is_somebodys_name(here: Town) -> None:
    bo = here.in_slack("Bo Lin")
    await bo.types("/join")
    said = await bo.fills_to_join(shown_name="<!channel> Bo")
    assert "You have joined" in said
    await bo.hears("This is where Hourbridge will write to you.")
    assert "<!channel>" not in json.dumps(_mrkdwn(bo.person.last.blocks))
