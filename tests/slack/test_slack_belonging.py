"""Whose app answers, and whose member asks: the two differ in channels that workspaces share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from adapters.slack.api import SlackApi
from adapters.slack.belonging import Belonging, Guest, NotInstalled, Stranger, Unknown
from adapters.slack.profiles import Profile, Profiles
from adapters.slack.senders import Sender
from adapters.slack.workspaces import Workspace
from core.callers import Caller

NORTH = Workspace("T0NORTH", "", "B1", "U1", "xoxb-north")
SOUTH = Workspace("T0SOUTH", "", "B2", "U2", "xoxb-south")
GRID = Workspace("E0GRID", "E0GRID", "B3", "U3", "xoxb-grid", whole=True)


@dataclass
class Installed:
    """Workspaces by team and by enterprise."""

    by_name: dict[str, Workspace] = field(
        default_factory=lambda: {"T0NORTH": NORTH, "T0SOUTH": SOUTH, "E0GRID": GRID}
    )

    async def find(self, team: str, enterprise: str = "") -> Workspace | None:
        return self.by_name.get(team) or self.by_name.get(enterprise)

    async def fresh(self, tenant: str) -> Workspace | None:
        return await self.find(tenant)

    def forget(self, tenant: str) -> None:
        self.by_name.pop(tenant, None)


@pytest.fixture
async def profiles() -> AsyncIterator[Profiles]:
    api = SlackApi("http://127.0.0.1:9/api/")
    yield Profiles(api)
    await api.close()


@pytest.fixture
def belonging(profiles: Profiles) -> Belonging:
    return Belonging(Installed(), profiles)


async def tenant_of(belonging: Belonging, sender: Sender) -> str:
    host = await belonging.host(sender)
    caller = Caller("slack", host.tenant, sender.user, "ana.ward")
    return (await belonging.caller(caller, sender, host)).tenant


@pytest.mark.parametrize(
    ("sender", "tenant"),
    [
        (Sender("U0ANA", "T0NORTH"), "T0NORTH"),
        (Sender("U0ANA", "T0NORTH", own_team="T0NORTH"), "T0NORTH"),
        # A shared channel: the app is Northgate's, the person Southdown's, which has it too.
        (Sender("U0EVE", "T0NORTH", own_team="T0SOUTH", shared=True), "T0SOUTH"),
        # Slack names the outsider's team; the message that was pressed names the app's.
        (Sender("U0EVE", "T0ELSE", own_team="T0SOUTH", posted_by="T0NORTH"), "T0SOUTH"),
        # An organisation-wide installation: a person is one person in all its workspaces.
        (Sender("U0ANA", "T0ONE", "E0GRID", own_team="T0ONE"), "E0GRID"),
        (Sender("U0ANA", "", "E0GRID"), "E0GRID"),
        (Sender("U0ANA", "T0ONE", "E0GRID", own_team="E0GRID"), "E0GRID"),
    ],
)
async def test_a_person_is_served_as_a_member_of_their_own_workspace(
    belonging: Belonging, sender: Sender, tenant: str
) -> None:
    assert await tenant_of(belonging, sender) == tenant


@pytest.mark.parametrize(
    "sender",
    [
        Sender("U0EVE", "T0NORTH", own_team="T0ELSE", shared=True),
        Sender("U0EVE", "T0ELSE", own_team="T0ELSE", posted_by="T0NORTH"),
        Sender("U0EVE", "T0NORTH", own_team="E0ELSE", shared=True),
    ],
)
async def test_an_outsider_without_the_app_is_sent_home(
    belonging: Belonging, sender: Sender
) -> None:
    with pytest.raises(Stranger):
        await tenant_of(belonging, sender)


async def test_slack_says_who_is_of_the_same_enterprise(
    belonging: Belonging, profiles: Profiles
) -> None:
    profiles.learn("E0GRID", "U0TWO", Profile("Two", "", enterprise="E0GRID"))
    profiles.learn("E0GRID", "U0OUT", Profile("Out", "", enterprise="E0OTHER"))
    insider = Sender("U0TWO", "T0ONE", "E0GRID", own_team="T0TWO", shared=True)
    assert await tenant_of(belonging, insider) == "E0GRID"
    outsider = Sender("U0OUT", "T0ONE", "E0GRID", own_team="T0TWO", shared=True)
    with pytest.raises(Stranger):
        await tenant_of(belonging, outsider)


async def test_a_colleague_in_the_same_enterprise_is_not_called_a_stranger_while_slack_is_silent(
    belonging: Belonging,
) -> None:
    with pytest.raises(Unknown):
        await tenant_of(
            belonging, Sender("U0TWO", "T0ONE", "E0GRID", own_team="T0TWO", shared=True)
        )


async def test_a_workspace_without_the_app_is_told_so(belonging: Belonging) -> None:
    with pytest.raises(NotInstalled):
        await belonging.host(Sender("U0ANA", "T0NONE"))


async def test_a_guest_is_told_to_use_it_where_they_work(
    belonging: Belonging, profiles: Profiles
) -> None:
    profiles.learn("T0NORTH", "U0GUEST", Profile("Guest", "", guest=True))
    with pytest.raises(Guest):
        await tenant_of(belonging, Sender("U0GUEST", "T0NORTH"))


async def test_a_known_profile_gives_the_name_and_the_time_zone(
    belonging: Belonging, profiles: Profiles
) -> None:
    profiles.learn("T0NORTH", "U0ANA", Profile("WARD, Ana (NORTHGATE)", "Europe/Paris"))
    sender = Sender("U0ANA", "T0NORTH")
    caller = await belonging.caller(Caller("slack", "T0NORTH", "U0ANA", "ana.ward"), sender, NORTH)
    assert (caller.name, caller.zone) == ("WARD, Ana (NORTHGATE)", "Europe/Paris")
