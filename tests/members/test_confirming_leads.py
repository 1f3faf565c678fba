"""Leads are asked once who works with them, and answer by pressing or typing."""

from __future__ import annotations

import pytest

from core.members.confirmation import ConfirmationState
from core.members.model import MemberState
from core.organisations.model import Role
from tests.members.accounts import outcomes, state_of
from tests.members.shared import (
    ASKED,
    card,
    confirming,
    lead_of,
    newcomer,
    state_of_question,
)
from tests.world import Person, World


def statements_of(person: Person, words: str) -> int:
    """How many statements it takes to answer what somebody types."""
    with person.world.asked() as asked:
        person.types(words)
    return len(asked)


def test_each_lead_of_that_organisation_gets_one_card_and_nobody_else_does(world: World) -> None:
    confirming(world)
    lena, lou = lead_of(world), lead_of(world, name="Lou Kay")
    other, admin = lead_of(world, "GPP", "Pat Mill"), world.person("Adi Roy", "COU")
    world.grants(admin, Role.ADMIN)
    newcomer(world, "Ana Ward", shown="WARD, Anastasia (NORTHGATE TRUST) Consultant")
    world.deliver()
    for lead in (lena, lou):
        text = card(lead).text
        assert "Does Ana Ward work at Northgate Hospital Trust?" in text
        assert "Name in Microsoft Teams: Anastasia Ward" in text
        assert "Name they typed: Ana Ward" in text
        assert "Consultant" not in text
    assert other.told(ASKED) == admin.told(ASKED) == []


def test_the_card_is_brought_up_to_date_for_every_lead(world: World) -> None:
    confirming(world)
    lena, lou = lead_of(world), lead_of(world, name="Lou Kay")
    newcomer(world)
    lena.presses_in(card(lena), "Yes, they work here")
    world.later(minutes=1)
    for lead in (lena, lou):
        text = card(lead).text
        assert "A lead said that they work at Northgate Hospital Trust" in text
        assert "Yes, they work here" not in text
        assert "Lena" not in text


def test_a_second_decision_says_what_was_decided_and_by_what_role(world: World) -> None:
    confirming(world)
    lena, lou = lead_of(world), lead_of(world, name="Lou Kay")
    ana = newcomer(world)
    world.deliver()
    stale = lou.button("No")
    lena.presses("Yes, they work here")
    said = lou.presses_button(stale)
    assert "nothing to decide any more" in said
    assert "A lead said that they work at Northgate Hospital Trust" in said
    assert "Lena" not in said
    assert state_of(ana) is MemberState.ACTIVE
    assert "nothing to decide" in lena.presses_button(stale)
    assert ana.balance == 120


def test_only_a_lead_of_that_organisation_or_an_admin_can_answer(world: World) -> None:
    confirming(world)
    lena, pat = lead_of(world), lead_of(world, "GPP", "Pat Mill")
    ben = world.person("Ben Lowe", "NGH")
    ana = newcomer(world)
    world.deliver()
    yes = lena.button("Yes, they work here")
    pat.presses_button(yes)
    assert pat.refused == "not-found"
    ben.presses_button(yes)
    assert ben.refused == "not-a-lead"
    ana.presses_button(yes)
    assert state_of(ana) is MemberState.WAITING
    admin = world.person("Adi Roy", "COU")
    world.grants(admin, Role.ADMIN)
    assert "An administrator of Hourbridge said" in admin.presses_button(yes)
    assert state_of(ana) is MemberState.ACTIVE


def test_a_lead_who_has_lost_the_role_since_is_refused_and_loses_the_card(world: World) -> None:
    confirming(world)
    lena = lead_of(world)
    ana = newcomer(world)
    waiting = card(lena)
    lena_id = lena.member.id
    with world.store.begin() as books:
        [grant] = books.roles.held_by(lena_id)
        assert books.roles.revoke(grant)
    lena.presses_in(waiting, "Yes, they work here")
    assert lena.refused == "not-a-lead"
    assert state_of(ana) is MemberState.WAITING
    ana.types("leave now")
    world.deliver()
    assert "This is no longer here" in waiting.text


