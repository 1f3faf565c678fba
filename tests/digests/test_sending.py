"""A digest is composed when it is sent: what it then says, and when it is not sent after all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.couriers import Later
from core.ui.plain import summary
from tests.digests.reading import (
    helper,
    lists_of,
    lives_in,
    outcomes,
    plans,
    prefers,
    preview,
    sent,
)
from tests.exchanges.story import ask, claimed, confirmed, offer
from tests.world import ENGLISH, Person, World

MONDAY = datetime(2026, 6, 1, 8, tzinfo=UTC)
"""9am in London."""
WEEK = timedelta(days=7)
ASKS = "People you could help"


def _week(world: World, number: int = 0, *, late: timedelta = timedelta(hours=1)) -> None:
    """Plan the digests of one Monday morning, and send what is due that much later."""
    plans(world, MONDAY + number * WEEK)
    world.now = MONDAY + number * WEEK + late
    world.deliver()


def _asked(world: World, *titles: str, closes: str = "31 July 2026") -> Person:
    ben = world.person("Ben Lowe", "COU")
    for title in titles:
        world.later(minutes=1)
        ask(ben, f"1 hour run charts {title}, online, until {closes}")
    world.deliver()  # being told of them counts towards another day's cap
    return ben


def _titles(person: Person) -> list[list[str]]:
    """The asks in each digest received, by the last word of their titles."""
    found = [lists_of(message.view).get(ASKS, []) for message in sent(person)]
    return [[title.split()[-1] for title in titles] for titles in found]


def test_a_digest_comes_with_a_summary_that_is_good_on_a_lock_screen(world: World) -> None:
    two = claimed(world)
    offer(two.ben, "1 hour run charts for beginners, online, until 31 July 2026")
    ask(two.ana, "1 hour run charts for our team, online, until 31 July 2026")
    _week(world)
    (message,) = sent(two.ben)
    said = summary(message.view, ENGLISH)
    assert said == "1 person needs your answer, 1 ask fits you"
    assert "Stop the digest" in message.text
    assert "You get this digest: Every Monday at 9am." in message.text
    two.ben.presses_in(message, "Confirm")
    assert two.ana.balance - two.ben.balance == 120


def test_it_says_how_things_are_when_it_is_sent_and_not_when_it_was_planned(world: World) -> None:
    ana, ben = helper(world), world.person("Ben Lowe", "COU")
    gone = ask(ben, "1 hour run charts gone, online, until 31 July 2026")
    plans(world, MONDAY)
    ben.types(f"close {gone}")
    ask(ben, "1 hour run charts new, online, until 31 July 2026")
    world.now = MONDAY + timedelta(hours=1)
    world.deliver()
    assert _titles(ana) == [["new"]]


def test_nothing_for_the_reader_themselves_is_not_sent(world: World) -> None:
    ana = world.person("Ana Ward")
    _week(world)
    assert sent(ana) == []
    assert outcomes(ana) == ["empty"]


def test_it_counts_towards_the_daily_cap_and_waits_above_it(world: World) -> None:
    ana = helper(world)
    prefers(ana, daily_cap=1)
    _asked(world, "one")
    _week(world)
    assert _told(ana) == {MONDAY.date(): 1}
    assert outcomes(ana) == ["sent"]
    with world.store.begin() as books:
        assert books.preferences.take_place(1, (MONDAY + WEEK).date(), 1)
    _week(world, 1)
    assert len(sent(ana)) == 1
    world.now = MONDAY + WEEK + timedelta(days=1)
    world.deliver()
    assert outcomes(ana) == ["sent", "sent"]


def test_one_with_nothing_in_it_takes_nobodys_place(world: World) -> None:
    ana = world.person("Ana Ward")
    _week(world)
    assert outcomes(ana) == ["empty"]
    assert _told(ana) == {}


def _told(person: Person) -> dict[date, int]:
    """How many unasked messages count on which day since the first Monday."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        told = books.preferences.told(member_id)
    return {day: count for day, count in told.items() if count and day >= MONDAY.date()}


