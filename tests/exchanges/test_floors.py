"""What a receiver may agree to: the floor is tested before the work, and no one else learns it."""

from __future__ import annotations

from core.exchanges.model import ExchangeState
from tests.exchanges.story import Two, agreed, ask, met, offer
from tests.world import World


def _receiver_without_hours(world: World) -> Two:
    """Ben may go 10 hours below zero, and has given all but an hour of that away in promises."""
    two = met(world)
    helper = world.person("Col Hart", "HOS")
    for words in ("6 hours of help with a move, online", "5 hours of help with a garden, online"):
        ref = ask(two.ben, words)
        helper.types(f"answer {ref}")
        helper.fills()
        two.ben.types("accept")
        two.ben.fills()
    assert two.ben.reserved == 660
    return two


def test_a_receiver_below_the_floor_is_refused_and_told_how_much_is_free(world: World) -> None:
    two = _receiver_without_hours(world)
    ref = ask(two.ben, "2 hours of help with run charts, online")
    two.ana.types(f"answer {ref}")
    two.ana.fills()
    two.ben.types(f"accept {two.ref}")
    two.ben.fills()
    assert two.ben.refused == "floor"
    assert "you can agree to 1 hour more" in two.ben.text
    assert two.exchange.state is ExchangeState.PROPOSED
    assert two.ben.reserved == 660


def test_a_giver_does_not_learn_the_receivers_balance_and_the_receiver_is_told_once(
    world: World,
) -> None:
    two = _receiver_without_hours(world)
    ref = offer(two.ana, "2 hours of help with run charts, online")
    two.ben.types(f"want {ref}")
    two.ben.fills()
    assert "too few free hours" in two.ben.text
    for _attempt in range(2):
        two.ana.types(f"accept {two.ref}")
        two.ana.fills()
        assert two.ana.refused == "floor"
        assert "Ben Lowe needs to free some hours first" in two.ana.text
        assert "hour" not in two.ana.text.replace("some hours", "")
    world.deliver()
    notices = two.ben.told("exchange.too-few-hours")
    assert len(notices) == 1
    assert "below the lowest balance" in notices[0].text
    assert two.exchange.state is ExchangeState.PROPOSED


def test_a_claim_above_the_agreement_asks_the_receiver_whose_floor_is_tested(
    world: World,
) -> None:
    two = _receiver_without_hours(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    two.ana.fills()
    two.ben.types("accept")
    two.ben.fills()
    two.ana.types(f"done {two.ref} 2 hours")
    two.ben.types(f"confirm {two.ref}")
    assert two.ben.refused == "floor"
    assert two.exchange.state is ExchangeState.CLAIMED
    two.ben.types(f"correct {two.ref} 1 hour")
    two.ana.types("confirm")
    assert (two.ana.balance, two.ben.balance, two.ben.reserved) == (180, 60, 660)


def test_a_receiver_who_claims_more_sets_it_aside_at_once_or_is_refused(world: World) -> None:
    two = agreed(world)
    two.ben.types(f"done {two.ref} 13 hours")
    assert two.ben.refused == "floor"
    assert (two.ben.reserved, two.exchange.state) == (60, ExchangeState.AGREED)
    two.ben.types(f"done {two.ref} 12 hours")
    assert two.ben.reserved == 720
    two.ana.types("confirm")
    assert (two.ben.balance, two.ben.reserved, two.ana.balance) == (-600, 0, 840)
    assert world.total() == 0
