"""Everything that is refused, with a clear sentence and nothing stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.exchanges.intents import (
    Accept,
    Cancel,
    Claim,
    Confirm,
    OpenPropose,
    Propose,
    SendMessage,
    ShowExchange,
    Suggest,
    Thank,
    Withdraw,
)
from core.exchanges.model import ExchangeState
from core.exchanges.safety_intents import Attach, Block, Dispute, OpenReport, Resolve
from core.members.model import MemberState
from core.ui.intents import Unreadable, to_wire
from core.ui.views import View
from tests.exchanges.story import Two, agreed, ask, claimed, confirmed, met, offer, proposed
from tests.world import World, buttons_of

STOPPED = "Please ring about NHS number 943 476 5919"


def test_you_cannot_answer_your_own_post(world: World) -> None:
    ben = world.person("Ben Lowe", "COU")
    ref = ask(ben)
    ben.types(f"answer {ref}")
    assert ben.refused == "own-post"
    assert world.rows("exchanges") == 0


def test_a_closed_post_is_not_open_to_a_proposal_nor_to_a_form_opened_before(
    world: World,
) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    two.ben.types(f"close {ref}")
    assert "This post has closed." in two.ana.fills()
    assert "This post has closed." in two.ana.types(f"answer {ref}")
    assert "I can help" not in two.ana.labels()
    assert world.rows("exchanges") == 0


def test_a_post_whose_last_day_is_over_is_closed_even_before_the_clock_has_closed_it(
    world: World,
) -> None:
    two = met(world)
    ref = ask(two.ben)
    world.later(days=62)
    assert "This post has closed." in two.ana.types(f"answer {ref}")
    assert "I can help" not in two.ana.labels()
    assert world.rows("exchanges") == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("answer", "no-reference"),
        ("answer something", "no-reference"),
        ("answer A-ZZZ", "not-found"),
        ("accept E-ZZZ", "not-found"),
        ("accept O-ZZZ", "not-found"),
        ("show E-ZZZ", "not-found"),
        ("show nonsense", "not-found"),
        ("accept", "nothing-fits"),
        ("confirm", "nothing-fits"),
        ("done 1h", "nothing-fits"),
        ("cancel", "nothing-fits"),
        ("message hello there", "nothing-fits"),
        ("thanks", "nothing-fits"),
        ("disputes", "not-a-lead"),
        ("reports", "not-a-lead"),
        ("block", "no-reference"),
    ],
)
def test_typed_words_that_name_nothing_are_refused_in_words(
    world: World, typed: str, code: str
) -> None:
    ana = world.person("Ana Ward")
    assert ana.types(typed)
    assert ana.refused == code


def test_the_letter_of_a_reference_must_be_that_of_the_post(world: World) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"want O{ref[1:]}")
    assert two.ana.refused == "not-found"


@pytest.mark.parametrize(
    "minutes", ["0", "-1 hour", "7 minutes", "500 hours", "", "soon", "2", "1.01 hours", "😀"]
)
def test_impossible_minutes_are_refused_when_proposing_suggesting_claiming_and_correcting(
    world: World, minutes: str
) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    form = two.ana.form
    two.ana.fills(minutes=minutes)
    assert two.ana.refused
    assert world.rows("exchanges") == 0
    two.ana.screen = form
    two.ana.fills(minutes="1h")
    exchange = two.exchange.id
    two.ben.does(Suggest(exchange=exchange, minutes=minutes))
    assert two.ben.refused
    two.ben.does(Accept(exchange=exchange))
    two.ana.does(Claim(exchange=exchange, minutes=minutes))
    assert two.ana.refused
    two.ana.types("done 1h")
    version = two.exchange.version
    two.ben.types(f"correct {two.ref} {minutes or 'never'}")
    assert two.ben.refused
    assert two.exchange.version == version


@pytest.mark.parametrize("field", ["when", "message"])
@pytest.mark.parametrize(
    "words", [STOPPED, "w" * 5000, "😀😀"], ids=["nhs-number", "too-long", "emoji-only"]
)
def test_a_proposal_with_unfit_words_is_refused_on_its_field_and_nothing_is_kept(
    world: World, field: str, words: str
) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    two.ana.fills(**{field: words})
    assert two.ana.refused
    assert getattr(two.ana.reply, "field", "") == field
    assert world.rows("exchanges") == 0
    assert world.holds("943 476 5919") == []


def test_words_that_may_be_about_a_patient_are_asked_about_before_anything_is_kept(
    world: World,
) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    words = "My patient in bed 4 has a fever"
    two.ana.fills(message=words)
    assert "not_about_a_patient" in [field.name for field in two.ana.form.fields]
    assert world.rows("exchanges") == 0
    assert world.holds("bed 4") == []
    two.ana.fills(not_about_a_patient="yes")
    assert "Ben Lowe can accept" in two.ana.text
    assert world.rows("exchanges") == 1


def test_a_form_that_is_sent_twice_proposes_once(world: World) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    form = two.ana.form
    two.ana.fills()
    two.ana.screen = form
    two.ana.fills()
    assert "already proposed" in two.ana.text
    two.ben.types("decline")
    two.ana.screen = form
    two.ana.fills()
    assert "already proposed" in two.ana.text
    assert "Ben Lowe declined this" in two.ana.text
    assert world.rows("exchanges") == 1


def test_a_second_proposal_on_a_post_shows_the_first(world: World) -> None:
    two = proposed(world)
    two.ana.types(f"answer {two.post_ref}")
    assert "already proposed" in two.ana.text
    assert two.ref in two.ana.text


def test_the_proposer_cannot_accept_the_proposal(world: World) -> None:
    two = proposed(world)
    two.ana.does(Accept(exchange=two.exchange.id, version=two.exchange.version))
    assert "nothing here for you to accept" in two.ana.text
    assert two.exchange.state is ExchangeState.PROPOSED
    assert two.ben.reserved == 0


def test_the_side_that_claimed_cannot_confirm(world: World) -> None:
    two = claimed(world)
    two.ana.does(Confirm(exchange=two.exchange.id, version=two.exchange.version))
    assert "nothing here for you to confirm" in two.ana.text
    assert two.ana.balance == 120


def test_confirming_twice_moves_the_hours_once_and_shows_the_state(world: World) -> None:
    two = claimed(world)
    button = two.ben.button("Confirm")
    two.ben.presses_button(button)
    two.ben.presses_button(button)
    assert "You received 1 hour" in two.ben.text
    assert (two.ana.balance, two.ben.balance) == (180, 60)
    assert world.rows("postings") == 3


def test_an_old_button_shows_the_present_state_and_changes_nothing(world: World) -> None:
    two = proposed(world)
    old = two.ben.button("Accept")
    decline = two.ben.button("Decline")
    two.ben.types(f"suggest {two.ref} 45 mins")
    two.ben.fills()
    two.ana.types("accept")
    two.ana.fills()
    for button in (old, decline):
        two.ben.presses_button(button)
        assert "This has changed since" in two.ben.text
    assert two.exchange.state is ExchangeState.AGREED


def test_a_form_opened_before_a_change_is_not_carried_out(world: World) -> None:
    two = proposed(world)
    two.ben.types(f"accept {two.ref}")
    form = two.ben.form
    two.ana.types(f"withdraw {two.ref}")
    two.ben.screen = form
    two.ben.fills()
    assert "This has changed since" in two.ben.text
    assert two.exchange.state is ExchangeState.WITHDRAWN


def test_a_stranger_can_neither_see_nor_touch_an_exchange(world: World) -> None:
    two = claimed(world)
    eve = world.person("Eve Hale", "SGH")
    before = two.exchange
    for intent in (
        ShowExchange(exchange=before.id),
        Accept(exchange=before.id),
        Withdraw(exchange=before.id),
        Claim(exchange=before.id, minutes="1h"),
        Confirm(exchange=before.id, version=before.version),
        Cancel(exchange=before.id),
        Dispute(exchange=before.id, words="I say so"),
        Resolve(exchange=before.id, minutes="1h"),
        Attach(exchange=before.id),
        SendMessage(exchange=before.id, words="Hello you two"),
        Thank(exchange=before.id, words="Thanks"),
        Block(exchange=before.id),
        OpenReport(about=f"exchange:{before.id}"),
    ):
        text = eve.does(intent)
        assert text == "I cannot find that.", intent
        assert eve.refused == "not-found", intent
    assert two.exchange == before
    assert "run charts" not in eve.types("exchanges")


@pytest.mark.parametrize(
    "wire",
    [
        {"do": "exchange.confirm", "exchange": "one"},
        {"do": "exchange.confirm", "exchange": 2**70},
        {"do": "exchange.confirm", "exchange": [1]},
        {"do": "exchange.unknown"},
        {"exchange": 1},
    ],
)
def test_a_button_that_does_not_decode_is_unreadable(world: World, wire: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        world.engine.vocabulary.read(wire)


def test_forged_arguments_are_refused_and_nothing_is_stored(world: World) -> None:
    two = met(world)
    ask(two.ben)
    ben = two.ben.member.id
    with world.store.begin() as books:
        post = books.posts.of_member(ben)[0]
    two.ana.does(Propose(post=post.id, minutes="1h", time="royal"))
    assert two.ana.refused == "unreadable"
    two.ana.does(Propose(post=post.id, minutes="1h", key="k" * 5000))
    assert two.ana.refused == "unreadable"
    two.ana.does(Propose(minutes="1h"))
    assert two.ana.refused == "unreadable"
    two.ana.does(OpenPropose(post=-3))
    assert two.ana.refused == "not-found"
    two.ana.does(ShowExchange(exchange=-1))
    assert two.ana.refused == "not-found"
    assert world.rows("exchanges") == 0


def test_hours_that_were_confirmed_cannot_be_cancelled_disputed_or_claimed_again(
    world: World,
) -> None:
    two = confirmed(world)
    exchange = two.exchange
    for intent in (
        Cancel(exchange=exchange.id),
        Dispute(exchange=exchange.id, words="I changed my mind"),
        Claim(exchange=exchange.id, minutes="2h"),
    ):
        two.ben.does(intent)
        assert "This is how it stands" in two.ben.text
    assert two.exchange == exchange
    assert (two.ana.balance, two.ben.balance) == (180, 60)


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


def test_nobody_agrees_with_someone_whose_membership_is_paused(world: World) -> None:
    two = proposed(world)
    member = two.ana.member
    with world.store.begin() as books:
        books.members.save(replace(member, state=MemberState.SUSPENDED))
    two.ben.types("accept")
    two.ben.fills()
    assert "This cannot be agreed now." in two.ben.text
    assert two.ben.reserved == 0


def test_hostile_words_stay_words_and_name_nobody_on_a_lock_screen(world: World) -> None:
    words = "<!channel> <b>hello</b> [x](http://x.test) \u202eabc عربي"
    two = proposed(world, message=words)
    notice = two.ben.told("exchange.proposed")[0]
    assert isinstance(notice.view, View)
    assert "<!channel> <b>hello</b> [x](http://x.test)" in notice.text
    assert "\u202e" not in notice.text
    assert "channel" not in str(notice.view.summary)


def test_every_button_shown_survives_the_wire(world: World) -> None:
    two = confirmed(world)
    two.ana.types(f"message {two.ref} See you soon")
    two.ben.types(f"thanks {two.ref} brilliant")
    world.deliver()
    for person in (two.ana, two.ben):
        for message in person.inbox:
            for button in buttons_of(message.view):
                assert world.engine.vocabulary.read(to_wire(button.intent)) == button.intent