def test_one_tap_stops_it_and_one_starts_it_again(world: World) -> None:
    ana = helper(world)
    _asked(world, "one")
    _week(world)
    ana.presses_in(sent(ana)[0], "Stop the digest")
    _week(world, 1)
    assert len(sent(ana)) == 1
    preview(ana)
    ana.presses("Get it every week")
    _week(world, 2)
    assert len(sent(ana)) == 2


def test_whoever_stops_it_after_it_was_planned_does_not_get_it(world: World) -> None:
    ana = helper(world)
    _asked(world, "one")
    plans(world, MONDAY)
    prefers(ana, digest=False)
    world.now = MONDAY + timedelta(hours=1)
    world.deliver()
    assert outcomes(ana) == ["opted out"]


def test_what_was_shown_makes_room_for_what_was_not(world: World) -> None:
    ana = helper(world)
    _asked(world, "one", "two", "three", "four", "five")
    for number in range(3):
        _week(world, number)
    assert _titles(ana) == [["five", "four", "three"], ["two", "one"], ["five", "four", "three"]]


def test_what_was_passed_over_three_times_is_not_shown_again(world: World) -> None:
    ana = helper(world)
    _asked(world, "one")
    for number in range(4):
        _week(world, number)
    assert _titles(ana) == [["one"]] * 3
    assert outcomes(ana)[-1] == "empty"


def test_asking_to_see_it_uses_nothing_up(world: World) -> None:
    ana = helper(world)
    _asked(world, "one", "two", "three", "four")
    for _time in range(4):
        assert len(preview(ana)[ASKS]) == 3
    _week(world)
    assert _titles(ana) == [["four", "three", "two"]]


def test_a_message_that_did_not_get_through_is_composed_again_as_the_same_digest(
    world: World,
) -> None:
    ana = helper(world)
    _asked(world, "one", "two", "three", "four")
    for _time in range(3):
        world.outcomes.append(Later(300, "busy"))
    plans(world, MONDAY)
    for minutes in (60, 70, 90, 120):
        world.now = MONDAY + timedelta(minutes=minutes)
        world.deliver()
    assert _titles(ana) == [["four", "three", "two"]]
    _week(world, 1)
    assert _titles(ana)[1] == ["one"]


def test_thanks_are_told_once(world: World) -> None:
    two = confirmed(world)
    world.now = MONDAY - timedelta(days=1)
    two.ben.types(f"thanks {two.ref} You made it so clear.")
    _week(world)
    _week(world, 1)
    assert outcomes(two.ana) == ["sent", "empty"]


def test_thanks_that_come_after_the_last_digest_was_sent_are_in_the_next(world: World) -> None:
    two = confirmed(world)
    ask(two.ben, "1 hour run charts, online, until 31 July 2026")
    offer(two.ana, "1 hour run charts, online, until 31 July 2026")
    world.deliver()
    _week(world)
    world.later(minutes=5)
    two.ben.types(f"thanks {two.ref} You made it so clear.")
    _week(world, 1)
    assert "You were thanked" not in lists_of(sent(two.ana)[0].view)
    assert "You were thanked" in lists_of(sent(two.ana)[1].view)


def test_a_digest_held_up_by_hours_still_goes_and_one_held_up_by_days_does_not(
    world: World,
) -> None:
    ana = helper(world)
    _asked(world, "one")
    _week(world, late=timedelta(hours=3))
    _week(world, 1, late=timedelta(hours=73))
    assert outcomes(ana) == ["sent", "too late"]


def test_a_digest_held_up_until_the_evening_waits_for_the_next_morning(world: World) -> None:
    ana = helper(world)
    _asked(world, "one")
    _week(world, late=timedelta(hours=14))
    assert sent(ana) == []
    world.now = MONDAY + timedelta(hours=23)
    world.deliver()
    assert outcomes(ana) == ["sent"]


def test_a_digest_of_an_evening_that_the_reader_chose_comes_in_that_evening(world: World) -> None:
    ana = helper(world)
    _asked(world, "one")
    prefers(ana, digest_weekday=6, digest_hour=20)
    evening = MONDAY + timedelta(days=6, hours=11)
    plans(world, evening)
    world.now = evening + timedelta(hours=2)
    world.deliver()
    assert outcomes(ana) == ["sent"]


