"""What an operator does about people who wait: the policy, the list, and the last word."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from core.members.confirmation import ConfirmationState
from core.members.model import MemberState
from core.organisations.model import Role
from tests.bot.terminal import Terminal
from tests.members.accounts import state_of
from tests.members.shared import (
    CONFIRM,
    CONFIRMED,
    card,
    confirming,
    lead_of,
    newcomer,
    sets,
    state_of_question,
)
from tests.world import World

ANA = "teams:shared-mail:U-Ana"


@pytest.fixture
def terminal(
    capsys: pytest.CaptureFixture[str], database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal on the database of the world."""
    for name in list(os.environ):
        if name.startswith(("HOURBRIDGE_", "SLACK_", "MICROSOFT_")) and "_TEST_" not in name:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", database_url)
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", "secret")
    return Terminal(capsys)


def test_the_policy_says_what_yes_and_no_mean(terminal: Terminal) -> None:
    assert terminal.does(f"policy get {CONFIRM}") == "0\n"
    said = terminal.does(f"policy set {CONFIRM} 1")
    assert said.startswith(f"{CONFIRM} is now 1.\nWhoever joins through a workspace that several")
    assert "waits until a lead" in said
    assert terminal.does(f"policy get {CONFIRM}") == "1\n"
    assert "nobody is asked" in terminal.does(f"policy set {CONFIRM} 0")


@pytest.mark.parametrize("value", ["2", "-1", "yes", "''", "1.0", "01"])
def test_the_policy_takes_nothing_but_1_and_0(terminal: Terminal, value: str) -> None:
    assert "must be 1 for yes or 0 for no" in terminal.fails(f"policy set {CONFIRM} -- {value}")
    assert terminal.does(f"policy get {CONFIRM}") == "0\n"


def test_turning_it_off_says_how_many_wait_and_lets_them_in(
    terminal: Terminal, world: World
) -> None:
    confirming(world)
    ana = newcomer(world, "Ana")
    assert "wait" not in terminal.does(f"policy set {CONFIRM} 1").split("organisation they")[-1]
    assert "1 who wait are let in" in terminal.does(f"policy set {CONFIRM} 0")
    assert "Your balance" in ana.types("home")
    assert terminal.lists("member pending") == []


def test_who_waits_is_listed_with_who_is_asked(terminal: Terminal, world: World) -> None:
    assert "Nobody waits to be confirmed." in terminal.does("member pending")
    confirming(world)
    newcomer(world, "Ana", shown="WARD, Anastasia (TRUST)")
    [row] = terminal.lists("member pending")
    assert (row["person"], row["name"], row["shown_name"]) == (ANA, "Ana", "Anastasia Ward")
    assert (row["organisation"], row["asked"]) == ("NGH", "nobody: it is for you")
    admin = world.person("Adi Roy", "COU")
    world.grants(admin, Role.ADMIN)
    assert terminal.lists("member pending")[0]["asked"] == "the admins"
    lead_of(world)
    assert terminal.lists("member pending")[0]["asked"] == "its leads"
    assert "its leads" in terminal.does("member pending")
    with world.store.begin() as books:
        books.organisations.end(world.organisations["NGH"].id, world.now.date(), None)
    assert terminal.lists("member pending")[0]["asked"] == "nobody: it has ended"
    assert "has ended" in terminal.fails(f"member confirm {ANA}")


def test_an_operator_confirms_and_the_person_and_the_leads_learn_of_it(
    terminal: Terminal, world: World
) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world, "Ana")
    waiting = card(lead)
    said = terminal.does(f"member confirm {ANA}")
    assert said == f"{ANA} is confirmed for Northgate Hospital Trust, and is told.\n"
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)
    world.later(days=400)
    world.deliver()
    assert "The people who run Hourbridge said that they work" in waiting.text
    assert "has confirmed that you work there" in ana.told(CONFIRMED)[0].text
    assert "does not wait to be confirmed" in terminal.fails(f"member confirm {ANA}")
    assert "does not wait to be confirmed" in terminal.fails(f"member decline {ANA}")


def test_an_operator_declines_and_can_put_a_no_right(terminal: Terminal, world: World) -> None:
    confirming(world)
    ana = newcomer(world, "Ana")
    assert "is turned down for Northgate" in terminal.does(f"member decline {ANA}")
    assert state_of_question(ana) is ConfirmationState.DECLINED
    assert "turned down for Northgate Hospital Trust already" in terminal.fails(
        f"member decline {ANA}"
    )
    terminal.does(f"member confirm {ANA}")
    assert (state_of(ana), ana.balance) == (MemberState.ACTIVE, 120)


def test_without_the_secret_nobody_is_confirmed(
    terminal: Terminal, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirming(world)
    ana = newcomer(world, "Ana")
    monkeypatch.delenv("HOURBRIDGE_SECRET_KEY")
    assert "HOURBRIDGE_SECRET_KEY" in terminal.fails(f"member confirm {ANA}")
    assert state_of(ana) is MemberState.WAITING
    assert len(terminal.lists("member pending")) == 1


def test_somebody_unknown_is_not_confirmed(terminal: Terminal) -> None:
    assert "Nobody has joined as" in terminal.fails("member confirm slack:T1:U1")
    assert "Nobody has joined as" in terminal.fails("member decline slack:T1:U1")


def test_who_is_suspended_while_waiting_waits_again_when_restored(
    terminal: Terminal, world: World
) -> None:
    confirming(world)
    lead = lead_of(world)
    ana = newcomer(world, "Ana")
    terminal.does(f"member suspend {ANA}")
    assert "Your membership is paused" in ana.types("help")
    terminal.does(f"member restore {ANA}")
    assert "Nearly there" in ana.types("home")
    terminal.does(f"member suspend {ANA}")
    lead.types("joiners yes")
    terminal.does(f"member restore {ANA}")
    assert "Your balance" in ana.types("home")
    assert ana.balance == 120


def test_a_policy_of_an_older_version_asks_nobody(world: World) -> None:
    with world.store.begin() as books:
        policy = books.policy.read()
    assert replace(policy, confirm_organisation=0) == policy
    sets(world, 1)
    with world.store.begin() as books:
        assert books.policy.read().confirm_organisation == 1
