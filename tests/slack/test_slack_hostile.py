"""Requests that mean harm, or are larger than anything: refused kindly, and nothing is stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from core.posts.model import Post, PostKind
from core.ui.intents import Intent
from core.ui.replies import Reply
from tests.slack import payloads
from tests.slack.fake_slack import FakeSlack
from tests.slack.payloads import Actor
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Offer
from tests.slack.small_script import a_card, script
from tests.slack.transports import FORM, JSON, signed
from tests.story.in_slack import SlackFriend
from tests.story.stage import nothing_stored, two_members
from tests.story.town import Town, open_town

Json = dict[str, Any]


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Town]:
    """The real program."""
    async with open_town(sqlite_url) as town:
        yield town


def _person(friend: object) -> Person:
    assert isinstance(friend, SlackFriend)
    return friend.person


# Signatures and replays.


def _bodies(ana: Person) -> dict[str, tuple[str, dict[str, str]]]:
    """A request of each kind, unsigned."""
    slack = ana.slack
    actor, trigger = Actor(ana.user, ana.team, slack.home_team), slack.trigger(ana.user)
    url = slack.response_url("DU0ANA", ana.user)
    shortcut = payloads.shortcut(actor, "offer", trigger)
    event = payloads.written(actor, "DU0ANA", "hours", "1800000999.000200")
    command = payloads.command(actor, "/hours", "", "DU0ANA", trigger, url)
    return {
        "command": (urlencode(command), FORM),
        "interaction": (urlencode({"payload": json.dumps(shortcut)}), FORM),
        "event": (json.dumps(payloads.envelope(slack.home_team, event, "Ev1")), JSON),
    }


@pytest.mark.parametrize("kind", ["command", "interaction", "event"])
@pytest.mark.parametrize("how", ["unsigned", "another secret", "another body", "5 minutes old"])
async def test_a_request_that_slack_did_not_sign_or_signed_long_ago_is_turned_away(
    ana: Person, engine: Engine, slack: FakeSlack, kind: str, how: str
) -> None:
    body, headers = _bodies(ana)[kind]
    signature = {
        "unsigned": {},
        "another secret": signed(body, secret="guessed"),
        "another body": signed(f"{body} "),
        "5 minutes old": signed(body, age=301),
    }[how]
    await ana.send_raw(body, {**headers, **signature})
    assert ana.status == 401
    assert (engine.heard, slack.calls) == ([], [])
    await ana.send_raw(body, {**headers, **signed(body, age=240)})
    assert ana.status == 200
    assert len(engine.heard) == 1


@pytest.mark.parametrize("way", ["command", "form", "message"])
async def test_a_body_that_is_played_again_within_5_minutes_counts_once(
    here: Town, way: str
) -> None:
    scene = await (await two_members(here, "slack")).agreed()
    await here.settles()
    bo = _person(scene.bo)
    body, headers = await _to_say_hello(bo, scene.exchange, way)
    headers |= signed(body, age=200)
    for _again in range(3):
        await bo.send_raw(body, headers)
    await asyncio.gather(*(bo.send_raw(body, headers) for _again in range(3)))
    await here.settles()
    assert here.rows("messages") == {"messages": 1}
    assert sum("Hello there" in one.words for one in _person(scene.ana).messages) == 1


async def _to_say_hello(bo: Person, exchange: str, way: str) -> tuple[str, dict[str, str]]:
    """What tells Ana something, by that way in."""
    slack, actor = bo.slack, Actor(bo.user, bo.team, bo.slack.home_team)
    words = f"message {exchange} Hello there"
    if way == "message":
        event = payloads.written(actor, slack.dm(bo.user), words, "1800000999.000200")
        return json.dumps(payloads.envelope(slack.home_team, event, "Ev0HELLO")), dict(JSON)
    if way == "command":
        url = slack.response_url(slack.dm(bo.user), bo.user)
        trigger = slack.trigger(bo.user)
        typed = payloads.command(actor, "/hourbridge", words, slack.dm(bo.user), trigger, url)
        return urlencode(typed), dict(FORM)
    await bo.press("Send a message")
    bo.fill(words="Hello there")
    return urlencode({"payload": json.dumps(bo.submitting(bo.filled))}), dict(FORM)


# Ids of others.


async def test_a_button_and_a_form_of_other_people_do_nothing_in_a_third_persons_hands(
    here: Town,
) -> None:
    scene = await (await two_members(here, "slack")).claimed()
    await here.settles()
    ana, bo = _person(scene.ana), _person(scene.bo)
    cai = here.in_slack("Cai Rees")
    await cai.joins()
    press = ana.pressing(*ana.finds("Confirm"))
    await bo.command("/hourbridge", f"message {scene.exchange}")
    bo.fill(words="Hello there")
    form = bo.submitting(bo.filled)
    eve = cai.person
    async with nothing_stored(here):
        for stolen in (press, form):
            stolen["user"] = {"id": eve.user, "name": "cai.rees", "team_id": eve.team}
            await eve.send_interaction(stolen)
            assert eve.status == 200
    assert not any("Bo Lin" in one.words for one in eve.messages)


async def test_ids_of_another_workspace_reach_nobody_there(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    """The signature vouches for the sender: all else is only where an answer is tried."""
    slack.add_team("T0SECOND", "xoxb-of-the-second")
    bo = ana.another("U0BO", team="T0SECOND")
    card = await a_card(ana, engine)
    body = ana.pressing(*ana.finds("Accept"))
    body["container"]["channel_id"] = body["channel"]["id"] = slack.dm("U0BO")
    await ana.send_interaction(body)
    assert engine.caller.user == "U0ANA"
    event = payloads.written(
        Actor(ana.user, ana.team, slack.home_team), slack.dm("U0BO"), "hours", "1800000999.000200"
    )
    await ana.event(event)
    assert bo.messages == []
    assert "An offer" in ana.last.words, "an answer that cannot go there comes to its asker"
    assert {call.token for call in slack.calls if call.token} == {slack.home_team.token}
    assert card.channel == "DU0ANA"


async def test_a_workspace_that_is_not_installed_is_not_served_whoever_signs(
    ana: Person, engine: Engine
) -> None:
    elsewhere = ana.another("U0EVE", team="T0ELSE")
    elsewhere.meets = type(ana.slack.home_team)("T0ELSE", "xoxb-of-nobody")
    await elsewhere.command("/hours")
    await elsewhere.say("hours")
    await elsewhere.shortcut("offer")
    assert engine.heard == []


# What is inside a form.


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "not JSON",
        "[]",
        "7",
        '"text"',
        "{}",
        '{"wire":[]}',
        '{"wire":{"do":"no.such"}}',
        '{"wire":{"do":"test.offer","step":"one"}}',
        '{"wire":{"do":"test.offer"},"from":"x"}',
        '{"wire":{"do":"test.offer"},"from":{"elsewhere":1}}',
        '{"wire":{"do":"test.offer","title":"' + "x" * 3_001,
        "[" * 100_000,
        '{"wire":' * 5_000,
    ],
    ids=lambda metadata: f"{len(metadata)}:{metadata[:24]}",
)
async def test_a_forged_form_is_refused_and_nothing_is_carried_out(
    ana: Person, engine: Engine, metadata: str
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.heard.clear()
    await ana.submit_view({**ana.filled, "private_metadata": metadata})
    assert ana.status == 200
    assert engine.heard == []
    assert "no longer works" in ana.reads


async def test_3_001_characters_in_a_form_are_refused_at_their_field_and_kept(here: Town) -> None:
    ana = _person((await two_members(here, "slack")).ana)
    await ana.command("/offer")
    ana.fill(title="Run charts", minutes="1 hour", details="x" * 2_000)
    view = ana.filled
    for inputs in view["state"]["values"].values():
        for name, state in inputs.items():
            if name == "in:details":
                state["value"] = "x" * 3_001
    async with nothing_stored(here):
        await ana.submit_view(view)
    assert list(ana.errors) == ["details"]
    assert "Something went wrong" not in ana.reads


@pytest.mark.parametrize("count", [3_001, 39_000])
async def test_3_001_typed_characters_are_answered_and_not_cut(here: Town, count: int) -> None:
    ana = _person((await two_members(here, "slack")).ana)
    words = "word " * (count // 5)
    # That the app is in the channel that it is mentioned in is taken note of.
    async with nothing_stored(here, apart_from=frozenset({"drafts", "conversations"})):
        await ana.command("/ask", words)
        await ana.say(f"ask {words}")
        await ana.mention(f"offer {words}")
    told = [one.words for one in ana.messages] + [ana.reads]
    assert not any("Something went wrong" in one for one in told)
    assert ana.status == 200


async def test_a_list_of_a_hundred_is_shown_in_pages(here: Town) -> None:
    ana = _person((await two_members(here, "slack")).ana)
    now = here.program.engine.clock()
    closes = (now + timedelta(days=60)).date()
    with here.store.begin() as books:
        author = books.members.named("Bo Lin")[0]
        home = author.organisation_id
        for number in range(100):
            title = f"Run charts, part {number}"
            kind, skills = PostKind.OFFER, ("spc",)
            books.posts.add(
                Post(kind, author.id, home, title, "", 60, skills, True, None, closes, now)
            )
    await ana.say("find run charts")
    seen = ""
    for _page in range(100):
        seen += ana.last.words
        assert len(ana.last.blocks) <= 50
        more = [one for one in _labels(ana.last.blocks) if "More" in one or "Next" in one]
        if not more:
            break
        await ana.press(more[0], ana.last)
    assert [n for n in range(100) if f"part {n}" not in seen] == [], "everything is on some page"


# Forms and answers that come too late.


async def test_a_trigger_that_has_died_leads_to_a_button_that_opens_the_form(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    def late(intent: Intent) -> Reply:
        slack.later(3.1)
        return script(intent)

    engine.reply = late
    await ana.command("/offer", "run charts")
    assert not slack.modals[ana.user]
    engine.reply = script
    await ana.press("Open the form")
    assert engine.intent == Offer(title="run charts")
    await ana.submit(minutes="15")
    assert engine.intent == Offer(step=1, title="run charts", minutes="15")


async def test_a_shortcut_whose_trigger_has_died_is_answered_by_direct_message(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    def late(intent: Intent) -> Reply:
        slack.later(3.1)
        return script(intent)

    engine.reply = late
    await ana.shortcut("offer")
    assert not slack.modals[ana.user]
    engine.reply = script
    await ana.press("Open the form")
    assert ana.modal


@pytest.mark.parametrize("how", ["5 answers", "30 minutes"])
async def test_an_answer_whose_address_is_spent_comes_by_direct_message(
    ana: Person, engine: Engine, slack: FakeSlack, how: str
) -> None:
    await a_card(ana, engine)
    button, card = ana.finds("Accept")
    body = ana.pressing(button, card)
    left = 0 if how == "5 answers" else 5
    body["response_url"] = slack.response_url(card.channel, ana.user, card.ts, left)
    slack.later(1_801 if how == "30 minutes" else 0)
    await ana.send_interaction(body)
    assert not card.edited
    assert "You accepted it." in ana.last.words
    assert (ana.last.channel, ana.last.to) == ("DU0ANA", "")
    assert sum("You accepted it." in one.words for one in ana.messages) == 1


def _labels(blocks: list[Json]) -> list[str]:
    actions = [block for block in blocks if block["type"] == "actions"]
    return [one["text"]["text"] for block in actions for one in block["elements"]]
