"""Each member is reminded once, by one replica, and old messages are left as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.reminders.waiting import remind_of_exchanges
from tests.exchanges.story import ask, claimed
from tests.reminders.days import passes
from tests.together import together
from tests.world import World

KIND = "reminders.exchanges"


def test_a_message_of_long_ago_is_left_as_it_is(world: World) -> None:
    two = claimed(world)
    passes(world, 2)
    (first,) = two.ben.told(KIND)
    two.ben.types("confirm")
    passes(world, 80)
    edits = first.edits
    for _time in range(3):
        ref = ask(two.ben, "1 hour of easy read, online")
        two.ana.types(f"answer {ref}")
        two.ana.fills()
        passes(world)
    assert first.edits == edits


def test_a_message_of_last_month_is_brought_up_to_date(world: World) -> None:
    two = claimed(world)
    world.now += timedelta(days=23)  # to 28 May
    passes(world)
    (told,) = two.ben.told(KIND)
    passes(world, 5)
    two.ben.types("confirm")
    world.later(minutes=1)
    world.deliver()
    assert "Nothing waits for you now" in told.text


def test_a_big_backlog_is_done_in_batches_each_member_once(world: World) -> None:
    two = claimed(world)
    template, ben = two.exchange, two.ben.member
    with world.store.begin() as books:
        for number in range(250):
            member = books.members.add(replace(ben, name=f"Member {number}"))
            books.exchanges.add(
                replace(template, receiver_id=member.id, proposed_by=member.id, post_id=None)
            )
    world.later(days=2, minutes=5)
    job = world.house.jobs[KIND]
    batches: list[int] = []
    with world.asked() as statements:
        while not batches or batches[-1]:
            with world.store.begin() as books:
                batches.append(job.run(world.engine.office(books)))
    assert batches == [100, 100, 51, 0]
    searches = [one for one, _given in statements if "UNION ALL" in one]
    assert len(searches) == 2  # one finds all of them, and one finds that there are no more
    with world.store.begin() as books:
        figures = [one for one in books.deliveries.figures() if one.kind == KIND]
    assert sum(one.count for one in figures if one.state == "waiting") == 251


def test_replicas_that_remind_at_the_same_time_remind_once(world: World) -> None:
    two = claimed(world)
    world.later(days=2)
    office = world.engine.office

    def run() -> int:
        return world.engine.transact(lambda books: remind_of_exchanges(office(books)))

    together(*[run] * 4)
    world.deliver()
    assert len(two.ben.told(KIND)) == 1


def test_who_rests_already_is_not_laid_to_rest_again(world: World) -> None:
    ben, now = world.person("Ben Lowe").member.id, world.now
    with world.store.begin() as books:
        rest = books.reminders.rest
        assert rest(KIND, ben, now + timedelta(hours=6), now)
        assert not rest(KIND, ben, now + timedelta(hours=20), now)
        assert rest("reminders.closing", ben, now + timedelta(hours=6), now)
        assert rest(KIND, ben, now + timedelta(hours=26), now + timedelta(hours=6))
