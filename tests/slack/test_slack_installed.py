"""Which installation answers a request or a delivery, and how soon a removal is known."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.slack.installing_site import Processes, Replica, processes


@pytest.fixture
async def many(database_url: str) -> AsyncIterator[Processes]:
    async with processes(database_url) as running:
        yield running


@pytest.fixture
def one(many: Processes) -> Replica:
    return many.another()


async def test_each_workspace_is_answered_with_its_own_token(one: Replica) -> None:
    for team in ("T0NORTH", "T0SOUTH"):
        await one.put(team)
    assert await one.token_of("T0NORTH") == one.slack.granted["T0NORTH"]
    assert await one.token_of("T0SOUTH") == one.slack.granted["T0SOUTH"]
    assert await one.workspaces.find("T0OTHER") is None
    assert await one.workspaces.find("") is None


async def test_a_teams_own_installation_goes_before_that_of_its_whole_organisation(
    one: Replica,
) -> None:
    await one.put("T0NORTH", enterprise="E0WEST")
    await one.put("E0WEST", enterprise="E0WEST", whole=True)
    own = await one.workspaces.find("T0NORTH", "E0WEST")
    other = await one.workspaces.find("T0SOUTH", "E0WEST")
    nobody = await one.workspaces.find("", "E0WEST")
    assert own is not None
    assert other is not None
    assert nobody is not None
    assert (own.tenant, own.whole, own.token) == ("T0NORTH", False, one.slack.granted["T0NORTH"])
    for found in (other, nobody):
        assert (found.tenant, found.whole) == ("E0WEST", True)
        assert found.token == one.slack.granted["E0WEST"]


async def test_people_of_a_team_that_went_over_to_its_organisation_stay_who_they_are(
    one: Replica,
) -> None:
    await one.put("T0NORTH", enterprise="E0WEST")
    await one.put("E0WEST", enterprise="E0WEST", whole=True)
    await one.workspaces.removed("T0NORTH")
    for found in (
        await one.workspaces.find("T0NORTH", "E0WEST"),
        await one.workspaces.find("T0NORTH"),
        await one.workspaces.fresh("T0NORTH"),
    ):
        assert found is not None
        assert (found.tenant, found.whole) == ("T0NORTH", False)
        assert found.token == one.slack.granted["E0WEST"]


async def test_an_installation_of_one_team_does_not_answer_for_its_enterprise(one: Replica) -> None:
    await one.put("T0NORTH", enterprise="E0WEST")
    assert await one.workspaces.find("T0SOUTH", "E0WEST") is None


async def test_a_workspace_that_took_the_app_out_is_gone_at_once_and_its_tokens_too(
    one: Replica,
) -> None:
    await one.put("T0NORTH")
    await one.token_of("T0NORTH")
    await one.workspaces.removed("T0NORTH")
    assert await one.workspaces.fresh("T0NORTH") is None
    assert await one.workspaces.find("T0NORTH") is None
    kept = await one.installations.find("T0NORTH")
    assert kept is not None
    assert (kept.token, kept.refresh) == ("", "")


async def test_removing_what_is_not_there_or_twice_is_quiet(one: Replica) -> None:
    await one.put("T0NORTH")
    for tenant in ("T0NORTH", "T0NORTH", "T0OTHER"):
        await one.workspaces.removed(tenant)
    assert await one.workspaces.fresh("T0NORTH") is None


async def test_deliveries_of_another_process_stop_at_once_and_its_answers_within_minutes(
    many: Processes,
) -> None:
    here, there = many.another(), many.another()
    await here.put("T0NORTH")
    await there.token_of("T0NORTH")
    await here.workspaces.removed("T0NORTH")
    assert await there.workspaces.fresh("T0NORTH") is None
    assert await there.workspaces.find("T0NORTH") is not None
    there.clock.later(minutes=5)
    assert await there.workspaces.find("T0NORTH") is None


async def test_a_token_that_turned_out_dead_is_looked_up_again(many: Processes) -> None:
    here, there = many.another(), many.another()
    await here.put("T0NORTH")
    await there.token_of("T0NORTH")
    await here.put("T0NORTH")
    there.workspaces.forget("T0NORTH")
    assert await there.token_of("T0NORTH") == here.slack.granted["T0NORTH"]


async def test_forgetting_an_organisation_forgets_what_answers_for_its_workspaces(
    many: Processes,
) -> None:
    here, there = many.another(), many.another()
    await here.put("E0WEST", enterprise="E0WEST", whole=True)
    await there.token_of("T0NORTH", "E0WEST")
    await here.workspaces.removed("E0WEST")
    there.workspaces.forget("E0WEST")
    assert await there.workspaces.find("T0NORTH", "E0WEST") is None


async def test_tokens_show_in_no_printed_value(one: Replica) -> None:
    kept = await one.put("T0NORTH")
    found = await one.workspaces.find("T0NORTH")
    for shown in (repr(kept), repr(found)):
        assert kept.token not in shown
        assert kept.refresh not in shown
