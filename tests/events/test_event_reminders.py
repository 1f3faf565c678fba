"""Reminders: 7 days, 1 day and 1 hour before, each once, to those who are coming."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.events.telling import REMINDER
from core.ui.views import Actions, Link
from tests.events.gatherings import Gathering, announced, champion, edits
from tests.world import Message, Person, World

LINK = "https://meet.example/room-7"


def _gathering(world: World, **fields: str) -> Gathering:
    gathering = announced(world, champion(world), **fields)
    return gathering.joined_by(world.person("Cai Price", "COU"))


def _until(gathering: Gathering, **left: float) -> None:
    """Move on to so long before the start, and let the job and the pump run."""
    world = gathering.world
    world.now = gathering.event.starts_at - timedelta(**left)
    world.runs("events.remind")
    world.deliver()


def _reminders(person: Person) -> list[Message]:
    return person.told(REMINDER)


def test_each_reminder_goes_once_however_often_the_job_runs(world: World) -> None:
    gathering = _gathering(world)
    cai = gathering.guests[0]
    counts = []
    for left in (
        {"days": 7, "minutes": 1},
        {"days": 7, "minutes": -1},
        {"days": 6},
        {"days": 1, "minutes": 1},
        {"days": 1},
        {"hours": 20},
        {"minutes": 61},
        {"minutes": 60},
        {"minutes": 55},
        {"minutes": 1},
        {"minutes": -1},
    ):
        _until(gathering, **left)
        counts.append(len(_reminders(cai)))
    assert counts == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3]


def test_a_reminder_says_when_and_where_and_has_the_way_in_and_a_way_out(world: World) -> None:
    gathering = _gathering(world, link=LINK)
    cai = gathering.guests[0]
    _until(gathering, hours=1)
    (message,) = _reminders(cai)
    assert "Run charts for beginners" in message.text
    assert "2pm on Friday 12 June 2026" in message.text
    assert "Northgate Library" in message.text
    links = [
        one.url
        for block in message.view.blocks
        if isinstance(block, Actions)
        for one in block.buttons
        if isinstance(one, Link)
    ]
    assert LINK in links
    assert any("/event.ics?key=" in one for one in links)
    assert "You are not coming." in cai.presses_in(message, "I cannot come")


def test_whoever_waits_or_has_left_or_hosts_is_not_reminded(world: World) -> None:
    gathering = _gathering(world, capacity="1")
    waits = world.person("Dilys Rees", "COU")
    gathering.joined_by(waits)
    _until(gathering, days=7)
    assert _reminders(waits) == []
    assert _reminders(gathering.host) == []
    gathering.guests[0].types(f"leave event {gathering.ref}")
    _until(gathering, days=1)
    assert len(_reminders(gathering.guests[0])) == 1


def test_whoever_joins_late_gets_the_later_ones_and_in_the_last_hour_none(world: World) -> None:
    gathering = _gathering(world)
    _until(gathering, days=3)
    late = world.person("Dilys Rees", "COU")
    gathering.joined_by(late)
    _until(gathering, days=2, hours=23)
    assert _reminders(late) == []
    _until(gathering, days=1)
    assert len(_reminders(late)) == 1
    _until(gathering, minutes=50)
    last = world.person("Ewan Scott", "COU")
    gathering.joined_by(last)
    _until(gathering, minutes=40)
    assert _reminders(last) == []
    assert len(_reminders(late)) == 2


def test_after_an_outage_only_the_latest_of_those_that_were_missed_goes(world: World) -> None:
    gathering = _gathering(world)
    _until(gathering, hours=5)
    assert len(_reminders(gathering.guests[0])) == 1


def test_a_reminder_that_waited_until_the_next_one_is_due_is_not_sent(world: World) -> None:
    gathering = _gathering(world)
    cai = gathering.guests[0]
    world.now = gathering.event.starts_at - timedelta(days=1)
    world.runs("events.remind")
    _until(gathering, minutes=30)
    assert len(_reminders(cai)) == 1
    world.now = gathering.event.starts_at - timedelta(minutes=30)
    assert "Run charts" in _reminders(cai)[0].text


def test_nothing_goes_after_the_event_has_begun(world: World) -> None:
    gathering = _gathering(world)
    world.now = gathering.event.starts_at - timedelta(minutes=20)
    world.runs("events.remind")
    _until(gathering, minutes=-1)
    assert _reminders(gathering.guests[0]) == []


def test_an_event_that_is_moved_gets_its_reminders_anew(world: World) -> None:
    gathering = _gathering(world)
    cai = gathering.guests[0]
    _until(gathering, days=7)
    _until(gathering, days=1)
    assert len(_reminders(cai)) == 2
    edits(gathering, starts="19 June 2026 11am")
    _until(gathering, days=7)
    _until(gathering, days=1)
    _until(gathering, hours=1)
    assert len(_reminders(cai)) == 5
    assert "11am on Friday 19 June 2026" in _reminders(cai)[-1].text


def test_whoever_is_told_of_another_time_is_not_reminded_of_it_in_the_same_breath(
    world: World,
) -> None:
    gathering = _gathering(world)
    cai = gathering.guests[0]
    world.now = gathering.event.starts_at - timedelta(days=20)
    edits(gathering, starts=f"{world.now + timedelta(days=3):%d/%m/%Y} 14:00")
    world.runs("events.remind")
    world.deliver()
    assert (len(cai.told("events.changed")), len(_reminders(cai))) == (1, 0)
    _until(gathering, days=1)
    _until(gathering, hours=1)
    assert len(_reminders(cai)) == 2


def test_a_change_that_leaves_the_time_takes_no_reminder_away(world: World) -> None:
    gathering = _gathering(world)
    world.now = gathering.event.starts_at - timedelta(days=7)
    edits(gathering, place="Ward 9")
    _until(gathering, days=7)
    assert len(_reminders(gathering.guests[0])) == 1


def test_a_cancelled_event_reminds_nobody(world: World) -> None:
    gathering = _gathering(world)
    world.now = gathering.event.starts_at - timedelta(days=1)
    world.runs("events.remind")
    gathering.host.types(f"cancel {gathering.ref} flu")
    _until(gathering, minutes=30)
    assert _reminders(gathering.guests[0]) == []


@pytest.mark.parametrize("title", ["Run charts in June"])
def test_a_reminder_that_stands_is_brought_up_to_date(world: World, title: str) -> None:
    gathering = _gathering(world)
    _until(gathering, days=1)
    edits(gathering, title=title)
    world.deliver()
    assert title in _reminders(gathering.guests[0])[0].text
