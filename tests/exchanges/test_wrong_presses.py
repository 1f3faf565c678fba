"""Presses that come twice, too late, from the wrong side or from a stranger change nothing."""

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
    Thank,
    Withdraw,
)
from core.exchanges.model import ExchangeState
from core.exchanges.safety_intents import Attach, Block, Dispute, OpenReport, Resolve
from core.members.model import MemberState
from core.ui.intents import Unreadable, to_wire
from tests.exchanges.story import ask, claimed, confirmed, met, proposed
from tests.world import World, buttons_of


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


def test_nobody_agrees_with_someone_whose_membership_is_paused(world: World) -> None:
    two = proposed(world)
    member = two.ana.member
    with world.store.begin() as books:
        books.members.save(replace(member, state=MemberState.SUSPENDED))
    two.ben.types("accept")
    two.ben.fills()
    assert "This cannot be agreed now." in two.ben.text
    assert two.ben.reserved == 0


def test_every_button_shown_survives_the_wire(world: World) -> None:
    two = confirmed(world)
    two.ana.types(f"message {two.ref} See you soon")
    two.ben.types(f"thanks {two.ref} brilliant")
    world.deliver()
    for person in (two.ana, two.ben):
        for message in person.inbox:
            for button in buttons_of(message.view):
                assert world.engine.vocabulary.read(to_wire(button.intent)) == button.intent
