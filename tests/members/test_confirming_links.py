"""One person in two tenants: two identities until a code links them, and who is asked then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.ledger.model import AccountKind
from core.members.confirmation import ConfirmationState
from core.members.link import UseLink
from core.members.model import MemberState
from tests.members.accounts import identity_of, linked, state_of
from tests.members.chats import SHARED, code_in, share_a_tenant, visitor_in_teams
from tests.members.shared import (
    ASKED,
    CONFIRMED,
    card,
    confirming,
    has_account,
    lead_of,
    newcomer,
    question,
    state_of_question,
    visitor,
)
from tests.world import Person, World

OTHER = "second-shared"


def links(person: Person, there: Person, code: str) -> str:
    """Type the person's link code in a shared tenant."""
    typed = code_in(person.types("link"))
    return there.does(UseLink(code=typed, organisation=code))


def joins_twice(first: Person, then: Person) -> None:
    """Say in the second chat that both members are one person."""
    then.types(f"link {code_in(first.types('link'))}")
    then.presses("Yes, make them one")


@pytest.mark.parametrize("asked", [0, 1])
def test_the_same_person_in_two_tenants_is_two_members_until_a_code_links_them(
    world: World, asked: int
) -> None:
    share_a_tenant(world)
    with world.store.begin() as books:
        books.policy.set("confirm_organisation", asked)
    ana = world.person("Ana Ward", "NGH", user="ana")
    there = world.someone("teams", SHARED, "ana", "Ana Ward", joined=False)
    assert "Join" in there.types("home")
    there.types("join")
    there.fills(organisation="NGH", agree="yes")
    assert there.member.id != ana.member.id
    assert (world.rows("members"), world.rows("identities")) == (2, 2)
    joins_twice(ana, there)
    assert there.member.id == ana.member.id
    assert ana.balance == 120


def test_the_same_user_id_in_two_tenants_is_not_one_person(world: World) -> None:
    share_a_tenant(world)
    ana = world.person("Ana Ward", "SGH", user="same-id")
    there = world.someone("teams", SHARED, "same-id", "Ana Ward", joined=False)
    there.types("join")
    there.fills(organisation="NGH", agree="yes")
    assert there.member.id != ana.member.id
    ana.types("leave now")
    assert "Your balance" in there.types("home")


def test_an_organisation_that_knows_the_member_is_not_asked_again(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = world.person("Ana Ward", "NGH")
    there = visitor(world)
    assert "Welcome back, Ana Ward" in links(ana, there, "NGH")
    assert "Your balance" in there.types("home")
    world.deliver()
    assert lead.told(ASKED) == []


def test_what_was_confirmed_in_one_shared_tenant_holds_in_another(world: World) -> None:
    confirming(world)
    served = [world.organisations[code].id for code in ("NGH", "GPP")]
    with world.store.begin() as books:
        books.tenants.approve("teams", OTHER, served, world.now)
    lead = lead_of(world)
    ana = newcomer(world)
    lead.types("joiners yes")
    there = world.someone("teams", OTHER, "ana", "Ana Ward", joined=False)
    assert "Welcome back" in links(ana, there, "NGH")
    assert question(there) is None
    second = world.someone("teams", OTHER, "ana-2", "Ana Ward", joined=False)
    assert "Nearly there" in links(ana, second, "GPP")


def test_another_organisation_is_asked_and_the_first_chat_goes_on_meanwhile(world: World) -> None:
    confirming(world)
    pat = lead_of(world, "GPP", "Pat Mill")
    ana = world.person("Ana Ward", "NGH")
    there = visitor(world)
    there.types("ask help with posters, 1 hour, online")
    said = links(ana, there, "GPP")
    assert "a lead of Mill Lane Practice has been asked" in said
    assert "use Hourbridge in your other chat" in said
    assert "Nearly there" in there.types("home")
    assert "Your balance" in ana.types("home")
    assert "Mill Lane" not in ana.types("settings")
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)
    assert ana.member.organisation_id == world.organisations["NGH"].id
    world.later(minutes=1)
    pat.presses_in(card(pat), "Yes, they work here")
    world.deliver()
    [news] = ana.told(CONFIRMED)
    assert "You start with" not in news.text
    there.types("home")
    assert there.member.organisation_id == world.organisations["GPP"].id
    assert ana.balance == 120
    assert "posters" in there.types("continue")


def test_who_waits_is_let_in_by_proving_themselves_in_their_own_organisations_chat(
    world: World,
) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    waiting = card(lead)
    there = linked(ana)
    assert (state_of(there), there.balance) == (MemberState.ACTIVE, 120)
    assert there.member.organisation_id == world.organisations["SGH"].id
    assert "Nearly there" in ana.types("home")
    assert "Does Ana Ward work at" in waiting.text
    lead.presses_in(waiting, "Yes, they work here")
    assert "Your balance" in ana.types("home")
    assert ana.balance == 120


