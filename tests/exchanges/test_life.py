"""An exchange from "I can help" to thanks, in two chats, by button and by typed words."""

from __future__ import annotations

from dataclasses import replace

from core.exchanges.model import ExchangeState, Manager, WhoseTime
from tests.exchanges.story import agreed, ask, claimed, confirmed, met, offer, proposed
from tests.world import World


def test_the_whole_life_by_buttons_and_forms(world: World) -> None:
    two = met(world)
    ana, ben = two.ana, two.ben
    ref = ask(ben)
    ana.types(f"show {ref}")
    ana.presses("I can help")
    assert ana.form.fields[0].value == "1h"
    ana.fills(minutes="90 mins", when="Tuesday after 2pm", message="Happy to.", time="own")
    assert "Ben Lowe can accept" in ana.text
    world.deliver()

    proposal = ben.told("exchange.proposed")[0]
    assert "Ana Ward can help you" in proposal.text
    assert "Happy to." in proposal.text
    assert "1 hour 30 minutes" in proposal.text
    ben.presses_in(proposal, "Accept")
    ben.fills(time="work", manager="held")
    assert "Agreed. Ana Ward has been told" in ben.text
    assert (ben.reserved, ben.balance) == (90, 120)
    world.deliver()
    assert "Ben Lowe has accepted" in ana.told("exchange.agreed")[0].text
    world.later(seconds=30)
    world.deliver()
    assert "Accept" not in [line.split(":")[0] for line in proposal.text.splitlines()]

    ana.presses_in(ana.told("exchange.agreed")[0], "It is done")
    ana.fills()
    world.deliver()
    claim = ben.told("exchange.claimed")[0]
    ben.presses_in(claim, "Confirm")
    assert "Your balance is now 30 minutes" in ben.text
    assert (ben.balance, ben.reserved, ana.balance) == (30, 0, 210)
    world.deliver()
    news = ana.told("exchange.confirmed")[0]
    assert "Your balance is now 3 hours 30 minutes" in news.text
    assert "30 minutes" not in news.text.replace("3 hours 30 minutes", "").replace(
        "1 hour 30 minutes", ""
    )

    ana.presses_in(news, "Say thank you")
    ana.fills(words="A pleasure to work with you.")
    world.deliver()
    assert "A pleasure to work with you." in ben.told("exchange.thanked")[0].text
    assert world.total() == 0


def test_the_whole_life_by_typed_words(world: World) -> None:
    two = met(world)
    ana, ben = two.ana, two.ben
    ref = offer(ana)
    ben.types(f"want {ref} 45 mins")
    ben.fills()
    world.deliver()
    assert "Ben Lowe would like your help" in ana.told("exchange.proposed")[0].text
    ana.types("accept")
    ana.fills()
    ben.types("done 45 mins")
    ana.types("confirm")
    assert (ana.balance, ben.balance) == (165, 75)
    ben.types(f"thanks {two.ref} that helped a lot")
    assert "gets your thank-you" in ben.text
    assert two.exchange.state is ExchangeState.CONFIRMED


def test_an_agreement_records_terms_and_organisations_of_both_sides(world: World) -> None:
    two = proposed(world)
    two.ben.types("accept")
    two.ben.fills(time="both", manager="to-ask")
    exchange = two.exchange
    assert exchange.giver_terms is not None
    assert exchange.receiver_terms is not None
    assert exchange.giver_terms.time is WhoseTime.WORK
    assert exchange.receiver_terms.time is WhoseTime.BOTH
    assert exchange.receiver_terms.manager is Manager.TO_ASK
    assert exchange.giver_organisation_id == world.organisations["NGH"].id
    assert exchange.receiver_organisation_id == world.organisations["COU"].id

    two.ben.presses("My manager has agreed")
    terms = two.exchange.receiver_terms
    assert terms is not None
    assert terms.manager is Manager.HELD
    assert "My manager has agreed" not in two.ben.labels()


