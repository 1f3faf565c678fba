"""An exchange while the chat account of one side is closed: paused, safe, and then it goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.exchanges.model import ExchangeState
from core.organisations.model import Role
from tests.exchanges.pausing import PAUSED, pause
from tests.exchanges.story import Two, agreed, claimed, confirmed, disputed, proposed
from tests.members.accounts import closes, opens
from tests.world import World


@pytest.mark.parametrize(
    ("until", "says", "labels"),
    [
        (proposed, "You can wait, or decline. No hours are set aside.", ["Decline"]),
        (
            agreed,
            "The hours you agreed are safe. You can wait or cancel.",
            ["It is done", "Cancel the exchange"],
        ),
        (
            claimed,
            "They said it took 1 hour. You can still confirm or correct it",
            ["Confirm", "It took another time", "Ask a lead to settle", "Cancel the exchange"],
        ),
        (disputed, "The hours are safe. A lead has been asked", ["Let the lead read my messages"]),
    ],
)
def test_the_other_side_is_told_once_what_it_means_and_what_they_can_do(
    world: World, until: Callable[[World], Two], says: str, labels: list[str]
) -> None:
    two = until(world)
    told = pause(two)
    assert "Ana Ward cannot use Hourbridge at the moment, so this exchange is paused" in told.text
    assert PAUSED in told.text
    assert says in told.text
    two.ben.types(f"show {two.ref}")
    report_and_block = ["Report", "Block this person"]
    assert two.ben.labels() == labels + report_and_block
    closes(two.ana)
    world.deliver()
    assert len(two.ben.told("exchange.paused")) == 1
    assert world.audit() == []


def test_every_card_that_stands_and_every_list_says_that_it_is_paused(world: World) -> None:
    two = agreed(world)
    before = len(two.ben.inbox)
    pause(two)
    assert len(two.ben.inbox) == before + 1
    assert all(PAUSED in one.text for one in two.ben.inbox if one.kind.startswith("exchange."))
    for words in ("exchanges", "home", f"show {two.ref}"):
        assert PAUSED in two.ben.types(words)


def test_what_is_over_is_not_paused_and_nobody_is_told(world: World) -> None:
    two = confirmed(world)
    closes(two.ana)
    world.deliver()
    assert two.ben.told("exchange.paused") == []
    assert "Paused" not in two.ben.types("exchanges")


def test_a_proposal_of_somebody_away_is_not_accepted_from_an_old_button(world: World) -> None:
    two = proposed(world)
    accept, suggest = two.ben.button("Accept"), two.ben.button("Suggest other minutes")
    pause(two)
    for old in (accept, suggest):
        assert "Ana Ward is away at the moment" in two.ben.presses_button(old)
    assert "Ana Ward is away at the moment" in two.ben.types(f"accept {two.ref}")
    assert "Accept" not in two.ben.labels()
    two.ben.types("home")
    assert "Accept" not in two.ben.labels()
    assert two.exchange.state is ExchangeState.PROPOSED
    assert two.ben.reserved == 0


def test_a_form_to_accept_that_was_open_agrees_nothing(world: World) -> None:
    two = proposed(world)
    two.ben.types(f"accept {two.ref}")
    closes(two.ana)
    assert "Ana Ward is away at the moment" in two.ben.fills()
    assert two.exchange.state is ExchangeState.PROPOSED


def test_the_other_side_may_cancel_and_is_not_told_that_it_has_been_read(world: World) -> None:
    two = agreed(world)
    pause(two)
    assert "Ana Ward is told when they are back" in two.ben.types(f"cancel {two.ref}")
    assert two.exchange.state is ExchangeState.CANCELLED
    assert two.ben.reserved == 0


def test_a_claim_of_somebody_away_can_be_confirmed_and_the_hours_reach_them(world: World) -> None:
    two = claimed(world)
    pause(two)
    assert "The hours have moved" in two.ben.types(f"confirm {two.ref}")
    assert (two.ana.balance, two.ben.balance) == (180, 60)
    assert world.audit() == []


def test_work_that_is_done_can_still_be_claimed_and_goes_to_a_lead(world: World) -> None:
    lead = world.person("Lou Finch", "COU")
    world.grants(lead, Role.LEAD, "COU")
    two = agreed(world)
    pause(two)
    assert "asked to confirm when they are back" in two.ben.types(f"done {two.ref} 1 hour")
    world.later(days=21, minutes=1)
    assert world.runs("exchanges.escalate-claims") == 1
    world.deliver()
    assert two.exchange.state is ExchangeState.CLAIMED
    assert "Ana Ward is away at the moment" in lead.told("exchange.escalated")[0].text
    lead.types(f"settle {two.ref} 1 hour")
    assert two.ana.balance == 180


def test_nothing_is_confirmed_by_itself_however_long_somebody_is_away(world: World) -> None:
    two = claimed(world)
    closes(two.ben)
    for _month in range(12):
        world.later(days=30)
        for job in world.house.jobs:
            world.runs(job)
    assert two.exchange.state is ExchangeState.CLAIMED
    assert (two.ana.balance, two.ben.balance, two.ben.reserved) == (120, 120, 60)


def test_a_proposal_lapses_whoever_is_away(world: World) -> None:
    two = proposed(world)
    pause(two)
    world.later(days=14, minutes=1)
    assert world.runs("exchanges.lapse-proposals") == 1
    world.deliver()
    assert "not answered in time" in two.ben.told("exchange.lapsed")[0].text


def test_an_agreement_stands_still_while_a_side_is_away_and_has_its_time_anew(
    world: World,
) -> None:
    two = agreed(world)
    pause(two)
    world.later(days=90)
    assert world.runs("exchanges.lapse-agreements") == 0
    opens(two.ana)
    world.later(days=60)
    assert world.runs("exchanges.lapse-agreements") == 0
    assert two.ben.reserved == 60
    world.later(minutes=1)
    assert world.runs("exchanges.lapse-agreements") == 1
    assert two.ben.reserved == 0


def test_no_message_is_sent_to_somebody_who_cannot_read_it(world: World) -> None:
    two = agreed(world)
    pause(two)
    before = world.rows("messages")
    assert "a message cannot reach them" in two.ben.types(f"message {two.ref} See you at 2")
    assert two.ben.refused == "away"
    assert world.rows("messages") == before


def test_a_conversation_that_is_over_does_not_wait_for_who_is_away(world: World) -> None:
    two = confirmed(world)
    closes(two.ana)
    world.later(days=31)
    said = two.ben.types(f"message {two.ref} See you at 2")
    assert "ended more than 30 days ago" in said
    assert "when they are back" not in said


def test_a_lead_who_settles_is_not_told_that_somebody_away_has_heard(world: World) -> None:
    lead = world.person("Lou Finch", "COU")
    world.grants(lead, Role.LEAD, "COU")
    two = disputed(world)
    pause(two)
    said = lead.types(f"settle {two.ref} 1 hour")
    assert "Settled." in said
    assert "told when they are back" in said
    assert "Both sides have been told" not in said


def test_a_lead_who_is_away_is_not_asked_to_settle(world: World) -> None:
    lead, other = world.person("Lou Finch", "COU"), world.person("Kim Moss", "COU")
    for one in (lead, other):
        world.grants(one, Role.LEAD, "COU")
    closes(lead)
    disputed(world)
    assert lead.told("exchange.to-settle") == []
    assert len(other.told("exchange.to-settle")) == 1
