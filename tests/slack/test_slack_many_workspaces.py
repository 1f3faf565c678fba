"""Installed into many workspaces: several processes, the app taken out, and put in again."""

from __future__ import annotations

import asyncio

import pytest

from tests.slack.many_workspaces import Replica, replicas
from tests.story.chats import reference_in
from tests.story.in_slack import SlackFriend


async def _two_workspaces(one: Replica) -> tuple[SlackFriend, SlackFriend]:
    """Ana of Northgate, and Bo of Southgate: both members."""
    for team, code in (("T0NORTH", "NGH"), ("T0SOUTH", "SGH")):
        await one.installs(team)
        one.let_in(team, code)
    ana, bo = one.person("Ana Ward", "T0NORTH"), one.person("Bo Lin", "T0SOUTH")
    await ana.joins()
    await bo.joins()
    return ana, bo


async def _asked(ana: SlackFriend) -> str:
    await ana.types("ask help with run charts, 1 hour")
    return reference_in(await ana.presses("Post it"), "A")


async def _becomes(one: Replica, kind: str, state: str) -> None:
    for _try in range(200):
        found = [now for what, now, _why in one.deliveries() if what == kind]
        if found and set(found) == {state}:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(one.deliveries())


async def test_a_process_that_knows_the_old_token_answers_in_place_after_a_reinstall(
    postgres_url: str,
) -> None:
    async with replicas(postgres_url, 2) as (one, two):
        await one.installs("T0NORTH")
        one.let_in("T0NORTH")
        ana = two.person("Ana Ward", "T0NORTH")
        await ana.joins()
        await one.person("Bo Lin", "T0NORTH").person.app_is_removed()
        await one.installs("T0NORTH")
        await ana.person.open_home()
        assert ana.person.home["type"] == "home"
        await ana.person.shortcut("offer")
        assert ana.person.modal, "a form opens, and no button for one"
        # Their welcome may arrive meanwhile; an answer must not.
        told = " ".join(message.words for message in ana.person.messages)
        assert "Open the form" not in told
        assert "Your balance" not in told


async def test_a_workspace_that_leaves_its_organisations_installation_standing_leaves_alone(
    sqlite_url: str,
) -> None:
    async with replicas(sqlite_url) as (one,):
        await one.installs("T0NORTH", enterprise="E0WEST")
        await one.installs("E0WEST", enterprise="E0WEST", whole=True, teams=("T0EAST",))
        await one.person("Ana Ward", "T0NORTH").person.app_is_removed()
        with one.program.store.begin() as books:
            live = {known.tenant: known.live for known in books.installations.all()}
        assert live == {"T0NORTH": False, "E0WEST": True}


async def test_an_organisation_that_takes_the_app_out_is_gone_with_both_events(
    sqlite_url: str,
) -> None:
    async with replicas(sqlite_url) as (one,):
        await one.installs("E0WEST", enterprise="E0WEST", whole=True, teams=("T0EAST",))
        await one.person("Ana Ward", "T0EAST").person.app_is_removed()
        with one.program.store.begin() as books:
            assert [known.live for known in books.installations.all()] == [False]


async def test_what_was_to_be_told_while_the_app_was_out_is_told_once_it_is_back(
    database_url: str,
) -> None:
    async with replicas(database_url) as (one,):
        ana, bo = await _two_workspaces(one)
        ask = await _asked(ana)
        await ana.person.app_is_removed()
        await bo.types(f"/hourbridge answer {ask}")
        exchange = reference_in(await bo.fills(), "E")
        await _becomes(one, "exchange.proposed", "unreachable")
        assert exchange not in ana.reads()
        await one.installs("T0NORTH")
        await ana.hears(exchange)
        await _becomes(one, "exchange.proposed", "sent")
        await one.installs("T0NORTH")
        assert len([said for said in ana.screen().values() if exchange in said]) == 1
        assert one.audit() == []


async def test_a_card_that_went_out_of_date_while_the_app_was_out_is_brought_up_to_date(
    database_url: str,
) -> None:
    async with replicas(database_url) as (one,):
        ana, bo = await _two_workspaces(one)
        await bo.types(f"/hourbridge answer {await _asked(ana)}")
        exchange = reference_in(await bo.fills(), "E")
        card = await ana.hears(exchange)
        assert "Accept" in card
        await ana.person.app_is_removed()
        await bo.types(f"withdraw {exchange}")
        for _try in range(200):
            if any(why == "app_not_installed" for _kind, _state, why in one.deliveries()):
                break
            await asyncio.sleep(0.05)
        assert "Accept" in await ana.hears(exchange)
        await one.installs("T0NORTH")
        for _try in range(200):
            if "Accept" not in await ana.hears(exchange):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(ana.reads())


@pytest.mark.parametrize("guest", [True, False])
async def test_nobody_joins_while_slack_does_not_say_whether_they_are_a_guest(
    database_url: str, *, guest: bool
) -> None:
    async with replicas(database_url) as (one,):
        await one.installs("T0NORTH")
        one.let_in("T0NORTH")
        gwen = one.person("Gwen Rees", "T0NORTH")
        gwen.person.account.is_guest = guest
        one.slack.fail("users.info", times=3)
        await gwen.types("home")
        await gwen.presses("Join")
        one.slack.fail("users.info", times=3)
        said = await gwen.fills_to_join()
        assert "cannot answer in this workspace at the moment" in said
        with one.program.store.begin() as books:
            assert books.members.by_identity("slack", "T0NORTH", gwen.person.user) is None
        one.slack._failures.clear()
        said = await gwen.fills_to_join()
        assert ("You are a guest" if guest else "You have joined") in said
