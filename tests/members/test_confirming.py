"""Who joins through a shared tenant waits for a lead of their organisation, if policy says so."""

from __future__ import annotations

import pytest

from core.members.confirmation import ConfirmationState
from core.members.model import MemberState
from core.organisations.model import ContactKind
from core.ui.forms import ChoiceField
from tests.members.accounts import state_of
from tests.members.chats import SHARED
from tests.members.shared import (
    ASKED,
    CONFIRMED,
    card,
    confirming,
    has_account,
    lead_of,
    newcomer,
    sets,
    state_of_question,
    visitor,
)
from tests.world import World

ASK = "ask help with a driver diagram, 90 minutes, online"


def test_without_the_policy_a_shared_tenant_takes_the_persons_word(world: World) -> None:
    confirming(world)
    sets(world, 0)
    lead = lead_of(world)
    ana = newcomer(world)
    assert "You have joined Hourbridge" in ana.text
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)
    world.deliver()
    assert lead.told(ASKED) == []


def test_a_tenant_of_one_organisation_needs_nobodys_word(world: World) -> None:
    confirming(world)
    lead_of(world)
    assert world.person("Ana Ward", "NGH").balance == 120


def test_the_form_says_beforehand_that_somebody_is_asked(world: World) -> None:
    confirming(world)
    ana = visitor(world)
    ana.types("join")
    [choice] = [one for one in ana.form.fields if one.name == "organisation"]
    assert isinstance(choice, ChoiceField)
    assert "Someone there is asked to confirm that you work there." in ana.text
    assert "Your name as you type it and as this chat shows it" in ana.types("privacy")
    assert "as this chat shows it" not in world.person("Ben Lowe").types("privacy")


def test_the_newcomer_is_told_at_once_who_is_asked_and_what_to_do_meanwhile(world: World) -> None:
    confirming(world)
    lead_of(world)
    ana = newcomer(world)
    assert "a lead of Northgate Hospital Trust has been asked to confirm" in ana.text
    assert "I will write to you" in ana.text
    assert state_of(ana) is MemberState.WAITING
    assert not has_account(ana)
    world.deliver()
    assert ana.inbox == []


def test_a_yes_makes_them_a_member_in_full_with_the_opening_credit(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    said = lead.presses_in(card(lead), "Yes, they work here")
    assert "A lead said that they work at Northgate Hospital Trust" in said
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)
    world.deliver()
    [news] = ana.told(CONFIRMED)
    assert "Northgate Hospital Trust has confirmed that you work there" in news.text
    assert "You start with 2 hours" in news.text
    assert "Lena Hart" not in news.text
    assert "Your balance" in ana.types("home")
    assert world.total() == 0


@pytest.mark.parametrize(
    "words",
    [
        *("home", "offer 1 hour of easy read, online", ASK, "find posters", "settings"),
        *("give 1 hour to Ben Lowe", "statement", "exchanges", "undo", "joiners", "hello there"),
    ],
)
def test_nothing_that_others_see_or_that_moves_hours_is_open_meanwhile(
    world: World, words: str
) -> None:
    confirming(world)
    ben = world.person("Ben Lowe", "NGH")
    ben.types("offer 1 hour of posters, online")
    ben.presses("Post it")
    ana = newcomer(world)
    before = [world.rows(table) for table in ("posts", "drafts", "exchanges", "entries", "deeds")]
    assert "Nearly there, Ana Ward" in ana.types(words)
    after = [world.rows(table) for table in ("posts", "drafts", "exchanges", "entries", "deeds")]
    assert before == after


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("help", "when your organisation has confirmed you"),
        ("help offer", "Offer help"),
        ("privacy", "Who can see what"),
        ("mydata", "Your data"),
        ("stop", "I will be quiet"),
        ("language cymraeg", "Cymraeg"),
        ("leave", "Leave Hourbridge?"),
        ("join", "Nearly there"),
        ("organisation", "Choose your organisation"),
    ],
)
def test_what_concerns_nobody_else_is_open_meanwhile(world: World, words: str, said: str) -> None:
    confirming(world)
    assert said in newcomer(world).types(words)


def test_others_cannot_find_or_give_to_somebody_who_waits(world: World) -> None:
    confirming(world)
    ana = newcomer(world)
    ana.types("stop")
    ben = world.person("Ben Lowe", "COU")
    ben.types("give 1 hour to Ana Ward")
    assert ben.refused == "nobody"
    ben.types("report Ana Ward rude")
    with world.store.begin() as books:
        assert books.members.named("Ana Ward") == []
    ben.types(ASK)
    ben.presses("Post it")
    world.deliver()
    assert ana.inbox == []


