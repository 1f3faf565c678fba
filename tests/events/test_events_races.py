"""Many presses at the same moment: never more people than places, never one person twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core.events.intents import CancelEvent, JoinEvent, LeaveEvent
from core.events.model import EventState, Place, PlaceState
from core.events.rights import may_come
from core.members.leave import LeaveNow
from core.ui.intents import Intent
from core.ui.replies import Refuse
from storage.store import Store
from tests.events.gatherings import announced, delivered
from tests.together import together
from tests.world import Person, World


def _at_once(world: World, *presses: tuple[Person, Intent]) -> None:
    """Carry out every press at the same moment; none of them ends in an apology."""
    replies = [answer.reply for answer in world.at_once(*presses)]
    assert "failed" not in [one.code for one in replies if isinstance(one, Refuse)]


def test_twelve_press_at_once_for_three_places(world: World) -> None:
    gathering = announced(world, capacity="3")
    people = [world.person(f"Guest {number}") for number in range(12)]
    join = JoinEvent(event=gathering.event_id)
    _at_once(world, *((one, join) for one in people))
    assert gathering.counts() == (3, 9)
    assert world.audit() == []
    assert world.rows("places") == 12


def test_one_person_s_four_presses_take_one_place(world: World) -> None:
    gathering = announced(world, capacity="3")
    ben = world.person("Ben Lowe")
    join = JoinEvent(event=gathering.event_id)
    _at_once(world, *((ben, join) for _press in range(4)))
    assert gathering.counts() == (1, 0)
    assert world.rows("places") == 1


def test_people_who_leave_and_come_at_once_keep_every_place_filled(world: World) -> None:
    gathering = announced(world, capacity="4")
    people = [world.person(f"Guest {number}") for number in range(10)]
    gathering.joined_by(*people[:6])
    leave, join = LeaveEvent(event=gathering.event_id), JoinEvent(event=gathering.event_id)
    _at_once(
        world,
        *((one, leave) for one in people[:3]),
        *((one, join) for one in people[6:]),
    )
    assert gathering.counts() == (4, 3)
    delivered(world)
    for waited in people[4:6]:
        assert gathering.state_of(waited) is PlaceState.COMING
        assert len(waited.told("events.place")) == 1


def test_nobody_has_a_place_at_an_event_cancelled_under_them_without_being_told(
    world: World,
) -> None:
    gathering = announced(world, capacity="5")
    people = [world.person(f"Guest {number}") for number in range(5)]
    join = JoinEvent(event=gathering.event_id)
    cancel = CancelEvent(event=gathering.event_id)
    _at_once(world, (gathering.host, cancel), *((one, join) for one in people))
    assert gathering.event.state is EventState.CANCELLED
    delivered(world)
    for one in people:
        has_place = gathering.state_of(one) is PlaceState.COMING
        assert len(one.told("events.cancelled")) == int(has_place)


def test_the_audit_finds_an_event_with_more_people_than_places_and_a_host_among_them(
    world: World,
) -> None:
    gathering = announced(world, capacity="2")
    gathering.joined_by(world.person("Ben Lowe"), world.person("Cara Nwosu"))
    assert world.audit() == []
    host, event_id = gathering.host.member.id, gathering.event_id
    with world.store.begin() as books:
        books.events.keep_place(Place(event_id, host, 1, PlaceState.COMING, world.now))
    assert world.audit() == ["event-overfull", "host-with-a-place"]


def test_whoever_leaves_and_counts_themselves_in_at_once_has_no_place(world: World) -> None:
    gathering = announced(world)
    join = JoinEvent(event=gathering.event_id)
    people = [world.person(f"Guest {number}") for number in range(8)]
    _at_once(world, *((one, intent) for one in people for intent in (join, LeaveNow())))
    assert gathering.counts() == (0, 0)
    assert world.rows("members WHERE state = 'left'") == 8


@pytest.fixture
def overlapping(postgres_url: str) -> Iterator[World]:
    """On PostgreSQL, where transactions overlap."""
    opened = Store(postgres_url)
    yield World(opened)
    opened.close()


def test_leaving_while_a_place_is_being_given_leaves_no_place_behind(
    overlapping: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering = announced(overlapping)
    ben = overlapping.person("Ben Lowe")
    ben.types(f"join {gathering.ref}")
    ben.types(f"leave event {gathering.ref}")
    asked = may_come
    left: list[str] = []

    def meanwhile(*given: Any) -> bool:
        if not left:
            left.append("now")
            together(lambda: ben.does(LeaveNow()))
        return asked(*given)

    monkeypatch.setattr("core.events.places.may_come", meanwhile)
    ben.types(f"join {gathering.ref}")
    assert left
    assert gathering.counts() == (0, 0)
