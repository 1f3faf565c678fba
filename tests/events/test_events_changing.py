"""Changing and cancelling an event that stands: who is told what, and what stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from core.events.intents import CancelEvent, FillEvent
from core.events.model import EventState, PlaceState
from core.organisations.model import Role
from tests.events.gatherings import LINE, Gathering, announced, champion, delivered, edits, newest
from tests.world import World


def _with_guests(world: World, **fields: Any) -> Gathering:
    gathering = announced(world, **fields)
    return gathering.joined_by(world.person("Ben Lowe", "COU"), world.person("Cara Nwosu"))


def test_another_time_is_told_to_everybody_who_comes_or_waits(world: World) -> None:
    gathering = _with_guests(world, capacity="1")
    text = edits(gathering, starts="19 June 3pm")
    assert "The event is changed. 2 people who come or wait are told." in text
    event = gathering.event
    assert event.starts_at == datetime(2026, 6, 19, 14, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 6, 19, 15, tzinfo=UTC)
    assert event.sequence == 1
    delivered(world)
    for guest in gathering.guests:
        [told] = guest.told("events.changed")
        assert "The time or the place has changed." in told.text
        assert "3pm on Friday 19 June 2026" in told.text
    assert not gathering.host.told("events.changed")


def test_another_place_or_link_is_told_too(world: World) -> None:
    gathering = _with_guests(world)
    edits(gathering, place="Room 9")
    edits(gathering, link="https://zoom.us/j/5")
    assert gathering.event.sequence == 2
    delivered(world)
    for guest in gathering.guests:
        older, newer = guest.told("events.changed")
        assert "The time or the place has changed." in newer.text
        assert "The time or the place has changed." not in older.text  # overtaken by the newer


def test_other_words_bring_cards_up_to_date_and_send_no_message(world: World) -> None:
    gathering = _with_guests(world)
    edits(gathering, place="Room 9")
    delivered(world)
    ben = gathering.guests[0]
    text = edits(gathering, title="Run charts and more", capacity="20")
    assert text.startswith("The event is changed.\n")
    assert gathering.event.sequence == 2
    delivered(world)
    [standing] = ben.told("events.changed")
    assert standing.edits == 1
    assert "Run charts and more" in standing.text


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({"open_to": "organisation"}, 1),
        ({"access_words": "Ring the bell"}, 1),
        ({"minutes": "2 hours"}, 1),
        ({"capacity": "9"}, 0),
    ],
)
def test_whatever_stands_in_calendar_files_counts_as_a_change_of_them(
    world: World, given: dict[str, str], counts: int
) -> None:
    gathering = announced(world)
    edits(gathering, **given)
    assert gathering.event.sequence == counts


def test_saving_without_a_change_changes_nothing(world: World) -> None:
    gathering = _with_guests(world)
    before = gathering.event
    assert "The event is as it was." in edits(gathering)
    assert gathering.event == before


def test_two_hosts_who_change_it_at_once_do_not_overwrite_each_other(world: World) -> None:
    gathering = announced(world)
    host = gathering.host
    host.types(f"edit {gathering.ref}")
    first = host.form
    host.fills(title="First")
    host.screen = first
    assert "This has changed since." in host.fills(title="Second")
    assert gathering.event.title == "First"


def test_an_event_that_runs_keeps_its_start_and_may_take_longer(world: World) -> None:
    gathering = announced(world)
    world.now = datetime(2026, 6, 12, 13, 30, tzinfo=UTC)
    assert "The event is changed." in edits(gathering, minutes="2 hours")
    assert gathering.event.ends_at == datetime(2026, 6, 12, 15, tzinfo=UTC)
    assert "has passed" in edits(gathering, starts="12 June 1pm")


def test_people_let_in_without_a_place_do_not_keep_the_host_from_changing_it(world: World) -> None:
    gathering = announced(world, capacity="1").joined_by(world.person("Ben Lowe", "COU"))
    world.person("Cara Nwosu")
    world.now = gathering.event.starts_at
    gathering.host.types(f"walkup {gathering.ref} Cara Nwosu")
    assert "Places: No places left" in gathering.host.types(f"event {gathering.ref}")
    assert "The event is changed." in edits(gathering, minutes="2 hours")


def test_an_event_that_is_over_is_not_changed_nor_cancelled(world: World) -> None:
    gathering = announced(world)
    host = gathering.host
    host.types(f"edit {gathering.ref}")
    form = host.form
    world.later(days=60)
    assert "This event is over." in host.types(f"edit {gathering.ref}")
    host.screen = form
    assert "This event is over." in host.fills(title="Too late")
    assert "This event is over." in host.types(f"cancel {gathering.ref}")
    assert "This event is over." in host.types(f"cancel {gathering.ref} too late")
    assert gathering.event.state is EventState.OPEN


def test_cancelling_tells_everybody_with_the_reason(world: World) -> None:
    gathering = _with_guests(world, capacity="1")
    host = gathering.host
    text = host.types(f"cancel {gathering.ref}")
    assert "Everybody who has a place or waits for one is told." in text
    assert "The event is cancelled. 2 people are told." in host.fills(reason="The room has flooded")
    event = gathering.event
    assert (event.state, event.reason) == (EventState.CANCELLED, "The room has flooded")
    assert event.sequence == 1
    delivered(world)
    for guest in gathering.guests:
        [told] = guest.told("events.cancelled")
        assert "This event is cancelled: The room has flooded" in told.text
        assert "I cannot come" not in told.text
    assert gathering.counts() == (1, 1)


def test_a_cancellation_reaches_people_who_said_stop(world: World) -> None:
    gathering = _with_guests(world)
    ben = gathering.guests[0]
    ben.types("stop")
    gathering.host.types(f"cancel {gathering.ref} Nobody can teach it")
    delivered(world)
    assert len(ben.told("events.cancelled")) == 1


def test_a_second_cancel_tells_nobody_again(world: World) -> None:
    gathering = _with_guests(world)
    for _press in range(2):
        gathering.host.does(CancelEvent(event=gathering.event_id))
    assert "This event is cancelled." in gathering.host.text
    delivered(world)
    assert len(gathering.guests[0].told("events.cancelled")) == 1
    assert gathering.event.sequence == 1


def test_a_reason_with_an_nhs_number_is_stopped_and_nothing_is_cancelled(world: World) -> None:
    gathering = _with_guests(world)
    gathering.host.types(f"cancel {gathering.ref} patient NHS no 943 476 5919 needs the room")
    assert gathering.host.refused
    assert gathering.event.state is EventState.OPEN
    assert not world.holds("943 476 5919")


def test_a_reason_that_may_be_about_a_patient_is_asked_about_first(world: World) -> None:
    gathering = _with_guests(world)
    host = gathering.host
    host.types(f"cancel {gathering.ref} the patient Mrs Jones needs the room")
    assert host.form.fields[-1].name == "not_about_a_patient"
    assert gathering.event.state is EventState.OPEN
    host.fills(not_about_a_patient="yes")
    assert "The event is cancelled." in host.text


def test_a_cancelled_event_stays_cancelled_and_can_be_copied(world: World) -> None:
    gathering = _with_guests(world)
    host = gathering.host
    host.types(f"cancel {gathering.ref} Snow")
    assert "undo" not in host.text.casefold()
    host.presses("Copy it")
    values = {field.name: field.value for field in host.form.fields}
    assert (values["starts"], values["title"]) == ("", "Run charts for beginners")
    host.fills(starts="19 June 2pm")
    host.presses("Announce it")
    copy = newest(world, host)
    assert copy.id != gathering.event_id
    assert (copy.copied_from, copy.sequence, copy.code) == (gathering.event_id, 0, "")
    assert copy.uid != gathering.event.uid
    assert copy.token != gathering.event.token
    with world.store.begin() as books:
        assert not books.events.places(copy.id)


def test_only_who_may_see_an_event_can_name_it_as_the_one_copied(world: World) -> None:
    gathering = announced(world, open_to="organisation")
    eve = champion(world, "Eve Rhys", "COU")
    for event in (gathering.event_id, 999, -5):
        eve.does(
            FillEvent(
                title="Mine", starts="12 June 2pm", minutes="1h", place="Here", copied_from=event
            )
        )
        eve.presses("Announce it")
        assert newest(world, eve).copied_from is None


def test_a_narrower_audience_leaves_places_as_they_are(world: World) -> None:
    gathering = _with_guests(world)
    edits(gathering, open_to="organisation")
    ben, _cara = gathering.guests
    assert gathering.state_of(ben) is PlaceState.COMING
    assert "You have a place" in ben.types(f"event {gathering.ref}")
    ben.types(f"leave event {gathering.ref}")
    ben.types(f"join {gathering.ref}")
    assert ben.refused == "not-found"


def test_a_lead_who_changes_it_tells_the_host_as_well(world: World) -> None:
    gathering = _with_guests(world)
    lead = world.person("Lena Mills", "NGH")
    world.grants(lead, Role.LEAD, "NGH")
    lead.types(f"edit {gathering.ref}")
    lead.fills(place="Room 9")
    delivered(world)
    lead.types(f"cancel {gathering.ref} No teacher")
    delivered(world)
    assert len(gathering.host.told("events.changed")) == 1
    assert len(gathering.host.told("events.cancelled")) == 1
    assert not lead.told("events.cancelled")


def test_edit_and_cancel_alone_still_mean_posts_and_exchanges(world: World) -> None:
    ana = champion(world)
    announced(world, ana, LINE)
    assert "no open posts" in ana.types("edit")
    assert "no exchange" in ana.types("cancel")
    assert "Change the event" in ana.types("edit event")
    assert "Cancel the event" in ana.types("cancel event")
