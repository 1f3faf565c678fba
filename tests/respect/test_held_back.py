"""What the engine does with a message that is not to go out yet: it waits, is merged, and comes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.books import Books
from core.couriers import Later
from core.delivery.model import DeliveryState
from core.respect.model import Nation, Pattern, Preferences
from storage.store import Store
from tests.world import START, Person, World

LONDON = ZoneInfo("Europe/London")
NEWS, CATCH_UP, NEWS_CATCH_UP = (
    "posts.new-ask",
    "respect.catch-up",
    "respect.catch-up-unasked",
)


def london(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=LONDON).astimezone(UTC)  # type: ignore[misc, arg-type]


def helper(world: World, name: str = "Ana Ward") -> Person:
    ana = world.person(name)
    ana.types("settings")
    ana.fills(can_help="run charts", told="asks")
    world.deliver()  # the welcome
    return ana


def asks(person: Person, number: int = 1) -> None:
    """Posts, each under a title of its own."""
    for one in range(number):
        person.types(f"ask help with run charts for team {one + 1}, 1 hour")
        person.presses("Post it")


def keeps(person: Person, **said: object) -> None:
    member_id = person.member.id
    with person.world.store.begin() as books:
        books.preferences.keep(
            replace(books.preferences.of(member_id), **said)  # type: ignore[arg-type]
        )


def states(person: Person, kind: str) -> list[tuple[DeliveryState, str]]:
    """How the deliveries of a kind to somebody stand, oldest first."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        found = books.deliveries.of_member(member_id)
    return [(one.state, one.reason) for one, notice in reversed(found) if notice.kind == kind]


