"""``here``: who may let Hourbridge post in a channel, what they read, and what stands there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.conversations.model import ConversationKind
from core.conversations.posting import WELCOME
from core.organisations.model import Role
from tests.conversations.registered import registered, registration
from tests.world import Channel, Person, World


def test_a_champion_lets_hourbridge_post_and_the_channel_reads_what_and_who(
    world: World, ana: Person, room: Channel
) -> None:
    said = ana.at(room).types("here")
    assert "Hourbridge now posts in #improvement" in said
    assert "Every Monday at 9am" in said
    world.deliver()
    (welcome,) = room.told(WELCOME)
    assert "A digest once a week, on Monday at 9am" in welcome.text
    assert "Ana set this up for Northgate Hospital Trust" in welcome.text
    assert "type in this channel: /hourbridge here" in welcome.text
    kept = registration(world, room)
    assert kept is not None
    assert (kept.by_member_id, kept.organisation_id) == (
        ana.member.id,
        world.organisations["NGH"].id,
    )


@pytest.mark.parametrize(
    ("words", "digests", "announcements"),
    [
        ("here", True, True),
        ("yma", True, True),
        ("here digests", True, False),
        ("here announcements", False, True),
        ("here digests off", False, True),
        ("here digests and announcements", True, True),
        ("yma cyhoeddiadau", False, True),
    ],
)
def test_what_is_posted_is_what_was_asked_for(
    world: World, ana: Person, room: Channel, words: str, digests: bool, announcements: bool
) -> None:
    ana.at(room).types(words)
    kept = registration(world, room)
    assert kept is not None
    assert (kept.digests, kept.announcements) == (digests, announcements)


@pytest.mark.parametrize(
    ("words", "weekday", "hour", "language"),
    [
        ("here Friday 10am", 4, 10, "en"),
        ("here, every Tuesday at 2 pm please", 1, 14, "en"),
        ("here midday", 0, 12, "en"),
        ("here 12am", 0, 0, "en"),
        ("here sundays 17.00", 6, 17, "en"),
        ("here cymraeg", 0, 9, "cy"),
        ("yma bob dydd Mercher am 9yb, cymraeg", 2, 9, "cy"),
    ],
)
def test_the_day_the_hour_and_the_language_can_be_typed(
    world: World,
    ana: Person,
    room: Channel,
    words: str,
    weekday: int,
    hour: int,
    language: str,
) -> None:
    ana.at(room).types(words)
    kept = registration(world, room)
    assert kept is not None
    assert (kept.weekday, kept.hour, kept.language) == (weekday, hour, language)


def test_a_digest_comes_on_the_hour(world: World, ana: Person, room: Channel) -> None:
    assert "Choose a whole hour" in ana.at(room).types("here Friday 10.30am")
    assert registration(world, room) is None


@pytest.mark.parametrize(
    "words", ["here you are, the slides", "here 25.00", "here 13pm", "here 0am", "here we go"]
)
def test_words_about_something_else_register_nothing(
    world: World, ana: Person, room: Channel, words: str
) -> None:
    ana.at(room).types(words)
    assert world.rows("registrations") == 0


def test_who_has_no_role_reads_whom_to_ask_and_nothing_is_kept(
    world: World, ana: Person, room: Channel
) -> None:
    said = world.person("Bo").at(room).types("here")
    assert "Champions, leads and administrators" in said
    assert "you can ask: Ana" in said
    assert world.rows("registrations") == 0
    world.deliver()
    assert room.inbox == []


def test_an_unknown_channel_of_ones_own_chat_becomes_known(world: World, ana: Person) -> None:
    caller = replace(
        ana.caller, private=True, conversation="C-new", conversation_name="quality-hub"
    )
    said = replace(ana, caller=caller).types("here")
    assert "Hourbridge now posts in #quality-hub" in said
    assert "/invite @Hourbridge" in said
    with world.store.begin() as books:
        found = books.conversations.hold("slack", "T-NORTHGATE", "C-new")
    assert found is not None
    assert found.id in registered(world)


def test_a_channel_of_another_workspace_cannot_be_registered(world: World, ana: Person) -> None:
    elsewhere = replace(ana, caller=replace(ana.caller, private=False, conversation=""))
    assert "only in channels of your own organisation" in elsewhere.types("here")
    assert world.rows("registrations") == 0


def test_the_same_id_in_another_tenant_is_another_channel(world: World, ana: Person) -> None:
    theirs = world.channel("improvement", "HOS")
    ana.at(theirs).types("here")
    assert registration(world, theirs) is None
    with world.store.begin() as books:
        own = books.conversations.hold("slack", "T-NORTHGATE", theirs.conversation.external_id)
    assert own is not None
    assert registered(world) == {own.id}


def test_a_champion_of_an_organisation_that_is_not_here_registers_nothing(
    world: World, room: Channel
) -> None:
    person = world.person("Cai")
    world.grants(person, Role.CHAMPION, "COU")
    assert "does not use this workspace" in person.at(room).types("here")
    assert registration(world, room) is None


def test_an_admin_registers_a_channel_for_the_whole_system(world: World, room: Channel) -> None:
    person = world.person("Dee")
    world.grants(person, Role.ADMIN)
    assert "The whole system" in person.at(room).types("here")
    kept = registration(world, room)
    assert kept is not None
    assert kept.organisation_id is None


def test_a_visitor_in_a_channel_is_greeted_alone(world: World, room: Channel) -> None:
    visitor = world.person("Eve", joined=False)
    assert "Hourbridge" in visitor.at(room).types("here")
    assert world.rows("registrations") == 0


def test_a_group_chat_that_nobody_has_told_of_yet_is_called_one(world: World) -> None:
    person = world.person("Cai", "COU")
    world.grants(person, Role.CHAMPION, "COU")
    group = ConversationKind.GROUP
    caller = replace(
        person.caller, private=False, conversation="19:few@thread.v2", conversation_kind=group
    )
    said = replace(person, caller=caller).types("here")
    assert "Hourbridge now posts in a group chat (Microsoft Teams)." in said