def test_what_was_typed_before_is_offered_once_in_the_notice(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = visitor(world)
    ana.types(ASK)
    ana.types("join")
    ana.fills(organisation="NGH", agree="yes")
    assert "I have kept what you typed" in ana.text
    assert world.rows("drafts") == 0
    lead.presses_in(card(lead), "Yes, they work here")
    world.deliver()
    assert world.rows("drafts") == 0
    [news] = ana.told(CONFIRMED)
    assert "driver diagram" in ana.presses_in(news, "Go on with what I typed")
    assert "Posted." in ana.presses("Post it")
    world.later(minutes=1)
    world.deliver()
    assert "Go on with what I typed" not in news.text
    ana.types("continue")
    assert ana.refused == "nothing-kept"


def test_a_form_that_was_asked_for_is_opened_by_the_button(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world)
    assert "I have kept what you typed" in ana.types("offer")
    ana.types("hello there")
    lead.presses_in(card(lead), "Yes, they work here")
    assert ana.types("continue") == ana.types("offer")
    assert ana.form.intent.name


def test_words_that_may_hold_personal_details_are_not_kept(world: World) -> None:
    confirming(world)
    ana = newcomer(world)
    said = ana.types("ask help with a rota, NHS number 943 476 5919, 1 hour")
    assert "may hold personal details" in said
    assert world.holds("943 476 5919") == []


def test_another_organisation_is_asked_instead_and_the_first_card_says_so(world: World) -> None:
    confirming(world)
    lena, pat = lead_of(world), lead_of(world, "GPP", "Pat Mill")
    ana = newcomer(world)
    first = card(lena)
    ana.presses("Choose another organisation")
    ana.fills(organisation="GPP")
    assert "a lead of Mill Lane Practice has been asked" in ana.text
    assert "Does Ana Ward work at Mill Lane Practice?" in card(pat).text
    assert "They chose another organisation" in first.text
    assert "Nobody waits" in lena.types("joiners")
    pat.presses_in(card(pat), "Yes, they work here")
    assert ana.member.organisation_id == world.organisations["GPP"].id


def test_going_back_to_the_first_organisation_brings_its_card_back_and_sends_no_second(
    world: World,
) -> None:
    confirming(world)
    lena = lead_of(world)
    ana = newcomer(world)
    first = card(lena)
    ana.types("organisation GPP")
    world.deliver()
    assert "They chose another organisation" in first.text
    ana.types("organisation northgate")
    assert "a lead of Northgate Hospital Trust has been asked" in ana.text
    assert card(lena) is first
    assert "Does Ana Ward work at" in first.text
    lena.presses_in(first, "Yes, they work here")
    assert state_of(ana) is MemberState.ACTIVE


@pytest.mark.parametrize("words", ["organisation HOS", "organisation nowhere", "organisation o"])
def test_only_an_organisation_of_this_chat_can_be_chosen(world: World, words: str) -> None:
    confirming(world)
    ana = newcomer(world)
    ana.types(words)
    assert ana.refused
    assert state_of_question(ana) is ConfirmationState.WAITING


def test_nobody_asks_round_every_organisation(world: World) -> None:
    confirming(world)
    served = [world.organisations[code].id for code in ("NGH", "GPP", "HOS", "COU")]
    with world.store.begin() as books:
        books.tenants.approve("teams", SHARED, served, world.now)
    pat = lead_of(world, "COU", "Pat Mill")
    ana = newcomer(world)
    for code in ("GPP", "HOS"):
        ana.types(f"organisation {code}")
    ana.types("organisation COU")
    assert ana.refused == "too-many-organisations"
    world.deliver()
    assert pat.told(ASKED) == []
    assert "Northgate Hospital Trust" in ana.types("organisation NGH")
    assert not ana.refused


def test_a_member_who_may_act_is_told_for_whom(world: World) -> None:
    ana = world.person("Ana Ward")
    with world.store.begin() as books:
        organisation_id = world.organisations["NGH"].id
        books.organisations.set_contact(organisation_id, ContactKind.HELP, "Sam Reed")
    said = ana.types("organisation")
    assert "you take part for Northgate Hospital Trust" in said
    assert "Sam Reed" in said
    assert "you take part for" in ana.types("organisation COU")
    assert ana.types("continue")
    assert ana.refused == "nothing-kept"
