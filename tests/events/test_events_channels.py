"""Announcing in channels of every chat, as far as roles and the audience allow."""

from __future__ import annotations

from core.events.intents import FillEvent
from core.organisations.model import Role
from core.ui.forms import ManyChoicesField
from core.ui.views import Actions, Link, View
from tests.events.gatherings import LINE, Gathering, announced, champion, delivered, edits, newest
from tests.world import Channel, Person, World


def _channel_for(world: World, by: Person, name: str, code: str, **registration: object) -> Channel:
    return world.channel(name, code, by=by, **registration)


def _in_three_chats(world: World) -> tuple[Gathering, dict[str, Channel]]:
    """An event announced in a channel of Slack, of Teams and of the local page."""
    ana = champion(world)
    for code in ("COU", "HOS"):
        world.grants(ana, Role.CHAMPION, code)
    channels = {
        code: _channel_for(world, ana, f"qi-{code}", code) for code in ("NGH", "COU", "HOS")
    }
    chosen = tuple(str(one.id) for one in channels.values())
    return announced(world, ana, capacity="2", channels=chosen), channels


def test_the_card_is_posted_once_in_every_chosen_channel_of_every_chat(world: World) -> None:
    _gathering, channels = _in_three_chats(world)
    delivered(world)
    delivered(world)
    for channel in channels.values():
        [card] = channel.told("events.announced")
        assert "Run charts for beginners" in card.text
        assert "2pm on Friday 12 June 2026, for 1 hour" in card.text
        assert "Places: 2 of 2 left" in card.text
        assert "Host: Ana Ward, Northgate Hospital Trust" in card.text


def test_a_press_in_a_channel_counts_in_whoever_pressed_and_edits_every_card(world: World) -> None:
    gathering, channels = _in_three_chats(world)
    delivered(world)
    ben = world.person("Ben Lowe", "COU").at(channels["COU"])
    [card] = channels["COU"].told("events.announced")
    assert "You have a place. See you there." in ben.presses_in(card, "Count me in")
    delivered(world)
    for channel in channels.values():
        [card] = channel.told("events.announced")
        assert "Places: 1 of 2 left" in card.text
        assert card.edits == 1
        assert "Ben" not in card.text
    assert gathering.counts() == (1, 0)


def test_more_shows_the_presser_what_is_for_them(world: World) -> None:
    gathering, channels = _in_three_chats(world)
    ben = world.person("Ben Lowe", "COU")
    gathering.joined_by(ben)
    delivered(world)
    [card] = channels["COU"].told("events.announced")
    assert "You have a place." in ben.at(channels["COU"]).presses_in(card, "More")


def test_the_link_of_a_meeting_is_for_those_who_have_a_place(world: World) -> None:
    ana = champion(world)
    channel = _channel_for(world, ana, "qi", "NGH")
    gathering = announced(
        world, ana, link="https://meet.example.org/room", channels=str(channel.id), capacity="1"
    )
    delivered(world)
    [card] = channel.told("events.announced")
    assert "meet.example.org" not in repr(card.view)
    ben, cara = world.person("Ben Lowe"), world.person("Cara Nwosu")
    ben.types(f"event {gathering.ref}")
    assert "meet.example.org" not in repr(ben.screen)
    gathering.joined_by(ben, cara)
    assert Link in {type(button) for button in _links(ben)}
    assert "https://meet.example.org/room" in repr(ben.screen)
    assert "meet.example.org" not in repr(cara.screen)  # in the queue
    ben.types(f"leave event {gathering.ref}")
    assert "meet.example.org" not in repr(ben.screen)
    cara.types(f"event {gathering.ref}")
    assert "https://meet.example.org/room" in repr(cara.screen)


def _links(person: Person) -> list[object]:
    assert isinstance(person.screen, View)
    return [
        button
        for block in person.screen.blocks
        if isinstance(block, Actions)
        for button in block.buttons
    ]


def test_a_change_and_a_cancellation_edit_the_card_where_it_stands(world: World) -> None:
    gathering, channels = _in_three_chats(world)
    delivered(world)
    edits(gathering, title="Run charts and more")
    delivered(world)
    gathering.host.types(f"cancel {gathering.ref} The room has flooded")
    delivered(world)
    for channel in channels.values():
        [card] = channel.told("events.announced")
        assert "Run charts and more" in card.text
        assert "This event is cancelled: The room has flooded" in card.text
        assert "Count me in" not in card.text
        assert card.edits == 2


