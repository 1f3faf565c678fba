"""A host shares the time of an event among those who came; what a host earns, they earn once."""

from __future__ import annotations

import pytest

from core.events.attending_intents import AskHours
from core.groups.intents import MorePeople, OpenGroup, ProposeGroup
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from core.organisations.model import Role
from tests.events.gatherings import Gathering, announced, champion
from tests.world import World


@pytest.fixture
def gathering(world: World) -> Gathering:
    """An event that is over, and the two who came to it."""
    made = announced(world, champion(world))
    made.joined_by(world.person("Ben Lowe", "COU"), world.person("Cai Evans", "HOS"))
    world.now = made.event.ends_at
    made.host.types(f"attendance {made.ref}")
    made.host.fills(came=tuple(str(one.member.id) for one in made.guests))
    return made


def _lead_with_a_pot(world: World) -> None:
    lead = world.person("Lee Lead", "NGH")
    world.grants(lead, Role.LEAD, "NGH")
    holder = world.organisations["NGH"].id
    with world.store.begin() as books:
        pot = books.ledger.open(AccountKind.ORGANISATION, holder, 0)
        source = books.ledger.open(AccountKind.SOURCE, None, None)
        entries = (Entry(source.id, -300), Entry(pot.id, 300, holder))
        books.ledger.post(Posting(PostingKind.GRANT, "test-fund", entries, world.now))


def test_the_host_shares_the_time_beside_the_attendance(gathering: Gathering) -> None:
    host = gathering.host
    host.presses("Share the time")
    host.fills()
    assert "Sent to 2 people" in host.text
    gathering.world.deliver()
    for guest in gathering.guests:
        assert "a share of 30 minutes at most" in guest.told("exchange.proposed")[0].text
    host_id = host.member.id
    with gathering.world.store.begin() as books:
        (group,), _total = books.groups.of_giver(host_id)
    assert group.event_id == gathering.event_id


def test_the_card_of_an_event_that_is_over_has_the_way_to_it_and_so_has_a_typed_word(
    gathering: Gathering,
) -> None:
    host = gathering.host
    host.types(f"event {gathering.ref}")
    assert "Share the time" in host.labels()
    shown = host.presses("Share the time")
    assert host.types(f"group {gathering.ref}") == shown


def test_nobody_but_the_host_is_shown_it_or_can_do_it(gathering: Gathering) -> None:
    lead = gathering.world.person("Lee Lead", "NGH")
    gathering.world.grants(lead, Role.LEAD, "NGH")
    for person in (lead, gathering.guests[0]):
        person.types(f"event {gathering.ref}")
        assert "Share the time" not in person.labels()
        person.types(f"group {gathering.ref}")
        assert person.refused == "not-found"


def test_before_it_is_over_there_is_nothing_to_share(world: World) -> None:
    gathering = announced(world, champion(world))
    gathering.host.types(f"event {gathering.ref}")
    assert "Share the time" not in gathering.host.labels()


def test_a_title_longer_than_a_group_may_have_fits_its_form(world: World) -> None:
    gathering = announced(world, champion(world), title="Run charts " * 13)
    gathering.joined_by(world.person("Ben Lowe", "COU"), world.person("Cai Evans", "HOS"))
    world.now = gathering.event.ends_at
    gathering.host.does(OpenGroup(event=gathering.event_id))
    gathering.host.fills()
    assert "Sent to 2 people" in gathering.host.text


def test_an_odd_length_is_asked_for_in_whole_steps(world: World) -> None:
    gathering = announced(world, champion(world), minutes="50 mins")
    gathering.joined_by(world.person("Ben Lowe", "COU"), world.person("Cai Evans", "HOS"))
    world.now = gathering.event.ends_at
    gathering.host.does(OpenGroup(event=gathering.event_id))
    gathering.host.fills()
    assert "Sent to 2 people" in gathering.host.text


def test_whoever_has_asked_a_pot_does_not_earn_the_time_a_second_time(
    gathering: Gathering,
) -> None:
    _lead_with_a_pot(gathering.world)
    host = gathering.host
    host.does(AskHours(event=gathering.event_id, minutes="1h"))
    host.types(f"group {gathering.ref}")
    assert host.refused == "earned-once"
    members = tuple(str(one.member.id) for one in gathering.guests)
    asked = ProposeGroup(event=gathering.event_id, title="x", minutes="1h", members=members)
    host.does(asked)
    assert host.refused == "earned-once"
    assert gathering.world.rows("groups") == 0


def test_whoever_has_shared_the_time_does_not_earn_it_from_a_pot_too(
    gathering: Gathering,
) -> None:
    _lead_with_a_pot(gathering.world)
    host = gathering.host
    host.types(f"group {gathering.ref}")
    host.fills()
    host.does(AskHours(event=gathering.event_id, minutes="1h"))
    assert host.refused == "earned-once"
    assert gathering.world.rows("host_hours") == 0