def test_a_lead_can_do_all_of_it_by_typing(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    assert "Nobody waits for you" in lead.types("joiners")
    assert "Nobody waits for you" in lead.types("joiners yes")
    ana = newcomer(world)
    assert "Ana Ward" in lead.types("joiners")
    ref = lead.button("Open").typed.removeprefix("joiners ")
    assert "Does Ana Ward work at" in lead.types(f"joiners {ref.lower()}")
    ben = newcomer(world, "Ben Lowe")
    assert "Say which one" in lead.types("joiners yes")
    assert "Ben Lowe" in lead.text
    assert "said that they do not work" in lead.types(f"joiners no {ref}")
    assert state_of_question(ana) is ConfirmationState.DECLINED
    assert "said that they work" in lead.types("joiners yes")
    assert state_of(ben) is MemberState.ACTIVE


@pytest.mark.parametrize("words", ["joiners yes E-7K2", "joiners yes nobody", "joiners are here"])
def test_other_words_after_joiners_decide_nothing(world: World, words: str) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    lead.types(words)
    assert state_of(ana) is MemberState.WAITING


def test_who_is_no_lead_sees_no_joiners(world: World) -> None:
    confirming(world)
    newcomer(world)
    ben = world.person("Ben Lowe", "NGH")
    ben.types("joiners")
    assert ben.refused == "not-a-lead"
    assert "wait to be confirmed" not in ben.types("home")


def test_home_says_to_a_lead_how_many_wait(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    newcomer(world)
    newcomer(world, "Ben Lowe")
    newcomer(world, "Cai Hill", "GPP")
    assert "2 people wait to be confirmed" in lead.types("home")
    assert "Cai Hill" not in lead.presses("See them")


def test_many_who_wait_are_listed_a_page_at_a_time(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    for number in range(7):
        newcomer(world, f"Person {'ABCDEFG'[number]}")
    assert "Person E" in lead.types("joiners")
    assert "Person F" not in lead.text
    assert "Person F" in lead.types("joiners page 2")
    assert "Person A" in lead.presses("Back (1 of 2)")


def test_where_there_is_no_lead_the_admins_are_asked(world: World) -> None:
    confirming(world)
    admin = world.person("Adi Roy", "COU")
    world.grants(admin, Role.ADMIN)
    ana = newcomer(world)
    assert "an administrator of Hourbridge has been asked" in ana.text
    assert "1 person waits to be confirmed" in admin.types("home")
    assert "An administrator of Hourbridge said" in admin.presses_in(
        card(admin), "Yes, they work here"
    )
    assert state_of(ana) is MemberState.ACTIVE


def test_nobody_confirms_themselves(world: World) -> None:
    confirming(world)
    ana = newcomer(world)
    world.grants(ana, Role.LEAD, "NGH")
    world.grants(ana, Role.ADMIN)
    assert "the people who run Hourbridge will confirm" in ana.types("home")
    ana.types("joiners yes")
    assert state_of(ana) is MemberState.WAITING
    admin = world.person("Adi Roy", "COU")
    world.grants(admin, Role.ADMIN)
    assert "an administrator of Hourbridge has been asked" in ana.types("home")
    assert "Ana Ward" in admin.types("joiners")


def test_an_admins_home_is_as_cheap_however_many_people_wait(world: World) -> None:
    confirming(world)
    lead_of(world)
    admin = lead_of(world, "COU", "Adi Roy")
    world.grants(admin, Role.ADMIN)
    newcomer(world)
    one = statements_of(admin, "home")
    for number in range(5):
        newcomer(world, f"Kit Moss {'ABCDE'[number]}")
    assert statements_of(admin, "home") == one


def test_no_card_is_sent_about_what_was_decided_before(world: World) -> None:
    confirming(world)
    lena, lou = lead_of(world), lead_of(world, name="Lou Kay")
    newcomer(world)
    lena.types("joiners yes")
    world.deliver()
    assert lou.told(ASKED) == []
    assert (ASKED, "withheld", "too late") in outcomes(lou)


def test_a_lead_who_is_new_and_after_a_week_the_admins_are_asked_too(world: World) -> None:
    confirming(world)
    lena, admin = lead_of(world), world.person("Adi Roy", "COU")
    world.grants(admin, Role.ADMIN)
    ana = newcomer(world)
    lou = lead_of(world, name="Lou Kay")
    world.later(days=6)
    world.runs("members.ask-again")
    for lead in (lena, lou):
        assert "Does Ana Ward work at" in card(lead).text
    assert admin.told(ASKED) == []
    assert "to be confirmed" not in admin.types("home")
    world.later(days=1)
    for _day in range(3):
        world.runs("members.ask-again")
        assert [card(one).kind for one in (lena, lou, admin)] == [ASKED] * 3
    assert "1 person waits to be confirmed" in admin.types("home")
    admin.types("joiners yes")
    assert state_of(ana) is MemberState.ACTIVE


def test_the_admins_are_asked_when_the_last_lead_has_gone(world: World) -> None:
    confirming(world)
    lena, admin = lead_of(world), world.person("Adi Roy", "COU")
    world.grants(admin, Role.ADMIN)
    newcomer(world)
    lena.types("leave now")
    world.runs("members.ask-again")
    assert "Does Ana Ward work at" in card(admin).text
