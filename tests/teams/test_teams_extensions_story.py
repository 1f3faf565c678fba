"""The message extension with the real program: joining in a dialog, an ask from a message, a card
put into a chat and answered by whoever reads it there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.story.in_teams import TeamsFriend
from tests.story.stage import nothing_stored
from tests.story.town import Town, open_town
from tests.teams.cards import Element, inputs_of, text_of
from tests.teams.composing import GROUP, Composer, cards_in
from tests.teams.fake_teams import MESSAGE_TYPE

TOLD = "I have answered you in our private chat."
MESSAGE = "<p>Hi all,</p><p>could someone help us with <b>run charts</b>? About 2 hours.</p>"
# Of a visitor it is kept that they have been greeted.
GREETED = frozenset({"visitors"})


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """The real program on a database of each kind."""
    async with open_town(database_url) as opened:
        yield opened


class Colleague:
    """Somebody in the Teams tenant, with their chat with the bot and the box where they write."""

    def __init__(self, town: Town, name: str) -> None:
        self.friend: TeamsFriend = town.in_teams(name)
        self.person = self.friend.person
        self.compose = Composer(self.person)

    @property
    def dialog(self) -> str:
        """The words of the dialog before them."""
        assert self.person.dialog is not None, "no dialog is open"
        return f"{self.person.dialog_title}\n{text_of(self.person.dialog)}"

    async def joins(self) -> Colleague:
        await self.friend.joins()
        self.person.close_dialog()
        return self


async def _posted(colleague: Colleague, title: str = "Help with run charts") -> None:
    await colleague.compose.opens("ask")
    await colleague.compose.presses("Look at it first", {"title": title, "minutes": "1h"})
    await colleague.compose.presses("Post it")
    assert "Posted." in colleague.dialog


async def _shared(colleague: Colleague, words: str = "run charts") -> Element:
    """The card that somebody puts into the group chat."""
    return cards_in(await colleague.compose.looks(words))[0]


def _submit(card: Element | None) -> str:
    assert card is not None
    buttons = [one for part in card["body"] for one in part.get("actions", ())]
    return str(buttons[-1]["title"])


async def test_who_has_not_joined_joins_in_the_dialog_and_goes_on_with_what_they_came_for(
    town: Town,
) -> None:
    ana = Colleague(town, "Ana Ward")
    await ana.compose.opens("ask")
    assert "Welcome to Hourbridge" in ana.dialog
    await ana.compose.presses("Join")
    given = {"shown_name": "Ana Ward", "agree": "yes", "organisation": "SGH"}
    await ana.compose.presses(_submit(ana.person.dialog), given)
    assert "You have joined" in ana.dialog
    assert "What would you like help with?" in ana.dialog
    given = {"title": "Help with run charts", "minutes": "1h"}
    await ana.compose.presses("Look at it first", given)
    assert "Check your ask" in ana.dialog
    await ana.compose.presses("Post it")
    assert "Posted." in ana.dialog
    assert town.rows("posts") == {"posts": 1}


async def test_a_wrong_answer_is_told_at_its_field_and_what_was_typed_stays(town: Town) -> None:
    ana = await Colleague(town, "Ana Ward").joins()
    await ana.compose.opens("offer")
    async with nothing_stored(town):
        given = {"title": "Easy read", "minutes": "soon", "place": "online"}
        await ana.compose.presses("Look at it first", given)
    assert "✗ That is not a length of time we can read." in ana.dialog
    fields = inputs_of(ana.person.dialog or {})
    assert {name: fields[name]["value"] for name in given} == given
    await ana.compose.presses("Look at it first", {"minutes": "45 minutes"})
    assert "Check your offer" in ana.dialog


async def test_a_message_becomes_an_ask_that_leads_back_to_it(town: Town) -> None:
    ana = await Colleague(town, "Ana Ward").joins()
    await ana.compose.turns(MESSAGE)
    assert ana.person.dialog_title == "Ask for help"
    fields = inputs_of(ana.person.dialog or {})
    assert fields["title"]["value"] == "could someone help us with run charts?"
    assert fields["minutes"]["value"] == "2h"
    assert "If somebody else wrote the message, ask them first" in ana.dialog
    await ana.compose.presses("Look at it first")
    await ana.compose.presses("Post it")
    assert "Posted." in ana.dialog
    assert "https://teams.microsoft.com/l/message/19:ward-7@thread.v2" in str(ana.person.dialog)


async def test_words_that_are_stopped_are_told_in_the_dialog_and_never_kept(town: Town) -> None:
    ana = await Colleague(town, "Ana Ward").joins()
    async with nothing_stored(town):
        await ana.compose.turns("<p>Mrs Jones, NHS number <b>943 476 5919</b>, needs a bed</p>")
        assert "That looks like an NHS number." in ana.dialog
        assert not inputs_of(ana.person.dialog or {})
        found = await ana.compose.looks("943 476 5919")
        assert found["text"].startswith("Nothing found")
    assert town.holds("943 476 5919") == town.holds("Jones") == []


async def test_a_message_of_somebody_else_is_not_kept_for_who_has_not_joined(town: Town) -> None:
    ana = Colleague(town, "Ana Ward")
    async with nothing_stored(town, apart_from=GREETED):
        await ana.compose.turns(MESSAGE)
    assert "Welcome to Hourbridge" in ana.dialog
    assert town.holds("run charts") == []


async def test_a_card_in_a_chat_is_answered_by_a_member_in_a_dialog_of_their_own(
    town: Town,
) -> None:
    ana = await Colleague(town, "Ana Ward").joins()
    await _posted(ana)
    card = await _shared(ana)
    assert "Ask: Help with run charts" in text_of(card)
    assert "Ana Ward, Southgate Hospital Trust" in text_of(card)
    bo = await Colleague(town, "Bo Lin").joins()
    await bo.compose.fetches(card, "I can help")
    assert bo.person.dialog is not None
    await bo.compose.presses(_submit(bo.person.dialog))
    assert town.rows("exchanges") == {"exchanges": 1}
    assert GROUP["id"] not in town.teams.chats, "nobody else in the chat sees anything of it"
    await ana.friend.hears("Bo Lin")


async def test_a_button_in_the_chat_is_answered_in_private_and_the_card_stays_for_others(
    town: Town,
) -> None:
    ana = await Colleague(town, "Ana Ward").joins()
    await _posted(ana)
    card = await _shared(ana)
    bo, cai = await Colleague(town, "Bo Lin").joins(), Colleague(town, "Cai Rees")
    await town.settles()
    for presser, words in ((bo, "Ask: Help with run charts"), (cai, "Hourbridge")):
        before = len(presser.person.messages)
        answer = await presser.compose.executes(card, "See it")
        assert answer == {"statusCode": 200, "type": MESSAGE_TYPE, "value": TOLD}
        assert len(presser.person.messages) == before + 1
        assert words in presser.person.last
    assert "Southgate Hospital Trust" not in cai.person.screen, "who has not joined is shown none"
    assert GROUP["id"] not in town.teams.chats


async def test_a_card_that_has_been_overtaken_says_so_to_who_presses_it(town: Town) -> None:
    ana = await Colleague(town, "Ana Ward").joins()
    await _posted(ana)
    card = await _shared(ana)
    bo = await Colleague(town, "Bo Lin").joins()
    await ana.friend.types("close")
    await bo.compose.fetches(card, "I can help")
    assert "This post has closed." in bo.dialog
    found = await bo.compose.looks("run charts")
    assert found == {
        "type": "message",
        "text": "Nothing found for run charts. Try other words.",
    }


async def test_one_who_has_no_private_chat_yet_is_told_how_to_get_one(town: Town) -> None:
    ana = await Colleague(town, "Ana Ward").joins()
    await _posted(ana)
    card = await _shared(ana)
    cai = Colleague(town, "Cai Rees")
    town.teams.members.clear()
    answer = await cai.compose.executes(card, "See it")
    assert answer["type"] == MESSAGE_TYPE
    assert answer["value"].startswith("I cannot send you a private message yet. Open Apps in Teams")


async def test_an_unknown_tenant_is_told_its_id_and_nothing_about_the_person_is_kept(
    town: Town,
) -> None:
    stranger = town.in_teams("Ana Ward", tenant="7f000000-0000-4000-8000-00000000dead")
    compose = Composer(stranger.person)
    found = await compose.looks("run charts")
    assert found["type"] == "message"
    assert "Its id is 7f000000-0000-4000-8000-00000000dead." in found["text"]
    await compose.opens("ask")
    assert stranger.person.dialog is not None
    assert "is not set up for this workspace yet" in text_of(stranger.person.dialog)
    assert town.holds("Ana Ward") == town.holds("run charts") == []


async def test_welsh_is_answered_in_welsh(town: Town) -> None:
    ana = Colleague(town, "Ana Ward")
    ana.person.locale = "cy-GB"
    await ana.compose.opens("ask")
    assert "Croeso" in ana.dialog


@pytest.mark.parametrize("post", [0, -1, 2**31 - 1, "1; DROP TABLE posts", None])
async def test_a_forged_card_in_a_chat_shows_nothing(town: Town, post: Any) -> None:
    ana = await Colleague(town, "Ana Ward").joins()
    await _posted(ana)
    bo = await Colleague(town, "Bo Lin").joins()
    async with nothing_stored(town):
        for intent in ("posts.show", "exchange.propose-form"):
            data = {"hourbridge": {"intent": {"do": intent, "post": post}}}
            action = {"type": "Action.Execute", "title": "x", "data": data}
            value = {"action": action, "trigger": "manual"}
            answer = await bo.compose.invokes("adaptiveCard/action", value, replyToId="m1")
            assert answer["type"] == MESSAGE_TYPE
            assert "run charts" not in answer["value"]
