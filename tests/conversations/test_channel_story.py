"""The whole program: a champion lets Hourbridge post in a channel of Slack and of Teams, changes
it, and stops it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.organisations.model import Grant, Role
from tests.story.chats import Friend
from tests.story.in_slack import SlackFriend
from tests.story.in_teams import TeamsFriend
from tests.story.town import Town, open_town
from tests.teams.fake_teams import CHANNEL, TENANT

NEW = "Hourbridge posts in this channel"


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    async with open_town(database_url) as opened:
        yield opened


def champion(town: Town, friend: Friend, code: str) -> None:
    with town.store.begin() as books:
        organisation = books.organisations.by_code(code)
        assert organisation is not None
        if isinstance(friend, SlackFriend):
            place = ("slack", "T0HOME", friend.person.user)
        else:
            assert isinstance(friend, TeamsFriend)
            place = ("teams", TENANT, friend.person.object_id)
        books.roles.grant(Grant(*place, Role.CHAMPION, organisation.id))


def in_slack_channel(town: Town) -> list[str]:
    """What everybody reads in the Slack channel."""
    return [one.words for one in town.slack.messages if one.channel == "C0ALL" and not one.to]


def in_teams_channel(town: Town) -> list[str]:
    """The posts at the top of the Teams channel, outside of any thread."""
    return [one.text for one in town.teams.chats.get(CHANNEL, [])]


async def test_a_champion_in_slack_registers_a_channel_changes_it_and_stops(town: Town) -> None:
    ana = await town.friend("slack", "Ana Ward")
    await ana.joins()
    champion(town, ana, "NGH")
    assert isinstance(ana, SlackFriend)
    ana.person.close_modal()
    await ana.person.command("/hourbridge", "here", channel="C0ALL")
    assert "Hourbridge now posts in #all" in ana.person.last.words
    assert ana.person.last.to == ana.person.user
    assert "/invite @Hourbridge" in ana.person.last.words
    await town.settles()
    (welcome,) = in_slack_channel(town)
    assert welcome.startswith(NEW)
    assert "Ana Ward set this up for Northgate Hospital Trust" in welcome

    await ana.person.press("Turn the digest off")
    await town.settles()
    (welcome,) = in_slack_channel(town)
    assert "A digest once a week" not in welcome
    assert "Turn the digest on" in ana.reads()

    await ana.types("here")
    await ana.presses("Stop")
    await town.settles()
    (welcome,) = in_slack_channel(town)
    assert welcome.endswith("Hourbridge posts nothing in this channel any more.")
    assert town.rows("registrations") == {"registrations": 0}


async def test_a_slack_channel_that_the_app_is_not_in_gets_its_welcome_at_the_next_try(
    town: Town,
) -> None:
    ana = await town.friend("slack", "Ana Ward")
    await ana.joins()
    champion(town, ana, "NGH")
    town.at_any_hour()
    assert isinstance(ana, SlackFriend)
    town.slack.closed["C0ALL"] = "not_in_channel"
    await ana.person.command("/hourbridge", "here Friday 10am", channel="C0ALL")
    await ana.hears("Hourbridge could not post in #all")
    assert in_slack_channel(town) == []

    del town.slack.closed["C0ALL"]
    await ana.person.command("/hourbridge", "here", channel="C0ALL")
    await town.settles()
    (welcome,) = in_slack_channel(town)
    assert "on Friday at 10am" in welcome


async def test_a_champion_in_teams_registers_a_channel_and_somebody_else_cannot(
    town: Town,
) -> None:
    ana, bo = await town.friend("teams", "Ana Ward"), await town.friend("teams", "Bo Lin")
    assert isinstance(ana, TeamsFriend)
    assert isinstance(bo, TeamsFriend)
    await ana.joins()
    await bo.joins()
    champion(town, ana, "SGH")
    await town.settles()
    await bo.person.say_in_channel("here")
    assert "Champions, leads and administrators" in bo.person.last
    assert town.rows("registrations") == {"registrations": 0}

    await ana.person.say_in_channel("here digests")
    assert "Hourbridge now posts in" in ana.person.last
    await town.settles()
    (welcome,) = in_teams_channel(town)
    assert NEW in welcome
    assert "Ana Ward set this up for Southgate Hospital Trust" in welcome

    await ana.person.say_in_channel("here stop")
    await town.settles()
    (welcome,) = in_teams_channel(town)
    assert "Hourbridge posts nothing in this channel any more." in welcome
    assert town.rows("registrations") == {"registrations": 0}


async def test_a_channel_that_outsiders_read_too_is_not_registered_in_either_chat(
    town: Town,
) -> None:
    ana, bo = await town.friend("slack", "Ana Ward"), await town.friend("teams", "Bo Lin")
    assert isinstance(ana, SlackFriend)
    assert isinstance(bo, TeamsFriend)
    await ana.joins()
    await bo.joins()
    champion(town, ana, "NGH")
    champion(town, bo, "SGH")
    town.slack.shared = True
    await ana.person.command("/hourbridge", "here", channel="C0ALL")
    assert "This channel is shared" in ana.person.last.words
    await ana.person.mention("here", channel="C0ALL")
    assert "This channel is shared" in ana.person.last.words
    channel = {"id": CHANNEL, "type": "shared"}
    data = {"tenant": {"id": TENANT}, "channel": channel}
    await bo.person.say_in_channel("here", channelData=data)
    assert "This channel is shared" in bo.person.last
    await town.settles()
    assert town.rows("registrations") == {"registrations": 0}
    posted = [*in_slack_channel(town), *in_teams_channel(town)]
    assert not any(NEW in words for words in posted)


async def test_a_slack_channel_that_becomes_shared_is_posted_to_no_more(town: Town) -> None:
    ana = await town.friend("slack", "Ana Ward")
    assert isinstance(ana, SlackFriend)
    await ana.joins()
    champion(town, ana, "NGH")
    town.at_any_hour()
    ana.person.close_modal()
    await ana.person.command("/hourbridge", "here", channel="C0ALL")
    await town.settles()
    shared = {"type": "channel_shared", "channel": "C0ALL", "connected_team_id": "T0ELSE"}
    await ana.person.event(shared)
    await ana.hears("It is now shared with people outside its workspace or team.")
    await town.settles()
    (welcome,) = in_slack_channel(town)
    assert welcome.endswith("Hourbridge posts nothing in this channel any more.")
    assert town.rows("registrations") == {"registrations": 0}
