"""Home shows what fits the member, puts what needs them first, and reads little for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.exchanges.safety_intents import Block
from core.members.model import MemberState
from core.ui.views import View
from tests.digests.reading import Lists, helper, lists_of
from tests.exchanges.story import ask, offer
from tests.members.test_merging import exchange
from tests.world import Person, World

QUERIES = 19
"""How often a member's home asks the database, however much there is to show."""


def _lists(person: Person) -> Lists:
    """The titles of the items under each heading of home."""
    assert isinstance(person.screen, View)
    return lists_of(person.screen)


def test_asks_for_my_skills_and_offers_of_what_i_would_like_are_shown(world: World) -> None:
    ben = world.person("Ben Lowe", "COU")
    ask(ben, "1 hour help with run charts, online")
    ask(ben, "1 hour help with easy read, online")
    offer(ben, "1 hour easy read for leaflets, online")
    offer(ben, "1 hour run charts for beginners, online")
    ana = helper(world)
    ana.types("home")
    lists = _lists(ana)
    assert lists["People you could help"] == ["Ask: Help with run charts"]
    assert lists["Offers that fit you"] == ["Offer: Easy read for leaflets"]


def test_the_three_newest_are_shown_with_a_way_to_answer_and_to_see_all(world: World) -> None:
    ben = world.person("Ben Lowe", "COU")
    for number in range(4):
        ask(ben, f"1 hour run charts part {number}, online")
        world.later(minutes=1)
    ask(ben, "1 hour run charts and waiting lists part 9, online")
    ana = world.person("Ana Ward", joined=False).joins(can_help="run charts, waiting lists")
    ask(ben, "1 hour run charts part 4, online")
    ana.types("home")
    titles = _lists(ana)["People you could help: 6"]
    assert [title[-1] for title in titles] == ["4", "9", "3"]
    assert "People you could help: 6" in ana.text
    ana.presses("See all asks")
    assert "6 found" in ana.text
    ana.types("home")
    ana.presses("I can help")
    assert ana.form.fields
    ana.fills()
    ana.types("home")
    assert [title[-1] for title in _lists(ana)["People you could help: 5"]] == ["9", "3", "2"]


def test_neither_my_own_posts_nor_those_of_people_i_do_not_meet_are_offered(world: World) -> None:
    ana, ben = helper(world), world.person("Ben Lowe", "COU")
    ask(ana, "1 hour run charts of mine, online")
    ask(ben, "1 hour run charts of Ben, online")
    shared = exchange(world, ana, ben)
    assert "of Ben" in ana.types("home")
    ben.does(Block(exchange=shared))
    ana.types("home")
    assert "People you could help" not in ana.text
    assert _lists(ana)["Your offers and asks"] == ["Ask: Run charts of mine"]


def test_posts_that_closed_or_whose_author_left_are_not_offered(world: World) -> None:
    ana = helper(world)
    ben, max_ = world.person("Ben Lowe", "COU"), world.person("Max Hill", "COU")
    ref = ask(ben, "1 hour run charts of Ben, online")
    ask(max_, "1 hour run charts of Max, online")
    ben.types(f"close {ref}")
    max_.types("leave now")
    assert "People you could help" not in ana.types("home")


@pytest.mark.parametrize("state", [MemberState.SUSPENDED, MemberState.AWAY])
def test_posts_of_people_who_are_away_or_suspended_are_not_offered(
    world: World, state: MemberState
) -> None:
    ana, ben = helper(world), world.person("Ben Lowe", "COU")
    ask(ben, "1 hour run charts of Ben, online")
    assert "People you could help" in ana.types("home")
    member = ben.member
    with world.store.begin() as books:
        books.members.save(replace(member, state=state))
    assert "People you could help" not in ana.types("home")


def test_a_member_without_skills_is_offered_nothing_and_told_how_to_start(world: World) -> None:
    ben = world.person("Ben Lowe", "COU")
    ask(ben)
    ana = world.person("Ana Ward")
    text = ana.types("home")
    assert "People you could help" not in text
    assert "3 things to do first" in text


def test_what_needs_me_comes_first_then_what_fits_then_what_is_mine_then_my_hours(
    world: World,
) -> None:
    ana, ben = helper(world), world.person("Ben Lowe", "COU")
    offer(ana, "1 hour run charts for all, online")
    ben.types("offers")
    ben.presses("I would like this")
    ben.fills()
    mine = ask(ben)
    ana.types(f"answer {mine}")
    ana.fills()
    ask(ben, "2 hours run charts again, online")
    offer(ben, "1 hour easy read, online")
    ana.types("home")
    assert list(_lists(ana)) == [
        "Hello Ana Ward",
        "Waiting for you",
        "People you could help",
        "Offers that fit you",
        "Your offers and asks",
        "Your exchanges",
    ]
    assert ana.text.index("Your exchanges") < ana.text.index("Your balance")
    assert ana.labels()[-6:] == [
        "Offer help", "Ask for help", "Find", "Give hours", "Settings", "Help",
    ]  # fmt: skip


def test_home_asks_the_database_as_often_for_much_as_for_little(world: World) -> None:
    ana = helper(world)
    _fill(world, ana, "one")
    ana.types("home")
    with world.asked() as little:
        ana.types("home")
    for name in ("two", "three", "four", "five", "six"):
        _fill(world, ana, name)
    with world.asked() as much:
        ana.types("home")
    lists = _lists(ana)
    assert [len(items) for items in lists.values()] == [0, 3, 3, 3, 2, 2]
    assert len(much) == len(little) <= QUERIES


def _fill(world: World, ana: Person, name: str) -> None:
    """One more of everything, each from somebody else."""
    other = world.person(f"Person {name}", "COU")
    ask(other, f"1 hour run charts {name}, online")
    offer(other, f"1 hour easy read {name}, online")
    offer(ana, f"1 hour slides {name}, online")
    exchange(world, other, ana)
    exchange(world, ana, other)