def test_a_second_group_offers_those_who_were_not_asked_yet(gathering: Gathering) -> None:
    host, (ben, cai) = gathering.host, gathering.guests
    dee = gathering.world.person("Dee Okoro", "SGH")
    host.types(f"walkup {gathering.ref} Dee Okoro")
    host.types(f"group {gathering.ref}")
    host.fills(members=(str(ben.member.id), str(cai.member.id)))
    assert "Sent to 2 people" in host.text
    host.types(f"group {gathering.ref}")
    (ticks,) = [one for one in host.form.fields if one.name == "members"]
    assert ticks.value == (str(dee.member.id),)


def test_a_group_that_came_to_nothing_does_not_stand_in_the_way(gathering: Gathering) -> None:
    _lead_with_a_pot(gathering.world)
    host = gathering.host
    host.types(f"group {gathering.ref}")
    host.fills()
    host.presses("Cancel for everybody")
    host.does(AskHours(event=gathering.event_id, minutes="1h"))
    assert "Asked." in host.text


def test_more_people_cannot_be_asked_once_a_pot_has_been_asked_for_the_time(
    gathering: Gathering,
) -> None:
    _lead_with_a_pot(gathering.world)
    host = gathering.host
    gathering.world.person("Dee Okoro", "SGH")
    host.types(f"group {gathering.ref}")
    host.fills()
    for guest in gathering.guests:
        gathering.world.deliver()
        guest.presses("Decline")
    host.does(AskHours(event=gathering.event_id, minutes="1h"))
    assert "Asked." in host.text
    host.does(MorePeople(group=1, people="Dee Okoro"))
    assert host.refused == "earned-once"
    assert gathering.world.rows("exchanges WHERE state = 'proposed'") == 0


def test_the_time_of_a_cancelled_event_is_not_shared(world: World) -> None:
    gathering = announced(world, champion(world))
    gathering.joined_by(world.person("Ben Lowe", "COU"), world.person("Cai Evans", "HOS"))
    gathering.host.types(f"cancel {gathering.ref} flu")
    gathering.host.types(f"group {gathering.ref}")
    assert gathering.host.refused == "cancelled"


def test_the_time_is_not_offered_to_be_shared_once_a_pot_was_asked_for_it(
    gathering: Gathering,
) -> None:
    _lead_with_a_pot(gathering.world)
    host = gathering.host
    host.does(AskHours(event=gathering.event_id, minutes="1h"))
    host.types(f"event {gathering.ref}")
    assert "Share the time" not in host.labels()
    host.types(f"attendance {gathering.ref}")
    host.fills()
    assert "Change the list" in host.labels()
    assert "Share the time" not in host.labels()


def _shared_before(world: World) -> Gathering:
    """An event to come, whose time its host shares already between two who will come."""
    gathering = announced(world, champion(world))
    gathering.joined_by(world.person("Ben Lowe", "COU"), world.person("Cai Evans", "HOS"))
    gathering.host.does(OpenGroup(event=gathering.event_id))
    gathering.host.fills()
    world.deliver()
    return gathering


def test_shares_that_nobody_has_accepted_go_with_the_event_and_their_receivers_are_told(
    world: World,
) -> None:
    gathering = _shared_before(world)
    gathering.host.types(f"cancel {gathering.ref} flu")
    world.later(minutes=1)
    world.deliver()
    for guest in gathering.guests:
        (told,) = guest.told("exchange.withdrawn")
        assert "has taken the proposal back" in told.text
    assert world.rows("exchanges WHERE state = 'withdrawn'") == 2
    assert world.rows("groups WHERE state = 'cancelled'") == 1
    assert "You have cancelled this." in gathering.host.types("groups")
    assert world.audit() == []


def test_a_share_that_was_accepted_stays_when_the_event_is_cancelled(world: World) -> None:
    gathering = _shared_before(world)
    ben, cai = gathering.guests
    ben.presses("Accept")
    ben.fills()
    assert world.rows("exchanges WHERE state = 'agreed'") == 1, ben.text
    lead = world.person("Lee Lead", "NGH")
    world.grants(lead, Role.LEAD, "NGH")
    lead.types(f"cancel {gathering.ref} flu")
    assert "The event is cancelled." in lead.text
    world.later(minutes=1)
    world.deliver()
    assert [len(one.told("exchange.withdrawn")) for one in (ben, cai)] == [0, 1]
    assert world.rows("exchanges WHERE state = 'agreed'") == 1
    assert world.rows("groups WHERE state = 'open'") == 1
    assert "1 person has accepted." in gathering.host.types("groups")
