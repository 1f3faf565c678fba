"""Channels and group chats: the answer goes to the person, the channel gets one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.teams.fake_engine import SECRET, FakeEngine
from tests.teams.fake_teams import CHANNEL, Failure, FakeTeams, Message, Person

THREAD = f"{CHANNEL};messageid=1"
TOLD = "I have answered you in our private chat."


def channel(teams: FakeTeams) -> list[Message]:
    return teams.chats.get(THREAD, [])


@pytest.mark.parametrize("words", ["look", "/look", "offer", "", "no such words"])
async def test_a_private_answer_never_goes_into_the_channel(
    ana: Person, teams: FakeTeams, words: str
) -> None:
    await ana.say_in_channel(words)
    assert [message.text for message in channel(teams)] == [TOLD]
    assert len(ana.messages) == 1
    assert "attachments" not in channel(teams)[0].activity


async def test_the_bots_mention_is_not_part_of_what_was_said(
    ana: Person, engine: FakeEngine
) -> None:
    await ana.say_in_channel("look")
    caller, intent = engine.asked[0]
    assert intent.name == "t.look"
    assert not caller.private


async def test_a_form_asked_for_in_a_channel_is_filled_in_privately(
    ana: Person, teams: FakeTeams, engine: FakeEngine
) -> None:
    await ana.say_in_channel("offer Charts")
    await ana.press("Post it", {"minutes": "1h"})
    assert engine.posted[0].words == "Charts"
    assert "Posted." in ana.last
    assert len(channel(teams)) == 1


async def test_without_a_personal_chat_the_channel_says_how_to_open_one_and_nothing_else(
    ana: Person, teams: FakeTeams
) -> None:
    teams.no_new_chats = Failure(403, code="BotNotInConversationRoster")
    await ana.say_in_channel("look")
    (told,) = channel(teams)
    assert told.text.startswith("I cannot send you a private message yet. Open Apps in Teams")
    assert SECRET not in str(teams.chats)


async def test_when_teams_is_busy_the_channel_says_to_try_again(
    ana: Person, teams: FakeTeams
) -> None:
    teams.no_new_chats = Failure(429, {"Retry-After": "600"})
    await ana.say_in_channel("look")
    assert "Try again in a minute." in channel(teams)[0].text
    assert SECRET not in str(teams.chats)


async def test_a_slash_command_that_only_its_sender_sees_is_answered_to_them_alone(
    ana: Person, teams: FakeTeams
) -> None:
    await ana.say_in_channel("/look", targeted=True)
    assert channel(teams)[0].activity["recipient"] == {"id": ana.user}
    assert SECRET in ana.last


@pytest.mark.parametrize("intent", ["t.look", "t.accept", "t.open"])
async def test_a_button_in_a_channel_answers_in_private_and_leaves_the_channels_card(
    ana: Person, teams: FakeTeams, intent: str
) -> None:
    data = {"hourbridge": {"intent": {"do": intent}}}
    value: dict[str, Any] = {"action": {"type": "Action.Execute", "data": data}}
    answer = await ana.deliver(
        ana.activity(
            "invoke",
            name="adaptiveCard/action",
            value=value,
            replyToId="m1",
            conversation={"id": THREAD, "conversationType": "channel"},
        )
    )
    assert answer["value"] == TOLD
    assert len(ana.messages) == 1
    assert channel(teams) == []


async def test_a_fault_of_ours_in_a_channel_tells_the_channel_no_more_than_sorry(
    ana: Person, teams: FakeTeams
) -> None:
    await ana.say_in_channel("boom")
    (told,) = channel(teams)
    assert told.text.startswith("Something went wrong on our side.")
    assert SECRET not in told.text
