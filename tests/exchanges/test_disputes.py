"""A disagreement: frozen, read by a lead who is no party to it, settled once."""

from __future__ import annotations

import pytest

from core.exchanges.intents import Cancel, Confirm
from core.exchanges.model import ExchangeState
from core.exchanges.safety_intents import OpenResolve, Resolve
from core.organisations.model import Role
from tests.exchanges.story import Two, claimed, disputed
from tests.world import Person, World


def _lead(world: World, name: str = "Lou Finch", code: str = "NGH") -> Person:
    lead = world.person(name, code)
    world.grants(lead, Role.LEAD, code)
    return lead


def test_a_dispute_freezes_the_exchange_and_tells_a_lead_and_the_other_side(
    world: World,
) -> None:
    lead = _lead(world)
    two = disputed(world)
    assert two.exchange.state is ExchangeState.DISPUTED
    assert "A lead has been asked" in two.ben.text
    notice = lead.told("exchange.to-settle")[0]
    assert "I remember an hour." in notice.text
    assert "2 hours, says Ana Ward" in notice.text
    assert "asks a lead to settle" in two.ana.told("exchange.disputed")[0].text
    for person in (two.ana, two.ben):
        for intent in (Cancel(exchange=two.exchange.id), Confirm(exchange=two.exchange.id)):
            person.does(intent)
            assert "This is how it stands" in person.text
    assert (two.exchange.state, two.ben.reserved) == (ExchangeState.DISPUTED, 60)


def test_a_lead_settles_and_the_hours_move_once(world: World) -> None:
    lead = _lead(world)
    two = disputed(world)
    notice = lead.told("exchange.to-settle")[0]
    lead.presses_in(notice, "Settle it")
    form = lead.form
    lead.fills(minutes="45 mins")
    assert "Settled" in lead.text
    lead.screen = form
    lead.fills(minutes="2 hours")
    assert "settled already" in lead.text
    assert (two.ana.balance, two.ben.balance, two.ben.reserved) == (165, 75, 0)
    world.deliver()
    for person, balance in ((two.ana, "2 hours 45 minutes"), (two.ben, "1 hour 15 minutes")):
        told = person.told("exchange.resolved")[0]
        assert "A lead has settled this" in told.text
        assert f"Your balance is now {balance}." in told.text
    world.later(seconds=30)
    world.deliver()
    assert "This has been settled: 45 minutes." in notice.text
    assert "I remember" not in notice.text


def test_a_settlement_of_nothing_moves_nothing_and_frees_what_was_set_aside(
    world: World,
) -> None:
    lead = _lead(world)
    two = disputed(world)
    lead.types(f"settle {two.ref} 0")
    assert (two.ana.balance, two.ben.balance, two.ben.reserved) == (120, 120, 0)
    assert two.exchange.state is ExchangeState.RESOLVED
    assert "No hours moved" in two.ana.types(f"show {two.ref}")


@pytest.mark.parametrize("minutes", ["7 minutes", "-1 hour", "500 hours", "", "lots", "13 hours"])
def test_an_impossible_settlement_is_refused(world: World, minutes: str) -> None:
    lead = _lead(world)
    two = disputed(world)
    lead.does(Resolve(exchange=two.exchange.id, minutes=minutes))
    assert lead.refused
    assert two.exchange.state is ExchangeState.DISPUTED
    assert (two.ana.balance, two.ben.balance) == (120, 120)


def test_the_first_of_two_settlements_stands(world: World) -> None:
    lou, may = _lead(world), _lead(world, "May Reed", "COU")
    two = disputed(world)
    assert lou.told("exchange.to-settle")
    assert may.told("exchange.to-settle")
    may.types(f"settle {two.ref} 1 hour")
    lou.types(f"settle {two.ref} 2 hours")
    assert "settled already" in lou.text
    assert two.ana.balance == 180


def test_a_lead_of_another_organisation_finds_nothing(world: World) -> None:
    _lead(world)
    other = _lead(world, "Oli Marsh", "HOS")
    two = disputed(world)
    assert other.types(f"show {two.ref}") == "I cannot find that."
    other.types(f"settle {two.ref} 1 hour")
    assert other.refused == "not-found"
    assert two.ref not in other.types("disputes")
    assert other.told("exchange.to-settle") == []