def test_a_code_of_a_member_merges_the_one_who_waits_into_them(world: World) -> None:
    confirming(world)
    pat = lead_of(world, "GPP", "Pat Mill")
    ana = world.person("Ana Ward", "NGH")
    there = newcomer(world, code="GPP")
    waiting = card(pat)
    joins_twice(ana, there)
    assert there.member.id == ana.member.id
    assert state_of_question(there) is ConfirmationState.WAITING
    assert "Nearly there" in there.types("home")
    world.deliver()
    assert "Does Ana Ward work at Mill Lane Practice?" in waiting.text
    pat.presses_in(waiting, "Yes, they work here")
    assert "Your balance" in there.types("home")
    assert ana.balance == 120


def test_a_merge_with_a_member_of_that_organisation_answers_the_question(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = world.person("Ana Ward", "NGH")
    there = newcomer(world)
    waiting = card(lead)
    joins_twice(ana, there)
    assert question(there) is None
    assert "Your balance" in there.types("home")
    world.deliver()
    assert "Nobody needs to confirm it any more" in waiting.text
    assert "Nobody waits" in lead.types("joiners")


def test_a_member_may_merge_into_the_one_who_waits_and_brings_their_hours(world: World) -> None:
    confirming(world)
    lead = lead_of(world, "GPP", "Pat Mill")
    waiting, ana = newcomer(world, code="GPP"), world.person("Ana Ward", "NGH")
    joins_twice(waiting, ana)
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)
    assert waiting.member.id == ana.member.id
    assert ana.member.organisation_id == world.organisations["NGH"].id
    assert "Nearly there" in waiting.types("home")
    lead.types("joiners yes")
    assert "Your balance" in waiting.types("home")
    assert ana.balance == 120
    assert world.total() == 0


def test_two_who_wait_become_one_who_waits_with_one_credit_to_come(world: World) -> None:
    confirming(world)
    with world.store.begin() as books:
        served = [world.organisations[code].id for code in ("NGH", "GPP")]
        books.tenants.approve("teams", OTHER, served, world.now)
    lead = lead_of(world)
    first = newcomer(world)
    second = world.someone("teams", OTHER, "ana", "Ana Ward", joined=False)
    second.types("join")
    second.fills(organisation="NGH", agree="yes")
    second.types("ask help with posters, 1 hour, online")
    joins_twice(first, second)
    assert first.member.id == second.member.id
    assert state_of(first) is MemberState.WAITING
    assert not has_account(first)
    assert world.rows("confirmations") == 1
    lead.types("joiners yes")
    assert "Your balance" in first.types("home")
    assert (state_of(second), second.balance) == (MemberState.ACTIVE, 120)
    assert "posters" in second.types("continue")


def test_a_no_goes_along_with_a_merge(world: World) -> None:
    confirming(world)
    with world.store.begin() as books:
        served = [world.organisations[code].id for code in ("NGH", "GPP")]
        books.tenants.approve("teams", OTHER, served, world.now)
    lead = lead_of(world)
    first = newcomer(world)
    lead.types("joiners no")
    second = world.someone("teams", OTHER, "ana", "Ana Ward", joined=False)
    second.types("join")
    second.fills(organisation="NGH", agree="yes")
    joins_twice(second, first)
    assert state_of_question(second) is ConfirmationState.DECLINED
    assert "Nobody waits" in lead.types("joiners")


def test_one_who_waits_in_two_chats_is_one_question_and_may_turn_away_in_one(
    world: World,
) -> None:
    confirming(world)
    with world.store.begin() as books:
        served = [world.organisations[code].id for code in ("NGH", "GPP")]
        books.tenants.approve("teams", OTHER, served, world.now)
    lead = lead_of(world)
    ana = newcomer(world)
    second = world.someone("teams", OTHER, "ana", "Ana Ward", joined=False)
    links(ana, second, "NGH")
    assert world.rows("confirmations") == 1
    assert card(lead).text.count("Name in Microsoft Teams: Ana Ward") == 2
    second.types("organisation GPP")
    assert state_of_question(ana) is ConfirmationState.WAITING
    lead.types("joiners yes")
    assert (question(ana), state_of_question(second)) == (None, ConfirmationState.WAITING)


def test_a_code_of_somebody_suspended_while_waiting_does_not_work(world: World) -> None:
    confirming(world)
    ana = newcomer(world)
    code = code_in(ana.types("link"))
    member = ana.member
    with world.store.begin() as books:
        books.members.save(replace(member, state=MemberState.SUSPENDED))
    there = visitor_in_teams(world)
    there.types(f"link {code}")
    assert there.refused == "used-code"
    assert identity_of(ana).confirmation_id is not None
    with world.store.begin() as books:
        assert books.ledger.account(AccountKind.MEMBER, member.id) is None
