"""Lists that are not cut short, moves that are not yours, and how an answer is looked for."""

from __future__ import annotations

from tests.exchanges.story import proposed
from tests.members.test_merging import exchange
from tests.world import World


def test_a_choice_of_more_than_ten_leads_to_all_of_them(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    for _number in range(11):
        exchange(world, ana, max_)
    ana.types("decline")
    assert ana.labels().count("This one") == 10
    assert "See all your exchanges" in ana.labels()


def test_a_move_that_is_not_yours_does_not_say_that_something_changed(world: World) -> None:
    two = proposed(world)
    for words in ("decline", "manager"):
        text = two.ana.types(f"{words} {two.ref}")
        assert "You cannot do that now. This is how it stands." in text


def test_looking_for_an_open_answer_uses_the_index_of_open_proposals(world: World) -> None:
    two = proposed(world)
    post_id, ana = two.exchange.post_id, two.ana.member.id
    assert post_id is not None
    with world.store.begin() as books, world.asked() as asked:
        assert books.exchanges.open_answer(post_id, ana) is not None
        if world.store.sqlite:
            statement, given = asked[-1]
            plan = books.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            assert "exchanges_one_open_proposal" in str(plan.all())