def test_an_event_cancelled_before_its_card_went_out_is_not_announced(world: World) -> None:
    gathering, channels = _in_three_chats(world)
    gathering.host.types(f"cancel {gathering.ref} A slip")
    delivered(world)
    assert not any(channel.told() for channel in channels.values())


def test_a_champion_chooses_only_among_channels_of_their_organisations(world: World) -> None:
    ana, eve = champion(world), champion(world, "Eve Rhys", "COU")
    own = _channel_for(world, ana, "qi", "NGH")
    theirs = _channel_for(world, eve, "council", "COU")
    quiet = _channel_for(world, ana, "digests-only", "NGH", announcements=False)
    everybody = _channel_for(world, ana, "all", "NGH", organisation_id=None)
    world.channel("unregistered", "NGH")
    ana.types("event")
    [field] = [one for one in ana.form.fields if one.name == "channels"]
    assert isinstance(field, ManyChoicesField)
    assert {option.value for option in field.options} == {str(own.id), str(everybody.id)}
    for forged in (theirs, quiet):
        ana.does(
            FillEvent(
                title="Run charts",
                starts="12 June 2pm",
                minutes="1h",
                place="Library",
                channels=(str(own.id), str(forged.id)),
            )
        )
        assert "can no longer be posted to" in ana.text
    for forged_id in ("99999", "-1", "x", "9" * 30, ""):
        ana.does(
            FillEvent(
                title="Run charts",
                starts="12 June 2pm",
                minutes="1h",
                place="Library",
                channels=(forged_id,),
            )
        )
        assert ana.refused in {"", "channel"}
    assert not theirs.told()


def test_an_event_for_some_is_not_announced_where_others_read(world: World) -> None:
    ana = champion(world)
    world.grants(ana, Role.CHAMPION, "COU")
    council = _channel_for(world, ana, "council", "COU")
    ana.types(f"event {LINE}")
    ana.presses("Change it")
    ngh = str(world.organisations["NGH"].id)
    for audience in ("organisation", "sector"):
        ana.fills(open_to=audience, organisation=ngh, channels=str(council.id))
        assert "People who may not come read council" in ana.text
    ana.fills(open_to="all", organisation=ngh, channels=str(council.id))
    assert "Check your event" in ana.text


def test_a_channel_that_closed_between_the_look_and_the_press_stops_it(world: World) -> None:
    ana = champion(world)
    channel = _channel_for(world, ana, "qi", "NGH")
    ana.types(f"event {LINE}")
    ana.presses("Change it")
    ana.fills(channels=str(channel.id))
    with world.store.begin() as books:
        books.conversations.unregister(channel.id)
    assert "can no longer be posted to" in ana.presses("Announce it")
    assert world.rows("events") == 0


def test_more_channels_may_follow_and_none_gets_it_twice(world: World) -> None:
    ana = champion(world)
    first = _channel_for(world, ana, "qi", "NGH")
    gathering = announced(world, ana, channels=str(first.id))
    second = _channel_for(world, ana, "safety", "NGH")
    delivered(world)
    edits(gathering, channels=str(second.id))
    delivered(world)
    assert [len(one.told("events.announced")) for one in (first, second)] == [1, 1]
    assert "#qi" in ana.text
    assert "#safety" in ana.text
    ana.does(
        FillEvent(
            event=gathering.event_id,
            version=gathering.event.version,
            title="Run charts for beginners",
            starts="2026-06-12 14:00",
            minutes="1h",
            place="Northgate Library",
            channels=(str(first.id), str(second.id)),
        )
    )
    delivered(world)
    assert [len(one.told("events.announced")) for one in (first, second)] == [1, 1]


def test_a_visitor_s_press_in_a_channel_waits_until_they_have_joined(world: World) -> None:
    gathering, channels = _in_three_chats(world)
    delivered(world)
    dan = world.person("Dan Price", "COU", joined=False)
    [card] = channels["COU"].told("events.announced")
    dan.at(channels["COU"]).presses_in(card, "Count me in")
    assert gathering.counts() == (0, 0)


def test_the_announcement_says_the_hour_in_the_channel_s_own_time_zone(world: World) -> None:
    ana = champion(world)
    channel = _channel_for(world, ana, "far", "NGH", zone="Europe/Athens")
    announced(world, ana, channels=str(channel.id))
    delivered(world)
    [card] = channel.told("events.announced")
    assert "Time where it is held" in card.text
    assert newest(world, ana).zone == "Europe/London"
