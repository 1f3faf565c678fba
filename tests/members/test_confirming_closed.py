"""Somebody whose own organisation's chat is closed, and whom another has yet to confirm."""

from __future__ import annotations

import pytest

from core.couriers import Unreachable
from core.members.confirmation import ConfirmationState
from core.members.model import MemberState
from core.organisations.model import Role
from tests.members.accounts import closes, linked, opens, outcomes, state_of
from tests.members.chats import SHARED, code_in
from tests.members.shared import (
    ASKED,
    CONFIRMED,
    DECLINED,
    card,
    confirming,
    lead_of,
    newcomer,
    question,
    sets,
    state_of_question,
    visitor,
)
from tests.members.test_confirming_links import links
from tests.world import Person, World


@pytest.fixture
def ana(world: World) -> Person:
    """A member in the trust's own chat, in a system that asks for confirmation."""
    return confirming(world).person("Ana Ward", "NGH")


@pytest.fixture
def there(ana: Person) -> Person:
    """The same member in the shared tenant, where the practice has been asked."""
    found = visitor(ana.world)
    links(ana, found, "GPP")
    return found


def test_an_organisation_whose_own_chat_is_closed_is_asked_again(
    ana: Person, there: Person
) -> None:
    lead = lead_of(ana.world)
    closes(ana)
    there.types("organisation NGH")
    assert state_of_question(there) is ConfirmationState.WAITING
    assert "Does Ana Ward work at Northgate Hospital Trust?" in card(lead).text


def test_who_was_confirmed_in_a_chat_that_is_closed_is_asked_about_anew(
    ana: Person, there: Person
) -> None:
    world = ana.world
    pat = lead_of(world, "GPP", "Pat Mill")
    pat.types("joiners yes")
    closes(there)
    world.later(days=30)
    again = visitor(world, "Ana Reed")
    links(ana, again, "GPP")
    assert state_of_question(again) is ConfirmationState.WAITING
    world.deliver()
    assert len(pat.told(ASKED)) == 1
    pat.types("joiners yes")
    assert question(again) is None


def test_a_merge_with_a_member_whose_chat_is_closed_answers_nothing(world: World) -> None:
    confirming(world)
    ana, waiting = world.person("Ana Ward", "NGH"), newcomer(world)
    code = code_in(ana.types("link"))
    closes(ana)
    waiting.types(f"link {code}")
    waiting.presses("Yes, make them one")
    assert waiting.member.id == ana.member.id
    assert state_of_question(waiting) is ConfirmationState.WAITING
    assert state_of(ana) is MemberState.AWAY


def test_a_member_is_away_whose_only_open_chat_is_one_that_waits(
    ana: Person, there: Person
) -> None:
    closes(ana)
    assert state_of(ana) is MemberState.AWAY
    assert "Nearly there" in there.types("home")
    closes(there)
    opens(there)
    assert state_of(ana) is MemberState.AWAY
    opens(ana)
    assert state_of(ana) is MemberState.ACTIVE


def test_linking_a_chat_that_waits_brings_nobody_back(ana: Person) -> None:
    code = code_in(ana.types("link"))
    closes(ana)
    there = visitor(ana.world)
    there.types(f"link {code}")
    there.fills(organisation="GPP")
    assert "Nearly there" in there.text
    assert state_of(ana) is MemberState.AWAY


def test_who_is_away_is_back_with_the_answer_and_told(ana: Person, there: Person) -> None:
    world = ana.world
    pat = lead_of(world, "GPP", "Pat Mill")
    closes(ana)
    pat.types("joiners yes")
    assert state_of(ana) is MemberState.ACTIVE
    world.deliver()
    assert len(there.told(CONFIRMED)) == 1
    assert "Your balance" in there.types("home")
    assert ana.balance == 120


def test_who_is_away_is_back_once_nobody_is_asked(ana: Person, there: Person) -> None:
    closes(ana)
    sets(ana.world, 0)
    assert "Your balance" in there.types("home")
    assert state_of(ana) is MemberState.ACTIVE


