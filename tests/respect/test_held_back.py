"""What the engine does with a message that is not to go out yet: it waits, is merged, and comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.delivery.model import DeliveryState
from core.respect.model import Nation
from storage.store import Store
from tests.respect.waiting import (
    CATCH_UP,
    NEWS,
    NEWS_CATCH_UP,
    asks,
    helper,
    keeps,
    london,
    states,
)
from tests.world import START, Person, World


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
    ana.types("quiet night shifts")
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


def test_a_time_zone_that_no_clock_knows_is_the_usual_one_and_holds_nobody_up(
    world: World,
) -> None:
    ana, isla = helper(world), helper(world, "Isla Reid")
    max_ = world.person("Max Hill", "COU")
    member_id = ana.member.id
    with world.store.begin() as books:
        member = books.members.lock(member_id)
        books.members.save(replace(member, zone="Europe/Atlantis"))
    world.now = london(2026, 5, 6, 7)
    asks(max_)
    world.deliver()
    assert (ana.told(NEWS), isla.told(NEWS)) == ([], [])
    world.now = london(2026, 5, 6, 8)
    world.deliver()
    assert (len(ana.told(NEWS)), len(isla.told(NEWS))) == (1, 1)
    assert "Hello Ana Ward" in ana.types("home")


def test_what_was_held_back_is_read_at_once(world: World) -> None:
    ana, _max = on_leave_with_things_waiting(world)
    ana.types("back")
    with world.asked() as statements:
        world.deliver()
    one_by_one = [one for one, _given in statements if "WHERE notices.id = " in one]
    assert len(ana.told(CATCH_UP)) == 1
    assert len(one_by_one) <= 1  # what kind of message it was, for the inbox of this test
