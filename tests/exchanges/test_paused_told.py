"""Who is told that an exchange is paused, and what waits for who is away."""

from __future__ import annotations

from tests.exchanges.pausing import PAUSED, pause
from tests.exchanges.story import agreed, ask, confirmed, offer, proposed
from tests.members.accounts import closes, identity_of, linked, opens, outcomes
from tests.world import World


def test_a_thank_you_waits_for_who_is_away(world: World) -> None:
    two = confirmed(world)
    closes(two.ana)
    said = two.ben.types(f"thanks {two.ref} That helped us a lot")
    assert "Ana Ward gets your thank-you when they are back" in said
    world.deliver()
    assert two.ana.told("exchange.thanked") == []
    opens(two.ana)
    world.deliver()
    assert "That helped us a lot" in two.ana.told("exchange.thanked")[0].text


def test_when_they_are_back_the_card_says_so_and_nobody_gets_a_new_message(world: World) -> None:
    two = proposed(world)
    told = pause(two)
    before = len(two.ben.inbox)
    opens(two.ana)
    world.deliver()
    assert len(two.ben.inbox) == before
    assert "Ana Ward is back" in told.text
    assert "Paused" not in "".join(one.text for one in two.ben.inbox)
    two.ben.types("home")
    assert "Accept" in two.ben.labels()
    assert two.ana.told("exchange.paused") == []


def test_who_was_back_before_the_other_could_be_told_is_never_mentioned(world: World) -> None:
    two = proposed(world)
    closes(two.ana)
    opens(two.ana)
    world.deliver()
    assert two.ben.told("exchange.paused") == []
    assert outcomes(two.ben)[-1] == ("exchange.paused", "withheld", "too late")


def test_who_was_not_told_the_first_time_is_told_when_it_closes_again(world: World) -> None:
    two = agreed(world)
    closes(two.ana)
    opens(two.ana)
    world.deliver()
    world.later(days=1)
    pause(two)


def test_a_second_message_comes_once_the_first_is_a_month_old(world: World) -> None:
    two = agreed(world)
    pause(two)
    opens(two.ana)
    world.later(days=31)
    closes(two.ana)
    world.deliver()
    assert len(two.ben.told("exchange.paused")) == 2


def test_an_account_that_closes_again_and_again_brings_one_message(world: World) -> None:
    two = agreed(world)
    told = pause(two)
    for _again in range(3):
        opens(two.ana)
        world.deliver()
        assert "Ana Ward is back" in told.text
        closes(two.ana)
        world.deliver()
        assert PAUSED in told.text
    assert len(two.ben.told("exchange.paused")) == 1


def test_what_they_would_have_been_told_waits_and_comes_once_for_each_thing(
    world: World,
) -> None:
    two = agreed(world)
    closes(two.ana)
    before, standing = len(two.ana.inbox), [one.edits for one in two.ana.inbox]
    two.ben.types(f"done {two.ref} 1 hour")
    two.ben.types(f"cancel {two.ref}")
    world.deliver()
    assert [one[1:] for one in outcomes(two.ana)[-2:]] == [("withheld", "away")] * 2
    world.later(days=40)
    world.deliver()
    assert [one.edits for one in two.ana.inbox] == standing
    opens(two.ana)
    world.deliver()
    new = two.ana.inbox[before:]
    assert [one.kind for one in new] == ["exchange.cancelled"]
    assert "Ben Lowe has cancelled this exchange" in new[0].text
    assert world.audit() == []
    closes(two.ana)
    opens(two.ana)
    assert world.deliver() == 0


def test_what_is_no_longer_true_does_not_come_back_to_life(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ana.types("settings")
    ana.fills(can_help="run charts")
    ref = ask(ben)
    closes(ana)
    world.deliver()
    assert outcomes(ana)[-1] == ("posts.new-ask", "withheld", "away")
    ben.types(f"close {ref}")
    opens(ana)
    world.deliver()
    assert ana.told("posts.new-ask") == []
    assert outcomes(ana)[-1] == ("posts.new-ask", "withheld", "too late")


def test_nobody_is_told_of_a_post_whose_author_went_away_meanwhile(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ana.types("settings")
    ana.fills(can_help="run charts")
    ask(ben)
    closes(ben)
    world.deliver()
    assert ana.told("posts.new-ask") == []


def test_the_messages_in_a_closed_chat_are_brought_up_to_date_when_it_opens(world: World) -> None:
    two = proposed(world)
    two.ben.types(f"suggest {two.ref} 45 mins")
    two.ben.fills()
    world.deliver()
    card = two.ana.told("exchange.suggested")[0]
    closes(two.ana)
    two.ben.types(f"decline {two.ref}")
    world.deliver()
    assert "It is your turn to answer" in card.text
    opens(two.ana)
    world.deliver()
    assert "It is your turn to answer" not in card.text
    assert world.audit() == []


def test_notices_go_to_the_chat_that_is_open_even_if_another_was_chosen(world: World) -> None:
    two = proposed(world)
    there = linked(two.ana)
    two.ana.types("settings")
    two.ana.fills(chat=str(identity_of(two.ana).id))
    closes(two.ana)
    two.ben.types(f"accept {two.ref}")
    two.ben.fills()
    world.deliver()
    assert two.ana.told("exchange.agreed") == []
    assert "Ben Lowe has accepted" in there.told("exchange.agreed")[0].text


def test_somebody_blocked_is_not_told(world: World) -> None:
    two = agreed(world)
    two.ben.types(f"block {two.ref}")
    closes(two.ana)
    world.deliver()
    assert two.ben.told("exchange.paused") == []


def test_both_sides_can_be_away_and_come_back_in_any_order(world: World) -> None:
    two = agreed(world)
    closes(two.ana)
    closes(two.ben)
    world.deliver()
    opens(two.ana)
    world.deliver()
    assert "Paused: Ben Lowe is away" in two.ana.types("exchanges")
    assert "Ben Lowe cannot use Hourbridge" in two.ana.told("exchange.paused")[0].text
    opens(two.ben)
    world.deliver()
    assert "Ben Lowe is back" in two.ana.told("exchange.paused")[0].text
    assert two.ben.told("exchange.paused") == []
    assert world.audit() == []


def test_every_other_side_of_many_exchanges_is_told(world: World) -> None:
    ana = world.person("Ana Ward")
    ref = offer(ana)
    others = [world.person(f"Other {number}", "COU") for number in "abc"]
    for one in others:
        one.types(f"want {ref}")
        one.fills()
    closes(ana)
    world.deliver()
    assert [len(one.told("exchange.paused")) for one in others] == [1, 1, 1]
