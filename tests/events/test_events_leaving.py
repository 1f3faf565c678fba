"""What becomes of events when people leave, are suspended, or turn out to be one person."""

from __future__ import annotations

from core.events.leaving import step_back
from core.events.model import EventState, PlaceState
from core.happenings import PersonChanged
from core.members.own_data import collect
from core.organisations.model import Role
from tests.events.gatherings import LINE, announced, champion, delivered
from tests.members.accounts import closes, opens
from tests.world import Person, World


def _leaves(person: Person) -> None:
    person.types("leave now")
    assert "You have left Hourbridge." in person.text, person.text


def test_a_guest_who_leaves_makes_room_for_whoever_waits(world: World) -> None:
    gathering = announced(world, capacity="1")
    ben, cara = world.person("Ben Lowe"), world.person("Cara Nwosu")
    gathering.joined_by(ben, cara)
    _leaves(ben)
    assert gathering.counts() == (1, 0)
    delivered(world)
    assert len(cara.told("events.place")) == 1


def test_a_place_at_an_event_that_is_over_stays_counted_without_a_name(world: World) -> None:
    gathering = announced(world)
    ben = world.person("Ben Lowe")
    gathering.joined_by(ben)
    world.later(days=60)
    _leaves(ben)
    assert gathering.counts() == (1, 0)
    text = gathering.host.types(f"coming {gathering.ref}")
    assert "Ben" not in text
    assert "has left" in text


def test_a_host_is_told_what_leaving_means_for_events(world: World) -> None:
    gathering = announced(world)
    text = gathering.host.types("leave")
    assert "1 event that you host will be cancelled, and everybody who comes is told." in text


def test_events_of_a_host_who_leaves_are_cancelled_and_their_words_go(world: World) -> None:
    host = champion(world)
    channel = world.channel("qi", "NGH", by=host)
    gathering = announced(
        world, host, place="The Blue Room", details="Bring data.", channels=str(channel.id)
    )
    ben = world.person("Ben Lowe")
    gathering.joined_by(ben)
    delivered(world)
    _leaves(host)
    event = gathering.event
    assert event.state is EventState.CANCELLED
    assert (event.title, event.details, event.place) == ("", "", "")
    delivered(world)
    [told] = ben.told("events.cancelled")
    assert "This event is cancelled." in told.text
    assert "Learning session" in told.text
    [card] = channel.told("events.announced")
    assert "This event is cancelled." in card.text
    assert "Ana" not in card.text
    for words in ("The Blue Room", "Bring data.", "Run charts"):
        assert not {"events"} & set(world.holds(words))


def test_what_was_over_is_not_cancelled_when_its_host_leaves(world: World) -> None:
    gathering = announced(world)
    world.later(days=60)
    _leaves(gathering.host)
    assert gathering.event.state is EventState.OPEN
    assert gathering.event.title == ""


def test_a_member_who_is_suspended_gives_up_places_and_events(world: World) -> None:
    mine, other = announced(world), announced(world, champion(world, "Eve Rhys"), capacity="1")
    ben = world.person("Ben Lowe")
    mine.joined_by(ben)
    other.joined_by(mine.host, ben)
    host_id = mine.host.member.id
    with world.store.begin() as books:
        step_back(world.engine.office(books), host_id)
    assert mine.event.state is EventState.CANCELLED
    assert other.state_of(mine.host) is PlaceState.LEFT
    assert other.state_of(ben) is PlaceState.COMING
    delivered(world)
    assert len(ben.told("events.cancelled")) == 1
    assert len(ben.told("events.place")) == 1


def _become_one(world: World, kept: Person, gone: Person) -> None:
    """``gone`` types the code of ``kept`` and says that both are them."""
    kept.types("link")
    code = kept.text.split("link ")[1].split()[0].strip(".")
    gone.types(f"link {code}")
    gone.presses("Yes, make them one")
    assert gone.member.id == kept.member.id


def test_two_places_of_one_person_become_one_and_the_other_is_free(world: World) -> None:
    gathering = announced(world, capacity="2")
    ben, also_ben = world.person("Ben Lowe", "COU"), world.person("Ben Lowe", "NGH")
    cara = world.person("Cara Nwosu")
    gathering.joined_by(ben, also_ben, cara)
    _become_one(world, ben, also_ben)
    assert gathering.counts() == (2, 0)
    assert gathering.state_of(ben) is PlaceState.COMING
    delivered(world)
    assert len(cara.told("events.place")) == 1


def test_of_a_place_and_a_wait_the_place_stays(world: World) -> None:
    gathering = announced(world, capacity="1")
    ben, also_ben = world.person("Ben Lowe", "COU"), world.person("Ben Lowe", "NGH")
    gathering.joined_by(also_ben, ben)
    _become_one(world, ben, also_ben)
    assert gathering.counts() == (1, 0)
    assert gathering.state_of(ben) is PlaceState.COMING


def test_events_move_with_their_host_who_needs_no_place_at_them(world: World) -> None:
    gathering = announced(world, capacity="1")
    ana, cara = world.person("Ana Ward", "COU"), world.person("Cara Nwosu")
    gathering.joined_by(ana, cara)
    _become_one(world, ana, gathering.host)
    assert gathering.event.host_id == ana.member.id
    assert gathering.state_of(ana) is PlaceState.LEFT
    assert gathering.state_of(cara) is PlaceState.COMING
    assert "You host this." in ana.types("my events")


def test_one_s_own_data_has_what_one_hosts_and_where_one_has_a_place(world: World) -> None:
    gathering = announced(world, details="Bring data.")
    ben = world.person("Ben Lowe")
    gathering.joined_by(ben)
    ids = gathering.host.member.id, ben.member.id
    with world.store.begin() as books:
        office = world.engine.office(books)
        [hosted], [attended] = (collect(office, one)["events"] for one in ids)
    assert (hosted["role"], hosted["details"], hosted["my_place"]) == ("host", "Bring data.", None)
    assert (attended["role"], attended["my_place"]) == ("guest", "coming")
    assert attended["reference"] == gathering.ref
    assert "Ana" not in str(attended)


def test_somebody_away_is_passed_over_until_they_are_back(world: World) -> None:
    gathering = announced(world, capacity="1")
    ben, cara, dan = (world.person(name) for name in ("Ben Lowe", "Cara Nwosu", "Dan Price"))
    gathering.joined_by(ben, cara, dan)
    caller = cara.caller
    world.engine.happened(PersonChanged(caller.platform, caller.tenant, caller.user, active=False))
    ben.types(f"leave event {gathering.ref}")
    assert gathering.state_of(dan) is PlaceState.COMING
    assert gathering.state_of(cara) is PlaceState.WAITING


def test_a_place_that_was_free_while_somebody_was_away_is_theirs_when_they_are_back(
    world: World,
) -> None:
    gathering = announced(world, capacity="1")
    ben, cara = world.person("Ben Lowe"), world.person("Cara Nwosu")
    gathering.joined_by(ben, cara)
    closes(cara)
    ben.types(f"leave event {gathering.ref}")
    assert gathering.counts() == (0, 1)
    opens(cara)
    assert gathering.state_of(cara) is PlaceState.COMING
    delivered(world)
    assert len(cara.told("events.place")) == 1


def test_a_lead_of_the_organisation_looks_after_the_event_of_a_host_who_is_away(
    world: World,
) -> None:
    gathering = announced(world, line=LINE)
    lead = world.person("Lena Mills")
    world.grants(lead, Role.LEAD, "NGH")
    lead.types(f"cancel {gathering.ref} Ana is away")
    assert "The event is cancelled." in lead.text
