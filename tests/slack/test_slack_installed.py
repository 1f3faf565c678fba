"""Which installation answers: found, remembered, renewed in time, and gone when it was removed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from typing_extensions import override

from adapters.slack.api import SlackTrouble
from adapters.slack.granting import Grants
from adapters.slack.installed import ROOM, InstalledWorkspaces
from adapters.slack.renewing import CLAIM, KEEPING, PAUSES, Renewing
from core.installations.model import Installation
from core.kernel.stale import Stale
from tests.slack.granting_slack import CLIENT_ID, CLIENT_SECRET
from tests.slack.installing_site import Clock, Processes, Replica, processes


@pytest.fixture
async def many(database_url: str) -> AsyncIterator[Processes]:
    async with processes(database_url) as running:
        yield running


@pytest.fixture
def one(many: Processes) -> Replica:
    return many.another()


async def token_of(replica: Replica, team: str, enterprise: str = "") -> str:
    found = await replica.workspaces.find(team, enterprise)
    assert found is not None
    return found.token


# Which installation answers


async def test_each_workspace_is_answered_with_its_own_token(one: Replica) -> None:
    for team in ("T0NORTH", "T0SOUTH"):
        await one.put(team)
    assert await token_of(one, "T0NORTH") == one.slack.granted["T0NORTH"]
    assert await token_of(one, "T0SOUTH") == one.slack.granted["T0SOUTH"]
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
    await token_of(one, "T0NORTH")
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
    await token_of(there, "T0NORTH")
    await here.workspaces.removed("T0NORTH")
    assert await there.workspaces.fresh("T0NORTH") is None
    assert await there.workspaces.find("T0NORTH") is not None
    there.clock.later(minutes=5)
    assert await there.workspaces.find("T0NORTH") is None


async def test_a_token_that_turned_out_dead_is_looked_up_again(many: Processes) -> None:
    here, there = many.another(), many.another()
    await here.put("T0NORTH")
    await token_of(there, "T0NORTH")
    await here.put("T0NORTH")
    there.workspaces.forget("T0NORTH")
    assert await token_of(there, "T0NORTH") == here.slack.granted["T0NORTH"]


async def test_forgetting_an_organisation_forgets_what_answers_for_its_workspaces(
    many: Processes,
) -> None:
    here, there = many.another(), many.another()
    await here.put("E0WEST", enterprise="E0WEST", whole=True)
    await token_of(there, "T0NORTH", "E0WEST")
    await here.workspaces.removed("E0WEST")
    there.workspaces.forget("E0WEST")
    assert await there.workspaces.find("T0NORTH", "E0WEST") is None


async def test_tokens_show_in_no_printed_value(one: Replica) -> None:
    kept = await one.put("T0NORTH")
    found = await one.workspaces.find("T0NORTH")
    for shown in (repr(kept), repr(found)):
        assert kept.token not in shown
        assert kept.refresh not in shown


# Memory, over a small store that counts what it is asked


class Broken(Exception):
    pass


class Shelf:
    """Installations in memory. While ``shut`` every question waits; ``broken`` answers raise."""

    def __init__(self) -> None:
        self.kept: dict[str, Installation] = {}
        self.asked: list[str] = []
        self.claimed: dict[str, datetime] = {}
        self.claims = 0
        self.shut = asyncio.Event()
        self.shut.set()
        self.broken = False

    async def find(self, tenant: str) -> Installation | None:
        self.asked.append(tenant)
        found = self.kept.get(tenant)
        await self.shut.wait()
        if self.broken:
            raise Broken
        return found

    async def install(self, installation: Installation) -> Installation:
        self.kept[installation.tenant] = installation
        return installation

    async def remove(self, tenant: str) -> None:
        del self.kept[tenant]

    async def approved(self, tenant: str) -> bool:
        return tenant in self.kept

    async def use_once(self, key: str) -> bool:
        return bool(key)

    async def claim_renewal(
        self, installation: Installation, until: datetime, now: datetime
    ) -> bool:
        self.claims += 1
        if self.claimed.get(installation.tenant, now) > now:
            return False
        self.claimed[installation.tenant] = until
        return True

    async def renew(
        self, installation: Installation, token: str, refresh: str, expires_at: datetime | None
    ) -> Installation:
        if self.kept.get(installation.tenant) != installation:
            raise Stale
        renewed = replace(
            installation,
            token=token,
            refresh=refresh,
            expires_at=expires_at,
            version=installation.version + 1,
        )
        return await self.install(renewed)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(clock: Clock) -> Shelf:
    return Shelf()


@pytest.fixture
def remembering(shelf: Shelf, clock: Clock) -> InstalledWorkspaces:
    grants = Grants("http://127.0.0.1:9/", CLIENT_ID, CLIENT_SECRET)
    renewing = Renewing(shelf, grants, now=clock.now)
    return InstalledWorkspaces(shelf, renewing, monotonic=clock.monotonic)


def on_shelf(shelf: Shelf, clock: Clock, tenant: str, token: str = "xoxb-1") -> None:
    shelf.kept[tenant] = Installation("slack", tenant, "", "A0", "B0", "U0", (), token, clock.now())


async def test_a_workspace_is_asked_for_once_in_5_minutes(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    for _time in range(3):
        await remembering.find("T1")
    assert shelf.asked == ["T1"]
    clock.later(minutes=4, seconds=59)
    await remembering.find("T1")
    assert shelf.asked == ["T1"]
    clock.later(seconds=1)
    await remembering.find("T1")
    assert shelf.asked == ["T1", "T1"]


async def test_an_absence_is_remembered_for_30_seconds(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    assert await remembering.find("T1") is None
    on_shelf(shelf, clock, "T1")
    clock.later(seconds=29)
    assert await remembering.find("T1") is None
    clock.later(seconds=1)
    assert await remembering.find("T1") is not None


async def test_memory_is_bounded_and_lets_go_of_what_was_not_asked_for_longest(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    for number in range(ROOM):
        on_shelf(shelf, clock, f"T{number}")
        await remembering.find(f"T{number}")
    await remembering.find("T0")
    on_shelf(shelf, clock, "TNEW")
    await remembering.find("TNEW")
    assert len(remembering._memory) == ROOM
    shelf.asked.clear()
    await remembering.find("T0")
    assert shelf.asked == []
    await remembering.find("T1")
    assert shelf.asked == ["T1"]


async def test_many_who_ask_at_once_ask_the_store_once(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    shelf.shut.clear()
    asking = [asyncio.ensure_future(remembering.find("T1")) for _each in range(10)]
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.sleep(0)
    shelf.shut.set()
    found = await asyncio.gather(*asking[1:])
    assert shelf.asked == ["T1"]
    assert [one.tenant for one in found if one] == ["T1"] * 9


async def test_an_error_is_told_and_not_remembered(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    shelf.broken = True
    with pytest.raises(Broken):
        await remembering.find("T1")
    shelf.broken = False
    assert await remembering.find("T1") is not None


async def test_what_was_read_before_a_reinstall_is_not_remembered_after_it(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1", "xoxb-old")
    shelf.shut.clear()
    reading = asyncio.ensure_future(remembering.find("T1"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    on_shelf(shelf, clock, "T1", "xoxb-new")
    remembering.forget("T1")
    asking_after = asyncio.ensure_future(remembering.find("T1"))
    await asyncio.sleep(0)
    shelf.shut.set()
    await reading
    for found in (await asking_after, await remembering.find("T1")):
        assert found is not None
        assert found.token == "xoxb-new"


async def test_a_delivery_always_reads_the_store(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    for _time in range(3):
        await remembering.fresh("T1")
    assert shelf.asked == ["T1"] * 3


# Renewing


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
    await token_of(one, "T0NORTH")
    one.clock.later(hours=11)
    assert await token_of(one, "T0NORTH") == old.token
    await one.workspaces.settle()
    assert await token_of(one, "T0NORTH") == one.slack.granted["T0NORTH"] != old.token
    assert len(one.slack.asked) == 1


async def test_a_request_waits_for_a_new_token_where_the_old_one_has_ended(one: Replica) -> None:
    old = await one.put("T0NORTH")
    one.clock.later(hours=13)
    assert await token_of(one, "T0NORTH") == one.slack.granted["T0NORTH"] != old.token


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


async def test_after_a_failed_renewal_the_database_too_is_left_alone_for_a_minute(
    shelf: Shelf, clock: Clock, remembering: InstalledWorkspaces
) -> None:
    on_shelf(shelf, clock, "T1")
    ends = clock.now() + timedelta(hours=1)
    shelf.kept["T1"] = replace(shelf.kept["T1"], refresh="xoxe-1", expires_at=ends)
    for _time in range(3):
        assert await remembering.fresh("T1") is not None
        assert await remembering.find("T1") is not None
        await remembering.settle()
    assert shelf.claims == 1
    clock.later(minutes=1)
    await remembering.fresh("T1")
    assert shelf.claims == 2


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