def test_who_is_away_is_back_with_an_organisation_that_knows_them(
    ana: Person, there: Person
) -> None:
    world = ana.world
    second = linked(ana)
    closes(ana)
    with world.store.begin() as books:
        served = [world.organisations[code].id for code in ("GPP", "SGH")]
        books.tenants.approve("teams", SHARED, served, world.now)
    there.types("organisation SGH")
    assert question(there) is None
    closes(second)
    assert state_of(ana) is MemberState.ACTIVE


def test_what_a_member_is_told_does_not_go_into_a_chat_that_waits(
    ana: Person, there: Person
) -> None:
    world = ana.world
    world.deliver()
    before = len(there.inbox)
    member_id = ana.member.id
    with world.store.begin() as books:
        office = world.engine.office(books)
        office.tell("members.welcome", f"member:{member_id}", [member_id])
    world.outcomes = [Unreachable("is_archived")]
    world.deliver()
    assert outcomes(ana)[-1] == ("members.welcome", "unreachable", "is_archived")
    assert len(there.inbox) == before


def test_an_answer_that_met_a_closed_chat_is_told_when_it_is_open_again(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    waiting = newcomer(world)
    closes(waiting)
    lead.types("joiners no")
    world.deliver()
    assert outcomes(waiting) == [(DECLINED, "withheld", "away")]
    opens(waiting)
    world.deliver()
    assert "could not confirm you" in waiting.told(DECLINED)[0].text


def test_a_role_rests_while_its_chat_waits(ana: Person, there: Person) -> None:
    world = ana.world
    world.grants(there, Role.LEAD, "GPP")
    newcomer(world, "Kit Moss", "GPP")
    assert "to be confirmed" not in ana.types("home")
    ana.types("joiners")
    assert ana.refused == "not-a-lead"
    world.deliver()
    assert ana.told(ASKED) == []


def test_who_chose_an_organisation_that_the_tenant_no_longer_serves_is_not_let_in_for_it(
    world: World,
) -> None:
    confirming(world)
    ana = newcomer(world)
    with world.store.begin() as books:
        books.tenants.approve("teams", SHARED, [world.organisations["GPP"].id], world.now)
    assert "Nearly there" in ana.types("home")
    assert state_of(ana) is MemberState.WAITING
    assert "You have joined Hourbridge" in ana.types("organisation GPP")
    assert ana.member.organisation_id == world.organisations["GPP"].id
    assert ana.balance == 120


def test_nobody_is_let_in_for_an_organisation_that_has_ended(world: World) -> None:
    confirming(world)
    ana = newcomer(world)
    with world.store.begin() as books:
        books.organisations.end(world.organisations["NGH"].id, world.now.date(), None)
    sets(world, 0)
    assert "no longer takes part in Hourbridge" in ana.types("home")
    assert "You have joined Hourbridge" in ana.types("organisation GPP")
    assert ana.balance == 120


def test_who_is_away_may_still_prove_in_the_chat_that_waits_who_they_are(
    ana: Person, there: Person
) -> None:
    world = ana.world
    other = world.person("Ana Reed", "SGH")
    code = code_in(other.types("link"))
    closes(ana)
    there.types(f"link {code}")
    there.presses("Yes, make them one")
    assert there.member.id == other.member.id
    assert state_of_question(there) is ConfirmationState.WAITING
    assert (state_of(other), other.balance) == (MemberState.ACTIVE, 120)


def test_whose_chat_account_is_closed_meanwhile_is_away_when_confirmed(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    closes(ana)
    assert state_of(ana) is MemberState.WAITING
    lead.types("joiners yes")
    assert state_of(ana) is MemberState.AWAY
    world.deliver()
    assert outcomes(ana) == [(CONFIRMED, "withheld", "away")]
    opens(ana)
    world.deliver()
    assert "has confirmed that you work there" in ana.told(CONFIRMED)[0].text
