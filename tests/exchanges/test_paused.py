"""An exchange while the chat account of one side is closed: paused, safe, and then it goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.exchanges.model import ExchangeState
from core.organisations.model import Role
from storage.audit import audit_ledger
from storage.audit_deliveries import audit_deliveries
from tests.exchanges.story import Two, agreed, ask, claimed, confirmed, disputed, offer, proposed
from tests.members.accounts import closes, identity_of, linked, opens, outcomes
from tests.world import Message, World

PAUSED = "Paused: Ana Ward is away for now"


def pause(two: Two) -> Message:
    """Ana's account is closed; what Ben is told of it."""
    closes(two.ana)
    two.world.deliver()
    (told,) = two.ben.told("exchange.paused")
    return told


def assert_whole(world: World) -> None:
    """The audits find nothing."""
    with world.store.begin() as books:
        assert audit_ledger(books.connection) == []
        assert audit_deliveries(books.connection, world.now) == []


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
    assert_whole(world)


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
    assert_whole(world)


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
    assert_whole(world)
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
    assert_whole(world)


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
    assert_whole(world)


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


def test_a_lead_who_is_away_is_not_asked_to_settle(world: World) -> None:
    lead, other = world.person("Lou Finch", "COU"), world.person("Kim Moss", "COU")
    for one in (lead, other):
        world.grants(one, Role.LEAD, "COU")
    closes(lead)
    disputed(world)
    assert lead.told("exchange.to-settle") == []
    assert len(other.told("exchange.to-settle")) == 1
