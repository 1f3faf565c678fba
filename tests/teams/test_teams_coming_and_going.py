"""The whole way, from Teams to the database: the app comes into chats and teams, and goes."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from core.callers import Address
from core.conversations.model import Conversation
from core.members.model import Member, MemberState
from core.organisations.model import TenantState
from tests.story.chats import Friend
from tests.story.in_teams import TeamsFriend
from tests.story.stage import Scene, nothing_stored, two_members
from tests.story.town import Town, open_town
from tests.teams.fake_teams import BOT, TENANT, Person
from tests.teams.team_events import GROUP, ROTA, TEAM, in_group, in_team, mention, people

PATIENCE = 20.0


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    async with open_town(database_url) as opened:
        yield opened


def person(friend: Friend) -> Person:
    assert isinstance(friend, TeamsFriend)
    return friend.person


def member(town: Town, friend: Friend) -> Member:
    somebody = person(friend)
    with town.store.begin() as books:
        found = books.members.by_identity("teams", somebody.tenant, somebody.object_id)
    assert found is not None
    return found[0]


def address(town: Town, somebody: Person) -> Address:
    with town.store.begin() as books:
        found = books.members.by_identity("teams", somebody.tenant, somebody.object_id)
    assert found is not None
    return found[1].address


def kept(town: Town) -> dict[str, Conversation]:
    with town.store.begin() as books:
        return {one.external_id: one for one in books.conversations.all()}


async def comes_to_be_kept(town: Town, conversation: str) -> Conversation:
    """Wait for what nobody's answer waits for."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := kept(town).get(conversation):
            return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"{conversation} was never kept: {kept(town)}")


def proposals(town: Town) -> list[str]:
    """Where each notice stands that somebody wants to help."""
    return [state for kind, state, _behind in town.deliveries() if kind == "exchange.proposed"]


async def test_a_team_is_known_from_the_installation_on_and_no_more_once_it_is_out(
    town: Town,
) -> None:
    ana = town.in_teams("Ana Ward").person
    await ana.deliver(in_team(ana, "installationUpdate", action="add", team_name="Ward 7"))
    await ana.deliver(in_team(ana, "conversationUpdate", "teamRenamed", team_name="Ward 8"))
    await ana.deliver(
        in_team(ana, "conversationUpdate", "channelCreated", channel=ROTA, name="Rota")
    )
    found = kept(town)
    assert (found[TEAM].team_name, found[ROTA].team_name) == ("Ward 8", "Ward 8")
    assert (found[ROTA].service_url, found[ROTA].bot) == (town.teams.url, BOT)
    await ana.deliver(in_team(ana, "conversationUpdate", membersRemoved=people(BOT)))
    assert [one.live for one in kept(town).values()] == [False, False]


async def test_whoever_speaks_where_the_app_is_in_makes_the_place_known_and_not_themselves(
    town: Town,
) -> None:
    ana = town.in_teams("Ana Ward").person
    await ana.deliver(in_team(ana, "message", channel=ROTA, thread="7", **mention("help")))
    await ana.deliver(in_group(ana, "message", **mention("help")))
    await comes_to_be_kept(town, GROUP)
    assert (await comes_to_be_kept(town, ROTA)).live
    assert set(kept(town)) == {TEAM, ROTA, GROUP}
    for trace in (ana.name, "WARD, Ana", "LIN, Bo", "messageid"):
        assert "conversations" not in town.holds(trace)


async def test_three_hundred_people_who_join_a_team_leave_no_trace(town: Town) -> None:
    ana = town.in_teams("Ana Ward").person
    await ana.deliver(in_team(ana, "installationUpdate", action="add"))
    crowd = people(*(f"29:{number}" for number in range(300)))
    async with nothing_stored(town):
        for event, field in (
            ("teamMemberAdded", "membersAdded"),
            ("teamMemberRemoved", "membersRemoved"),
        ):
            gone_or_come: dict[str, Any] = {field: crowd}
            await ana.deliver(in_team(ana, "conversationUpdate", event, **gone_or_come))
    assert not town.holds("29:7")


