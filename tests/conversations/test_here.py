"""``here``: who may let Hourbridge post in a channel, what they read, and what stands there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event as events_of

from core.conversations.intents import Here, OpenChannel, SaveChannel
from core.conversations.model import Registration
from core.conversations.posting import LEFT_BEHIND, UNPOSTED, WELCOME
from core.couriers import Refused, Unreachable
from core.happenings import ConversationChanged
from core.members.own_data import collect
from core.organisations.model import Role, TenantState
from core.ui.forms import ManyChoicesField
from tests.world import Channel, Person, World


@pytest.fixture
def ana(world: World) -> Person:
    """A champion of Northgate, in Slack."""
    person = world.person("Ana")
    world.grants(person, Role.CHAMPION, "NGH")
    return person


@pytest.fixture
def room(world: World) -> Channel:
    return world.channel("improvement")


def registration(world: World, channel: Channel) -> Registration | None:
    with world.store.begin() as books:
        return books.conversations.registration(channel.id)


def registered(world: World) -> set[int]:
    with world.store.begin() as books:
        return set(books.conversations.registered())


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


def test_where_the_app_is_not_whoever_registered_it_reads_how_to_add_it(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    world.outcomes.append(Unreachable("not_in_channel"))
    world.deliver()
    (told,) = ana.told(UNPOSTED)
    assert "Hourbridge could not post in #improvement" in told.text
    assert "/invite @Hourbridge" in told.text
    assert room.inbox == []
    assert registered(world) == set()
    back = ConversationChanged(
        "slack",
        "T-NORTHGATE",
        room.conversation.external_id,
        room.conversation.kind,
        present=True,
    )
    world.later(minutes=5)
    world.engine.happened(back)
    world.deliver()
    assert len(room.told(WELCOME)) == 1
    assert "can post in #improvement (Slack) again" in told.text
    assert registered(world) == {room.id}


def test_a_workspace_that_took_the_app_out_is_no_fault_of_the_channel(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    world.outcomes.append(Refused("app_not_installed"))
    world.deliver()
    assert registered(world) == {room.id}
    assert ana.told(UNPOSTED) == []


def test_an_archived_channel_rests_and_comes_back(world: World, ana: Person, room: Channel) -> None:
    ana.at(room).types("here")
    world.deliver()
    of = room.conversation
    told = ConversationChanged("slack", of.tenant, of.external_id, of.kind, only_known=True)
    world.later(minutes=5)
    world.engine.happened(replace(told, present=False))
    assert registered(world) == set()
    world.later(minutes=5)
    world.engine.happened(replace(told, present=True))
    assert registered(world) == {room.id}


def test_news_of_a_channel_the_app_was_never_in_is_not_kept(world: World) -> None:
    room = world.channel("improvement").conversation
    told = ConversationChanged("slack", room.tenant, "C-OTHER", room.kind, only_known=True)
    world.engine.happened(replace(told, present=False, name="secret-plans"))
    assert world.rows("conversations") == 1
    assert world.holds("secret-plans") == []


def test_a_channel_of_a_suspended_tenant_is_not_posted_to(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    with world.store.begin() as books:
        books.tenants.set_state("slack", "T-NORTHGATE", TenantState.SUSPENDED)
    assert registered(world) == set()
    world.deliver()
    assert room.inbox == []


def test_a_visitor_in_a_channel_is_greeted_alone(world: World, room: Channel) -> None:
    visitor = world.person("Eve", joined=False)
    assert "Hourbridge" in visitor.at(room).types("here")
    assert world.rows("registrations") == 0


def test_a_channel_goes_on_when_its_registrant_leaves_and_the_leads_are_told(
    world: World, ana: Person, room: Channel
) -> None:
    lead = world.person("Bo")
    world.grants(lead, Role.LEAD, "NGH")
    ana.at(room).types("here")
    world.deliver()
    ana.types("leave now")
    world.deliver()
    (told,) = lead.told(LEFT_BEHIND)
    assert "has left. You look after it now" in told.text
    assert "Ana" not in told.text
    assert registered(world) == {room.id}
    lead.presses_in(told, "Stop")
    assert registered(world) == set()


def test_two_members_who_are_one_look_after_the_channels_of_both(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    bo = world.person("Bo")
    gone, kept = ana.member.id, bo.member.id
    with world.store.begin() as books:
        books.conversations.hand_over(gone, kept)
    found = registration(world, room)
    assert found is not None
    assert found.by_member_id == kept


def test_ones_own_data_names_the_channels_that_one_registered(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here digests")
    bo, member_id = world.person("Bo").member.id, ana.member.id
    with world.store.begin() as books:
        office = world.engine.office(books)
        (row,) = collect(office, member_id)["channels"]
        assert collect(office, bo)["channels"] == []
    assert (row["channel"], row["digests"], row["announcements"]) == ("improvement", "yes", "no")
