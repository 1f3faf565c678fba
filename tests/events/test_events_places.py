"""Count me in, the queue, and leaving again."""

from __future__ import annotations

from core.events.intents import JoinEvent, LeaveEvent
from core.events.model import PlaceState
from tests.events.gatherings import LINE, announced, champion, delivered, edits
from tests.world import World


def test_somebody_counts_themselves_in_and_out_again(world: World) -> None:
    gathering = announced(world)
    ben = world.person("Ben Lowe", "COU")
    assert "You have a place. See you there." in ben.types(f"join {gathering.ref}")
    place = gathering.place_of(ben)
    assert place is not None
    assert place.state is PlaceState.COMING
    assert place.organisation_id == world.organisations["COU"].id
    assert "You are not coming." in ben.presses("I cannot come")
    assert gathering.state_of(ben) is PlaceState.LEFT
    assert "You have a place." in ben.presses("Count me in")
    assert gathering.counts() == (1, 0)
    assert world.rows("places") == 1


def test_pressing_twice_is_once(world: World) -> None:
    gathering = announced(world, capacity="2")
    ben, cara = world.person("Ben Lowe"), world.person("Cara Nwosu")
    gathering.joined_by(ben)
    assert "You have a place already." in ben.types(f"join {gathering.ref}")
    assert gathering.counts() == (1, 0)
    ben.types(f"leave event {gathering.ref}")
    assert "You have no place at this event." in ben.types(f"leave {gathering.ref}")
    gathering.joined_by(cara, ben)
    assert gathering.counts() == (2, 0)


def test_who_comes_to_a_full_event_waits_and_is_told_their_position(world: World) -> None:
    gathering = announced(world, capacity="1")
    ben, cara, dan = (world.person(name) for name in ("Ben Lowe", "Cara Nwosu", "Dan Price"))
    gathering.joined_by(ben)
    cara.types(f"event {gathering.ref}")
    assert "Places: No places left" in cara.text
    assert "You are in the queue." in cara.presses("Join the queue")
    assert "You are number 1 in the queue." in cara.text
    dan.types(f"join {gathering.ref}")
    assert "You are number 2 in the queue." in dan.text
    assert gathering.counts() == (1, 2)
    assert "No places left, 2 people are waiting" in dan.text
    assert "You are in the queue already." in dan.types(f"join {gathering.ref}")
    assert "You are number 2 in the queue." in dan.text


def test_a_place_that_is_given_up_goes_to_whoever_waits_longest_and_they_are_told(
    world: World,
) -> None:
    gathering = announced(world, capacity="1")
    ben, cara, dan = (world.person(name) for name in ("Ben Lowe", "Cara Nwosu", "Dan Price"))
    gathering.joined_by(ben, cara, dan)
    ben.types(f"leave event {gathering.ref}")
    assert gathering.state_of(cara) is PlaceState.COMING
    assert gathering.state_of(dan) is PlaceState.WAITING
    delivered(world)
    [told] = cara.told("events.place")
    assert "A place is free and it is yours. You are coming." in told.text
    assert not dan.told("events.place")
    assert not ben.told("events.place")
    dan.types(f"event {gathering.ref}")
    assert "You are number 1 in the queue." in dan.text


def test_leaving_the_queue_frees_nobody_s_place(world: World) -> None:
    gathering = announced(world, capacity="1")
    ben, cara, dan = (world.person(name) for name in ("Ben Lowe", "Cara Nwosu", "Dan Price"))
    gathering.joined_by(ben, cara, dan)
    assert "You are no longer in the queue." in cara.types(f"leave event {gathering.ref}")
    assert gathering.counts() == (1, 1)
    assert gathering.state_of(dan) is PlaceState.WAITING


def test_who_left_and_comes_back_joins_the_end_of_the_queue(world: World) -> None:
    gathering = announced(world, capacity="1")
    ben, cara, dan = (world.person(name) for name in ("Ben Lowe", "Cara Nwosu", "Dan Price"))
    for person in (ben, cara, dan):
        world.later(minutes=1)
        gathering.joined_by(person)
    world.later(minutes=1)
    ben.types(f"leave event {gathering.ref}")
    ben.types(f"join {gathering.ref}")
    assert "You are number 2 in the queue." in ben.text
    assert gathering.state_of(cara) is PlaceState.COMING