@pytest.mark.parametrize("state", [None, TenantState.SUSPENDED, TenantState.ENDED])
async def test_of_a_tenant_that_is_not_let_in_no_place_is_kept_and_once_it_is_at_the_next_word(
    town: Town, state: TenantState | None
) -> None:
    tenant = TENANT if state else "another-tenant"
    if state:
        with town.store.begin() as books:
            books.tenants.set_state("teams", tenant, state)
    eve = town.in_teams("Eve Hill", tenant=tenant).person
    await eve.deliver(in_team(eve, "installationUpdate", action="add", team_name="Ward 7"))
    await eve.deliver(in_team(eve, "message", channel=ROTA, **mention("help")))
    assert kept(town) == {}
    for trace in (TEAM, ROTA, "Ward 7", "Eve Hill"):
        assert not town.holds(trace)
    with town.store.begin() as books:
        ids = [one.id for one in books.organisations.all()]
        books.tenants.approve("teams", tenant, ids, datetime.now(UTC))
    await eve.deliver(in_team(eve, "message", channel=ROTA, **mention("help")))
    assert (await comes_to_be_kept(town, ROTA)).tenant == tenant


async def test_who_takes_the_app_out_of_their_chat_is_away_until_they_put_it_back(
    town: Town,
) -> None:
    scene = await (await two_members(town, "teams")).posted()
    await town.settles()
    await person(scene.ana).uninstall()
    assert member(town, scene.ana).state is MemberState.AWAY
    assert "away at the moment" in await scene.bo.types(f"show {scene.ask}")
    await person(scene.ana).install()
    assert member(town, scene.ana).state is MemberState.ACTIVE
    await _propose(scene)
    await town.settles()
    assert proposals(town) == ["sent"]


async def test_an_upgrade_brings_somebody_back_without_a_word(town: Town) -> None:
    scene = await two_members(town, "teams")
    await town.settles()
    ana = person(scene.ana)
    await ana.uninstall()
    town.teams.removed.clear()
    messages = len(ana.messages)
    await ana.deliver(ana.activity("installationUpdate", action="add-upgrade"))
    assert member(town, scene.ana).state is MemberState.ACTIVE
    assert len(ana.messages) == messages


async def test_a_new_installation_greets_once(town: Town) -> None:
    ana = town.in_teams("Ana Ward").person
    await ana.install()
    assert len(ana.messages) == 1
    assert "Welcome to Hourbridge" in ana.last


async def test_the_app_taken_out_while_a_notice_is_under_way_loses_nothing(town: Town) -> None:
    scene = await (await two_members(town, "teams")).posted()
    await town.settles()
    ana = person(scene.ana)
    town.teams.meanwhile[ana.chat_id] = ana.uninstall
    await _propose(scene)
    await town.settles()
    assert proposals(town) == ["withheld"]
    assert member(town, scene.ana).state is MemberState.AWAY
    await _comes_back_and_is_told(scene)


async def test_a_notice_refused_before_teams_tells_why_goes_out_after_a_new_installation(
    town: Town,
) -> None:
    scene = await (await two_members(town, "teams")).posted()
    await town.settles()
    ana = person(scene.ana)
    town.teams.removed.add(ana.chat_id)
    await _propose(scene)
    await town.settles()
    assert proposals(town) == ["unreachable"]
    await ana.uninstall()
    assert member(town, scene.ana).state is MemberState.AWAY
    await _comes_back_and_is_told(scene)


async def test_who_is_only_met_in_a_channel_is_written_to_in_a_chat_made_for_it(
    town: Town,
) -> None:
    with town.store.begin() as books:
        one = books.organisations.by_code("SGH")
        assert one is not None
        books.tenants.approve("teams", TENANT, [one.id], datetime.now(UTC))
    scene = await (await two_members(town, "slack")).posted()
    code = re.search(r"link [0-9A-Z-]{6,}", await scene.ana.types("link"))
    assert code is not None
    ana = town.in_teams("Ana Ward").person
    await ana.deliver(in_team(ana, "message", channel=ROTA, **mention(code[0])))
    assert address(town, ana) == Address("", town.teams.url, BOT, ana.user)
    await _propose(scene)
    await town.settles()
    (told,) = town.told("Ana Ward", "exchange.proposed")
    assert told.startswith(ana.chat_id)
    assert address(town, ana) == Address(ana.chat_id, town.teams.url, BOT, ana.user)


async def _propose(scene: Scene) -> None:
    """Bo answers Ana's ask, which tells her so."""
    await scene.bo.types(f"answer {scene.ask}")
    await scene.bo.fills()


async def _comes_back_and_is_told(scene: Scene) -> None:
    """Ana puts the app back: it greets her, and what waited for her comes, each once."""
    ana, town = person(scene.ana), scene.town
    messages = len(ana.messages)
    await ana.install()
    await town.settles()
    assert proposals(town) == ["sent"]
    (told,) = town.told("Ana Ward", "exchange.proposed")
    assert "Accept" in scene.ana.labels_of(told)
    assert len(ana.messages) == messages + 2
