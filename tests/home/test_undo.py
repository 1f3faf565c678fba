"""``undo`` takes back the last deed of the last minutes, unless somebody has acted on it."""

from __future__ import annotations

from core.exchanges.model import ExchangeState
from core.home.undo import Undo
from core.posts.model import PostState
from tests.members.test_merging import exchange, state_of
from tests.world import Person, World


def posts(world: World, person: Person) -> list[PostState]:
    member = person.member.id
    with world.store.begin() as books:
        return [post.state for post in books.posts.of_member(member, open_only=False)]


def offers(person: Person, words: str = "1 hour run charts, online") -> None:
    person.types(f"offer {words}")
    person.presses("Post it")


def test_the_last_post_is_taken_back(world: World) -> None:
    ana = world.person("Ana Ward")
    offers(ana)
    ana.types("undo")
    assert not ana.refused
    assert posts(world, ana) == [PostState.HIDDEN]


def test_undo_goes_back_one_deed_at_a_time(world: World) -> None:
    ana = world.person("Ana Ward")
    offers(ana)
    ana.types("stop")
    ana.types("undo")
    assert not ana.member.silent
    assert posts(world, ana) == [PostState.OPEN]
    ana.types("dadwneud")
    assert posts(world, ana) == [PostState.HIDDEN]
    text = ana.types("undo")
    assert ana.refused == "nothing-to-undo"
    assert "within 10 minutes" in text


def test_after_ten_minutes_nothing_is_taken_back(world: World) -> None:
    ana = world.person("Ana Ward")
    offers(ana)
    world.later(minutes=10, seconds=1)
    ana.types("undo")
    assert ana.refused == "nothing-to-undo"
    assert posts(world, ana) == [PostState.OPEN]


def test_nobody_takes_back_what_another_person_did(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    ana.types("stop")
    max_.types("undo")
    assert max_.refused == "nothing-to-undo"
    text = max_.does(Undo(kind="settings", object_id=ana.member.id))
    assert "There is nothing to undo." in text
    assert ana.member.silent
    assert ana.member.silent


def test_a_claim_is_taken_back_until_the_other_side_confirms_it(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    one = exchange(world, ana, max_, ExchangeState.AGREED, reserved=60)
    ana.types("done 1 hour")
    ana.types("undo")
    assert state_of(world, one).state is ExchangeState.AGREED
    ana.types("done 1 hour")
    max_.types("confirm")
    assert ana.balance == 180
    ana.types("undo")
    assert ana.refused
    assert (ana.balance, max_.balance) == (180, 60)
    assert state_of(world, one).state is ExchangeState.CONFIRMED


def test_confirming_cannot_be_undone(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    exchange(world, ana, max_, ExchangeState.AGREED, reserved=60)
    ana.types("done 1 hour")
    max_.types("confirm")
    text = max_.types("undo")
    assert max_.refused == "nothing-to-undo"
    assert "Hours that have moved stay" in text
    assert (ana.balance, max_.balance) == (180, 60)


def test_an_undo_that_the_room_refuses_stays_open_to_be_told_again(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    offers(ana)
    max_.types("offers")
    max_.presses("I would like this")
    max_.fills()
    for _time in range(2):
        ana.types("undo")
        assert ana.refused not in ("", "nothing-to-undo")
    assert posts(world, ana) == [PostState.OPEN]
