"""Channels that another organisation shares, through Slack Connect: the engine is told of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.api import SlackApi
from adapters.slack.decode import read_command
from adapters.slack.places import Places
from adapters.slack.workspaces import Workspace
from core.conversations.model import ConversationKind
from core.happenings import ConversationChanged
from tests.slack.fake_slack import TOKEN, FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Here

AT = datetime.fromtimestamp(1_800_000_000, UTC)


def told(**changes: Any) -> ConversationChanged:
    given = {"present": True, "at": AT, "name": "all", "shared": True, **changes}
    return ConversationChanged("slack", "T0HOME", "C0QI", ConversationKind.CHANNEL, **given)


@pytest.mark.parametrize("shared", [True, False])
async def test_who_lets_it_post_there_by_a_command_is_looked_up(
    ana: Person, engine: Engine, slack: FakeSlack, shared: bool
) -> None:
    slack.shared = shared
    await ana.command("/hourbridge", "here", channel="C0QI")
    assert engine.intent == Here()
    assert engine.caller.shared is shared
    assert slack.bodies("conversations.info") == [{"channel": "C0QI"}]


async def test_nothing_is_looked_up_for_what_posts_nothing_or_in_direct_messages(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    await ana.command("/hourbridge", "balance", channel="C0QI")
    await ana.command("/hourbridge", "here")
    await ana.say("here")
    assert len(engine.heard) == 3
    assert slack.bodies("conversations.info") == []


async def test_a_press_for_a_channel_that_is_registered_looks_nothing_up(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    posted = slack.post_in_channel("C0QI", "x", [])
    button = {"type": "button", "action_id": "do:0", "block_id": "b"}
    for wire in ('{"do":"test.here","channel":7}', '{"do":"test.here"}'):
        await ana.press_value({**button, "value": wire}, posted)
    assert [caller.shared for caller, _intent in engine.heard] == [None, False]
    assert slack.bodies("conversations.info") == [{"channel": "C0QI"}]


@pytest.mark.parametrize("shared", [True, False])
async def test_a_mention_says_by_itself_whether_others_read_along(
    ana: Person, engine: Engine, slack: FakeSlack, shared: bool
) -> None:
    slack.shared = shared
    slack.fail("conversations.info", "missing_scope", times=2)
    await ana.mention("here", channel="C0QI")
    assert engine.caller.shared is shared
    assert engine.reported == [told(name="", shared=shared)]


async def test_a_private_channel_that_the_app_is_not_in_is_looked_up_once_it_is(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    slack.shared = True
    slack.fail("conversations.info", "channel_not_found")
    await ana.command("/hourbridge", "here", channel="C0QI")
    assert engine.caller.shared is False
    joined = {"type": "member_joined_channel", "channel": "C0QI", "channel_type": "G"}
    await ana.event({**joined, "user": slack.bot_user, "team": "T0HOME"})
    assert engine.reported == [told()]


@pytest.mark.parametrize("error", ["missing_scope", "internal_error", "token_revoked"])
async def test_where_slack_does_not_say_who_reads_along_it_is_not_known(
    ana: Person, engine: Engine, slack: FakeSlack, error: str
) -> None:
    slack.fail("conversations.info", error)
    await ana.command("/hourbridge", "here", channel="C0QI")
    assert engine.caller.shared is None


async def test_a_long_rate_limit_is_not_waited_for(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    slack.fail("conversations.info", "ratelimited", status=429, retry_after=600)
    await ana.command("/hourbridge", "here", channel="C0QI")
    assert engine.caller.shared is None


async def test_a_private_channel_goes_by_the_name_that_slack_tells(slack: FakeSlack) -> None:
    slack.channel_names["C0QI"] = "theatre-rota"
    command = {"user_id": "U0ANA", "channel_id": "C0QI", "channel_name": "privategroup"}
    home = Workspace("T0HOME", "", slack.bot, slack.bot_user, TOKEN)
    api = SlackApi(slack.api_url)
    caller = await Places(api).spoken_in(read_command(command, home), home)
    await api.close()
    assert (caller.conversation_name, caller.shared) == ("theatre-rota", False)


async def test_a_channel_that_becomes_shared_is_news_where_it_is_known(
    ana: Person, engine: Engine
) -> None:
    event = {"type": "channel_shared", "channel": "C0QI", "connected_team_id": "T0ELSE"}
    await ana.event(event)
    assert engine.reported == [told(present=None, name="", only_known=True)]
    assert "T0ELSE" not in repr(engine.reported)


async def test_a_mention_where_others_read_along_by_now_is_news_once(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    await ana.mention("look", channel="C0QI")
    slack.shared = True
    await ana.mention("look", channel="C0QI")
    await ana.mention("look", channel="C0QI")
    assert engine.reported == [told(shared=False), told()]
