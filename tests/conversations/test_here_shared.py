"""A channel that outsiders read too is not registered, and one that becomes so is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.conversations.posting import CLOSED, WELCOME
from core.happenings import ConversationChanged
from core.organisations.model import Role
from tests.conversations.registered import registered, registration
from tests.world import Channel, Person, World


def reading(person: Person, room: Channel, shared: bool | None) -> Person:
    """The same person in a channel of which this is known."""
    there = person.at(room)
    return replace(there, caller=replace(there.caller, shared=shared))


def becomes_shared(world: World, room: Channel, present: bool | None = None) -> None:
    """Slack reports that another organisation reads the channel now."""
    of = room.conversation
    world.engine.happened(
        ConversationChanged(
            of.platform, of.tenant, of.external_id, of.kind, present=present, shared=True
        )
    )


@pytest.mark.parametrize("words", ["here", "here digests", "here Friday 10am", "yma"])
def test_a_shared_channel_is_refused_kindly_and_nothing_is_kept(
    world: World, ana: Person, room: Channel, words: str
) -> None:
    there = reading(ana, room, True)
    said = there.types(words)
    assert "shared with people outside its workspace or team" in said
    assert "in a channel of your own organisation" in said
    assert there.refused == "shared"
    assert world.rows("registrations") == 0
    world.deliver()
    assert room.inbox == []


def test_an_admin_registers_no_shared_channel_either(world: World, room: Channel) -> None:
    admin = world.person("Dee")
    world.grants(admin, Role.ADMIN)
    there = reading(admin, room, True)
    there.types("here")
    assert there.refused == "shared"
    assert world.rows("registrations") == 0


def test_a_channel_is_registered_only_once_it_is_known_who_reads_it(
    world: World, ana: Person, room: Channel
) -> None:
    there = reading(ana, room, None)
    assert "cannot see at the moment who reads this channel" in there.types("here")
    assert there.refused == "readers-unknown"
    assert world.rows("registrations") == 0
    assert "now posts in #improvement" in reading(ana, room, False).types("here")


@pytest.mark.parametrize("shared", [None, True])
def test_whoever_may_can_stop_it_whoever_reads_along(
    world: World, ana: Person, room: Channel, shared: bool | None
) -> None:
    ana.at(room).types("here")
    assert "posts nothing in #improvement" in reading(ana, room, shared).types("here stop")
    assert registered(world) == set()


def test_what_is_registered_is_changed_while_it_is_not_known_who_reads_it(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    reading(ana, room, None).types("here Friday 10am")
    kept = registration(world, room)
    assert kept is not None
    assert (kept.weekday, kept.hour) == (4, 10)


def test_a_channel_that_becomes_shared_is_left_alone_and_its_keeper_is_told_why_once(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    world.deliver()
    becomes_shared(world, room)
    becomes_shared(world, room)
    assert registered(world) == set()
    world.deliver()
    (told,) = ana.told(CLOSED)
    assert "Hourbridge posts nothing in #improvement (Slack) any more." in told.text
    assert "It is now shared with people outside its workspace or team." in told.text
    (welcome,) = room.told(WELCOME)
    assert welcome.text.strip() == "Hourbridge posts nothing in this channel any more."


def test_where_the_app_comes_back_to_a_channel_that_is_shared_by_then_it_says_nothing(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    world.deliver()
    of = room.conversation
    out = ConversationChanged(of.platform, of.tenant, of.external_id, of.kind, present=False)
    world.later(minutes=5)
    world.engine.happened(out)
    world.later(minutes=5)
    becomes_shared(world, room, present=True)
    world.deliver()
    assert len(room.told(WELCOME)) == 1
    assert registered(world) == set()
    assert len(ana.told(CLOSED)) == 1


def test_what_was_told_is_brought_up_to_date_once_it_is_registered_again(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    becomes_shared(world, room)
    world.deliver()
    (told,) = ana.told(CLOSED)
    ana.at(room).types("here")
    world.later(minutes=1)
    world.deliver()
    assert "Hourbridge now posts in #improvement (Slack)." in told.text
    assert registered(world) == {room.id}


def test_that_nobody_has_registered_a_shared_channel_is_no_news(
    world: World, ana: Person, room: Channel
) -> None:
    becomes_shared(world, room)
    world.deliver()
    assert ana.told(CLOSED) == []
    assert room.inbox == []