def test_a_party_who_is_a_lead_cannot_settle_and_is_not_asked(world: World) -> None:
    two = claimed(world, "2 hours")
    world.grants(two.ana, Role.LEAD, "NGH")
    admin = world.person("Adi Moss", "GPP")
    world.grants(admin, Role.ADMIN)
    two.ben.types(f"dispute {two.ref} I remember an hour.")
    world.deliver()
    assert two.ana.told("exchange.to-settle") == []
    assert admin.told("exchange.to-settle")
    two.ana.does(OpenResolve(exchange=two.exchange.id))
    assert two.ana.refused == "party"
    two.ana.does(Resolve(exchange=two.exchange.id, minutes="2 hours"))
    assert two.ana.refused == "party"
    assert "Nothing waits for you here" in two.ana.types("disputes")
    admin.types(f"settle {two.ref} 1 hour")
    assert two.ana.balance == 180


def test_without_a_lead_or_admin_the_member_is_told_whom_to_ask(world: World) -> None:
    two = disputed(world)
    assert "no lead yet" in two.ben.text
    assert two.exchange.state is ExchangeState.DISPUTED


def test_a_lead_reads_only_the_messages_that_a_side_attaches(world: World) -> None:
    lead = _lead(world)
    two = claimed(world, "2 hours")
    two.ana.types(f"message {two.ref} We began at noon")
    two.ben.types(f"message {two.ref} And ended at one")
    two.ben.types(f"dispute {two.ref} I remember an hour.")
    world.deliver()
    before = lead.types(f"show {two.ref}")
    assert "noon" not in before
    assert "ended at one" not in before
    two.ben.presses("Let the lead read my messages")
    after = lead.types(f"show {two.ref}")
    assert "ended at one" in after
    assert "noon" not in after
    two.ana.types(f"attach {two.ref}")
    assert "noon" in lead.types(f"show {two.ref}")


def test_a_lead_cannot_see_an_exchange_that_nobody_disputes(world: World) -> None:
    lead = _lead(world)
    two = claimed(world)
    assert lead.types(f"show {two.ref}") == "I cannot find that."
    lead.types(f"settle {two.ref} 1 hour")
    assert lead.refused == "not-found"
    assert two.exchange.state is ExchangeState.CLAIMED


def test_the_list_of_disputes_opens_each(world: World) -> None:
    lead = _lead(world)
    two = disputed(world)
    lead.types("disputes")
    assert "Ben Lowe asks a lead to settle" in lead.text
    lead.presses("Open")
    assert "I remember an hour." in lead.text
    lead.presses("Settle it")
    lead.fills()
    assert (two.exchange.settled_minutes, two.ana.balance) == (120, 240)


def test_a_dispute_with_unfit_words_is_refused_and_freezes_nothing(world: World) -> None:
    two = claimed(world)
    two.ben.types(f"dispute {two.ref} see NHS number 943 476 5919")
    assert two.ben.refused
    two.ben.types(f"dispute {two.ref}")
    two.ben.fills(words="😀")
    assert two.ben.refused
    assert two.exchange.state is ExchangeState.CLAIMED
    assert world.holds("943 476 5919") == []


def test_a_lead_card_that_is_old_shows_the_present_state(world: World) -> None:
    lead = _lead(world)
    two: Two = claimed(world)
    world.later(days=22)
    world.runs("exchanges.escalate-claims")
    world.deliver()
    button = lead.button("Settle it")
    two.ben.types(f"dispute {two.ref} I remember less.")
    lead.presses_button(button)
    assert "This has changed since" in lead.text


def test_a_lead_reads_all_attached_messages_in_pages_and_no_others(world: World) -> None:
    lead = _lead(world)
    two = claimed(world, "2 hours")
    two.ana.types(f"message {two.ref} We began at noon")
    for number in range(4):
        two.ben.types(f"message {two.ref} Message number {number}")
    two.ben.types(f"dispute {two.ref} I remember an hour.")
    two.ben.types(f"attach {two.ref}")
    lead.types(f"show {two.ref}")
    lead.presses("Read all messages")
    lead.presses("Next (2 of 2)")
    assert "number 0" in lead.text
    assert "noon" not in lead.text
