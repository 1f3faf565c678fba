"""A workspace lets the app in, takes it out, and comes back: who waits, and who is told."""

from __future__ import annotations

import pytest

from core.organisations.model import Role, TenantState
from tests.installations.samples import (
    TOKEN,
    TOKENS,
    find,
    granted,
    install,
    news,
    remove,
    tenant_of,
)
from tests.world import Person, World

ASKED, REMOVED = "installations.asked", "installations.removed"


@pytest.fixture
def ana(world: World) -> Person:
    """An administrator of the system."""
    ana = world.person("Ana Ward")
    world.grants(ana, Role.ADMIN)
    return ana


def test_a_new_workspace_waits_and_every_admin_is_told(world: World, ana: Person) -> None:
    bo, lead = world.person("Bo Hart", "COU"), world.person("Cai Rees", "COU")
    world.grants(bo, Role.ADMIN)
    world.grants(lead, Role.LEAD, "COU")
    install(world)
    world.deliver()
    assert tenant_of(world).state is TenantState.PENDING
    for admin in (ana, bo):
        [card] = news(admin)
        assert card.kind == ASKED
        for words in ("A Slack workspace asks to take part", "Westshire Voices", "T-NEW"):
            assert words in card.text
        assert "tenants approve T-NEW" in card.text
    assert news(lead) == []


def test_nobody_in_it_is_answered_until_it_is_let_in(world: World) -> None:
    install(world)
    stranger = world.someone("slack", "T-NEW", "U1", "A Stranger", joined=False)
    assert "not set up for this workspace yet" in stranger.types("hello")
    assert world.holds("A Stranger") == []


def test_a_reinstall_while_it_waits_tells_nobody_again(world: World, ana: Person) -> None:
    install(world)
    world.deliver()
    install(world, granted(name="Westshire Voices and Choices"))
    remove(world)
    world.deliver()
    assert "Taken out at" in news(ana)[0].text
    install(world)
    world.deliver()
    [card] = news(ana)
    assert "Taken out" not in card.text


def test_a_workspace_that_wrote_before_it_installed_is_told_of_when_it_does(
    world: World, ana: Person
) -> None:
    world.someone("slack", "T-NEW", "U1", "A Stranger", joined=False).types("hello")
    world.deliver()
    assert news(ana) == []
    install(world)
    world.deliver()
    assert len(ana.told(ASKED)) == 1


def test_what_comes_and_goes_before_anybody_is_told_is_not_told(world: World, ana: Person) -> None:
    install(world)
    remove(world)
    world.deliver()
    assert news(ana) == []


def test_what_came_and_went_untold_is_told_when_it_comes_again(world: World, ana: Person) -> None:
    install(world)
    remove(world)
    world.deliver()
    assert news(ana) == []
    install(world)
    world.deliver()
    assert [card.kind for card in news(ana)] == [ASKED]


def test_without_an_admin_it_waits_all_the_same(world: World) -> None:
    install(world)
    assert world.rows("notices") == 0
    ana = world.person("Ana Ward")
    world.grants(ana, Role.ADMIN)
    assert "1 workspace waits for approval" in ana.types("home")


@pytest.mark.parametrize("state", [TenantState.APPROVED, TenantState.SUSPENDED, TenantState.ENDED])
def test_a_reinstall_leaves_a_known_workspace_as_it_is(
    world: World, ana: Person, state: TenantState
) -> None:
    with world.store.begin() as books:
        books.tenants.set_state("slack", "T-NORTHGATE", state)
    install(world, granted("T-NORTHGATE"))
    remove(world, "T-NORTHGATE")
    install(world, granted("T-NORTHGATE"))
    world.deliver()
    tenant = tenant_of(world, "T-NORTHGATE")
    assert tenant.state is state
    assert tenant.organisation_ids == (world.organisations["NGH"].id,)
    assert world.rows(f"notices WHERE kind = '{ASKED}'") == 0


def test_a_reinstall_by_anybody_brings_members_and_hours_back(world: World, ana: Person) -> None:
    member = world.person("Dee Hill")
    before = member.balance, member.member.id
    install(world, granted("T-NORTHGATE"))
    assert remove(world, "T-NORTHGATE")
    gone = find(world.store, "T-NORTHGATE")
    assert gone is not None
    assert gone.token == ""
    install(world, granted("T-NORTHGATE"))
    back = find(world.store, "T-NORTHGATE")
    assert back is not None
    assert back.token == TOKEN
    assert "Hello Dee Hill" in member.types("home")
    assert (member.balance, member.member.id) == before
    assert world.total() == 0


def test_admins_hear_once_that_a_workspace_took_the_app_out(world: World) -> None:
    bo = world.person("Bo Hart", "COU")
    world.grants(bo, Role.ADMIN)
    install(world, granted("T-NORTHGATE", name="Northgate"))
    assert remove(world, "T-NORTHGATE")
    assert not remove(world, "T-NORTHGATE")
    world.deliver()
    [card] = bo.told(REMOVED)
    assert "The app was taken out of this workspace" in card.text
    assert "Members and hours are kept" in card.text
    install(world, granted("T-NORTHGATE", name="Northgate"))
    world.deliver()
    assert card.edits == 1
    assert "taken out" not in card.text
    assert len(news(bo)) == 1


def test_a_workspace_that_was_turned_away_leaves_without_a_word(world: World, ana: Person) -> None:
    install(world)
    world.deliver()
    ana.presses("Turn it away")
    assert remove(world)
    world.deliver()
    assert ana.told(REMOVED) == []


def test_what_was_never_installed_cannot_be_taken_out(world: World) -> None:
    assert not remove(world, "T-NOBODY")
    assert not remove(world, "T-NORTHGATE")
    assert tenant_of(world, "T-NORTHGATE").state is TenantState.APPROVED


def test_who_is_no_admin_any_more_is_not_told_and_keeps_no_card(world: World, ana: Person) -> None:
    install(world)
    world.deliver()
    with world.store.begin() as books:
        for grant in books.roles.all():
            books.roles.revoke(grant)
    install(world, granted(name="Another Name"))
    world.deliver()
    [card] = news(ana)
    assert "no longer here" in card.text
    assert "Another Name" not in card.text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  Westshire\n\tVoices ", "Westshire Voices"),
        ("Red\x1b[31m alert\x00\u202e", "Red[31m alert"),
        ("W" * 101, "W" * 99 + "…"),
        ("W" * 100, "W" * 100),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_a_name_from_outside_is_kept_on_one_short_line(
    world: World, given: str, shown: str
) -> None:
    assert install(world, granted(name=given)).name == shown


def test_no_token_reaches_a_notice_or_a_card(world: World, ana: Person) -> None:
    install(world)
    world.deliver()
    for token in TOKENS:
        assert world.holds(token) == []
    shown = ana.types("tenants") + ana.types("tenants T-NEW") + news(ana)[0].text
    assert not any(token in shown for token in TOKENS)
