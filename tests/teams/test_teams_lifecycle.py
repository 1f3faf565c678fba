"""What Teams reports unasked, by the wire: the app coming and going, teams and their channels."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from core.happenings import ConversationChanged, NotLetIn
from tests.teams.fake_teams import BOT, TENANT, FakeTeams, Person
from tests.teams.house import House
from tests.teams.reporting import Troubled, settled
from tests.teams.team_events import GROUP, ROTA, TEAM, change, in_group, in_team, mention, people

MOMENT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def engine() -> Troubled:
    return Troubled()


async def says(person: Person, house: House, words: str = "look", **place: Any) -> None:
    """Mention the bot in a channel."""
    given = {"channel": ROTA, **place}
    await person.deliver(in_team(person, "message", **given, **mention(words)))
    await settled(house)


async def test_the_app_added_to_a_team_is_reported_with_how_to_post_there(
    ana: Person, engine: Troubled
) -> None:
    added = in_team(
        ana,
        "installationUpdate",
        team_name="Ward 7",
        action="add",
        timestamp="2026-05-04T10:00:00.1234567+01:00",
    )
    await ana.deliver(added)
    at = MOMENT.replace(microsecond=123456)
    assert engine.reported == [change(ana, TEAM, team_name="Ward 7", at=at)]


@pytest.mark.parametrize(
    ("action", "present"),
    [("add", True), ("add-upgrade", True), ("remove", False), ("remove-upgrade", False)],
)
async def test_an_installation_in_a_team_is_about_the_whole_team(
    ana: Person, engine: Troubled, action: str, present: bool
) -> None:
    await ana.deliver(in_team(ana, "installationUpdate", action=action))
    assert engine.reported == [change(ana, TEAM, present=present)]


@pytest.mark.parametrize("action", ["add", "remove"])
async def test_a_group_chat_is_reported_without_its_name_which_is_of_people(
    ana: Person, engine: Troubled, action: str
) -> None:
    await ana.deliver(in_group(ana, "installationUpdate", action=action))
    assert engine.reported == [change(ana, GROUP, present=action == "add")]


@pytest.mark.parametrize(
    ("event", "present"),
    [
        ("teamRenamed", None),
        ("teamArchived", False),
        ("teamUnarchived", True),
        ("teamDeleted", False),
        ("teamHardDeleted", False),
        ("teamRestored", True),
    ],
)
async def test_what_happens_to_a_team_is_about_all_of_it(
    ana: Person, engine: Troubled, event: str, present: bool | None
) -> None:
    await ana.deliver(in_team(ana, "conversationUpdate", event, team_name="Ward 8"))
    assert engine.reported == [change(ana, TEAM, present=present, team_name="Ward 8")]


@pytest.mark.parametrize(
    ("event", "present"),
    [
        ("channelCreated", True),
        ("channelRenamed", None),
        ("channelDeleted", False),
        ("channelRestored", True),
    ],
)
async def test_what_happens_to_a_channel_is_about_that_one(
    ana: Person, engine: Troubled, event: str, present: bool | None
) -> None:
    await ana.deliver(in_team(ana, "conversationUpdate", event, channel=ROTA, name="Rota"))
    assert engine.reported == [change(ana, ROTA, present=present, name="Rota")]


@pytest.mark.parametrize("event", ["", "teamMemberAdded", "teamMemberRemoved"])
@pytest.mark.parametrize("field", ["membersAdded", "membersRemoved"])
async def test_of_other_people_coming_and_going_nothing_is_reported(
    ana: Person, engine: Troubled, event: str, field: str
) -> None:
    crowd: dict[str, Any] = {field: people(*(f"29:{number}" for number in range(300)))}
    await ana.deliver(in_team(ana, "conversationUpdate", event, **crowd))
    await ana.deliver(in_group(ana, "conversationUpdate", **crowd))
    await ana.deliver(ana.activity("conversationUpdate", **crowd))
    assert engine.reported == []


@pytest.mark.parametrize("event", ["", "teamMemberAdded"])
@pytest.mark.parametrize(("field", "present"), [("membersAdded", True), ("membersRemoved", False)])
async def test_the_bot_among_those_who_come_or_go_is_the_app_coming_or_going(
    ana: Person, engine: Troubled, event: str, field: str, present: bool
) -> None:
    crowd: dict[str, Any] = {field: people(*(f"29:{number}" for number in range(300)), BOT)}
    await ana.deliver(in_team(ana, "conversationUpdate", event, **crowd))
    assert engine.reported == [change(ana, TEAM, present=present)]
    assert "29:" not in repr(engine.reported)


async def test_a_bot_that_leaves_one_private_channel_stays_in_the_team(
    ana: Person, engine: Troubled
) -> None:
    gone: dict[str, Any] = {"membersRemoved": people(BOT)}
    await ana.deliver(
        in_team(ana, "conversationUpdate", "channelMemberRemoved", channel=ROTA, **gone)
    )
    assert engine.reported == [change(ana, ROTA, present=False)]


async def test_what_is_said_in_a_thread_is_seen_in_its_channel_and_once(
    ana: Person, house: House, engine: Troubled
) -> None:
    for thread in ("", "1690", "1691"):
        await says(ana, house, thread=thread)
    assert engine.reported == [change(ana, ROTA)]


async def test_a_channel_is_known_by_its_conversation_where_teams_names_no_channel(
    ana: Person, house: House, engine: Troubled
) -> None:
    await ana.say_in_channel("look")
    await settled(house)
    assert engine.reported == [change(ana, "19:northgate@thread.tacv2", team="")]


async def test_another_service_url_name_or_bot_is_news(
    ana: Person, house: House, teams: FakeTeams, engine: Troubled
) -> None:
    await says(ana, house)
    await says(ana, house, name="Rota")
    await says(ana, house)
    await says(ana, house, team_name="Ward 7")
    await says(ana, house, name="Shifts")
    moved = f"{teams.url}/"
    await says(ana, house, serviceUrl=moved)
    assert engine.reported == [
        change(ana, ROTA),
        change(ana, ROTA, name="Rota"),
        change(ana, ROTA, name="Rota", team_name="Ward 7"),
        change(ana, ROTA, name="Shifts", team_name="Ward 7"),
        change(ana, ROTA, name="Shifts", team_name="Ward 7", service_url=moved),
    ]


async def test_after_the_app_was_taken_out_the_next_word_is_news_again(
    ana: Person, house: House, engine: Troubled
) -> None:
    await says(ana, house)
    await ana.deliver(in_team(ana, "installationUpdate", action="remove"))
    await says(ana, house)
    assert [getattr(one, "present", None) for one in engine.reported] == [True, False, True]


@pytest.mark.parametrize("name", ["composeExtension/query", "adaptiveCard/action"])
async def test_a_press_or_a_search_does_not_say_that_the_app_is_in_the_chat(
    ana: Person, house: House, engine: Troubled, name: str
) -> None:
    await ana.deliver(in_group(ana, "invoke", name=name, value={}))
    await settled(house)
    assert engine.reported == []


async def test_the_personal_chat_is_no_conversation_of_many(
    ana: Person, house: House, engine: Troubled
) -> None:
    await ana.say("look")
    await settled(house)
    assert engine.reported == []


@pytest.mark.parametrize("trouble", [NotLetIn(), RuntimeError("no database")])
async def test_what_could_not_be_kept_is_reported_again_and_the_answer_comes_all_the_same(
    ana: Person, house: House, engine: Troubled, trouble: Exception
) -> None:
    engine.trouble = trouble
    await says(ana, house)
    assert engine.reported == []
    assert len(ana.messages) == 1
    engine.trouble = None
    await says(ana, house)
    assert engine.reported == [change(ana, ROTA)]


async def test_an_answer_does_not_wait_until_its_place_is_kept(
    ana: Person, house: House, engine: Troubled
) -> None:
    engine.open.clear()
    await ana.deliver(in_team(ana, "message", channel=ROTA, **mention("look")))
    assert len(ana.messages) == 1
    assert engine.reported == []
    engine.open.set()
    await settled(house)
    assert engine.reported == [change(ana, ROTA)]


async def test_an_update_of_nobody_and_nowhere_is_taken_and_tells_nothing(
    ana: Person, engine: Troubled
) -> None:
    for broken in (
        {"conversation": {"id": "x", "conversationType": "meeting"}, "membersAdded": people(BOT)},
        {"conversation": {}, "action": "add"},
        {"membersAdded": "everybody"},
        {"membersAdded": [7, None, {"id": 5}]},
        {"channelData": {"tenant": {"id": TENANT}, "eventType": "teamMoved", "team": "x"}},
    ):
        await ana.deliver(ana.activity("conversationUpdate", **broken))
    await ana.deliver(in_team(ana, "conversationUpdate", "teamMoved"))
    await ana.deliver(in_team(ana, "installationUpdate", action="sing"))
    assert engine.reported == []


async def test_two_tenants_with_the_same_ids_are_told_apart(
    ana: Person, house: House, teams: FakeTeams, engine: Troubled
) -> None:
    eve = Person(teams, house.send, "Ana Ward", tenant="another-tenant")
    await says(ana, house)
    await says(eve, house)
    reported = [one for one in engine.reported if isinstance(one, ConversationChanged)]
    assert [(one.tenant, one.conversation) for one in reported] == [
        (TENANT, ROTA),
        ("another-tenant", ROTA),
    ]


async def test_that_a_channel_is_shared_is_said_of_it_and_never_of_its_team(
    ana: Person, engine: Troubled, house: House
) -> None:
    await says(ana, house, shared=True)
    (said,) = engine.reported
    assert isinstance(said, ConversationChanged)
    assert (said.conversation, said.shared) == (ROTA, True)
    await says(ana, house, "again, without the kind of the channel")
    assert len(engine.reported) == 1
    gone = in_team(ana, "installationUpdate", channel=ROTA, shared=True, action="remove")
    await ana.deliver(gone)
    team = engine.reported[1]
    assert isinstance(team, ConversationChanged)
    assert (team.conversation, team.shared) == (TEAM, False)
