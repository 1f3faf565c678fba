"""What becomes of a registered channel whose organisation ends, or becomes part of another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.conversations import following
from core.conversations.choosing import reads_it
from core.conversations.posting import CLOSED, WELCOME
from core.events.model import Open
from core.organisations.model import Role
from tests.conversations.registered import registered, registration
from tests.world import START, Channel, Person, World

LAST = (START + timedelta(days=30)).date()
"""The first day without Northgate."""


def ends(world: World, successor: str = "", day: date = LAST) -> None:
    """Northgate ends, and goes on as part of another if one is named."""
    after = world.organisations[successor].id if successor else None
    with world.store.begin() as books:
        books.organisations.end(world.organisations["NGH"].id, day, after)


@pytest.fixture
def room(world: World, ana: Person, room: Channel) -> Channel:
    """The channel, registered for Northgate."""
    ana.at(room).types("here")
    world.deliver()
    return room


def test_until_the_day_comes_nothing_changes(world: World, room: Channel) -> None:
    before = registration(world, room)
    ends(world, "SGH")
    world.later(days=29)
    assert world.runs("conversations.follow") == 0
    assert registration(world, room) == before


def test_a_channel_goes_on_for_the_organisation_that_its_own_became_part_of(
    world: World, ana: Person, room: Channel
) -> None:
    ends(world, "SGH")
    world.later(days=30)
    assert world.runs("conversations.follow") == 1
    assert world.runs("conversations.follow") == 0
    kept = registration(world, room)
    assert kept is not None
    assert kept.organisation_id == world.organisations["SGH"].id
    world.deliver()
    (welcome,) = room.told(WELCOME)
    assert "set this up for Southgate Hospital Trust" in welcome.text
    assert ana.told(CLOSED) == []


def test_roles_do_not_follow_so_those_of_the_organisation_that_goes_on_decide(
    world: World, ana: Person, room: Channel
) -> None:
    ends(world, "SGH")
    world.later(days=30)
    world.runs("conversations.follow")
    meg = world.person("Meg", "SGH")
    world.grants(meg, Role.LEAD, "SGH")
    assert "#improvement" in meg.types("channels")
    there = ana.at(room)
    there.types("here Friday 10am")
    assert there.refused == "not-yours"
    meg.presses("Stop")
    assert registered(world) == set()


def test_a_champion_of_the_organisation_that_goes_on_registers_channels_of_the_old_workspace(
    world: World,
) -> None:
    person = world.person("Bo")
    world.grants(person, Role.CHAMPION, "SGH")
    new = world.channel("new-start")
    assert "does not use this workspace" in person.at(new).types("here")
    ends(world, "SGH")
    world.later(days=30)
    person.at(new).types("here")
    kept = registration(world, new)
    assert kept is not None
    assert kept.organisation_id == world.organisations["SGH"].id


def test_where_nobody_goes_on_nothing_is_posted_any_more_and_the_keeper_is_told(
    world: World, ana: Person, room: Channel
) -> None:
    ends(world)
    world.later(days=30)
    assert world.runs("conversations.follow") == 1
    assert registered(world) == set()
    world.deliver()
    (told,) = ana.told(CLOSED)
    assert "Its organisation no longer takes part in Hourbridge." in told.text
    (welcome,) = room.told(WELCOME)
    assert welcome.text.strip() == "Hourbridge posts nothing in this channel any more."


def test_very_many_channels_follow_some_at_a_time_so_that_nobody_waits_for_all_of_them(
    world: World, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 2)
    for number in range(3):
        world.channel(f"ward-{number}", by=ana)
    ends(world)
    world.later(days=30)
    steps = []
    for _step in range(3):
        with world.store.begin() as books:
            steps.append(following.follow(world.engine.office(books)))
    assert steps == [2, 1, 0]
    assert registered(world) == set()


def test_a_channel_of_the_whole_system_rests_once_nobody_in_its_workspace_takes_part(
    world: World, ana: Person
) -> None:
    everyone = world.channel("everyone", by=ana, organisation_id=None)
    elsewhere = world.channel("elsewhere", "SGH", by=ana, organisation_id=None)
    ends(world, "SGH")
    world.later(days=30)
    world.runs("conversations.follow")
    assert registered(world) == {everyone.id, elsewhere.id}
    with world.store.begin() as books:
        books.organisations.end(world.organisations["NGH"].id, LAST, None)
    world.runs("conversations.follow")
    assert registered(world) == {elsewhere.id}


@pytest.mark.usefixtures("ana")
def test_what_was_announced_for_the_old_organisation_still_stands_in_its_channels(
    world: World, room: Channel
) -> None:
    ends(world, "SGH")
    world.later(days=30)
    world.runs("conversations.follow")
    kept = registration(world, room)
    assert kept is not None
    with world.store.begin() as books:
        office = world.engine.office(books)
        reads = {
            code: reads_it(office, kept, one.id, Open.ORGANISATION, None)
            for code, one in world.organisations.items()
        }
    assert [code for code, may in reads.items() if may] == ["NGH", "SGH"]
