"""Channels in Teams: which one a person speaks in, and posts for all to read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from adapters.teams.courier import TeamsCourier
from core.callers import Address
from core.couriers import Outcome, Parcel, Refused, Sent, Unreachable
from core.kernel.texts import _
from core.ui.gallery import Sample
from core.ui.views import Actions, Button, Paragraph, view
from core.words import Speech
from tests.teams.fake_engine import FakeEngine
from tests.teams.fake_teams import CHANNEL, TENANT, FakeTeams, Person
from tests.teams.house import House
from tests.teams.team_events import GROUP, ROTA, TEAM, in_group, in_team, mention

POST = view(
    Paragraph("A session on run charts."), Actions((Button(_("Count me in"), Sample(number=7)),))
)


async def test_a_thread_is_spoken_in_as_its_channel(
    ana: Person, engine: FakeEngine, teams: FakeTeams
) -> None:
    said = in_team(ana, "message", channel=ROTA, name="Rota", thread="123", **mention("look"))
    await ana.deliver(said)
    caller, _intent = engine.asked[0]
    assert (caller.conversation, caller.conversation_name) == (ROTA, "Rota")
    assert caller.service_url == teams.url
    await ana.deliver(in_team(ana, "message", thread="9", **mention("look")))
    assert engine.asked[1][0].conversation == TEAM


async def test_a_group_chat_is_spoken_in_and_ones_own_chat_is_no_channel(
    ana: Person, engine: FakeEngine
) -> None:
    await ana.deliver(in_group(ana, "message", **mention("look")))
    caller, _intent = engine.asked[0]
    assert (caller.conversation, caller.conversation_name) == (GROUP, "")
    await ana.say("look")
    caller, _intent = engine.asked[1]
    assert (caller.conversation, caller.service_url) == ("", "")


async def test_a_press_is_where_teams_says_and_not_where_its_data_says(
    ana: Person, engine: FakeEngine
) -> None:
    data = {"hourbridge": {"intent": {"do": "t.look", "conversation": "19:board@thread.tacv2"}}}
    action = {"type": "Action.Execute", "verb": "hourbridge", "data": data}
    value = {"action": action, "trigger": "manual"}
    press = {"name": "adaptiveCard/action", "value": value, "replyToId": "m1"}
    await ana.deliver({**in_team(ana, "invoke", channel=ROTA), **press})
    assert engine.asked[0][0].conversation == ROTA


# Posts for all.


@pytest_asyncio.fixture
async def courier(house: House) -> AsyncIterator[TeamsCourier]:
    yield house.platform.courier


def parcel(teams: FakeTeams, handle: str = "") -> Parcel:
    address = Address(CHANNEL, teams.url)
    return Parcel(1, TENANT, "", address, POST, Speech(), handle, channel=True)


async def test_a_post_begins_a_thread_of_its_own_and_is_edited_in_place(
    teams: FakeTeams, courier: TeamsCourier
) -> None:
    sent = await courier.deliver(parcel(teams))
    assert isinstance(sent, Sent)
    newer = replace(parcel(teams, sent.handle), view=view(Paragraph("The session is full.")))
    assert await courier.deliver(newer) == sent
    (post,) = teams.chats[CHANNEL]
    assert "The session is full." in post.text
    assert "recipient" not in post.activity


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(403, Unreachable("403 NotIn")), (404, Unreachable("404 NotIn")), (400, Refused("400 NotIn"))],
)
async def test_a_channel_that_takes_no_posts_says_so_and_nobody_is_written_to(
    teams: FakeTeams, courier: TeamsCourier, status: int, outcome: Outcome
) -> None:
    teams.fail(status, code="NotIn")
    assert await courier.deliver(parcel(teams)) == outcome
    assert teams.chats == {}
    assert teams.requests == 1


async def test_a_post_that_was_deleted_is_not_put_back(
    teams: FakeTeams, courier: TeamsCourier
) -> None:
    outcome = await courier.deliver(parcel(teams, f"{CHANNEL}|m99"))
    assert isinstance(outcome, Refused)
    assert teams.chats == {}


async def test_an_answer_to_a_press_goes_to_the_presser_and_the_post_stays(
    ana: Person, teams: FakeTeams, courier: TeamsCourier
) -> None:
    sent = await courier.deliver(parcel(teams))
    assert isinstance(sent, Sent)
    data = {"hourbridge": {"intent": {"do": "t.look"}}}
    action = {"type": "Action.Execute", "verb": "hourbridge", "data": data}
    value = {"action": action, "trigger": "manual"}
    press = {"name": "adaptiveCard/action", "value": value, "replyToId": sent.handle.split("|")[1]}
    for person in (ana, Person(teams, ana._send, "Bo Lin")):
        answer = await person.deliver({**in_team(person, "invoke", channel=CHANNEL), **press})
        assert "card" not in answer["type"]
        assert len(person.messages) == 1
    (post,) = teams.chats[CHANNEL]
    assert post.edits == 0