def told_by_day(person: Person) -> dict[date, int]:
    """How many unasked messages count on which day."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        told = books.preferences.told(member_id)
    return {day: count for day, count in told.items() if count}


def test_news_at_night_waits_for_the_morning_of_the_next_working_day(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    world.now = london(2026, 5, 22, 23)  # a Friday before a bank holiday
    asks(max_)
    world.deliver()
    assert ana.told(NEWS) == []
    world.now = london(2026, 5, 26, 7, 59)
    world.deliver()
    assert ana.told(NEWS) == []
    world.now = london(2026, 5, 26, 8)
    world.deliver()
    assert len(ana.told(NEWS)) == 1
    world.later(days=3)
    world.deliver()
    assert len(ana.told(NEWS)) == 1


def test_what_people_send_each_other_comes_at_once_at_any_hour(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    asks(max_)
    world.deliver()
    ana.presses("I can help")
    world.now = london(2026, 5, 9, 3)
    ana.fills()
    world.deliver()
    assert len(max_.told("exchange.proposed")) == 1


def test_a_night_worker_is_written_to_at_night_and_sleeps_by_day(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    ana.types("quiet nights")
    world.now = london(2026, 5, 6, 9)
    asks(max_)
    world.deliver()
    assert ana.told(NEWS) == []
    world.now = london(2026, 5, 6, 18)
    world.deliver()
    assert len(ana.told(NEWS)) == 1


def test_a_member_in_another_zone_has_their_own_morning(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    member_id = ana.member.id
    with world.store.begin() as books:
        member = books.members.lock(member_id)
        books.members.save(replace(member, zone="America/New_York"))
    asks(max_)
    world.deliver()
    assert ana.told(NEWS) == []
    world.now = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
    world.deliver()
    assert len(ana.told(NEWS)) == 1


def test_a_bank_holiday_is_the_nations_own(world: World) -> None:
    scot, english = helper(world, "Ana Ward"), helper(world, "Isla Reid")
    keeps(scot, nation=Nation.SCOTLAND)
    max_ = world.person("Max Hill", "COU")
    world.now = london(2026, 8, 31, 10)
    asks(max_)
    world.deliver()
    assert (len(scot.told(NEWS)), len(english.told(NEWS))) == (1, 0)
    world.now = london(2026, 9, 1, 8)
    world.deliver()
    assert (len(scot.told(NEWS)), len(english.told(NEWS))) == (1, 1)


def test_above_the_cap_news_waits_until_tomorrow_and_comes_as_one(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    asks(max_, 8)
    world.deliver()
    assert len(ana.told(NEWS)) == 5
    world.later(hours=3)
    world.deliver()
    assert len(ana.inbox) == 6  # the welcome, and five
    world.now = london(2026, 5, 6, 8)
    world.deliver()
    (caught_up,) = ana.told(NEWS_CATCH_UP)
    assert "Since we last wrote" in caught_up.text
    for team in (6, 7, 8):
        assert f"team {team}" in caught_up.text
    assert len(ana.inbox) == 7
    assert told_by_day(ana) == {date(2026, 5, 5): 5, date(2026, 5, 6): 1}


@pytest.mark.parametrize(("answer", "most"), [("few", 2), ("all", 8)])
def test_ones_own_cap_wins_over_the_policy(world: World, answer: str, most: int) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    ana.types("quiet")
    ana.fills(cap=answer)
    asks(max_, 8)
    world.deliver()
    assert len(ana.told(NEWS)) == most


def test_the_policy_says_how_much_is_usual(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    with world.store.begin() as books:
        books.policy.set("daily_cap", 1)
    asks(max_, 3)
    world.deliver()
    assert len(ana.told(NEWS)) == 1
    assert "At most 1" in ana.types("quiet nights")


def on_leave_with_things_waiting(world: World) -> tuple[Person, Person]:
    """Ana is away; Max has answered her ask and written to her, and has posted asks."""
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    ana.types("ask help with a poster, 1 hour")
    ana.presses("Post it")
    ana.types("away until 12 May")
    world.later(days=1)
    asks(max_, 2)
    max_.types("find poster")
    max_.presses("I can help")
    max_.fills()
    world.deliver()
    assert len(ana.inbox) == 1
    return ana, max_


def test_after_leave_one_message_says_what_came_and_what_needs_an_answer_first(
    world: World,
) -> None:
    ana, max_ = on_leave_with_things_waiting(world)
    world.now = london(2026, 5, 12, 23, 59)
    world.deliver()
    assert len(ana.inbox) == 1
    world.now = london(2026, 5, 13, 8)
    world.deliver()
    (caught_up,) = ana.told(CATCH_UP)
    assert len(ana.inbox) == 2
    text = caught_up.text
    assert "While you were away" in text
    assert text.index("poster") < text.index("team 1") < text.index("team 2")
    ana.presses_in(caught_up, "Accept")
    ana.fills()
    assert "accepted" in ana.text or "agreed" in ana.text
    assert states(ana, NEWS) == [(DeliveryState.WITHHELD, "merged")] * 2
    member_id = ana.member.id
    with world.store.begin() as books:
        assert books.deliveries.told_since("exchange.proposed", "exchange:1", member_id, START)
    world.later(days=2)
    world.deliver()
    assert len(ana.told(CATCH_UP)) == 1
    assert max_.told("exchange.agreed")


def test_at_midnight_what_people_sent_comes_and_news_waits_for_the_morning(world: World) -> None:
    ana, _max = on_leave_with_things_waiting(world)
    world.now = london(2026, 5, 13)
    world.deliver()
    assert len(ana.told("exchange.proposed")) == 1
    world.now = london(2026, 5, 13, 8)
    world.deliver()
    (caught_up,) = ana.told(NEWS_CATCH_UP)
    assert "poster" not in caught_up.text


def test_back_brings_what_waited_at_once(world: World) -> None:
    ana, _max = on_leave_with_things_waiting(world)
    ana.types("back")
    world.deliver()
    (caught_up,) = ana.told(CATCH_UP)
    assert "While you were away" in caught_up.text


def test_what_was_held_back_can_be_found_in_home_meanwhile(world: World) -> None:
    ana, _max = on_leave_with_things_waiting(world)
    assert "poster" in ana.types("home")
    assert "Waiting for you" in ana.text


def test_one_thing_alone_comes_as_itself(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    ana.types("away until 12 May")
    asks(max_)
    world.deliver()
    world.now = london(2026, 5, 13, 9)
    world.deliver()
    assert (len(ana.told(NEWS)), ana.told(CATCH_UP)) == (1, [])


def test_what_is_over_by_then_is_not_in_the_list_and_keeps_its_own_reason(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    ana.types("away until 12 May")
    asks(max_, 3)
    world.deliver()
    max_.types("posts")
    max_.presses("See it")
    max_.presses("Close it")
    world.now = london(2026, 5, 13, 9)
    world.deliver()
    (caught_up,) = ana.told(NEWS_CATCH_UP)
    assert sum(f"team {number}" in caught_up.text for number in (1, 2, 3)) == 2
    reasons = sorted(reason for _state, reason in states(ana, NEWS))
    assert reasons == ["merged", "merged", "too late"]


def test_whoever_stops_a_kind_meanwhile_is_not_told(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    ana.types("away until 12 May")
    asks(max_, 2)
    world.deliver()
    ana.types("stop matches")
    world.now = london(2026, 5, 13, 9)
    world.deliver()
    assert len(ana.inbox) == 1
    assert states(ana, NEWS) == [(DeliveryState.WITHHELD, "opted out")] * 2


def test_twelve_things_are_ten_lines_and_a_way_to_the_rest(world: World) -> None:
    ana = helper(world)
    keeps(ana, leave_from=date(2026, 5, 5), leave_until=date(2026, 5, 12))
    for number in range(12):
        asks(world.person(f"Writer {number}", "COU"))
    world.deliver()
    world.now = london(2026, 5, 13, 9)
    world.deliver()
    (caught_up,) = ana.told(NEWS_CATCH_UP)
    assert "There are 2 more things." in caught_up.text
    ana.presses_in(caught_up, "See everything that waits for you")
    assert "Hello Ana Ward" in ana.text


def test_a_change_of_mind_is_looked_at_at_once(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    world.now = london(2026, 5, 9, 12)
    asks(max_)
    world.deliver()
    assert ana.told(NEWS) == []
    ana.types("quiet any time")
    world.deliver()
    assert len(ana.told(NEWS)) == 1


def test_two_who_turn_out_to_be_one_keep_what_was_said_and_what_was_counted(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    first, second = ana.member.id, max_.member.id
    day = date(2026, 5, 5)
    with world.store.begin() as books:
        books.preferences.keep(Preferences(first, pattern=Pattern.NIGHTS))
        for member_id in (first, first, second):
            assert books.preferences.take_place(member_id, day, 5)
        books.preferences.move(first, second)
        assert books.preferences.of(second) == Preferences(second, pattern=Pattern.NIGHTS)
        assert books.preferences.of(first) == Preferences(first)
        assert dict(books.preferences.told(second)) == {day: 3}
        books.preferences.keep(Preferences(first, pattern=Pattern.DAYS))
        books.preferences.move(first, second)
        assert books.preferences.of(second).pattern is Pattern.NIGHTS


def test_places_of_a_day_are_counted_given_back_and_forgotten(world: World) -> None:
    ana = world.person("Ana Ward").member.id
    today, yesterday = date(2026, 5, 5), date(2026, 5, 4)
    with world.store.begin() as books:
        places = books.preferences
        assert [places.take_place(ana, today, 2) for _time in range(3)] == [True, True, False]
        places.give_back(ana, today)
        assert places.take_place(ana, today, 2)
        assert not places.take_place(ana, yesterday, 0)
        assert places.take_place(ana, yesterday, 2)
        assert places.forget_days_before(today) == 1
        assert dict(places.told(ana)) == {today: 2}
    world.later(days=32)
    world.runs("upkeep.tidy")
    assert world.rows("tellings") == 0


def test_a_retry_after_a_fault_keeps_its_place(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    keeps(ana, daily_cap=1)
    world.deliver()
    asks(max_)
    world.outcomes = [Later(60, "busy")]
    world.deliver()
    assert ana.told(NEWS) == []
    world.later(minutes=5)
    world.deliver()
    assert len(ana.told(NEWS)) == 1
    assert told_by_day(ana) == {date(2026, 5, 5): 1}


def test_a_retry_on_another_day_takes_a_place_of_that_day(world: World) -> None:
    ana, max_ = helper(world), world.person("Max Hill", "COU")
    world.deliver()
    asks(max_)
    world.outcomes = [Later(60, "busy")]
    world.deliver()
    world.now += timedelta(days=1)
    world.deliver()
    assert len(ana.told(NEWS)) == 1
    assert told_by_day(ana) == {date(2026, 5, 6): 1}


def test_many_at_once_take_no_more_places_than_there_are(world: World) -> None:
    ana, day = world.person("Ana Ward").member.id, date(2026, 5, 5)

    def take(_number: int) -> bool:
        def one(books: Books) -> bool:
            return books.preferences.take_place(ana, day, 3)

        return world.engine.transact(one)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(take, range(24))) == 3
    with world.store.begin() as books:
        assert dict(books.preferences.told(ana)) == {day: 3}


def test_what_one_replica_merges_another_leaves_alone(postgres_url: str) -> None:
    store = Store(postgres_url)
    world = World(store)
    ana, _max = on_leave_with_things_waiting(world)
    ana_id = ana.member.id
    world.now = london(2026, 5, 13, 9)
    with store.begin() as here:
        ours = here.deliveries.held_due(ana_id, world.now, ())
        assert len(ours) == 3
        with store.begin() as there:
            assert there.deliveries.held_due(ana_id, world.now, ()) == []
    leased_until = world.now + timedelta(minutes=2)
    with store.begin() as here:
        claimed = here.deliveries.claim(world.now, leased_until, 1)
    theirs = [one.id for one in claimed]
    with store.begin() as there:
        left = there.deliveries.held_due(ana_id, world.now, ())
        assert len(left) == 2
        assert not {one.id for one, _notice in left} & set(theirs)
        assert len(there.deliveries.held_due(ana_id, world.now, theirs)) == 3
    store.close()
