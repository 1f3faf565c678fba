"""The app put into somebody's own chat and taken out of it, by the wire."""

from __future__ import annotations

import pytest

from core.happenings import NotLetIn, PersonChanged
from tests.teams.fake_teams import FakeTeams, Person
from tests.teams.house import House
from tests.teams.reporting import Troubled, settled


@pytest.fixture
def engine() -> Troubled:
    return Troubled()


def of_ana(ana: Person, *, active: bool) -> PersonChanged:
    name = ana.name if active else ""
    return PersonChanged(
        "teams", ana.tenant, ana.object_id, active=active, name=name, arrived=active
    )


async def test_a_personal_installation_opens_the_chat_and_greets_once(
    ana: Person, engine: Troubled
) -> None:
    await ana.install()
    assert set(engine.reported) == {of_ana(ana, active=True)}
    assert len(ana.messages) == 1
    assert "Welcome to Hourbridge" in ana.last


@pytest.mark.parametrize("trouble", [NotLetIn(), RuntimeError("no database")])
async def test_whoever_adds_the_app_is_greeted_though_that_could_not_be_kept(
    ana: Person, engine: Troubled, trouble: Exception
) -> None:
    engine.trouble = trouble
    await ana.install()
    assert engine.reported == []
    assert "Welcome to Hourbridge" in ana.last


async def test_an_upgrade_opens_the_chat_and_greets_nobody(ana: Person, engine: Troubled) -> None:
    await ana.deliver(ana.activity("installationUpdate", action="add-upgrade"))
    assert engine.reported == [of_ana(ana, active=True)]
    assert ana.messages == []


@pytest.mark.parametrize("action", ["remove", "remove-upgrade"])
async def test_the_app_taken_out_of_a_chat_closes_it_and_says_nothing(
    ana: Person, teams: FakeTeams, engine: Troubled, action: str
) -> None:
    await ana.deliver(ana.activity("installationUpdate", action=action))
    assert engine.reported == [of_ana(ana, active=False)]
    assert teams.requests == 0


async def test_a_late_removal_does_not_close_a_chat_that_was_used_since(
    ana: Person, house: House, engine: Troubled
) -> None:
    await ana.say("look", timestamp="2026-05-04T09:00:05Z")
    await settled(house)
    await ana.uninstall(timestamp="2026-05-04T09:00:04Z")
    assert engine.reported == []
    await ana.uninstall(timestamp="2026-05-04T09:00:06Z")
    await ana.deliver(
        ana.activity("installationUpdate", action="add-upgrade", timestamp="2026-05-04T09:00:05Z")
    )
    assert engine.reported == [of_ana(ana, active=False)]


async def test_another_persons_chat_is_not_late_because_of_somebody_elses(
    ana: Person, house: House, teams: FakeTeams, engine: Troubled
) -> None:
    bo = Person(teams, house.send, "Bo Lin")
    await ana.say("look", timestamp="2026-05-04T09:00:05Z")
    await settled(house)
    await bo.uninstall(timestamp="2026-05-04T09:00:04Z")
    assert engine.reported == [of_ana(bo, active=False)]


async def test_an_installation_that_is_told_after_the_later_removal_greets_nobody(
    ana: Person, engine: Troubled
) -> None:
    await ana.uninstall(timestamp="2026-05-04T09:00:05Z")
    await ana.deliver(
        ana.activity("installationUpdate", action="add", timestamp="2026-05-04T09:00:04Z")
    )
    assert engine.reported == [of_ana(ana, active=False)]
    assert engine.asked == []
    assert ana.messages == []


async def test_of_the_two_activities_of_one_installation_the_older_may_come_second(
    ana: Person, engine: Troubled
) -> None:
    added = [{"id": "28:hourbridge-test"}]
    await ana.deliver(
        ana.activity("conversationUpdate", membersAdded=added, timestamp="2026-05-04T09:00:05Z")
    )
    await ana.deliver(
        ana.activity("installationUpdate", action="add", timestamp="2026-05-04T09:00:04Z")
    )
    assert "Welcome to Hourbridge" in ana.last
