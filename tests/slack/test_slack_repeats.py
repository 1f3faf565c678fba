"""What Slack sends twice, late or in another order books once: the real program, both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.slack.payloads import Actor, envelope, mention, written
from tests.slack.people import Person
from tests.story.in_slack import SlackFriend
from tests.story.stage import Scene, nothing_stored, two_members
from tests.story.town import Town, open_town

Json = dict[str, Any]

ASK = "ask help with run charts, 1 hour"
OFFER = "offer 2h coaching for new managers"


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    """The real program on a database of each kind."""
    async with open_town(database_url) as town:
        yield town


@pytest.fixture
async def scene(here: Town) -> Scene:
    """Ana and Bo, both in Slack."""
    return await two_members(here, "slack")


def _person(friend: object) -> Person:
    assert isinstance(friend, SlackFriend)
    return friend.person


async def _hours_moved_once(here: Town) -> None:
    await here.settles()
    assert here.rows("postings", "exchanges") == {"postings": 3, "exchanges": 1}
    assert (here.balance("Ana Ward"), here.balance("Bo Lin")) == (60, 180)
    assert (here.total(), here.audit()) == (0, [])


def _event(person: Person, text: str, number: str) -> Json:
    """A direct message, as it is delivered."""
    slack = person.slack
    actor = Actor(person.user, person.team, slack.home_team)
    event = written(actor, slack.dm(person.user), text, f"18000009{number}.000200")
    return envelope(slack.home_team, event, f"Ev0{number}")


async def _delivered(person: Person, body: Json, attempt: int = 0) -> None:
    await person.send_json(body, {"X-Slack-Retry-Num": str(attempt)} if attempt else {})
    assert person.status == 200


# Events.


async def test_a_message_delivered_at_once_and_again_confirms_once(
    here: Town, scene: Scene
) -> None:
    await scene.claimed()
    ana = _person(scene.ana)
    body = _event(ana, f"confirm {scene.exchange}", "01")
    await asyncio.gather(*(_delivered(ana, body, attempt) for attempt in range(4)))
    await _delivered(ana, body, 3)
    answers = [one for one in ana.messages if "Confirmed. The hours have moved." in one.words]
    assert len(answers) == 1, "a repeat is not answered twice"
    await _hours_moved_once(here)


async def test_a_mention_delivered_again_confirms_once(here: Town, scene: Scene) -> None:
    await scene.claimed()
    ana = _person(scene.ana)
    actor = Actor(ana.user, ana.team, here.slack.home_team)
    event = mention(actor, "C0ALL", f"confirm {scene.exchange}", "1800000901.000200")
    body = envelope(here.slack.home_team, event, "Ev0MENTION")
    await asyncio.gather(*(_delivered(ana, body, attempt) for attempt in range(3)))
    told = [one for one in ana.messages if one.to == ana.user and "hours have moved" in one.words]
    assert len(told) == 1
    await _hours_moved_once(here)


async def test_messages_that_arrive_in_another_order_each_count_once(
    here: Town, scene: Scene
) -> None:
    ana = _person(scene.ana)
    before = len(ana.messages)
    first, second = _event(ana, ASK, "01"), _event(ana, OFFER, "02")
    for body, attempt in ((second, 0), (first, 1), (second, 1), (first, 2), (second, 3)):
        await _delivered(ana, body, attempt)
    assert len(ana.messages) == before + 2
    assert here.rows("drafts") == {"drafts": 2}


async def test_a_confirmation_that_overtakes_the_claim_moves_nothing_and_counts_later(
    here: Town, scene: Scene
) -> None:
    await scene.agreed()
    ana, bo = _person(scene.ana), _person(scene.bo)
    early = _event(ana, f"confirm {scene.exchange}", "01")
    await _delivered(ana, early)
    assert here.rows("postings") == {"postings": 2}
    claim = _event(bo, f"done {scene.exchange} 1 hour", "02")
    await asyncio.gather(_delivered(bo, claim), _delivered(bo, claim, 1))
    await _delivered(ana, early, 1)
    assert here.rows("postings") == {"postings": 2}, "that message was answered already"
    await _delivered(ana, _event(ana, f"confirm {scene.exchange}", "03"))
    await _hours_moved_once(here)


async def test_an_account_closed_three_times_over_is_told_once(here: Town, scene: Scene) -> None:
    await scene.agreed()
    await here.settles()
    ana = _person(scene.ana)
    ana.account.deleted = True
    change = {"type": "user_change", "user": ana.account.shape()}
    before = here.rows("notices")["notices"]
    told = []
    for number, attempt in ((1, 0), (1, 1), (2, 0)):
        await _delivered(ana, envelope(here.slack.home_team, change, f"Ev{number}"), attempt)
        told.append(here.rows("notices")["notices"] - before)
    assert told == [1, 1, 1], "Bo is told that Ana is away, once"
    assert here.audit() == []


# Presses and forms.


async def test_a_press_delivered_again_confirms_once(here: Town, scene: Scene) -> None:
    await scene.claimed()
    await here.settles()
    ana = _person(scene.ana)
    body = ana.pressing(*ana.finds("Confirm"))
    await asyncio.gather(*(ana.send_interaction(body) for _again in range(4)))
    await ana.send_interaction(body)
    await _hours_moved_once(here)


async def test_clicks_on_every_old_card_at_once_confirm_once(here: Town, scene: Scene) -> None:
    await scene.claimed()
    await here.settles()
    ana = _person(scene.ana)
    await ana.say(f"show {scene.exchange}")
    cards = [one for one in ana.messages if ana._labels(one.blocks, "Confirm")]
    assert len(cards) > 1
    await asyncio.gather(*(ana.press("Confirm", card) for card in cards))
    await _hours_moved_once(here)


async def test_a_press_on_a_card_that_is_out_of_date_brings_it_up_to_date(
    here: Town, scene: Scene
) -> None:
    await scene.claimed()
    await here.settles()
    ana = _person(scene.ana)
    button, card = ana.finds("Confirm")
    late = ana.pressing(button, card)
    await ana.say(f"confirm {scene.exchange}")
    await _hours_moved_once(here)
    await ana.send_interaction(late)
    assert "Confirm" not in [one["text"]["text"] for one in _buttons(card.blocks)]
    await _hours_moved_once(here)


async def test_a_form_sent_again_and_late_proposes_once(here: Town, scene: Scene) -> None:
    await scene.posted()
    bo = _person(scene.bo)
    await bo.command("/hourbridge", f"answer {scene.ask}")
    bo.fill(message="Gladly")
    body = bo.submitting(bo.filled)
    await asyncio.gather(*(bo.send_interaction(body) for _again in range(4)))
    await here.settles()
    await bo.send_interaction(body)
    assert here.rows("exchanges", "messages") == {"exchanges": 1, "messages": 1}
    assert here.audit() == []


async def test_a_post_is_posted_once_however_often_its_form_and_button_arrive(
    here: Town, scene: Scene
) -> None:
    ana = _person(scene.ana)
    await ana.command("/offer")
    ana.fill(title="Run charts for beginners", minutes="1 hour")
    form = ana.submitting(ana.filled)
    await ana.submit()
    assert ana.modal
    press = ana.pressing(ana._button(ana.modal["blocks"], "Post it"), ana.modal)
    await asyncio.gather(*(ana.send_interaction(press) for _again in range(3)))
    assert here.rows("posts") == {"posts": 1}
    async with nothing_stored(here, apart_from=frozenset({"drafts"})):
        await ana.send_interaction(form)
        await ana.send_interaction(press)


async def test_a_shortcut_that_arrives_twice_opens_one_form(here: Town, scene: Scene) -> None:
    ana = _person(scene.ana)
    async with nothing_stored(here):
        await asyncio.gather(ana.shortcut("ask"), ana.shortcut("ask"))
    assert len(here.slack.modals[ana.user]) == 1


def _buttons(blocks: list[Json]) -> list[Json]:
    return [one for block in blocks if block["type"] == "actions" for one in block["elements"]]