def test_more_places_are_filled_from_the_queue_at_once(world: World) -> None:
    gathering = announced(world, capacity="1")
    people = [world.person(f"Guest {number}") for number in range(4)]
    gathering.joined_by(*people)
    edits(gathering, capacity="3")
    assert gathering.counts() == (3, 1)
    delivered(world)
    assert [len(one.told("events.place")) for one in people] == [0, 1, 1, 0]
    edits(gathering, capacity="")
    assert gathering.counts() == (4, 0)


def test_fewer_places_than_are_taken_are_refused_at_the_field(world: World) -> None:
    gathering = announced(world, capacity="3")
    gathering.joined_by(world.person("Ben Lowe"), world.person("Cara Nwosu"))
    assert "2 people have a place already. Write 2 or more." in edits(gathering, capacity="1")
    assert gathering.event.capacity == 3
    edits(gathering, capacity="2")
    assert gathering.counts() == (2, 0)


def test_an_event_that_is_over_or_off_takes_nobody_in(world: World) -> None:
    gathering = announced(world)
    ben, cara = world.person("Ben Lowe"), world.person("Cara Nwosu")
    gathering.joined_by(ben)
    button = cara.button("Count me in") if cara.types(f"event {gathering.ref}") else None
    assert button is not None
    world.later(days=60)
    assert "This event is over." in cara.presses_button(button)
    assert "This event is over." in ben.types(f"leave event {gathering.ref}")
    assert gathering.counts() == (1, 0)
    other = announced(world, gathering.host, LINE.replace("12 June", "12 August"))
    other.host.types(f"cancel {other.ref} The room has flooded")
    assert "This event is cancelled" in cara.types(f"join {other.ref}")
    assert other.counts() == (0, 0)


def test_the_host_is_counted_in_without_a_place(world: World) -> None:
    gathering = announced(world, capacity="1")
    assert "You host this event" in gathering.host.types(f"join {gathering.ref}")
    assert gathering.counts() == (0, 0)


def test_an_event_for_one_organisation_takes_in_its_own_people_alone(world: World) -> None:
    gathering = announced(world, open_to="organisation")
    ben, cara = world.person("Ben Lowe", "COU"), world.person("Cara Nwosu", "NGH")
    assert "I cannot find that, or it is not for you." in ben.types(f"join {gathering.ref}")
    assert ben.refused == "not-found"
    ben.types(f"event {gathering.ref}")
    assert ben.refused == "not-found"
    assert "You have a place." in cara.types(f"join {gathering.ref}")
    assert gathering.counts() == (1, 0)


def test_an_event_for_a_sector_takes_in_every_organisation_of_it(world: World) -> None:
    gathering = announced(world, open_to="sector")
    dan, ben = world.person("Dan Price", "SGH"), world.person("Ben Lowe", "COU")
    assert "You have a place." in dan.types(f"join {gathering.ref}")
    ben.types(f"join {gathering.ref}")
    assert ben.refused == "not-found"


def test_a_person_of_two_organisations_comes_for_the_one_it_is_for(world: World) -> None:
    gathering = announced(world, open_to="organisation")
    council = world.person("Ben Lowe", "COU")
    council.types("link")
    trust = world.person("Ben Lowe", "NGH", joined=False)
    code = council.text.split("link ")[1].split()[0].strip(".")
    trust.types(f"link {code}")
    assert trust.member.id == council.member.id
    assert "You have a place." in council.types(f"join {gathering.ref}")
    place = gathering.place_of(council)
    assert place is not None
    assert place.organisation_id == world.organisations["NGH"].id


def test_who_blocked_the_host_or_was_blocked_neither_sees_nor_joins(world: World) -> None:
    gathering = announced(world)
    ben, cara = world.person("Ben Lowe"), world.person("Cara Nwosu")
    host, first, second = (one.member.id for one in (gathering.host, ben, cara))
    with world.store.begin() as books:
        books.members.block(host, first)
        books.members.block(second, host)
    for person in (ben, cara):
        assert "No event is coming up" in person.types("events")
        person.types(f"join {gathering.ref}")
        assert person.refused == "not-found"
    assert gathering.counts() == (0, 0)


