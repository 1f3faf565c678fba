"""A host's hours when the event changes, or the host, after somebody has decided about them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.events.model import HostHours, HoursState
from core.members.model import MemberState
from core.organisations.model import Role
from tests.events.gatherings import Gathering, announced, champion, edits
from tests.events.test_event_host_hours import funded
from tests.world import Person, World


@pytest.fixture
def lead(world: World) -> Person:
    """A lead of Northgate, whose pot holds something."""
    person = world.person("Lee Lead", "NGH")
    world.grants(person, Role.LEAD, "NGH")
    funded(world, 300)
    return person


@pytest.fixture
def gathering(world: World, lead: Person) -> Gathering:
    """An event of an hour, whose host has asked the pot of Northgate for it."""
    made = announced(world, champion(world))
    made.host.types(f"earn {made.ref}")
    made.host.fills()
    return made


def _hours(gathering: Gathering) -> HostHours:
    with gathering.world.store.begin() as books:
        found = books.host_hours.of_event(gathering.event_id)
    assert found is not None
    return found


def test_hours_that_were_approved_for_a_longer_event_are_decided_about_anew(
    gathering: Gathering, lead: Person
) -> None:
    world, host = gathering.world, gathering.host
    before = host.balance
    lead.types(f"hosting approve {gathering.ref}")
    edits(gathering, minutes="30m")
    assert (_hours(gathering).state, _hours(gathering).decided_by) == (HoursState.ASKED, None)
    world.now = gathering.event.ends_at
    world.runs("events.pay-hosts")
    assert host.balance == before
    world.deliver()
    world.later(minutes=1)
    world.deliver()
    assert len(lead.told("events.hours-asked")) == 2
    lead.types(f"hosting decline {gathering.ref}")
    host.types(f"earn {gathering.ref}")
    host.fills(minutes="30m")
    lead.types(f"hosting approve {gathering.ref}")
    assert host.balance == before + 30


def test_a_card_that_shows_a_longer_event_approves_nothing(
    gathering: Gathering, lead: Person
) -> None:
    gathering.world.deliver()
    button = lead.button("Approve")
    edits(gathering, minutes="30m")
    assert "This has changed since." in lead.presses_button(button)
    assert _hours(gathering).state is HoursState.ASKED


@pytest.mark.parametrize("given", [{"minutes": "2h"}, {"starts": "13 June 2pm"}, {"place": "Ward"}])
def test_any_other_change_leaves_what_was_approved(
    gathering: Gathering, lead: Person, given: dict[str, str]
) -> None:
    lead.types(f"hosting approve {gathering.ref}")
    edits(gathering, **given)
    assert _hours(gathering).state is HoursState.APPROVED


def test_hours_of_a_host_who_has_left_wait_for_nobody(gathering: Gathering, lead: Person) -> None:
    world, host = gathering.world, gathering.host
    world.now = gathering.event.ends_at
    assert "1 host waits for hours" in lead.types("home")
    host.types("leave")
    host.presses("Yes, leave Hourbridge")
    assert "waits for hours" not in lead.types("home")
    assert "No host waits for your decision." in lead.types("hosting")
    shown = lead.types(f"hosting approve {gathering.ref}")
    assert "The host does not take part now, so no hours move." in shown
    assert _hours(gathering).state is HoursState.ASKED


def test_hours_of_a_host_who_is_suspended_wait_until_they_are_let_in_again(
    gathering: Gathering, lead: Person
) -> None:
    host = gathering.host
    before = host.balance
    gathering.world.now = gathering.event.ends_at
    _is_now(host, MemberState.SUSPENDED)
    lead.types(f"hosting approve {gathering.ref}")
    assert "No host waits for your decision." in lead.types("hosting")
    _is_now(host, MemberState.ACTIVE)
    lead.types("hosting")
    lead.presses("Open")
    assert "The hours have moved." in lead.presses("Approve")
    assert host.balance == before + 60


def _is_now(person: Person, state: MemberState) -> None:
    member = person.member
    with person.world.store.begin() as books:
        books.members.save(replace(member, state=state))
