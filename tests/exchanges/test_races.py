"""Two presses at the same moment: one is done, the other sees what was done."""

from __future__ import annotations

from core.answers import Answer
from core.exchanges.intents import Accept, Cancel, Claim, Confirm, Thank
from core.exchanges.model import ExchangeState
from core.exchanges.safety_intents import Resolve
from core.organisations.model import Role
from core.ui.intents import Intent
from core.ui.plain import plain
from core.ui.replies import Nothing, Refuse, Replace
from tests.exchanges.story import agreed, claimed, confirmed, disputed, proposed
from tests.world import ENGLISH, Person, World


def _at_once(world: World, *presses: tuple[Person, Intent]) -> list[str]:
    """What each person reads whose presses come at the same moment."""
    return [_read(answer) for answer in world.at_once(*presses)]


def _read(answer: Answer) -> str:
    match answer.reply:
        case Replace(view):
            return plain(view, ENGLISH)
        case Refuse(reason, _field, code):
            assert code != "failed"
            return ENGLISH(reason)
        case Nothing():
            return ""
        case _:
            raise AssertionError(answer.reply)


def test_confirming_many_times_at_once_moves_the_hours_once(world: World) -> None:
    two = claimed(world)
    confirm = Confirm(exchange=two.exchange.id, version=two.exchange.version)
    texts = _at_once(world, *((two.ben, confirm),) * 6)
    assert sum("Confirmed. The hours have moved." in text for text in texts) == 1
    assert all("You received 1 hour" in text for text in texts)
    assert (two.ana.balance, two.ben.balance, two.ben.reserved) == (180, 60, 0)
    assert world.total() == 0


def test_both_sides_claiming_at_once_leaves_one_claim_for_the_other_to_confirm(
    world: World,
) -> None:
    two = agreed(world)
    exchange = two.exchange
    one, other = (
        Claim(exchange=exchange.id, version=exchange.version, minutes=minutes)
        for minutes in ("1h", "45 mins")
    )
    texts = _at_once(world, (two.ana, one), (two.ben, other))
    assert sum("has been asked to confirm" in text for text in texts) == 1
    assert sum("This has changed since" in text for text in texts) == 1
    assert two.exchange.state is ExchangeState.CLAIMED
    assert two.exchange.version == exchange.version + 1


def test_cancelling_and_confirming_at_once_does_one_of_them(world: World) -> None:
    two = claimed(world)
    exchange = two.exchange
    _at_once(
        world,
        (two.ana, Cancel(exchange=exchange.id, version=exchange.version)),
        (two.ben, Confirm(exchange=exchange.id, version=exchange.version)),
    )
    moved = two.exchange.state is ExchangeState.CONFIRMED
    assert moved or two.exchange.state is ExchangeState.CANCELLED
    assert two.ana.balance == (180 if moved else 120)
    assert (two.ben.reserved, world.total()) == (0, 0)


def test_accepting_twice_at_once_sets_the_minutes_aside_once(world: World) -> None:
    two = proposed(world)
    accept = Accept(exchange=two.exchange.id, version=two.exchange.version)
    _at_once(world, (two.ben, accept), (two.ben, accept))
    assert two.ben.reserved == 60
    assert two.exchange.state is ExchangeState.AGREED


def test_two_leads_settling_at_once_settle_once(world: World) -> None:
    leads = [world.person("Lou Finch", "NGH"), world.person("May Reed", "COU")]
    world.grants(leads[0], Role.LEAD, "NGH")
    world.grants(leads[1], Role.LEAD, "COU")
    two = disputed(world)
    exchange = two.exchange.id
    texts = _at_once(
        world,
        (leads[0], Resolve(exchange=exchange, minutes="45 mins")),
        (leads[1], Resolve(exchange=exchange, minutes="2h")),
    )
    assert sum("settled already" in text for text in texts) == 1
    assert two.ana.balance == 120 + (two.exchange.settled_minutes or 0)
    assert world.total() == 0


def test_thanking_twice_at_once_thanks_once(world: World) -> None:
    two = confirmed(world)
    thank = Thank(exchange=two.exchange.id, words="brilliant")
    _at_once(world, (two.ben, thank), (two.ben, thank))
    world.deliver()
    assert len(two.ana.told("exchange.thanked")) == 1


def test_a_repeat_of_the_same_delivery_is_done_once(world: World) -> None:
    two = claimed(world)
    confirm = Confirm(exchange=two.exchange.id, version=two.exchange.version)
    two.ben.does(confirm, delivery="the-same")
    two.ben.does(confirm, delivery="the-same")
    assert isinstance(two.ben.reply, Nothing)
    assert two.ana.balance == 180