def test_whoever_is_only_written_to_at_weekends_gets_it_at_the_weekend(world: World) -> None:
    ana = helper(world)
    assert "Saturday, 9am" in ana.types("quiet Saturday and Sunday 9am to 6pm")
    _asked(world, "one")
    _week(world)
    assert outcomes(ana) == []
    plans(world, MONDAY + timedelta(days=5))
    world.now = MONDAY + timedelta(days=5, hours=1)
    world.deliver()
    assert outcomes(ana) == ["sent"]


def test_after_a_long_pause_one_digest_comes_and_not_one_for_each_week(world: World) -> None:
    ana = helper(world)
    _asked(world, "one", "two")
    for number in range(4):
        plans(world, MONDAY + number * WEEK)
    world.now = MONDAY + 3 * WEEK + timedelta(hours=1)
    world.deliver()
    assert outcomes(ana) == ["too late", "too late", "too late", "sent"]


def test_after_leave_one_digest_comes_when_the_member_is_back(world: World) -> None:
    ana = helper(world)
    _asked(world, "one", "two")
    leave_until = (MONDAY + timedelta(days=11)).date()
    prefers(ana, leave_from=MONDAY.date(), leave_until=leave_until)
    _week(world)
    _week(world, 1)
    assert sent(ana) == []
    world.now = MONDAY + timedelta(days=13)
    world.deliver()
    assert sent(ana) == []  # a Sunday
    _week(world, 2)
    assert outcomes(ana) == ["too late", "too late", "sent"]


def test_changing_the_day_does_not_bring_two_on_end(world: World) -> None:
    ana = helper(world)
    _asked(world, "one", "two", "three", "four")
    _week(world)
    prefers(ana, digest_weekday=1)
    plans(world, MONDAY + timedelta(days=1))
    world.now = MONDAY + timedelta(days=1, hours=1)
    world.deliver()
    assert outcomes(ana) == ["sent", "merged"]
    plans(world, MONDAY + timedelta(days=8))
    world.now = MONDAY + timedelta(days=8, hours=1)
    world.deliver()
    assert outcomes(ana)[-1] == "sent"


def test_travelling_west_after_it_came_does_not_bring_it_again(world: World) -> None:
    ana = helper(world)
    _asked(world, "one", "two", "three", "four")
    _week(world)
    lives_in(ana, "America/New_York")
    plans(world, MONDAY + timedelta(hours=5))
    world.now = MONDAY + timedelta(hours=6)
    world.deliver()
    assert outcomes(ana) == ["sent", "merged"]


def test_of_two_that_wait_the_newer_one_goes(world: World) -> None:
    ana = helper(world)
    _asked(world, "one")
    plans(world, MONDAY)
    prefers(ana, digest_weekday=1)
    plans(world, MONDAY + timedelta(days=1))
    world.now = MONDAY + timedelta(days=1, hours=1)
    world.deliver()
    assert outcomes(ana) == ["too late", "sent"]


def test_whoever_was_away_for_long_is_not_sent_an_old_one(world: World) -> None:
    ana = helper(world)
    _asked(world, "one")
    member = ana.member
    plans(world, MONDAY)
    with world.store.begin() as books:
        books.members.save(replace(member, silent=True))
    world.now = MONDAY + timedelta(hours=1)
    world.deliver()
    assert outcomes(ana) == ["opted out"]


def test_what_is_remembered_goes_with_the_member_and_is_theirs_to_read(world: World) -> None:
    ana = helper(world)
    _asked(world, "one")
    _week(world)
    assert world.rows("digests") == 1
    assert _own_rows(ana)[0]["shown_lately"] != ""
    ana.types("leave now")
    assert world.rows("digests") == 0


def _own_rows(person: Person) -> list[dict[str, str | int | None]]:
    from core.members.own_data import collect

    member_id = person.member.id
    with person.world.store.begin() as books:
        return collect(person.world.engine.office(books), member_id)["digests"]
