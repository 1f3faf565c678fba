"""Slack that limits, falls silent or forgets the token: nothing is lost, nothing is doubled.

Notices go through the real pump and the real adapter, on a clock that is moved by hand.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typing_extensions import override

from adapters.slack import SlackPlatform
from adapters.slack.api import SlackApi
from adapters.slack.courier import SlackCourier
from adapters.slack.granting import Grants
from adapters.slack.installed import InstalledWorkspaces
from adapters.slack.renewing import Renewing
from bot.pump import Pump
from core.callers import Address
from core.couriers import Parcel, Sent, Unreachable
from core.installations.model import Installation
from core.kernel.stale import Busy
from core.ui.replies import Say
from core.ui.views import Paragraph, view
from core.words import Speech
from tests.slack.fake_slack import TOKEN, FakeSlack
from tests.slack.kept_installations import KeptInstallations, installation_of
from tests.slack.people import Person
from tests.slack.small_engine import Engine
from tests.world import START, World

HERE, THERE = "T-NORTHGATE", "T0SECOND"
OTHER = "xoxb-of-the-second"
MANY = 6
A_NOTICE = view(Paragraph("A notice."))


class Shelf(KeptInstallations):
    """Installations that cannot be read while there is ``trouble``."""

    trouble: Exception | None = None

    @override
    async def find(self, tenant: str) -> Installation | None:
        if self.trouble:
            raise self.trouble
        return await super().find(tenant)


class Post:
    """A pump, a courier and two workspaces whose people all have a notice to come."""

    def __init__(self, world: World, slack: FakeSlack) -> None:
        self.world = world
        self.slack = slack
        self.api = SlackApi(slack.api_url, clock=self._seconds)
        self.installations = installations = Shelf()
        for team in slack.teams.values():
            installations.kept[team.team] = installation_of(team)
        grants = Grants(slack.api_url, "1.2", "a client secret of the tests")
        workspaces = InstalledWorkspaces(installations, Renewing(installations, grants))
        self.courier = SlackCourier(self.api, workspaces)
        self.pump = Pump(world.engine, {"slack": self.courier})

    def _seconds(self) -> float:
        return (self.world.now - START).total_seconds()

    def join(self) -> None:
        """Everybody joins, which sends each of them one notice."""
        with self.world.store.begin() as books:
            ids = [self.world.organisations["COU"].id]
            books.tenants.approve("slack", THERE, ids, self.world.now)
        for token, tenant in ((TOKEN, HERE), (OTHER, THERE)):
            for number in range(MANY):
                user = f"U0{tenant[-4:]}{number}"
                self.slack.teams[token].join(user)
                self.world.someone("slack", tenant, user, f"Person {user}", joined=True)

    async def delivers(self) -> None:
        """Hand out whatever is due at this moment, at the pace that is kept to."""
        while await self.pump.round() or self._turn_comes():
            pass

    def _turn_comes(self) -> bool:
        """Let time go by until a workspace has its turn; False where none waits for one."""
        with self.world.store.begin() as books:
            opens_at = books.deliveries.next_opening(self.world.now)
        self.world.now = opens_at or self.world.now
        return opens_at is not None

    def got(self, tenant: str) -> Counter[str]:
        """How many messages each channel of a workspace has."""
        return Counter(one.channel for one in self.slack.messages if one.team == tenant)

    def calls(self, token: str) -> int:
        return sum(call.token == token for call in self.slack.calls)

    def states(self) -> Counter[str]:
        with self.world.store.begin() as books:
            rows = books.connection.exec_driver_sql("SELECT state FROM deliveries").all()
        return Counter(str(state) for (state,) in rows)

    def everybody_got_one(self) -> bool:
        once = [set(self.got(tenant).values()) for tenant in (HERE, THERE)]
        return once == [{1}, {1}] and self.states() == {"sent": 2 * MANY}


@pytest.fixture
async def post(world: World) -> AsyncIterator[Post]:
    slack = FakeSlack(team=HERE)
    slack.add_team(THERE, OTHER)
    await slack.start()
    post = Post(world, slack)
    post.join()
    yield post
    await post.api.close()
    await slack.stop()
    assert slack.problems == []


async def test_a_rate_limit_holds_its_workspace_alone_until_slack_takes_calls_again(
    post: Post,
) -> None:
    post.slack.home_team.limited = 30
    await post.delivers()
    assert not post.got(HERE)
    assert post.got(THERE).total() == MANY, "another workspace is not held up"
    tried = post.calls(TOKEN)
    for _third in range(2):
        post.world.later(seconds=10)
        await post.delivers()
    assert post.calls(TOKEN) == tried, "Retry-After is obeyed by every notice"
    post.slack.home_team.limited = None
    post.world.later(seconds=15)
    await post.delivers()
    assert post.everybody_got_one()


async def test_a_storm_of_rate_limits_ends_with_one_message_for_everybody(post: Post) -> None:
    for _wave in range(5):
        post.slack.home_team.limited = 20
        await post.delivers()
        post.slack.home_team.limited = None
        post.slack.fail("chat.postMessage", "ratelimited", status=429, retry_after=5)
        post.world.later(seconds=21)
        await post.delivers()
    for _minute in range(5):
        post.world.later(minutes=1)
        await post.delivers()
    assert post.everybody_got_one()


@pytest.mark.parametrize("how", ["503", "connection refused"])
async def test_five_minutes_without_slack_lose_nothing_and_double_nothing(
    post: Post, how: str
) -> None:
    post.slack.down = how == "503"
    if how != "503":
        await post.slack.stop()
    for _half_minute in range(10):
        await post.delivers()
        post.world.later(seconds=30)
    assert not post.slack.messages
    assert post.states() == {"waiting": 2 * MANY}
    if how != "503":
        await post.slack.start()
    post.slack.down = False
    for _minute in range(15):
        await post.delivers()
        post.world.later(minutes=1)
    assert post.everybody_got_one()


async def test_a_workspace_whose_token_is_dead_holds_nobody_else_up(post: Post) -> None:
    post.slack.home_team.live = False
    await post.delivers()
    assert post.got(THERE).total() == MANY
    assert post.states() == {"sent": MANY, "unreachable": MANY}
    tried = post.calls(TOKEN)
    for _hour in range(3):
        post.world.later(hours=1)
        await post.delivers()
    assert post.calls(TOKEN) == tried, "nobody keeps knocking"


@pytest.mark.parametrize("trouble", [Busy(), RuntimeError("a private address")], ids=repr)
async def test_a_database_that_does_not_say_whose_token_it_is_loses_nothing(
    post: Post, trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    post.installations.trouble = trouble
    await post.delivers()
    assert post.states() == {"waiting": 2 * MANY}
    assert "a private address" not in caplog.text
    post.installations.trouble = None
    for _minute in range(2):
        post.world.later(minutes=1)
        await post.delivers()
    assert post.everybody_got_one()


# Answers.


@pytest.fixture
def platform(installed: SlackPlatform) -> SlackPlatform:
    """The app as it is installed into many workspaces."""
    return installed


async def test_a_workspace_that_slack_limits_holds_up_no_answer_of_another(
    ana: Person, slack: FakeSlack, engine: Engine, installations: KeptInstallations
) -> None:
    second = slack.add_team(THERE, OTHER)
    installations.kept[THERE] = installation_of(second)
    bo = ana.another("U0BO", team=THERE)
    slack.home_team.limited = 60
    await ana.say("hours")
    await ana.command("/hours")
    await bo.say("hours")
    assert [message.words for message in bo.messages] == ["Done."]
    assert [message.words for message in ana.messages] == ["Done."], "an acknowledgement is no call"
    tried = len(slack.calls)
    await ana.say("hours")
    assert len(slack.calls) == tried, "Retry-After is obeyed by answers too"
    assert len(engine.heard) == 4


async def _reads(person: Person, count: int) -> None:
    """Wait until so many messages have reached ``person``."""
    until = time.monotonic() + 5
    while len(person.messages) < count:
        assert time.monotonic() < until, "an answer was lost"
        await asyncio.sleep(0.01)


async def test_an_answer_that_slack_limits_arrives_once(ana: Person, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", "ratelimited", status=429, retry_after=0, times=4)
    await ana.say("hours")
    await _reads(ana, 1)
    await ana.say("hours")
    assert [message.words for message in ana.messages] == ["Done.", "Done."]


async def test_an_answer_that_slack_is_not_there_for_is_carried_out_once_and_not_lost(
    ana: Person, slack: FakeSlack, engine: Engine
) -> None:
    slack.fail("chat.postMessage", status=429, error="ratelimited", retry_after=0, times=2)
    slack.fail("response_url", status=503, body="upstream connect error")
    await ana.command("/hours")
    ana.messages[-1].blocks = [_button()]
    await ana.press("Again")
    await _reads(ana, 2)
    assert len(engine.heard) == 2
    assert (ana.last.to, ana.last.words) == ("", "Done.")


async def test_a_command_is_answered_while_slack_itself_takes_no_calls(
    ana: Person, slack: FakeSlack, engine: Engine
) -> None:
    await ana.command("/hours")
    slack.down = True
    await ana.command("/hours")
    assert [message.words for message in ana.messages] == ["Done.", "Done."]


async def test_a_dead_token_ends_an_answer_and_is_not_tried_for_ever(
    ana: Person, slack: FakeSlack, platform: SlackPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    await ana.say("hours")
    slack.home_team.live = False
    await ana.say("hours")
    assert len(ana.messages) == 1
    assert "an answer was lost" in caplog.text
    calls = len(slack.calls)
    outcome = await platform.courier.deliver(
        Parcel(1, slack.team, ana.user, Address(), A_NOTICE, Speech())
    )
    assert isinstance(outcome, Unreachable)
    assert len(slack.calls) <= calls + 2
    slack.home_team.live = True
    outcome = await platform.courier.deliver(
        Parcel(1, slack.team, ana.user, Address(), A_NOTICE, Speech())
    )
    assert isinstance(outcome, Sent), "a new token is looked for each time"


async def test_an_answer_never_reaches_somebody_else_however_it_falls(
    ana: Person, slack: FakeSlack, engine: Engine
) -> None:
    engine.reply = Say(view(Paragraph("Private to Ana.")))
    bo = ana.another("U0BO")
    slack.fail("chat.postEphemeral", "user_not_in_channel")
    await ana.mention("balance")
    assert any("Private to Ana." in one.words for one in ana.messages)
    assert not any("Private to Ana." in one.words for one in bo.messages)


async def test_a_closed_account_is_told_again_while_its_workspace_cannot_be_looked_up(
    ana: Person, engine: Engine, slack: FakeSlack, installations: KeptInstallations
) -> None:
    living = installations.kept["T0HOME"]
    ended = datetime(2026, 5, 4, tzinfo=UTC)
    installations.kept["T0HOME"] = replace(living, refresh="xoxe-1", expires_at=ended)
    slack.fail("oauth.v2.access", "internal_error")
    await ana.is_changed(deleted=True)
    assert (ana.status, engine.reported) == (500, []), "Slack sends again what failed"
    installations.kept["T0HOME"] = living
    await ana.is_changed(deleted=True)
    assert (ana.status, [one.tenant for one in engine.reported]) == (200, ["T0HOME"])


def _button() -> dict[str, object]:
    text = {"type": "plain_text", "text": "Again"}
    value = '{"do":"test.typed","words":"again"}'
    press = {"type": "button", "action_id": "do:0", "text": text, "value": value}
    return {"type": "actions", "block_id": "b", "elements": [press]}