def test_a_block_takes_no_place_away_and_lets_them_leave(world: World) -> None:
    gathering = announced(world)
    ben = world.person("Ben Lowe")
    gathering.joined_by(ben)
    host, guest = gathering.host.member.id, ben.member.id
    with world.store.begin() as books:
        books.members.block(host, guest)
    assert "You are not coming." in ben.types(f"leave event {gathering.ref}")
    ben.types(f"join {gathering.ref}")
    assert ben.refused == "not-found"


def test_a_block_passes_somebody_over_in_the_queue(world: World) -> None:
    gathering = announced(world, capacity="1")
    ben, cara, dan = (world.person(name) for name in ("Ben Lowe", "Cara Nwosu", "Dan Price"))
    gathering.joined_by(ben, cara, dan)
    host, waits = gathering.host.member.id, cara.member.id
    with world.store.begin() as books:
        books.members.block(waits, host)
    ben.types(f"leave event {gathering.ref}")
    assert gathering.state_of(cara) is PlaceState.WAITING
    assert gathering.state_of(dan) is PlaceState.COMING


def test_a_reference_that_is_none_is_not_found(world: World) -> None:
    ben = world.person("Ben Lowe")
    for event in (-1, 0, 999, 2**31 - 1):
        ben.does(JoinEvent(event=event))
        assert ben.refused in {"not-found", "nothing-fits"}
        ben.does(LeaveEvent(event=event))
        assert ben.refused in {"not-found", "nothing-fits"}
    assert world.rows("places") == 0


def test_who_has_not_joined_is_counted_in_once_they_join(world: World) -> None:
    gathering = announced(world)
    ben = world.person("Ben Lowe", joined=False)
    ben.types(f"join {gathering.ref}")
    assert gathering.counts() == (0, 0)
    ben.types("join")
    ben.fills(agree="yes")
    assert "You have a place." in ben.text
    assert gathering.counts() == (1, 0)


def test_leave_event_alone_means_the_only_one_and_lists_several(world: World) -> None:
    ben = world.person("Ben Lowe")
    ben.types("leave event")
    assert ben.refused == "nothing-fits"
    first = announced(world).joined_by(ben)
    second = announced(world, first.host, LINE.replace("12 June", "19 June"))
    ben.types("leave event")
    assert first.state_of(ben) is PlaceState.LEFT
    first.joined_by(ben)
    second.joined_by(ben)
    assert "Which event do you mean?" in ben.types("leave event")
    ben.presses("This one")
    assert first.state_of(ben) is PlaceState.LEFT
    assert second.state_of(ben) is PlaceState.COMING


def test_leave_alone_is_still_about_hourbridge(world: World) -> None:
    ben = champion(world, "Ben Lowe")
    assert "Leave Hourbridge?" in ben.types("leave")
    assert "join" not in ben.types("join").casefold() or not ben.refused


def test_nobody_is_said_in_words(world: World) -> None:
    gathering = announced(world)
    ben = world.person("Ben Lowe", "COU")
    assert "Places: Nobody is coming yet" in ben.types(f"event {gathering.ref}")
    gathering.joined_by(ben)
    assert "Places: 1 person is coming" in ben.types(f"event {gathering.ref}")


def test_places_are_left_out_of_what_is_over_or_cancelled(world: World) -> None:
    host = champion(world)
    channel = world.channel("qi", "NGH", by=host)
    off, over = announced(world, host, channels=str(channel.id)), announced(world, host)
    ben = world.person("Ben Lowe", "COU")
    off.joined_by(ben)
    over.joined_by(ben)
    delivered(world)
    host.types(f"cancel {off.ref} flu")
    delivered(world)
    assert "Places" not in channel.told("events.announced")[0].text
    assert "Places" not in ben.types(f"event {off.ref}")
    assert "1 person is coming" not in host.types(f"coming {off.ref}")
    world.later(days=60)
    assert "Places" not in ben.types(f"event {over.ref}")


def test_where_more_events_may_be_meant_than_are_listed_the_way_to_the_others_is_shown(
    world: World,
) -> None:
    host = champion(world)
    made = [announced(world, host) for _each in range(11)]
    shown = host.types("funnel")
    listed = [one.ref for one in made if one.ref in shown]
    assert len(listed) == 10
    assert "There are more. Add the event's reference, for example V-" in shown
