"""Tokens that end: renewed in time, once over all processes, and kept before they are used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from typing_extensions import override

from adapters.slack.api import SlackTrouble
from adapters.slack.granting import Grants
from adapters.slack.renewing import CLAIM, KEEPING, PAUSES, Renewing
from core.installations.model import Installation
from tests.slack.granting_slack import CLIENT_ID, CLIENT_SECRET
from tests.slack.installing_site import Clock, Processes, Replica, processes
from tests.slack.shelf import Broken, Shelf, on_shelf


@pytest.fixture
async def many(database_url: str) -> AsyncIterator[Processes]:
    async with processes(database_url) as running:
        yield running


@pytest.fixture
def one(many: Processes) -> Replica:
    return many.another()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(clock: Clock) -> Shelf:
    return Shelf()


async def test_a_delivery_renews_a_token_that_ends_within_2_hours_and_keeps_it_first(
    one: Replica,
) -> None:
    old = await one.put("T0NORTH")
    one.clock.later(hours=9, minutes=59)
    untouched = await one.workspaces.fresh("T0NORTH")
    assert untouched is not None
    assert untouched.token == old.token
    one.clock.later(minutes=1)
    found = await one.workspaces.fresh("T0NORTH")
    kept = await one.installations.find("T0NORTH")
    assert found is not None
    assert kept is not None
    assert found.token == kept.token == one.slack.granted["T0NORTH"] != old.token
    assert kept.refresh != old.refresh
    assert [asked["refresh_token"] for asked in one.slack.asked] == [old.refresh]


async def test_the_next_renewal_uses_the_new_refresh_token(one: Replica) -> None:
    one.slack.lasts = 60
    await one.put("T0NORTH")
    one.clock.later(hours=11)
    await one.workspaces.fresh("T0NORTH")
    await one.workspaces.fresh("T0NORTH")
    refreshed = [asked["refresh_token"] for asked in one.slack.asked]
    assert len(set(refreshed)) == len(refreshed) == 2


async def test_a_token_that_does_not_end_is_left_alone(one: Replica) -> None:
    await one.put("T0NORTH", forever=True)
    one.clock.later(days=400)
    assert await one.workspaces.fresh("T0NORTH") is not None
    assert one.slack.asked == []


async def test_many_deliveries_at_once_renew_a_token_once_over_all_processes(
    many: Processes,
) -> None:
    replicas = [many.another() for _each in range(3)]
    await replicas[0].put("T0NORTH")
    many.clock.later(hours=11)
    found = await asyncio.gather(
        *(replica.workspaces.fresh("T0NORTH") for replica in replicas for _each in range(5))
    )
    assert all(found)
    assert len(many.slack.asked) == 1
    for replica in replicas:
        again = await replica.workspaces.fresh("T0NORTH")
        assert again is not None


async def test_a_request_is_answered_with_a_living_token_that_is_renewed_meanwhile(
    one: Replica,
) -> None:
    old = await one.put("T0NORTH")
    await one.token_of("T0NORTH")
    one.clock.later(hours=11)
    assert await one.token_of("T0NORTH") == old.token
    await one.workspaces.settle()
    assert await one.token_of("T0NORTH") == one.slack.granted["T0NORTH"] != old.token
    assert len(one.slack.asked) == 1


async def test_a_request_waits_for_a_new_token_where_the_old_one_has_ended(one: Replica) -> None:
    old = await one.put("T0NORTH")
    one.clock.later(hours=13)
    assert await one.token_of("T0NORTH") == one.slack.granted["T0NORTH"] != old.token


@pytest.mark.parametrize("error", ["invalid_refresh_token", "token_revoked"])
async def test_a_refused_refresh_ends_with_the_token_and_not_before(
    one: Replica, error: str
) -> None:
    old = await one.put("T0NORTH")
    one.slack.problems = [error] * 3
    one.clock.later(hours=11)
    living = await one.workspaces.fresh("T0NORTH")
    assert living is not None
    assert living.token == old.token
    one.clock.later(hours=2)
    for ask in (one.workspaces.fresh, one.workspaces.find):
        with pytest.raises(SlackTrouble) as trouble:
            await ask("T0NORTH")
        assert trouble.value.code == "token_expired"
        assert old.refresh not in str(trouble.value)
        one.clock.later(minutes=2)


async def test_while_slack_is_down_a_living_token_works_and_is_tried_again_after_a_minute(
    one: Replica,
) -> None:
    await one.put("T0NORTH")
    one.clock.later(hours=11)
    one.slack.problems = ["internal_error"]
    for _time in range(3):
        assert await one.workspaces.fresh("T0NORTH") is not None
        assert await one.workspaces.find("T0NORTH") is not None
    await one.workspaces.settle()
    assert len(one.slack.asked) == 1
    one.clock.later(seconds=CLAIM.total_seconds() + 1)
    await one.workspaces.fresh("T0NORTH")
    kept = await one.installations.find("T0NORTH")
    assert kept is not None
    assert kept.token == one.slack.granted["T0NORTH"]


async def test_a_token_that_ended_while_slack_was_down_is_a_passing_trouble(one: Replica) -> None:
    await one.put("T0NORTH")
    await one.slack.stop()
    one.clock.later(hours=13)
    with pytest.raises(SlackTrouble) as trouble:
        await one.workspaces.fresh("T0NORTH")
    assert trouble.value.code == "network"


async def test_who_finds_another_process_renewing_an_ended_token_waits_for_it(
    many: Processes,
) -> None:
    here = many.another()
    installation = await here.put("T0NORTH")
    here.clock.later(hours=13)
    now = here.clock.now()
    assert await here.installations.claim_renewal(installation, now + CLAIM, now)
    with pytest.raises(SlackTrouble) as trouble:
        await here.workspaces.fresh("T0NORTH")
    assert trouble.value.code == "service_unavailable"
    assert here.pauses == list(PAUSES)
    assert many.slack.asked == [], "it is the other's to ask"
    token, refresh = many.slack.grant("T0NORTH")
    ends = now + timedelta(hours=12)
    await here.installations.renew(installation, token, refresh, ends)
    found = await here.workspaces.fresh("T0NORTH")
    assert found is not None
    assert found.token == token


async def test_a_process_that_died_while_renewing_holds_nobody_up_for_long(one: Replica) -> None:
    installation = await one.put("T0NORTH")
    one.clock.later(hours=13)
    now = one.clock.now()
    await one.installations.claim_renewal(installation, now + CLAIM, now)
    one.clock.later(seconds=CLAIM.total_seconds())
    found = await one.workspaces.fresh("T0NORTH")
    assert found is not None
    assert found.token == one.slack.granted["T0NORTH"]


async def test_a_delivery_that_is_given_up_leaves_the_new_token_kept(one: Replica) -> None:
    old = await one.put("T0NORTH")
    one.clock.later(hours=11)
    delivering = asyncio.ensure_future(one.workspaces.fresh("T0NORTH"))
    await one.slack.reached.wait()
    delivering.cancel()
    await one.workspaces.settle()
    kept = await one.installations.find("T0NORTH")
    assert kept is not None
    assert kept.token == one.slack.granted["T0NORTH"] != old.token


async def test_a_renewal_that_a_reinstall_overtook_changes_nothing(
    shelf: Shelf, clock: Clock, one: Replica
) -> None:
    token, refresh = one.slack.grant("T1")
    on_shelf(shelf, clock, "T1", token)
    soon = clock.now() + timedelta(hours=1)
    read = shelf.kept["T1"] = replace(shelf.kept["T1"], refresh=refresh, expires_at=soon)
    on_shelf(shelf, clock, "T1", "xoxb-reinstalled")
    grants = Grants(one.slack.api_url, CLIENT_ID, CLIENT_SECRET)
    usable = await Renewing(shelf, grants, now=clock.now).usable(read)
    assert usable is not None
    assert usable.token == shelf.kept["T1"].token == "xoxb-reinstalled"


async def test_a_renewal_that_a_removal_overtook_brings_nothing_back(
    shelf: Shelf, clock: Clock, one: Replica
) -> None:
    token, refresh = one.slack.grant("T1")
    on_shelf(shelf, clock, "T1", token)
    soon = clock.now() + timedelta(hours=1)
    read = replace(shelf.kept["T1"], refresh=refresh, expires_at=soon)
    del shelf.kept["T1"]
    grants = Grants(one.slack.api_url, CLIENT_ID, CLIENT_SECRET)
    assert await Renewing(shelf, grants, now=clock.now).usable(read) is None
    assert shelf.kept == {}


class Failing(Shelf):
    """A shelf that fails to keep new tokens, so many times."""

    failures = 0

    @override
    async def renew(
        self, installation: Installation, token: str, refresh: str, expires_at: datetime | None
    ) -> Installation:
        if self.failures:
            self.failures -= 1
            raise Broken
        return await super().renew(installation, token, refresh, expires_at)


def ending(shelf: Shelf, clock: Clock, one: Replica) -> Installation:
    """An installation on the shelf whose token ends soon."""
    token, refresh = one.slack.grant("T1")
    on_shelf(shelf, clock, "T1", token)
    soon = clock.now() + timedelta(hours=1)
    shelf.kept["T1"] = replace(shelf.kept["T1"], refresh=refresh, expires_at=soon)
    return shelf.kept["T1"]


async def test_a_new_token_is_kept_although_the_database_fails_at_first(
    clock: Clock, one: Replica
) -> None:
    shelf, pauses = Failing(), list[float]()
    old = ending(shelf, clock, one)
    shelf.failures = 3

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    grants = Grants(one.slack.api_url, CLIENT_ID, CLIENT_SECRET)
    renewed = await Renewing(shelf, grants, now=clock.now, pause=pause).usable(old)
    assert renewed is not None
    assert renewed.token == shelf.kept["T1"].token == one.slack.granted["T1"] != old.token
    assert len(one.slack.asked) == 1, "a refresh token works once"
    assert len(pauses) == 3
    assert sum(KEEPING) < CLAIM.total_seconds()


async def test_a_renewal_that_fails_in_the_background_is_reported(
    clock: Clock, one: Replica, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Failing()
    old = ending(shelf, clock, one)
    shelf.failures = 100
    grants = Grants(one.slack.api_url, CLIENT_ID, CLIENT_SECRET)
    renewing = Renewing(shelf, grants, now=clock.now, pause=lambda _seconds: asyncio.sleep(0))
    ended = asyncio.Event()
    renewing.begin(old, ended.set)
    await ended.wait()
    errors = [getattr(record, "error", "") for record in caplog.records]
    assert errors.count("Broken") == len(KEEPING) + 1


async def test_what_is_done_once_leaves_nothing_behind(one: Replica) -> None:
    await one.put("T0NORTH")
    one.clock.later(hours=11)
    await one.workspaces.fresh("T0NORTH")
    await asyncio.sleep(0)
    assert "T0NORTH" not in one.workspaces._renewing._under_way
    assert one.workspaces._renewing._rests == {}
