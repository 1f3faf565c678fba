"""What else may happen while somebody waits to be confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.members.confirmation import ConfirmationState
from core.members.confirming_intents import ConfirmJoiner
from core.members.model import MemberState
from core.members.own_data import collect
from core.organisations.model import ContactKind, Role, TenantState
from tests.members.accounts import identity_of, state_of
from tests.members.chats import SHARED
from tests.members.shared import (
    ASKED,
    CONFIRMED,
    DECLINED,
    card,
    confirming,
    has_account,
    lead_of,
    newcomer,
    question,
    sets,
    state_of_question,
)
from tests.world import Person, World


def turned_down(world: World) -> tuple[Person, Person]:
    """A newcomer whom a lead does not know, and that lead."""
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    assert "said that they do not work" in lead.presses_in(card(lead), "No")
    return ana, lead


def test_who_is_turned_down_is_told_kindly_and_not_by_whom(world: World) -> None:
    confirming(world)
    with world.store.begin() as books:
        organisation_id = world.organisations["NGH"].id
        books.organisations.set_contact(organisation_id, ContactKind.HELP, "Sam Reed")
    ana, _lead = turned_down(world)
    world.deliver()
    [news] = ana.told(DECLINED)
    assert "Northgate Hospital Trust could not confirm you" in news.text
    assert "It may be a mistake" in news.text
    assert "Sam Reed" in news.text
    assert "Lena" not in news.text
    assert state_of(ana) is MemberState.WAITING
    assert not has_account(ana)
    assert "could not confirm you" in ana.types("home")


def test_who_is_turned_down_may_choose_another_organisation(world: World) -> None:
    ana, _lead = turned_down(world)
    pat = lead_of(world, "GPP", "Pat Mill")
    ana.types("ask help with posters, 1 hour, online")
    ana.presses("Choose another organisation")
    ana.fills(organisation="GPP")
    assert "a lead of Mill Lane Practice has been asked" in ana.text
    assert "I have kept what you typed" in ana.text
    pat.presses_in(card(pat), "Yes, they work here")
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)
    assert "posters" in ana.types("continue")


def test_an_organisation_that_said_no_is_not_asked_again(world: World) -> None:
    ana, lead = turned_down(world)
    ana.types("organisation NGH")
    assert ana.refused == "declined-already"
    ana.types("organisation GPP")
    ana.types("organisation NGH")
    assert ana.refused == "declined-already"
    world.deliver()
    assert len(lead.told(ASKED)) == 1


def test_leaving_and_joining_again_does_not_ask_it_again_either(world: World) -> None:
    ana, lead = turned_down(world)
    ana.types("leave now")
    again = newcomer(world)
    assert "Northgate Hospital Trust could not confirm you" in again.text
    world.deliver()
    assert len(lead.told(ASKED)) == 1
    assert "Nobody waits" in lead.types("joiners")
    again.types("organisation GPP")
    assert state_of_question(again) is ConfirmationState.WAITING


def test_who_waits_is_let_in_by_what_they_do_next_once_policy_asks_nobody(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    waiting = card(lead)
    stale = lead.button("No")
    sets(world, 0)
    assert "Your balance" in ana.types("home")
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)
    world.deliver()
    assert "Nobody needs to confirm it any more" in waiting.text
    assert "You do not have to wait any longer" in ana.told(CONFIRMED)[0].text
    assert "nothing to decide" in lead.presses_button(stale)
    assert state_of(ana) is MemberState.ACTIVE


def test_a_no_stands_when_policy_asks_nobody_any_more(world: World) -> None:
    ana, _lead = turned_down(world)
    sets(world, 0)
    assert "could not confirm you" in ana.types("home")
    ana.types("organisation NGH")
    assert ana.refused == "declined-already"
    assert "You have joined Hourbridge" in ana.types("organisation GPP")
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)


def test_who_waits_is_let_in_once_the_tenant_serves_one_organisation(world: World) -> None:
    confirming(world)
    ana = newcomer(world)
    with world.store.begin() as books:
        books.tenants.approve("teams", SHARED, [world.organisations["NGH"].id], world.now)
    assert "Your balance" in ana.types("home")


def test_an_organisation_that_ended_meanwhile_is_chosen_anew(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    waiting = card(lead)
    with world.store.begin() as books:
        books.organisations.end(world.organisations["NGH"].id, world.now.date(), None)
    assert "no longer takes part in Hourbridge" in ana.types("home")
    ana.presses("Choose another organisation")
    ana.fills(organisation="GPP")
    assert "Mill Lane Practice" in ana.text
    world.deliver()
    assert "They chose another organisation" in waiting.text


def test_nobody_confirms_for_an_organisation_that_has_ended(world: World) -> None:
    confirming(world)
    admin, ana = lead_of(world, "GPP", "Pat Mill"), newcomer(world)
    world.grants(admin, Role.ADMIN)
    asked = question(ana)
    assert asked is not None
    with world.store.begin() as books:
        books.organisations.end(world.organisations["NGH"].id, world.now.date(), None)
    assert "to be confirmed" not in admin.types("home")
    assert "so there is nothing to decide" in admin.does(ConfirmJoiner(joiner=asked.id))
    assert state_of(ana) is MemberState.WAITING


def test_leads_of_what_it_became_part_of_confirm_for_it(world: World) -> None:
    confirming(world)
    ana, pat = newcomer(world), lead_of(world, "GPP", "Pat Mill")
    with world.store.begin() as books:
        ended, into = world.organisations["NGH"].id, world.organisations["GPP"].id
        books.organisations.end(ended, world.now.date(), into)
    assert "1 person waits to be confirmed" in pat.types("home")
    pat.types("joiners yes")
    assert state_of(ana) is MemberState.ACTIVE
    ana.types("home")
    assert ana.member.organisation_id == world.organisations["GPP"].id


def test_leaving_while_waiting_leaves_nothing_behind(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    ana.types("ask help with posters, 1 hour, online")
    waiting = card(lead)
    assert "Your balance is 0 hours" in ana.types("leave")
    assert "You have left" in ana.presses("Yes, leave Hourbridge")
    world.deliver()
    assert "This is no longer here" in waiting.text
    assert (world.rows("confirmations"), world.rows("leavers")) == (0, 0)
    assert world.holds("posters") == world.holds("Ana Ward") == []
    assert "Nobody waits" in lead.types("joiners yes")
    again = newcomer(world)
    lead.types("joiners yes")
    assert again.balance == 120


def test_who_had_the_opening_credit_before_is_confirmed_without_a_second_one(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    lead.types("joiners yes")
    ana.types("leave now")
    again = newcomer(world)
    lead.types("joiners yes")
    assert (state_of(again), again.balance) == (MemberState.ACTIVE, 0)
    world.deliver()
    assert "You start with" not in again.told(CONFIRMED)[-1].text


def test_a_tenant_that_is_paused_answers_nobody_and_a_yes_holds_when_it_is_back(
    world: World,
) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    with world.store.begin() as books:
        books.tenants.set_state("teams", SHARED, TenantState.SUSPENDED)
    assert "paused for this workspace" in ana.types("help")
    lead.types("joiners yes")
    with world.store.begin() as books:
        books.tenants.set_state("teams", SHARED, TenantState.APPROVED)
    assert "Your balance" in ana.types("home")


def test_who_is_suspended_while_waiting_stays_so_when_confirmed(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    member = ana.member
    with world.store.begin() as books:
        books.members.save(replace(member, state=MemberState.SUSPENDED))
    assert "Your membership is paused" in ana.types("help")
    lead.types("joiners yes")
    assert "Your membership is paused" in ana.types("home")
    assert (state_of(ana), ana.balance) == (MemberState.SUSPENDED, 120)


def test_an_address_is_kept_fresh_while_they_wait(world: World) -> None:
    confirming(world)
    ana = newcomer(world)
    ana.caller = replace(ana.caller, address=replace(ana.caller.address, conversation="new"))
    ana.types("home")
    assert identity_of(ana).address.conversation == "new"


def test_own_data_says_who_was_asked_and_what_is_kept(world: World) -> None:
    ana, _lead = turned_down(world)
    ana.types("ask help with posters, 1 hour, online")
    member_id = ana.member.id
    with world.store.begin() as books:
        data = collect(world.engine.office(books), member_id)
    [asked] = data["confirmations"]
    assert (asked["organisation"], asked["state"], asked["decided_by"]) == (
        "Northgate Hospital Trust",
        "declined",
        "lead",
    )
    assert "posters" in str(asked["kept_words"])
    assert data["chats"][0]["confirmed"] == "no"


def test_what_was_kept_is_forgotten_a_month_after_the_answer(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    ana.types("ask help with posters, 1 hour, online")
    world.now += timedelta(days=40)
    world.runs("upkeep.tidy")
    assert world.holds("posters") == ["confirmations"]
    lead.types("joiners yes")
    world.now += timedelta(days=31)
    world.runs("upkeep.tidy")
    assert world.holds("posters") == []
    ana.types("continue")
    assert ana.refused == "nothing-kept"
    assert world.audit() == []
