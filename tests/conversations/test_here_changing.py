"""What is posted in a registered channel is changed, listed and stopped, by whoever may."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import event as events_of

from core.conversations.intents import Here, OpenChannel, SaveChannel
from core.conversations.model import Registration
from core.conversations.posting import WELCOME
from core.organisations.model import Role
from core.ui.forms import ManyChoicesField
from tests.conversations.registered import registered, registration
from tests.conversations.reports import somebody_waits
from tests.world import Channel, Person, World


def test_another_champion_of_the_organisation_changes_it_and_one_of_another_does_not(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    bo, cai = world.person("Bo"), world.person("Cai")
    world.grants(bo, Role.LEAD, "NGH")
    world.grants(cai, Role.CHAMPION, "COU")
    bo.at(room).types("here digests off")
    kept = registration(world, room)
    assert kept is not None
    assert (kept.digests, kept.by_member_id) == (False, ana.member.id)
    for words in ("here", "here digests", "here stop", "here change"):
        there = cai.at(room)
        there.types(words)
        assert there.refused in ("not-yours", "not-found")
    assert registration(world, room) == kept


def test_the_buttons_switch_one_thing_at_a_time_and_the_welcome_follows(
    world: World, ana: Person, room: Channel
) -> None:
    here = ana.at(room)
    here.types("here")
    world.deliver()
    here.presses("Turn the digest off")
    assert "Turn the digest on" in here.labels()
    here.presses("Turn the digest on")
    here.presses("Turn announcements off")
    world.deliver()
    (welcome,) = room.told(WELCOME)
    assert "A digest once a week" in welcome.text
    assert "champions announce" not in welcome.text


def test_with_both_off_nothing_is_posted_any_more(world: World, ana: Person, room: Channel) -> None:
    here = ana.at(room)
    here.types("here digests")
    world.deliver()
    assert "posts nothing in #improvement" in here.presses("Turn the digest off")
    assert registration(world, room) is None
    world.deliver()
    (welcome,) = room.inbox
    assert welcome.text.strip() == "Hourbridge posts nothing in this channel any more."


def test_what_is_typed_does_the_same_as_the_buttons(
    world: World, ana: Person, room: Channel
) -> None:
    here = ana.at(room)
    here.types("here")
    for label in ("Turn the digest off", "Turn announcements off", "Change", "Stop"):
        button = here.button(label)
        assert world.engine.interpret(button.typed) == button.intent


def test_the_form_keeps_everything_and_shows_it_again(
    world: World, ana: Person, room: Channel
) -> None:
    here = ana.at(room)
    here.types("here")
    here.presses("Change")
    assert here.form.intent == SaveChannel(conversation=room.id)
    here.fills(posts=("digests",), weekday="4", hour="15", language="cy")
    kept = registration(world, room)
    assert kept is not None
    assert (kept.digests, kept.announcements) == (True, False)
    assert (kept.weekday, kept.hour, kept.language) == (4, 15, "cy")
    here.types("here change")
    shown = {field.name: field.value for field in here.form.fields}
    assert (shown["weekday"], shown["hour"], shown["posts"]) == ("4", "15", ("digests",))
    assert isinstance(here.form.fields[0], ManyChoicesField)


@pytest.mark.parametrize(
    "forged",
    [
        {"weekday": "7"},
        {"weekday": "-1"},
        {"hour": "24"},
        {"hour": ""},
        {"language": "fr"},
        {"organisation": "whole"},
        {"organisation": "COU"},
    ],
)
def test_a_forged_form_changes_nothing(
    world: World, ana: Person, room: Channel, forged: dict[str, str]
) -> None:
    ana.at(room).types("here")
    before = registration(world, room)
    sound = {"weekday": "4", "hour": "15", "language": "cy", **forged}
    ana.does(SaveChannel(conversation=room.id, posts=("digests",), **sound))
    assert ana.text == "Choose one from the list."
    assert registration(world, room) == before


def test_a_forged_channel_is_not_there(world: World, ana: Person, room: Channel) -> None:
    theirs = world.channel("board", "COU", by=world.person("Cai", "COU"))
    for number in (theirs.id, room.id, 99999, -1):
        for intent in (
            Here(conversation=number, words="stop"),
            Here(conversation=number),
            OpenChannel(conversation=number),
            SaveChannel(conversation=number, weekday="0", hour="9", language="en"),
        ):
            ana.does(intent)
            assert ana.refused == "not-found"
    assert registered(world) == {theirs.id}


def test_in_private_one_reads_ones_channels_and_stops_from_there(
    world: World, ana: Person, room: Channel
) -> None:
    assert "There are none yet." in ana.types("here")
    ana.at(room).types("here")
    world.channel("board", "COU", by=world.person("Cai", "COU"))
    said = ana.types("here")
    assert "#improvement" in said
    assert "#board" not in said
    ana.presses("Stop")
    assert registered(world)
    assert registration(world, room) is None
    assert "There are none yet." in ana.types("channels")


def test_who_registered_it_and_lost_the_role_may_stop_it_and_nothing_else(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    member_id = ana.member.id
    with world.store.begin() as books:
        for grant in books.roles.held_by(member_id):
            assert books.roles.revoke(grant)
    ana.types("channels")
    ana.presses("See it")
    assert ana.labels() == ["Stop"]
    ana.does(Here(conversation=room.id, words="digests off"))
    assert ana.refused == "not-yours"
    ana.does(OpenChannel(conversation=room.id))
    assert ana.refused == "not-yours"
    ana.types("channels")
    ana.presses("Stop")
    assert registration(world, room) is None


def test_a_list_of_many_channels_has_pages(world: World, ana: Person) -> None:
    for number in range(7):
        world.channel(f"room-{number}", by=ana)
    assert "#room-4" in ana.types("channels")
    assert "#room-5" not in ana.text
    assert "#room-6" in ana.types("channels page 2")


def test_a_page_of_channels_costs_the_same_however_many_there_are(
    world: World, ana: Person
) -> None:
    def queries() -> int:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            asked.append(statement)

        events_of.listen(world.store.engine, "before_cursor_execute", note)
        ana.types("channels")
        events_of.remove(world.store.engine, "before_cursor_execute", note)
        return len(asked)

    for number in range(6):
        world.channel(f"room-{number}", by=ana)
    few = queries()
    for number in range(6, 20):
        world.channel(f"room-{number}", by=ana)
    assert queries() == few


def test_a_change_that_comes_with_a_stop_does_not_bring_the_channel_back(
    world: World, ana: Person, room: Channel
) -> None:
    there = ana.at(room)
    there.types("here")
    of = room.conversation
    intent = Here(conversation=room.id, words="digests off")
    late = threading.Thread(target=there.does, args=(intent,))
    with world.store.begin() as books:
        books.conversations.hold(of.platform, of.tenant, of.external_id)
        books.conversations.unregister(room.id)
        late.start()
        somebody_waits(world)
    late.join(60)
    assert there.refused == "not-found"
    assert registration(world, room) is None


def test_a_channel_that_is_registered_in_the_middle_of_a_look_does_no_harm(
    world: World, ana: Person
) -> None:
    first, second = world.channel("first", by=ana), world.channel("second")
    made = Registration(second.id, None, ana.member.id, world.now)
    with world.store.begin() as books:
        asked: list[str] = []

        def meanwhile(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            asked.append(statement)
            if len(asked) == 1:
                books.conversations.register(made)

        events_of.listen(world.store.engine, "after_cursor_execute", meanwhile)
        found = books.conversations.registered()
        events_of.remove(world.store.engine, "after_cursor_execute", meanwhile)
    assert set(found) == {first.id}
