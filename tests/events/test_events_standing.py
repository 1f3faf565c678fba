"""Places, cards and reminders that stand while people, times and audiences change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.events.attending_intents import AddWalkUp, TakeAttendance
from core.events.model import HostHours, HoursState, PlaceState
from core.events.telling import REMINDER
from core.organisations.model import Role
from tests.events.gatherings import Gathering, announced, champion, delivered, edits
from tests.events.test_event_host_hours import funded
from tests.members.accounts import closes, opens
from tests.members.test_merging import merge
from tests.world import World


def _full(world: World) -> Gathering:
    """An event for 1, and 3 more who wait."""
    gathering = announced(world, champion(world), capacity="1")
    names = ("Ben Lowe", "Cai Evans", "Dee Okoro", "Eve Shaw")
    return gathering.joined_by(*(world.person(name, "COU") for name in names))


def test_whoever_moves_up_after_a_reminder_fell_due_is_told_of_the_place_alone(
    world: World,
) -> None:
    gathering = _full(world)
    world.now = gathering.event.starts_at - timedelta(days=3)
    world.runs("events.remind")
    gathering.guests[0].types(f"leave event {gathering.ref}")
    world.runs("events.remind")
    world.deliver()
    moved = gathering.guests[1]
    assert len(moved.told("events.place")) == 1
    assert moved.told(REMINDER) == []


def test_no_limit_any_more_lets_the_whole_queue_in_and_tells_each_once(world: World) -> None:
    gathering = _full(world)
    edits(gathering, capacity="")
    delivered(world)
    assert gathering.counts() == (4, 0)
    assert [len(one.told("events.place")) for one in gathering.guests] == [0, 1, 1, 1]


def test_a_place_that_became_free_is_told_after_stop_too(world: World) -> None:
    gathering = _full(world)
    gathering.guests[1].types("stop")
    gathering.guests[0].types(f"leave event {gathering.ref}")
    delivered(world)
    assert len(gathering.guests[1].told("events.place")) == 1


def test_the_last_in_the_queue_reads_where_they_stand(world: World) -> None:
    gathering = _full(world)
    gathering.guests[1].types(f"leave event {gathering.ref}")
    assert "number 2 in the queue" in gathering.guests[3].types(f"event {gathering.ref}")


def test_whoever_was_away_hears_when_they_are_back_that_it_is_cancelled(world: World) -> None:
    gathering = announced(world, champion(world))
    ben = world.person("Ben Lowe", "COU")
    gathering.joined_by(ben)
    closes(ben)
    gathering.host.types(f"cancel {gathering.ref} flu")
    delivered(world)
    assert ben.told("events.cancelled") == []
    opens(ben)
    delivered(world)
    assert "flu" in ben.told("events.cancelled")[0].text


def test_a_card_goes_from_channels_whose_readers_may_not_come_any_more(world: World) -> None:
    host = champion(world)
    ours = world.channel("learning", "NGH", by=host)
    theirs = world.channel("council", "COU", by=host, organisation_id=None)
    gathering = announced(world, host, channels=(str(ours.id), str(theirs.id)))
    delivered(world)
    assert [len(one.told("events.announced")) for one in (ours, theirs)] == [1, 1]
    edits(gathering, open_to="organisation", place="Ward 9")
    delivered(world)
    assert "Ward 9" in ours.told("events.announced")[0].text
    assert theirs.told("events.announced")[0].text == "This is no longer here."


def test_a_list_that_was_open_while_somebody_typed_the_code_leaves_them_ticked(
    world: World,
) -> None:
    gathering = announced(world, champion(world))
    ben, cai = world.person("Ben Lowe", "COU"), world.person("Cai Evans", "COU")
    gathering.joined_by(ben, cai)
    world.now = gathering.event.starts_at
    gathering.host.types(f"attendance {gathering.ref}")
    form = gathering.host.form
    gathering.host.types(f"code {gathering.ref}")
    ben.types(f"checkin {gathering.event.code}")
    gathering.host.screen = form
    gathering.host.fills(came=(str(cai.member.id),))
    places = [gathering.place_of(one) for one in (ben, cai)]
    assert [one.came for one in places if one] == [True, True]
    gathering.host.types(f"attendance {gathering.ref}")
    gathering.host.fills(came=(str(cai.member.id),))
    assert [one.came for one in map(gathering.place_of, (ben, cai)) if one] == [False, True]


def test_a_chosen_walk_up_whom_the_host_may_not_find_by_name_is_refused(world: World) -> None:
    gathering = announced(world, champion(world))
    ben = world.person("Ben Lowe", "COU")
    host_id, ben_id = gathering.host.member.id, ben.member.id
    with world.store.begin() as books:
        books.members.block(ben_id, host_id)
    world.now = gathering.event.starts_at
    shown = gathering.host.does(
        AddWalkUp(event=gathering.event_id, who="x", chosen=f"member:{ben_id}")
    )
    assert gathering.host.refused == "nobody"
    assert "Ben" not in shown


def test_a_reminder_of_a_time_that_was_held_up_does_not_come_beside_that_of_the_new_one(
    world: World,
) -> None:
    gathering = announced(world, champion(world))
    ben = world.person("Ben Lowe", "COU")
    gathering.joined_by(ben)
    world.now = gathering.event.starts_at - timedelta(days=7)
    world.runs("events.remind")  # and nothing is sent for a while
    moved = gathering.event.starts_at + timedelta(hours=1)
    edits(gathering, starts=f"{moved:%d/%m/%Y} 15:00")
    world.now = gathering.event.starts_at - timedelta(days=7) + timedelta(minutes=1)
    world.runs("events.remind")
    delivered(world)
    delivered(world)
    assert len(ben.told(REMINDER)) == 1


def test_a_code_does_not_work_at_an_event_that_is_called_off(world: World) -> None:
    gathering = announced(world, champion(world))
    gathering.host.types(f"code {gathering.ref}")
    code = gathering.event.code
    gathering.host.types(f"cancel {gathering.ref} flu")
    world.now = gathering.event.starts_at
    ben = world.person("Ben Lowe", "COU")
    ben.types(f"checkin {code}")
    assert ben.refused == "wrong-code"
    assert gathering.state_of(ben) is None


def test_the_queue_moves_up_when_somebody_who_waits_and_somebody_who_comes_leave_for_good(
    world: World,
) -> None:
    gathering = _full(world)
    for one in gathering.guests[:2]:
        one.types("leave")
        one.presses("Yes, leave Hourbridge")
    assert gathering.state_of(gathering.guests[2]) is PlaceState.COMING
    assert gathering.counts() == (1, 1)


@pytest.mark.parametrize("shown", [("x",), ("999999999999",), ("-1",)])
def test_a_forged_tick_list_changes_nothing(world: World, shown: tuple[str, ...]) -> None:
    gathering = announced(world, champion(world))
    world.now = gathering.event.starts_at
    gathering.host.does(TakeAttendance(event=gathering.event_id, shown=shown, came=shown))
    assert world.rows("places") == 0


def test_hours_that_cannot_be_paid_do_not_keep_others_from_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.events.host_hours_paying.BATCH", 1)
    first = announced(world, champion(world))
    second = announced(world, champion(world, "Bea Cole"))
    lead_id = world.person("Lee Lead", "NGH").member.id
    with world.store.begin() as books:
        for one, code in ((first, "SGH"), (second, "NGH")):
            asked = HostHours(one.event_id, world.organisations[code].id, 60, world.now)
            approved = replace(asked, state=HoursState.APPROVED, decided_by=lead_id)
            books.host_hours.keep(approved)
    funded(world, 60)
    world.now = second.event.ends_at
    before = second.host.balance
    world.runs("events.pay-hosts")
    assert second.host.balance == before + 60


def test_a_lead_who_turns_out_to_be_the_host_has_not_approved_anything(world: World) -> None:
    gathering = announced(world, champion(world))
    lead = world.person("Ana W", "COU")
    world.grants(lead, Role.LEAD, "NGH")
    other = world.person("Lee Lead", "NGH")
    world.grants(other, Role.LEAD, "NGH")
    funded(world, 300)
    gathering.host.types(f"earn {gathering.ref}")
    gathering.host.fills()
    lead.types(f"hosting approve {gathering.ref}")
    merge(gathering.host, lead)
    world.now = gathering.event.ends_at
    before = gathering.host.balance
    world.runs("events.pay-hosts")
    assert gathering.host.balance == before
    with world.store.begin() as books:
        hours = books.host_hours.of_event(gathering.event_id)
    assert hours is not None
    assert hours.state is HoursState.ASKED
    assert other.types("hosting").count("Run charts") == 1
    other.types(f"hosting approve {gathering.ref}")
    assert gathering.host.balance == before + 60


@pytest.mark.parametrize("audience", ["organisation", "sector"])
def test_whoever_an_event_is_no_longer_for_keeps_a_place_and_does_not_move_up_to_one(
    world: World, audience: str
) -> None:
    gathering = _full(world)
    ours = world.person("Fay Green", "NGH")
    gathering.joined_by(ours)
    edits(gathering, open_to=audience)
    assert gathering.state_of(gathering.guests[0]) is PlaceState.COMING
    edits(gathering, capacity="")
    delivered(world)
    standing = [gathering.state_of(one) for one in gathering.guests]
    assert standing == [PlaceState.COMING, *[PlaceState.WAITING] * 3, PlaceState.COMING]
    assert [len(one.told("events.place")) for one in gathering.guests] == [0, 0, 0, 0, 1]
    edits(gathering, open_to="all")
    assert gathering.counts() == (5, 0)


def test_a_chat_that_is_closed_does_not_move_its_person_up(world: World) -> None:
    gathering = announced(world, champion(world), capacity="1")
    first, both = world.person("Ben Lowe", "COU"), world.person("Cai Evans", "NGH")
    gathering.joined_by(first, both)
    other = world.person("Cai Evans", "COU")
    merge(both, other)
    edits(gathering, open_to="organisation")
    closes(both)
    edits(gathering, capacity="2")
    assert gathering.state_of(other) is PlaceState.WAITING
    opens(both)
    edits(gathering, capacity="3")
    assert gathering.state_of(other) is PlaceState.COMING
