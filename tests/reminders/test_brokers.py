"""The broker's list, and showing an ask to somebody who could answer it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.members.model import MemberState
from core.organisations.model import Role
from core.reminders.intents import Introduce, OpenIntroduce
from tests.exchanges.story import ask, offer
from tests.reminders.days import passes
from tests.world import Person, World

LIST, THOUGHT_OF = "reminders.broker-list", "reminders.thought-of"


def _champion(world: World, code: str = "NGH", role: Role = Role.CHAMPION) -> Person:
    eve = world.person("Eve Marsh", code)
    world.grants(eve, role, code)
    return eve


# the list


def test_a_champion_gets_one_list_a_week_of_what_waits_in_their_organisation(
    world: World,
) -> None:
    eve, ana = _champion(world), world.person("Ana Ward")
    ask(ana)
    ask(ana, "2 hours of easy read, online")
    ask(world.person("Ben Lowe", "COU"), "1 hour of facilitation, online")
    passes(world, 4)
    assert eve.told(LIST) == []
    passes(world, 8)
    (told,) = eve.told(LIST)
    assert "2 asks wait for an answer" in told.text
    assert "Ana Ward, Northgate Hospital Trust" in told.text
    assert "acilitation" not in told.text
    passes(world, 7)
    assert len(eve.told(LIST)) == 2


def test_a_champion_with_nothing_to_broker_gets_no_list(world: World) -> None:
    eve = _champion(world)
    passes(world, 14)
    assert eve.told(LIST) == []


@pytest.mark.parametrize("role", [Role.CHAMPION, Role.LEAD])
def test_the_list_can_be_typed_for(world: World, role: Role) -> None:
    eve = _champion(world, role=role)
    assert "Every ask has an answer" in eve.types("unanswered")
    for number in range(7):
        ask(world.person(f"Ana Ward {number}"), "1 hour of run charts, online")
    world.later(days=5)
    assert "7 asks wait for an answer" in eve.types("heb-ateb")
    eve.presses("Next (2 of 2)")
    assert eve.labels().count("I know somebody") == 2
    assert eve.types("unanswered page 2") == eve.types("unanswered page 9")


def test_an_admin_sees_every_organisations_asks(world: World) -> None:
    eve = world.person("Eve Marsh", "HOS")
    world.grants(eve, Role.ADMIN)
    ask(world.person("Ana Ward"))
    world.later(days=5)
    assert "1 ask waits for an answer" in eve.types("unanswered")


def test_the_list_is_for_those_who_hold_a_role(world: World) -> None:
    ben = world.person("Ben Lowe", "COU")
    assert "Only champions, leads and administrators" in ben.types("unanswered")
    assert ben.refused == "not-a-broker"


def test_the_list_leaves_out_blocked_people_and_those_who_are_not_here(world: World) -> None:
    eve, ana, dee = _champion(world), world.person("Ana Ward"), world.person("Dee Lowe")
    ask(ana)
    ask(dee, "1 hour of easy read, online")
    ask(eve, "1 hour of facilitation, online")
    world.later(days=5)
    ids, suspended = (
        (ana.member.id, eve.member.id),
        replace(dee.member, state=MemberState.SUSPENDED),
    )
    with world.store.begin() as books:
        books.members.block(*ids)
        books.members.save(suspended)
    assert "Every ask has an answer" in eve.types("unanswered")


def test_who_is_no_champion_any_more_gets_no_list(world: World) -> None:
    eve = _champion(world)
    ask(world.person("Ana Ward"))
    world.later(days=7)
    world.runs(LIST)
    with world.store.begin() as books:
        for grant in books.roles.all():
            books.roles.revoke(grant)
    world.deliver()
    assert eve.told(LIST) == []


# introducing


def test_somebody_who_was_thought_of_sees_the_ask_and_by_whom(world: World) -> None:
    eve, ana, ben = _champion(world), world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ref = ask(ana)
    world.later(days=6)
    eve.types("unanswered")
    eve.presses("I know somebody")
    assert "Thank you. Ben Lowe is shown this ask" in eve.fills(who="Ben Lowe")
    world.deliver()
    (told,) = ben.told(THOUGHT_OF)
    assert "Eve Marsh thought of you for this." in told.text
    assert ref in told.text
    ben.presses_in(told, "I can help")
    ben.fills()
    world.deliver()
    assert ana.told("exchange.proposed")


def test_nobody_is_shown_an_ask_twice_whoever_thinks_of_them(world: World) -> None:
    eve, ben = _champion(world), world.person("Ben Lowe", "COU")
    lou = world.person("Lou Finch")
    world.grants(lou, Role.LEAD, "NGH")
    ref = ask(world.person("Ana Ward"))
    eve.types(f"introduce {ref} Ben Lowe")
    assert "shown this ask before" in lou.types(f"cyflwyno {ref} Ben Lowe, Westshire Council")
    world.deliver()
    assert len(ben.told(THOUGHT_OF)) == 1


def test_however_many_asks_a_broker_shows_somebody_their_daily_cap_holds(world: World) -> None:
    eve, ana, ben = _champion(world), world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    for number in range(8):
        ref = ask(ana, f"1 hour of run charts for team {number}, online")
        eve.types(f"introduce {ref} Ben Lowe")
    world.deliver()
    assert len(ben.told(THOUGHT_OF)) == 5


def test_nobody_is_shown_an_ask_in_the_night(world: World) -> None:
    eve, ben = _champion(world), world.person("Ben Lowe", "COU")
    ref = ask(world.person("Ana Ward"))
    world.later(hours=14)
    eve.types(f"introduce {ref} Ben Lowe")
    world.deliver()
    assert ben.told(THOUGHT_OF) == []
    world.later(hours=10)
    world.deliver()
    assert len(ben.told(THOUGHT_OF)) == 1


def test_of_several_people_of_a_name_the_one_who_is_chosen_is_shown_it(world: World) -> None:
    eve = _champion(world)
    one = world.person("Ben Lowe", "COU")
    other = world.person("Ben Lowe", "HOS", user="U-other")
    ref = ask(world.person("Ana Ward"))
    eve.types(f"introduce {ref} Ben Lowe")
    eve.fills(chosen=str(other.member.id))
    world.deliver()
    assert (len(one.told(THOUGHT_OF)), len(other.told(THOUGHT_OF))) == (0, 1)


@pytest.mark.parametrize("typed", ["stop matches", "stop"])
def test_who_wants_no_such_messages_gets_none(world: World, typed: str) -> None:
    eve, ben = _champion(world), world.person("Ben Lowe", "COU")
    ref = ask(world.person("Ana Ward"))
    ben.types(typed)
    assert "unless they want no such messages" in eve.types(f"introduce {ref} Ben Lowe")
    world.deliver()
    assert ben.told(THOUGHT_OF) == []


@pytest.mark.parametrize("who", ["Ana Ward", "Eve Marsh", "Nobody Here", "Dee Cole"])
def test_the_author_oneself_strangers_and_blocked_people_cannot_be_named(
    world: World, who: str
) -> None:
    eve, ana, dee = _champion(world), world.person("Ana Ward"), world.person("Dee Cole", "COU")
    ref = ask(ana)
    blocked = dee.member.id, ana.member.id
    with world.store.begin() as books:
        books.members.block(*blocked)
    assert "I cannot find that name" in eve.types(f"introduce {ref} {who}")
    assert world.rows("reminders") == 0


@pytest.mark.parametrize("chosen", ["0", "-1", "99999999999", "x", "1.5"])
def test_a_forged_choice_is_nobody(world: World, chosen: str) -> None:
    eve, ana = _champion(world), world.person("Ana Ward")
    ask(ana)
    assert "I cannot find that name" in eve.does(Introduce(post=1, chosen=chosen))
    assert world.rows("reminders") == 0


def test_somebody_who_was_not_named_cannot_be_chosen(world: World) -> None:
    eve, ana = _champion(world), world.person("Ana Ward")
    world.person("Ben Lowe", "COU")
    cai = world.person("Cai Price", "HOS")
    ask(ana)
    for who in ("", "Ben Lowe"):
        said = eve.does(Introduce(post=1, who=who, chosen=str(cai.member.id)))
        assert "I cannot find that name" in said
    assert world.rows("reminders") == 0


def test_only_those_with_a_role_for_its_organisation_may_show_an_ask(world: World) -> None:
    ben, lou = world.person("Ben Lowe", "COU"), world.person("Lou Finch", "COU")
    world.grants(lou, Role.CHAMPION, "COU")
    ref = ask(world.person("Ana Ward"))
    for person in (ben, lou):
        assert person.types(f"introduce {ref} Lou Finch") == "I cannot find that."
        assert person.does(OpenIntroduce(post=1)) == "I cannot find that."
    assert world.rows("reminders") == 0


def test_an_offer_and_a_closed_ask_cannot_be_shown(world: World) -> None:
    eve, ana = _champion(world), world.person("Ana Ward")
    world.person("Ben Lowe", "COU")
    offer(ana)
    ref = ask(ana, "1 hour of easy read, online")
    ana.types(f"close {ref}")
    for number in (1, 2):
        assert "closed, or is an offer" in eve.does(Introduce(post=number, who="Ben Lowe"))
    assert eve.types("introduce A-999 Ben Lowe") == "I cannot find that."


def test_nobody_is_shown_an_ask_that_was_closed_meanwhile(world: World) -> None:
    eve, ana, ben = _champion(world), world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ref = ask(ana)
    eve.types(f"introduce {ref} Ben Lowe")
    ana.types(f"close {ref}")
    world.deliver()
    assert ben.told(THOUGHT_OF) == []


def test_two_members_who_prove_to_be_one_are_told_of_one_thing_once(world: World) -> None:
    eve, ben = _champion(world), world.person("Ben Lowe", "COU")
    twin = world.person("Ben Lowe", "HOS", user="U-other")
    ref = ask(world.person("Ana Ward"))
    gone, kept = ben.member.id, twin.member.id
    eve.types(f"introduce {ref} Ben Lowe, Westshire")
    with world.store.begin() as books:
        books.reminders.move(gone, kept)
    assert "shown this ask before" in eve.types(f"introduce {ref} Ben Lowe, Willow")
