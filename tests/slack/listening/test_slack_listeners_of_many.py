"""Many workspaces through signed HTTP and through Socket Mode: each answered as its own."""

from __future__ import annotations

from tests.slack.block_kit import shown
from tests.slack.fake_slack import FakeSlack
from tests.slack.kept_installations import KeptInstallations, installation_of
from tests.slack.people import Person
from tests.slack.small_engine import Engine


async def test_each_workspace_is_answered_with_its_own_token(
    ana: Person, slack: FakeSlack, engine: Engine, installations: KeptInstallations
) -> None:
    second = slack.add_team("T0SECOND", "xoxb-of-the-second")
    installations.kept["T0SECOND"] = installation_of(second)
    bo = ana.another("U0BO", team="T0SECOND")
    await ana.say("hours")
    await bo.say("hours")
    await bo.command("/offer")
    assert engine.caller.tenant == "T0SECOND"
    assert [call.token for call in slack.calls if call.method == "chat.postMessage"] == [
        slack.home_team.token,
        second.token,
    ]
    assert bo.modal
    assert (len(ana.messages), len(bo.messages)) == (1, 1)


async def test_an_organisation_wide_installation_serves_its_workspaces(
    ana: Person, slack: FakeSlack, engine: Engine, installations: KeptInstallations
) -> None:
    grid = slack.add_team(
        "E0GRID", "xoxb-of-the-grid", enterprise="E0GRID", whole=True, teams=("T0EAST", "T0WEST")
    )
    installations.kept["E0GRID"] = installation_of(grid)
    bo = ana.another("U0BO", team="T0WEST")
    await bo.command("/offer", "run charts")
    assert (engine.caller.tenant, engine.caller.user) == ("E0GRID", "U0BO")
    await bo.submit()
    await bo.press("Accept")
    assert "You accepted it." in bo.reads
    bo.close_modal()
    await bo.say("hours")
    await bo.press("Accept", bo.last)
    assert "You accepted it." in bo.last.words
    await bo.open_home()
    assert "An offer" in shown(bo.home)
    await bo.shortcut("offer")
    assert bo.modal
    assert {caller.tenant for caller, _intent in engine.heard} == {"E0GRID"}


async def test_an_outsider_of_a_shared_channel_is_sent_home_kindly(
    ana: Person, slack: FakeSlack, engine: Engine
) -> None:
    slack.shared = True
    await ana.mention("balance")
    eve = ana.another("U0EVE", team="T0ELSE")
    heard = len(engine.heard)
    await eve.mention("balance")
    assert "You are from another Slack workspace." in eve.last.words
    assert eve.last.to == "U0EVE"
    assert len(engine.heard) == heard


async def test_an_outsider_whose_own_workspace_takes_part_is_served_as_a_member_of_it(
    ana: Person, slack: FakeSlack, engine: Engine, installations: KeptInstallations
) -> None:
    slack.shared = True
    second = slack.add_team("T0SECOND", "xoxb-of-the-second")
    installations.kept["T0SECOND"] = installation_of(second)
    bo = ana.another("U0BO", team="T0SECOND")
    bo.meets = slack.home_team
    await bo.mention("balance")
    assert (engine.caller.tenant, engine.caller.user) == ("T0SECOND", "U0BO")
    told = [one for one in slack.messages if one.to == "U0BO"]
    assert "An offer" in told[-1].words
    assert slack.calls[-1].token == slack.home_team.token, "who was mentioned is who answers"


async def test_a_visitor_from_a_shared_channel_is_known_as_their_own_workspace_shows_them(
    ana: Person, slack: FakeSlack, engine: Engine, installations: KeptInstallations
) -> None:
    slack.shared = True
    second = slack.add_team("T0SECOND", "xoxb-of-the-second")
    installations.kept["T0SECOND"] = installation_of(second)
    bo = ana.another("U0BO", team="T0SECOND")
    second.members["U0BO"].zone = "Europe/Paris"
    bo.meets = slack.home_team
    engine.visitors = True
    await bo.mention("hours")
    await bo.mention("hours")
    assert (engine.caller.tenant, engine.caller.zone) == ("T0SECOND", "Europe/Paris")
    assert [one.token for one in slack.calls if one.method == "users.info"] == [second.token]
