"""How many messages a day that nobody asked for: counted once each, by everybody together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from core.books import Books
from core.couriers import Later
from core.respect.model import Pattern, Preferences
from tests.respect.waiting import NEWS, NEWS_CATCH_UP, asks, helper, keeps, london
from tests.world import Person, World


def told_by_day(person: Person) -> dict[date, int]:
    """How many unasked messages count on which day."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        told = books.preferences.told(member_id)
    return {day: count for day, count in told.items() if count}


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
    assert "At most 1" in ana.types("quiet night shifts")


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
