"""Channels in Slack: which one a person speaks in, what is reported of it, and posts for all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.api import SlackApi
from adapters.slack.channels import EVENTS
from adapters.slack.courier import SlackCourier
from adapters.slack.workspaces import OneWorkspace
from core.callers import Address
from core.conversations.model import ConversationKind
from core.couriers import Parcel, Refused, Sent, Unreachable
from core.happenings import ConversationChanged, NotLetIn
from core.kernel.texts import _
from core.ui.gallery import Sample
from core.ui.replies import Replace
from core.ui.views import Actions, Button, Paragraph, view
from core.words import Speech
from tests.slack.fake_slack import TOKEN, FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine

AT = datetime.fromtimestamp(1_800_000_000, UTC)
POST = view(
    Paragraph("A session on run charts."), Actions((Button(_("Count me in"), Sample(number=7)),))
)


def told(channel: str = "C0QI", **changes: Any) -> ConversationChanged:
    given = {"present": True, "at": AT, **changes}
    return ConversationChanged("slack", "T0HOME", channel, ConversationKind.CHANNEL, **given)


# Where a person speaks.


async def test_a_command_says_which_channel_it_was_typed_in(ana: Person, engine: Engine) -> None:
    await ana.command("/hourbridge", "here", channel="C0QI")
    assert (engine.caller.conversation, engine.caller.conversation_name) == ("C0QI", "all")


async def test_a_command_in_direct_messages_is_in_no_channel(ana: Person, engine: Engine) -> None:
    await ana.command("/hourbridge", "here", channel="DU0ANA")
    assert (engine.caller.conversation, engine.caller.conversation_name) == ("", "")
    await ana.say("here")
    assert engine.caller.conversation == ""


async def test_a_mention_says_its_channel_and_never_its_thread(ana: Person, engine: Engine) -> None:
    await ana.mention("here", channel="C0QI")
    assert engine.caller.conversation == "C0QI"
    assert not engine.caller.private


async def test_a_press_says_the_channel_that_slack_names_and_not_what_its_value_says(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    posted = slack.post_in_channel("C0ALL", "x", [])
    button = {"type": "button", "action_id": "do:0", "value": "{}", "block_id": "b"}
    forged = '{"do":"gallery.sample","number":7,"conversation":"C0BOARD"}'
    await ana.press_value({**button, "value": forged}, posted)
    assert engine.caller.conversation == "C0ALL"


# What is reported.


async def test_the_bot_is_put_into_a_channel_and_taken_out(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    slack.channel_names["C0QI"] = "improvement"
    joined = {"type": "member_joined_channel", "channel": "C0QI", "channel_type": "C"}
    await ana.event({**joined, "user": slack.bot_user, "team": "T0HOME"})
    await ana.event({"type": "channel_left", "channel": "C0QI"})
    assert engine.reported == [told(name="improvement"), told(present=False)]


async def test_nothing_is_taken_in_of_who_else_comes(ana: Person, engine: Engine) -> None:
    joined = {"type": "member_joined_channel", "channel": "C0QI", "user": "U0ANA"}
    await ana.event({**joined, "team": "T0HOME"})
    assert engine.reported == []


@pytest.mark.parametrize("kind", ["channel", "group"])
async def test_archived_renamed_and_deleted_matter_only_where_the_channel_is_known(
    ana: Person, engine: Engine, kind: str
) -> None:
    for event in ("archive", "unarchive", "deleted"):
        await ana.event({"type": f"{kind}_{event}", "channel": "C0QI", "user": "U0ANA"})
    channel = {"id": "C0QI", "name": "quality", "created": 1}
    await ana.event({"type": f"{kind}_rename", "channel": channel})
    assert engine.reported == [
        told(present=False, only_known=True),
        told(present=True, only_known=True),
        told(present=False, only_known=True),
        told(present=None, name="quality", only_known=True),
    ]


async def test_a_mention_tells_once_that_the_bot_is_there(ana: Person, engine: Engine) -> None:
    await ana.mention("look", channel="C0QI")
    await ana.mention("look", channel="C0QI")
    assert engine.reported == [told(name="all")]


async def test_an_event_that_was_not_stored_is_sent_again(ana: Person, engine: Engine) -> None:
    engine.trouble = RuntimeError("no database")
    await ana.event({"type": "channel_left", "channel": "C0QI"})
    assert ana.status == 500
    engine.trouble = NotLetIn()
    await ana.event({"type": "channel_left", "channel": "C0QI"})
    assert ana.status == 200


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("channel", [None, [], {}, {"id": 7}, {"name": "x"}, ""])
async def test_an_event_of_no_channel_reports_nothing(
    ana: Person, engine: Engine, slack: FakeSlack, event: str, channel: object
) -> None:
    await ana.event({"type": event, "channel": channel, "user": slack.bot_user})
    assert ana.status == 200
    assert engine.reported == []


# Posts for all.


@pytest.fixture
async def courier(slack: FakeSlack) -> AsyncIterator[SlackCourier]:
    api = SlackApi(slack.api_url)
    yield SlackCourier(api, OneWorkspace(api, TOKEN))
    await api.close()


def parcel(handle: str = "", channel: str = "C0ALL", tenant: str = "T0HOME") -> Parcel:
    return Parcel(1, tenant, "", Address(channel), POST, Speech(), handle, channel=True)


async def test_a_post_stands_before_everybody_and_is_edited_in_place(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    sent = await courier.deliver(parcel())
    assert isinstance(sent, Sent)
    assert sent.address is None
    newer = replace(parcel(sent.handle), view=view(Paragraph("The session is full.")))
    assert await courier.deliver(newer) == sent
    for user in ("U0ANA", "U0BO"):
        assert [one.words for one in slack.visible(user)] == ["The session is full."]
    assert slack.bodies("conversations.open") == []


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived"])
async def test_a_channel_that_takes_no_posts_is_unreachable_and_nobody_is_written_to(
    slack: FakeSlack, courier: SlackCourier, error: str
) -> None:
    slack.closed["C0ALL"] = error
    assert await courier.deliver(parcel()) == Unreachable(error)
    assert slack.bodies("conversations.open") == []


async def test_a_post_that_was_deleted_is_not_put_back(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    assert await courier.deliver(parcel("C0ALL:1.1")) == Refused("message_not_found")
    assert slack.messages == []


async def test_where_the_app_is_gone_the_channel_is_not_at_fault(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    assert await courier.deliver(parcel(tenant="T0NONE")) == Refused("app_not_installed")
    slack.fail("chat.postMessage", "token_revoked")
    assert await courier.deliver(parcel()) == Refused("token_revoked")


async def test_two_people_press_one_post_and_it_stays_as_it_is(
    ana: Person, engine: Engine, slack: FakeSlack, courier: SlackCourier
) -> None:
    sent = await courier.deliver(parcel())
    assert isinstance(sent, Sent)
    post = slack.messages[0]
    engine.reply = Replace(view(Paragraph("You have a place.")))
    for person in (ana, ana.another("U0BO")):
        await person.press("Count me in", post)
        assert person.messages[0].words == "A session on run charts.\nCount me in"
        assert [one.words for one in person.messages[1:]] == ["You have a place."]
    assert engine.intent == Sample(number=7)