def test_the_next_form_starts_with_the_terms_of_the_last_one(world: World) -> None:
    two = proposed(world)
    two.ben.types("accept")
    two.ben.fills(time="own", manager="held")
    ref = offer(two.ana, "1 hour of easy read, online")
    two.ben.types(f"want {ref}")
    values = {field.name: field.value for field in two.ben.form.fields}
    assert (values["time"], values["manager"]) == ("own", "held")


def test_other_minutes_go_back_to_the_other_side(world: World) -> None:
    two = proposed(world)
    two.ben.presses_in(two.ben.told("exchange.proposed")[0], "Suggest other minutes")
    two.ben.fills(minutes="45 mins", message="Could it be shorter?")
    assert "Ana Ward can accept it" in two.ben.text
    assert "Accept" not in two.ben.labels()
    world.deliver()
    news = two.ana.told("exchange.suggested")[0]
    assert "Ben Lowe suggests 45 minutes instead" in news.text
    assert "Could it be shorter?" in news.text

    two.ben.types(f"accept {two.ref}")
    assert "nothing here for you to accept" in two.ben.text
    assert (two.exchange.version, two.ben.reserved) == (2, 0)
    two.ana.presses_in(news, "Accept")
    two.ana.fills()
    assert two.exchange.state is ExchangeState.AGREED
    assert two.ben.reserved == 45


def test_a_suggestion_of_the_same_minutes_is_refused(world: World) -> None:
    two = proposed(world)
    two.ben.types(f"suggest {two.ref} 1 hour")
    two.ben.fills()
    assert two.ben.refused == "same-minutes"
    assert two.exchange.version == 1


def test_declining_asks_for_no_reason_and_tells_the_proposer(world: World) -> None:
    two = proposed(world)
    two.ben.presses_in(two.ben.told("exchange.proposed")[0], "Decline")
    assert "Declined" in two.ben.text
    world.deliver()
    assert "Ben Lowe cannot do this" in two.ana.told("exchange.declined")[0].text
    assert two.exchange.state is ExchangeState.DECLINED


def test_a_withdrawn_proposal_tells_the_other_side_and_takes_the_buttons_away(
    world: World,
) -> None:
    two = proposed(world)
    standing = two.ben.told("exchange.proposed")[0]
    assert "Accept" in standing.text
    two.ana.types(f"withdraw {two.ref}")
    world.deliver()
    assert "Ana Ward has taken the proposal back" in two.ben.told("exchange.withdrawn")[0].text
    assert "accept" not in standing.text
    assert standing.edits == 1


def test_contact_details_show_only_after_agreement(world: World) -> None:
    two = met(world)
    ana = two.ana.member
    with world.store.begin() as books:
        books.members.save(replace(ana, contact="extension 4417"))
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    two.ana.fills()
    assert "4417" not in two.ben.types(f"show {two.ref}")
    two.ben.types("accept")
    two.ben.fills()
    assert "4417" in two.ben.types(f"show {two.ref}")
    assert "4417" not in two.ana.types(f"show {two.ref}")
    two.ben.types("cancel")
    assert "4417" not in two.ben.types(f"show {two.ref}")


def test_cancelling_frees_what_was_set_aside(world: World) -> None:
    two = agreed(world)
    assert two.ben.reserved == 60
    two.ana.types(f"cancel {two.ref}")
    assert "Cancelled. Ben Lowe has been told" in two.ana.text
    assert (two.ben.reserved, two.ben.balance) == (0, 120)
    world.deliver()
    assert "Ana Ward has cancelled" in two.ben.told("exchange.cancelled")[0].text


def test_a_claim_can_be_cancelled_until_it_is_confirmed(world: World) -> None:
    two = claimed(world)
    two.ben.types("cancel")
    assert two.exchange.state is ExchangeState.CANCELLED
    assert two.ben.reserved == 0
    two.ben.types(f"confirm {two.ref}")
    assert "nothing here for you to confirm" in two.ben.text
    assert (two.ana.balance, two.ben.balance) == (120, 120)


