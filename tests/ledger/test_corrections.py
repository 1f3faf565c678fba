"""Corrections: proposed by one lead, decided by another who is not a party, posted once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.kernel.references import reference
from core.ledger.intents import ApproveCorrection, DeclineCorrection
from core.ledger.model import AccountKind
from core.organisations.model import Role
from tests.ledger.histories import confirmed
from tests.world import Person, World


@dataclass
class Case:
    """Ana helped Ben for 90 minutes; a lead on each side, and an admin."""

    world: World
    ana: Person
    ben: Person
    lead: Person
    other_lead: Person
    admin: Person
    exchange: str

    def propose(self) -> str:
        return self.lead.types(f"reverse {self.exchange} the time was counted twice")

    @property
    def balances(self) -> tuple[int, int]:
        return self.ana.balance, self.ben.balance


@pytest.fixture
def case(world: World) -> Case:
    ana, ben = world.person("Ana Ward"), world.person("Ben Okoro", "COU")
    lead, other = world.person("Cai Rees"), world.person("Elin Price", "COU")
    admin = world.person("Dilys Hart", "HOS")
    world.grants(lead, Role.LEAD, "NGH")
    world.grants(other, Role.LEAD, "COU")
    world.grants(admin, Role.ADMIN)
    exchange = confirmed(world, giver=ana, receiver=ben, minutes=90)
    world.deliver()
    return Case(world, ana, ben, lead, other, admin, exchange)


def test_another_lead_approves_and_the_hours_go_back_once(case: Case) -> None:
    assert "Waits for another lead or an administrator" in case.propose()
    assert case.balances == (210, 30)
    case.world.deliver()
    (asked,) = case.other_lead.told("ledger.correction-asked")
    assert "the time was counted twice" in asked.text
    assert case.admin.told("ledger.correction-asked")
    done = case.other_lead.presses_in(asked, "Put the hours back")
    assert "The hours are put back." in done
    assert "Approved by Elin Price" in done
    assert case.balances == (120, 120)
    again = case.other_lead.presses_in(asked, "Put the hours back")
    assert "This has changed since" in again
    assert case.balances == (120, 120)
    case.world.deliver()
    assert "1 hour 30 minutes came back to you." in case.ben.told("ledger.correction-made")[0].text
    assert "went back to the other side" in case.ana.told("ledger.correction-made")[0].text
    assert "Approved by Elin Price" in case.lead.told("ledger.correction-decided")[0].text
    assert f"Put back: {case.exchange}" in case.ana.types("statement")
    assert case.world.audit() == []


def test_cards_that_stand_in_chats_follow_the_decision(case: Case) -> None:
    case.propose()
    case.world.deliver()
    case.admin.presses("Leave them as they are")
    case.world.deliver()
    (asked,) = case.other_lead.told("ledger.correction-asked")
    assert asked.edits == 1
    assert "Declined by Dilys Hart" in asked.text
    assert "Declined by Dilys Hart" in case.lead.told("ledger.correction-decided")[0].text
    assert case.balances == (210, 30)
    late = case.other_lead.does(ApproveCorrection(correction=1, version=1))
    assert "This has changed since" in late
    assert case.balances == (210, 30)


def test_after_a_decline_it_may_be_proposed_again_and_after_an_approval_not(case: Case) -> None:
    case.propose()
    case.admin.types("corrections decline " + reference("C", 1))
    assert "Waits for" in case.propose()
    case.admin.types("corrections approve " + reference("C", 2))
    assert case.balances == (120, 120)
    case.propose()
    assert case.lead.refused == "put-back"


def test_the_proposer_cannot_decide_and_only_the_proposer_withdraws(case: Case) -> None:
    world = case.world
    world.grants(case.lead, Role.ADMIN)
    case.propose()
    assert case.lead.labels() == ["Withdraw"]
    withdraw = case.lead.button("Withdraw")
    case.lead.does(ApproveCorrection(correction=1))
    assert case.lead.refused == "not-allowed"
    case.other_lead.presses_button(withdraw)
    assert case.other_lead.refused == "not-allowed"
    assert "Withdrawn. No hours have moved." in case.lead.presses_button(withdraw)
    case.other_lead.does(ApproveCorrection(correction=1))
    assert case.balances == (210, 30)


def test_a_party_never_decides_even_as_an_admin(case: Case) -> None:
    case.world.grants(case.ben, Role.ADMIN)
    case.world.grants(case.ben, Role.LEAD, "COU")
    case.propose()
    case.world.deliver()
    assert case.ben.told("ledger.correction-asked") == []
    for intent in (ApproveCorrection(correction=1), DeclineCorrection(correction=1)):
        case.ben.does(intent)
        assert case.ben.refused == "not-found"
    assert "No correction waits" in case.ben.types("corrections")
    assert case.balances == (210, 30)


def test_members_and_leads_of_other_organisations_find_nothing(case: Case) -> None:
    stranger = case.world.person("Faye Lund", "GPP")
    case.world.grants(stranger, Role.LEAD, "GPP")
    stranger.types(f"reverse {case.exchange} because")
    assert stranger.refused == "not-found"
    case.propose()
    for person in (stranger, case.ana):
        for intent in (ApproveCorrection(correction=1), ApproveCorrection(correction=99)):
            person.does(intent)
            assert person.refused == "not-found"
    assert "No correction waits" in stranger.types("corrections")
    case.ana.types("corrections")
    assert case.ana.refused == "not-allowed"
    case.ana.types(f"reverse {case.exchange} because")
    assert case.ana.refused == "not-allowed"


def test_one_exchange_has_one_open_proposal(case: Case) -> None:
    case.propose()
    shown = case.other_lead.types(f"reverse {case.exchange} again")
    assert "There is a proposal already" in shown
    assert "Put the hours back" in case.other_lead.labels()
    assert case.world.rows("corrections") == 1


def test_the_list_shows_what_waits_and_opens_it(case: Case) -> None:
    case.propose()
    assert "from Ana Ward back to Ben Okoro" in case.other_lead.types("corrections")
    case.other_lead.presses("Open")
    case.other_lead.presses("Put the hours back")
    assert case.balances == (120, 120)
    assert "No correction waits" in case.other_lead.types("cywiriadau")


def test_a_bare_reverse_opens_a_form(case: Case) -> None:
    case.lead.types("reverse")
    case.lead.fills(exchange=case.exchange.lower(), words="the time was counted twice")
    assert "Waits for" in case.lead.text


@pytest.mark.parametrize(
    ("typed", "code"), [("O-7K2 wrong", "no-reference"), ("E-ZZZ wrong", "not-found")]
)
def test_references_that_are_not_an_exchange_are_refused(case: Case, typed: str, code: str) -> None:
    case.lead.types(f"reverse {typed}")
    assert case.lead.refused == code
    assert case.world.rows("corrections") == 0


def test_an_nhs_number_in_the_reason_is_not_kept(case: Case) -> None:
    case.lead.types(f"reverse {case.exchange} NHS number 943 476 5919")
    assert case.lead.refused
    assert case.world.holds("943 476") == []
    assert case.world.rows("corrections") == 0


def test_a_correction_goes_below_the_floor(case: Case) -> None:
    case.ana.types("give 13 hours 30 minutes to Ben Okoro")
    case.ana.presses("Yes, give it")
    assert case.ana.balance == -600
    case.propose()
    case.admin.types("corrections approve " + reference("C", 1))
    assert case.ana.balance == -690
    assert case.world.audit() == []


def test_the_hours_of_somebody_who_left_come_from_the_pot_they_went_to(case: Case) -> None:
    member = case.ana.member
    hours = case.ana.balance
    case.ana.types("leave")
    assert "You have left" in case.ana.presses("Yes, leave Hourbridge")
    case.propose()
    case.admin.types("corrections approve " + reference("C", 1))
    with case.world.store.begin() as books:
        pot = books.ledger.account(AccountKind.ORGANISATION, member.organisation_id)
    assert pot is not None
    assert pot.balance == hours - 90
    assert case.ben.balance == 120
    assert case.world.audit() == []


def test_without_anyone_to_decide_nothing_is_proposed(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Okoro")
    lead = world.person("Cai Rees")
    world.grants(lead, Role.LEAD, "NGH")
    exchange = confirmed(world, giver=ana, receiver=ben, minutes=30)
    lead.types(f"reverse {exchange} wrong")
    assert lead.refused == "nobody-decides"
    assert world.rows("corrections") == 0
