"""What stands in a member's digest, and why: only what they may see, and only what is for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.events.model import EventState, Open, Place, PlaceState
from core.exchanges.model import ExchangeState, Message
from core.exchanges.safety_intents import Block
from core.members.model import MemberState
from core.organisations.model import Role, Sector
from tests.digests.reading import event, helper, preview
from tests.exchanges.story import ask, claimed, confirmed, disputed, offer, proposed
from tests.members.accounts import closes, opens
from tests.members.test_merging import exchange
from tests.world import Person, World

NOTHING = "There is nothing new for you at the moment."
ASKS, OFFERS, EVENTS = "People you could help", "Offers that fit you", "Events near you"


def test_a_preview_always_shows_something(world: World) -> None:
    ana = world.person("Ana Ward")
    assert list(preview(ana)) == ["Your digest as it is now"]
    assert NOTHING in ana.text


def test_what_waits_for_my_answer_comes_first_with_the_button_that_answers(world: World) -> None:
    two = claimed(world)
    ask(two.ana, "1 hour of mentoring, online")
    lists = preview(two.ben)
    assert list(lists)[1] == "Waiting for you"
    assert "It is your turn to confirm" in two.ben.text
    assert "Confirm" in two.ben.labels()
    two.ben.presses("Confirm")
    assert two.ana.balance - two.ben.balance == 120


def test_what_waits_for_the_other_side_is_not_in_it(world: World) -> None:
    two = proposed(world)
    assert "Waiting for you" in preview(two.ben)
    assert "Waiting for you" not in preview(two.ana)


def test_what_somebody_who_is_away_has_proposed_stands_still_and_is_not_in_it(
    world: World,
) -> None:
    two = proposed(world)
    closes(two.ana)
    assert NOTHING in (preview(two.ben) and two.ben.text)
    opens(two.ana)
    assert "Waiting for you" in preview(two.ben)


def test_what_somebody_who_is_away_has_done_can_be_confirmed_still(world: World) -> None:
    two = claimed(world)
    closes(two.ana)
    assert "Waiting for you" in preview(two.ben)
    assert "Confirm" in two.ben.labels()


def test_of_many_that_wait_the_first_three_are_shown_with_the_way_to_all(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    for _number in range(5):
        exchange(world, ana, ben)
    assert len(preview(ana)["Waiting for you"]) == 3
    assert "See all your exchanges" in ana.labels()


def test_what_waits_for_a_lead_is_in_the_leads_digest_alone(world: World) -> None:
    two = disputed(world)
    lead = world.person("Lena Lead", "NGH")
    assert NOTHING in (preview(lead) and lead.text)
    world.grants(lead, Role.LEAD, "NGH")
    assert preview(lead)["For you as a lead"] == ["1 exchange to settle"]
    assert "For you as a lead" not in preview(two.ana)


def test_asks_and_offers_say_why_they_are_there(world: World) -> None:
    ben = world.person("Ben Lowe", "COU")
    ask(ben, "1 hour help with run charts, online")
    offer(ben, "1 hour easy read for leaflets, online")
    ana = helper(world)
    lists = preview(ana)
    assert lists[ASKS] == ["Ask: Help with run charts"]
    assert lists[OFFERS] == ["Offer: Easy read for leaflets"]
    spc, editing = "Statistical process control and run charts", "Plain English and editing"
    assert f"Because you can help with {spc}" in ana.text
    assert f"Because you would like {editing}" in ana.text
    offer(ana, "1 hour run charts for beginners, online")
    ask(ana, "1 hour easy read for a form, online")
    preview(ana)
    assert f"Because you offered {spc}" in ana.text
    assert f"Because you asked for {editing}" in ana.text


def test_what_i_have_posted_is_enough_for_something_to_fit(world: World) -> None:
    ben, ana = world.person("Ben Lowe", "COU"), world.person("Ana Ward")
    ask(ben, "1 hour help with run charts, online")
    assert ASKS not in preview(ana)
    ref = offer(ana, "1 hour run charts for beginners, online")
    assert preview(ana)[ASKS] == ["Ask: Help with run charts"]
    ana.types(f"close {ref}")
    assert ASKS not in preview(ana)


def test_the_best_few_are_those_with_most_skills_in_common_then_the_newest(world: World) -> None:
    ben = world.person("Ben Lowe", "COU")
    ask(ben, "1 hour run charts and mentoring part 0, online")
    for number in range(1, 5):
        world.later(minutes=1)
        ask(ben, f"1 hour run charts part {number}, online")
    ana = world.person("Ana Ward", joined=False).joins(can_help="run charts, mentoring")
    assert [title[-1] for title in preview(ana)[ASKS]] == ["0", "4", "3"]


def test_help_for_another_organisation_comes_before_that_for_my_own(world: World) -> None:
    near, far = world.person("Max Hill", "NGH"), world.person("Ben Lowe", "COU")
    ask(far, "1 hour run charts far away, online")
    world.later(minutes=1)
    ask(near, "1 hour run charts near by, online")
    titles = preview(helper(world))[ASKS]
    assert titles == ["Ask: Run charts far away", "Ask: Run charts near by"]


def test_my_own_posts_and_what_i_have_answered_are_left_out(world: World) -> None:
    ana, ben = helper(world), world.person("Ben Lowe", "COU")
    ask(ana, "1 hour run charts of mine, online")
    ask(ben, "1 hour run charts of Ben, online")
    assert preview(ana)[ASKS] == ["Ask: Run charts of Ben"]
    ana.presses("I can help")
    ana.fills()
    assert ASKS not in preview(ana)
    ana.types("withdraw")
    assert ASKS not in preview(ana)


def test_whoever_i_blocked_or_who_blocked_me_is_left_out(world: World) -> None:
    ana, ben, cai = helper(world), helper(world, "Ben Lowe", "COU"), world.person("Cai Price")
    ask(ben, "1 hour run charts of Ben, online")
    ask(cai, "1 hour run charts of Cai, online")
    event(world, ben, "Talk of Ben")
    assert len(preview(ana)[ASKS]) == 2
    ben.does(Block(exchange=exchange(world, ana, ben)))
    lists = preview(ana)
    assert lists[ASKS] == ["Ask: Run charts of Cai"]
    assert EVENTS not in lists


@pytest.mark.parametrize(
    "state", [MemberState.SUSPENDED, MemberState.AWAY, MemberState.LEFT, MemberState.MERGED]
)
def test_posts_of_people_who_are_not_here_are_left_out(world: World, state: MemberState) -> None:
    ana, ben = helper(world), world.person("Ben Lowe", "COU")
    ask(ben, "1 hour run charts, online")
    assert ASKS in preview(ana)
    member = ben.member
    with world.store.begin() as books:
        books.members.save(replace(member, state=state))
    assert ASKS not in preview(ana)


def test_posts_past_their_last_day_are_left_out_before_anything_has_closed_them(
    world: World,
) -> None:
    ana, ben = helper(world), world.person("Ben Lowe", "COU")
    ask(ben, "1 hour run charts, online, until 8 May 2026")
    world.now = world.now.replace(day=8)
    assert ASKS in preview(ana)
    world.later(days=1)
    assert ASKS not in preview(ana)


def test_events_are_shown_soonest_first_for_three_weeks_ahead(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    event(world, ben, "Second", 10)
    event(world, ben, "First", 2)
    event(world, ben, "Too far", 22)
    event(world, ben, "Under way", -0.01)
    lists = preview(ana)
    assert lists[EVENTS] == ["First", "Second"]
    assert "Count me in" in ana.labels()


def test_events_online_and_at_ones_own_organisation_are_nearer_than_others(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    event(world, ben, "Far", 1)
    event(world, ben, "Far too", 2)
    max_ = world.person("Max Hill", "NGH")
    assert preview(max_)[EVENTS] == ["Far", "Far too"]
    event(world, ana, "Own", 9)
    assert preview(max_)[EVENTS] == ["Far", "Own"]
    event(world, ben, "Online", 8, place="", link="https://meet.example/1")
    assert preview(max_)[EVENTS] == ["Online", "Own"]


def test_events_of_another_organisation_or_sector_are_not_shown(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    event(world, ben, "Council staff", open_to=Open.ORGANISATION)
    event(world, ben, "Councils", open_to=Open.SECTOR, sector=Sector.COUNCIL)
    event(world, ben, "Trusts", 4, open_to=Open.SECTOR, sector=Sector.NHS_TRUST)
    event(world, ana, "Northgate", 5, open_to=Open.ORGANISATION)
    max_ = world.person("Max Hill", "NGH")
    assert preview(max_)[EVENTS] == ["Trusts", "Northgate"]


def test_events_that_i_host_or_have_a_place_at_and_cancelled_ones_are_left_out(
    world: World,
) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    event(world, ana, "My own")
    coming, left = event(world, ben, "I am coming"), event(world, ben, "I left", 5)
    event(world, ben, "Cancelled", state=EventState.CANCELLED)
    me = ana.member
    with world.store.begin() as books:
        for one, state in ((coming, PlaceState.COMING), (left, PlaceState.LEFT)):
            books.events.keep_place(Place(one.id, me.id, me.organisation_id, state, world.now))
    assert preview(ana)[EVENTS] == ["I left"]


def test_thanks_that_i_received_are_quoted_with_who_and_what_for(world: World) -> None:
    two = confirmed(world)
    two.ben.types(f"thanks {two.ref} You made it so clear.")
    assert preview(two.ana)["You were thanked"] == ["You made it so clear."]
    assert "Ben Lowe, for Help with run charts" in two.ana.text
    assert "You were thanked" not in preview(two.ben)


def test_thanks_from_long_ago_or_from_somebody_blocked_are_left_out(world: World) -> None:
    two = confirmed(world)
    two.ben.types(f"thanks {two.ref} You made it so clear.")
    world.later(days=6)
    assert "You were thanked" in preview(two.ana)
    two.ben.does(Block(exchange=two.exchange.id))
    assert "You were thanked" not in preview(two.ana)
    world.later(days=2)
    assert "You were thanked" not in preview(two.ana)


def _thanks(world: World, giver: Person, receiver: Person, words: str) -> int:
    """The receiver thanks the giver for an exchange that is over; its id."""
    world.later(minutes=1)
    made = exchange(world, giver, receiver, ExchangeState.CONFIRMED)
    message = Message(made, receiver.member.id, words, world.now, thanks=True)
    with world.store.begin() as books:
        books.exchanges.add_message(message)
    return made


def test_thanks_of_somebody_blocked_take_nobodys_place(world: World) -> None:
    ana, ben, cai = world.person("Ana Ward"), world.person("Ben Lowe"), world.person("Cai Price")
    _thanks(world, ana, cai, "So clear.")
    for number in range(5):
        made = _thanks(world, ana, ben, f"Thanks {number}.")
    assert preview(ana)["You were thanked"] == ["Thanks 4.", "Thanks 3."]
    ben.does(Block(exchange=made))
    assert preview(ana)["You were thanked"] == ["So clear."]


def test_a_digest_tells_nobodys_balance(world: World) -> None:
    two = confirmed(world)
    two.ben.types(f"thanks {two.ref} You made it so clear.")
    preview(two.ana)
    assert "balance" not in two.ana.text


def _late_in_kolkata(world: World) -> Person:
    ana = helper(world)
    member = ana.member
    with world.store.begin() as books:
        books.members.save(replace(member, zone="Asia/Kolkata"))
    return ana


def test_the_last_day_of_a_post_is_that_of_the_readers_own_day(world: World) -> None:
    ana, ben = _late_in_kolkata(world), world.person("Ben Lowe", "COU")
    ask(ben, "1 hour run charts, online, until 8 May 2026")
    world.now = world.now.replace(day=8, hour=18, minute=0)
    assert ASKS in preview(ana)
    world.later(minutes=31)
    assert ASKS not in preview(ana)


def test_the_word_alone_shows_it_and_it_can_be_stopped_and_started_by_typing(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    assert "You get this digest: Every Monday at 9am." in ana.types("digest")
    ana.types("digest friday 4pm")
    assert "You get this digest: Every Friday at 4pm." in ana.types("digest")
    ana.types("digest off")
    assert "You get this digest" not in ana.types("digest")
    ana.presses("Get it every week")
    assert "You get this digest: Every Friday at 4pm." in ana.types("crynodeb")