def test_a_correction_goes_back_to_the_first_side(world: World) -> None:
    two = claimed(world)
    two.ben.types(f"correct {two.ref} 45 mins")
    world.deliver()
    news = two.ana.told("exchange.corrected")[0]
    assert "it took 45 minutes" in news.text
    two.ben.types(f"confirm {two.ref}")
    assert "nothing here for you to confirm" in two.ben.text
    two.ana.presses_in(news, "Confirm")
    assert (two.ana.balance, two.ben.balance, two.ben.reserved) == (165, 75, 0)


def test_the_list_of_exchanges_is_paged_and_says_whose_turn_it_is(world: World) -> None:
    two = met(world)
    for number in range(6):
        ref = ask(two.ben, f"1 hour of help with topic {number}, online")
        two.ana.types(f"answer {ref}")
        two.ana.fills()
    first = two.ben.types("exchanges")
    assert "topic 5" in first
    assert "topic 0" not in first
    assert "It is your turn to answer" in first
    two.ben.presses("Next (2 of 2)")
    assert "topic 0" in two.ben.text
    assert "topic 0" in two.ben.types("exchanges 2")
    assert "Waiting for Ben Lowe to answer" in two.ana.types("exchanges")


def test_a_verb_without_a_reference_lists_what_fits(world: World) -> None:
    two = met(world)
    for number in range(2):
        ref = ask(two.ben, f"1 hour of help with topic {number}, online")
        two.ana.types(f"answer {ref}")
        two.ana.fills()
    two.ben.types("decline")
    assert "Which one do you mean?" in two.ben.text
    assert two.ben.labels() == ["This one", "This one"]
    two.ben.presses("This one")
    assert "Declined" in two.ben.text
    two.ben.types("decline")
    assert "Declined" in two.ben.text
    two.ben.types("decline")
    assert two.ben.refused == "nothing-fits"


def test_undo_takes_back_a_proposal_that_nobody_has_answered(world: World) -> None:
    two = proposed(world)
    two.ana.types("undo")
    assert two.exchange.state is ExchangeState.WITHDRAWN
    world.deliver()
    assert two.ben.told("exchange.withdrawn")


def test_undo_does_not_take_back_what_the_other_side_has_answered(world: World) -> None:
    two = agreed(world)
    two.ana.types("undo")
    assert two.ana.refused == "not-undoable"
    assert two.exchange.state is ExchangeState.AGREED


def test_undo_takes_back_a_claim_and_what_it_set_aside(world: World) -> None:
    two = agreed(world)
    two.ben.types("done 90 mins")
    assert two.ben.reserved == 90
    two.ben.types("undo")
    assert two.exchange.state is ExchangeState.AGREED
    assert (two.ben.reserved, two.exchange.claimed_minutes) == (60, None)


def test_undo_of_a_correction_brings_back_the_first_claim(world: World) -> None:
    two = claimed(world)
    two.ben.types("correct 45 mins")
    two.ben.types("undo")
    exchange = two.exchange
    assert (exchange.state, exchange.claimed_minutes) == (ExchangeState.CLAIMED, 60)
    two.ben.types("confirm")
    assert two.ana.balance == 180


def test_undo_never_moves_hours_back(world: World) -> None:
    two = confirmed(world)
    two.ana.types("undo")
    assert two.ana.refused == "not-undoable"
    assert two.ana.balance == 180


def test_each_side_says_thank_you_once(world: World) -> None:
    two = confirmed(world)
    two.ben.types(f"thanks {two.ref} brilliant")
    two.ben.types(f"thanks {two.ref} brilliant again")
    assert "already said thank you" in two.ben.text
    assert "Say thank you" not in two.ben.labels()
    world.deliver()
    assert len(two.ana.told("exchange.thanked")) == 1
    two.ana.presses_in(two.ana.told("exchange.thanked")[0], "Say thank you too")
    two.ana.fills(words="And you.")
    world.deliver()
    assert "And you." in two.ben.told("exchange.thanked")[0].text


def test_thanks_before_the_hours_are_confirmed_are_not_sent(world: World) -> None:
    two = agreed(world)
    two.ben.types(f"thanks {two.ref} brilliant")
    assert "when the hours are confirmed" in two.ben.text
    assert world.holds("brilliant") == []
