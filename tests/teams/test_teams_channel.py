"""Channels and group chats: the answer goes to the person, the channel gets one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.teams.cards import actions_of, text_of
from tests.teams.fake_engine import SECRET, FakeEngine
from tests.teams.fake_teams import (
    CARD_TYPE,
    CHANNEL,
    MESSAGE_TYPE,
    Failure,
    FakeTeams,
    Message,
    Person,
)

THREAD = f"{CHANNEL};messageid=1"
TOLD = "I have answered you in our private chat."


def channel(teams: FakeTeams) -> list[Message]:
    return teams.chats.get(THREAD, [])


NAMED = f"<at>Ana Ward</at> {TOLD}"


@pytest.mark.parametrize("words", ["look", "/look", "offer", "", "no such words"])
async def test_a_private_answer_never_goes_into_the_channel(
    ana: Person, teams: FakeTeams, words: str
) -> None:
    await ana.say_in_channel(words)
    assert [message.text for message in channel(teams)] == [NAMED]
    assert len(ana.messages) == 1
    assert "attachments" not in channel(teams)[0].activity


async def test_the_sentence_in_a_channel_names_whom_it_is_for_so_that_teams_tells_them(
    ana: Person, teams: FakeTeams
) -> None:
    ana.name = "WARD, <Ana> (NORTHGATE)"
    await ana.say_in_channel("look")
    told = channel(teams)[0].activity
    assert told["text"] == f"<at>&lt;Ana&gt; Ward</at> {TOLD}"
    assert told["entities"] == [
        {
            "type": "mention",
            "text": "<at>&lt;Ana&gt; Ward</at>",
            "mentioned": {"id": ana.user, "name": "<Ana> Ward"},
        }
    ]


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
    assert told.text.startswith("<at>Ana Ward</at> I cannot send you a private message yet. Open")
    assert SECRET not in str(teams.chats)


async def test_when_teams_is_busy_the_channel_says_that_the_answer_follows(
    ana: Person, teams: FakeTeams
) -> None:
    teams.no_new_chats = Failure(503, {"Retry-After": "600"})
    await ana.say_in_channel("look")
    assert "My answer follows there." in channel(teams)[0].text
    assert SECRET not in str(teams.chats)


async def test_when_teams_wants_the_tenant_left_alone_the_channel_is_left_alone_too(
    ana: Person, teams: FakeTeams
) -> None:
    teams.no_new_chats = Failure(429, {"Retry-After": "600"})
    await ana.say_in_channel("look")
    assert (teams.requests, teams.chats) == (1, {})


async def test_a_press_by_an_old_client_leaves_the_card_in_a_channel_as_it_is(
    ana: Person, teams: FakeTeams
) -> None:
    teams.chats[THREAD] = [Message("shared", {"type": "message", "text": "for everybody"})]
    accept = {"hourbridge": {"intent": {"do": "t.accept", "number": 7}}}
    await ana.say_in_channel("", value=accept, replyToId="shared")
    shared, told = channel(teams)
    assert (shared.text, shared.edits, told.text) == ("for everybody", 0, NAMED)
    assert "Accepted 7" in ana.last


async def test_an_answer_for_one_person_of_no_known_id_is_shown_to_nobody(
    ana: Person, teams: FakeTeams
) -> None:
    sender = {"name": "Ana Ward", "aadObjectId": ana.object_id}
    await ana.say_in_channel("/look", targeted=True, **{"from": sender})
    assert SECRET not in "".join(message.text for message in channel(teams))


async def test_a_slash_command_that_only_its_sender_sees_is_answered_on_the_spot_to_them_alone(
    ana: Person, teams: FakeTeams
) -> None:
    await ana.say_in_channel("/look", targeted=True)
    (answer,) = channel(teams)
    assert answer.activity["recipient"] == {"id": ana.user}
    assert SECRET in answer.text
    assert ana.messages == []


async def test_where_teams_does_not_take_a_message_for_one_person_the_answer_is_private(
    ana: Person, teams: FakeTeams
) -> None:
    teams.no_targeted = Failure(400, code="BadSyntax")
    await ana.say_in_channel("/look", targeted=True)
    assert channel(teams) == []
    assert SECRET in ana.last


async def test_a_card_that_one_person_sees_in_a_channel_is_replaced_in_place(
    ana: Person, teams: FakeTeams, engine: FakeEngine
) -> None:
    await ana.say_in_channel("", targeted=True)
    (card,) = channel(teams)
    answer = await presses(ana, card, "Accept 7")
    assert engine.accepted == {7}
    assert answer["type"] == CARD_TYPE
    assert "Accepted 7" in text_of(answer["value"])
    assert ana.messages == []


async def test_what_such_a_card_answers_anew_is_seen_by_the_presser_alone(
    ana: Person, teams: FakeTeams
) -> None:
    await ana.say_in_channel("", targeted=True)
    answer = await presses(ana, channel(teams)[0], "Look", targeted=True)
    assert answer["type"] == MESSAGE_TYPE
    newest = channel(teams)[-1]
    assert newest.activity["recipient"] == {"id": ana.user}
    assert SECRET in newest.text
    assert ana.messages == []


async def test_a_cards_own_word_that_one_person_sees_it_puts_nothing_into_the_channel(
    ana: Person, teams: FakeTeams
) -> None:
    await ana.say_in_channel("", targeted=True)
    answer = await presses(ana, channel(teams)[0], "Look")
    assert answer["value"] == TOLD
    assert SECRET in ana.last
    assert len(channel(teams)) == 1


async def test_a_form_on_such_a_card_opens_as_a_dialog(ana: Person, teams: FakeTeams) -> None:
    await ana.say_in_channel("", targeted=True)
    card = channel(teams)[0].card
    assert card is not None
    opener = next(one for one in actions_of(card) if one["title"] == "Make an offer")
    assert (opener["type"], opener["data"]["msteams"]) == ("Action.Submit", {"type": "task/fetch"})


async def presses(
    ana: Person, card: Message, label: str, *, targeted: bool = False
) -> dict[str, Any]:
    """Press a button of a card in the channel; what comes back. ``targeted``: Teams itself says
    that the press is for the bot alone."""
    assert card.card is not None
    action = next(one for one in actions_of(card.card) if one["title"] == label)
    activity = ana.activity(
        "invoke",
        name="adaptiveCard/action",
        value={"action": action},
        replyToId=card.id,
        conversation={"id": THREAD, "conversationType": "channel"},
    )
    activity["recipient"]["isTargeted"] = targeted
    answer: dict[str, Any] = await ana.deliver(activity)
    return answer


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
    assert told.text.startswith("<at>Ana Ward</at> Something went wrong on our side.")
    assert SECRET not in told.text
