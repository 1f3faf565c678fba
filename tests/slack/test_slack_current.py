"""What stays true on the screen: Home tabs that are open, answers that Slack would not take."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest

from adapters.slack import SlackPlatform, redelivery, tabs
from core.callers import Address
from core.couriers import Parcel, Sent
from core.kernel.texts import _
from core.ui.intents import Intent
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Actions, Button, Paragraph, View, view
from core.words import Speech
from tests.slack.block_kit import shown
from tests.slack.fake_slack import TOKEN, FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Typed

SLEEP = asyncio.sleep


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "GATHER", 0.01)


async def until(true: Callable[[], bool]) -> None:
    """Wait for what happens on its own; a test's own time limit ends it."""
    while not true():
        await SLEEP(0.005)


def counting() -> Callable[[Intent], Reply]:
    """Answers each request with how many there were."""
    asked: list[Intent] = []

    def reply(intent: Intent) -> Reply:
        asked.append(intent)
        return Say(view(Paragraph(_("{n} asked", n=len(asked)))))

    return reply


def said(words: str) -> View:
    return view(Paragraph(words))


async def test_an_open_home_tab_shows_what_was_just_done_elsewhere(
    ana: Person, engine: Engine
) -> None:
    engine.reply = counting()
    await ana.open_home()
    assert "1 asked" in shown(ana.home)
    await ana.command("/hours")
    await until(lambda: "3 asked" in shown(ana.home))


async def test_a_notice_brings_the_open_home_tab_up_to_date(
    ana: Person, engine: Engine, platform: SlackPlatform
) -> None:
    engine.reply = counting()
    await ana.open_home()
    parcel = Parcel(1, ana.team, ana.user, Address(), said("An answer to your ask"), Speech())
    assert isinstance(await platform.courier.deliver(parcel), Sent)
    await until(lambda: "2 asked" in shown(ana.home))


async def test_a_visitor_who_joins_from_their_home_tab_sees_it_change(
    ana: Person, engine: Engine
) -> None:
    engine.visitors, engine.reply = True, counting()
    await ana.open_home()
    engine.visitors = False
    await ana.say("join")
    await until(lambda: "3 asked" in shown(ana.home))


def _home_with(reply: Callable[[View], Reply]) -> Callable[[Intent], Reply]:
    """A home that counts how often it was asked for, with a button that ``reply`` answers."""
    asked: list[Intent] = []

    def answer(intent: Intent) -> Reply:
        if intent != Typed(words="home"):
            return reply(said("Done."))
        asked.append(intent)
        button = Button(_("Do it"), Typed(words="do it"))
        return Say(view(Paragraph(_("{n} asked", n=len(asked))), Actions((button,))))

    return answer


async def test_a_button_of_the_home_tab_that_answers_in_a_modal_brings_the_tab_up_to_date(
    ana: Person, engine: Engine
) -> None:
    engine.reply = _home_with(Say)
    await ana.open_home()
    await ana.press("Do it", "home")
    assert "Done." in ana.reads
    await until(lambda: "2 asked" in shown(ana.home))


async def test_what_somebody_went_on_to_is_not_taken_away_by_an_update_on_its_way(
    ana: Person, engine: Engine, platform: SlackPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabs, "GATHER", 0.2)
    engine.reply = _home_with(Replace)
    await ana.open_home()
    await platform.courier.deliver(Parcel(1, ana.team, ana.user, Address(), said("News"), Speech()))
    await ana.press("Do it", "home")
    await until(lambda: not platform._tabs._waiting)
    await asyncio.gather(*platform._tabs._tasks)
    assert "Done." in shown(ana.home)


async def test_what_somebody_goes_on_to_while_the_tab_is_worked_out_is_not_taken_away(
    ana: Person, engine: Engine, platform: SlackPlatform
) -> None:
    engine.reply = _home_with(Replace)
    await ana.open_home()
    engine.delay = 0.05
    await platform.courier.deliver(Parcel(1, ana.team, ana.user, Address(), said("News"), Speech()))
    await until(lambda: len(engine.heard) == 2)
    engine.delay = 0
    await ana.press("Do it", "home")
    await asyncio.gather(*platform._tabs._tasks)
    assert "Done." in shown(ana.home)


async def test_a_home_tab_that_nobody_opened_is_left_alone(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    await ana.command("/hours")
    await asyncio.sleep(0.05)
    assert slack.homes == {}
    assert len(engine.heard) == 1


async def test_only_so_many_open_tabs_are_remembered(
    ana: Person, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabs, "MOST", 1)
    await ana.open_home()
    ana.user = "U0BEN"
    await ana.open_home()
    ana.user = "U0ANA"
    engine.reply = counting()
    await ana.command("/hours")
    await asyncio.sleep(0.05)
    assert len(engine.heard) == 3


async def test_a_visitor_is_known_by_name_and_time_zone_from_their_second_step(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    account = slack.teams[TOKEN].join(ana.user)
    account.name, account.zone = "WARD, Ana (NORTHGATE)", "Europe/Paris"
    engine.visitors = True
    await ana.command("/hours")
    await ana.command("/hours")
    assert (engine.caller.name, engine.caller.zone) == ("WARD, Ana (NORTHGATE)", "Europe/Paris")
    assert len(slack.bodies("users.info")) == 1


async def test_slack_is_not_asked_about_members(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    await ana.command("/hours")
    await ana.say("hours")
    assert len(engine.heard) == 2
    assert slack.bodies("users.info") == []


async def test_an_answer_that_slack_does_not_take_arrives_when_it_does_again(
    ana: Person, engine: Engine, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def at_once(seconds: float) -> None:
        pauses.append(seconds)
        await SLEEP(0)

    monkeypatch.setattr(asyncio, "sleep", at_once)
    slack.fail("chat.postMessage", "internal_error", times=3)
    await ana.say("hours")
    await until(lambda: bool(ana.messages))
    assert ana.last.words == "Done."
    assert len(engine.heard) == 1
    assert [seconds for seconds in pauses if seconds > 1] == [30, 30]


async def test_an_answer_that_never_arrives_is_reported_and_given_up(
    ana: Person,
    slack: FakeSlack,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(asyncio, "sleep", lambda _seconds: SLEEP(0))
    slack.fail("chat.postMessage", "internal_error", times=1_000)
    caplog.set_level(logging.ERROR)
    await ana.say("hours")
    await until(lambda: "an answer was lost: internal_error" in caplog.text)
    assert ana.messages == []


async def test_only_so_many_answers_wait_for_slack_to_come_back(
    ana: Person,
    platform: SlackPlatform,
    slack: FakeSlack,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(redelivery, "MOST", 2)
    slack.fail("chat.postMessage", "internal_error", times=1_000)
    for _number in range(3):
        assert "an answer was lost" not in caplog.text
        await ana.say("hours")
    assert "an answer was lost: internal_error" in caplog.text
    assert len(platform._answering._redelivery._waiting) == 2


async def test_closing_waits_no_longer_than_it_says_for_work_that_leads_to_more_work(
    platform: SlackPlatform,
) -> None:
    ended = asyncio.Event()

    async def more() -> None:
        await SLEEP(0.02)
        if not ended.is_set():
            platform._answering.aside(more())

    platform._answering.aside(more())
    await asyncio.wait_for(platform._answering.settle(0.1), 5)
    assert platform._answering._tasks
    ended.set()


async def test_a_mention_begins_a_thread_and_the_answer_in_it_is_for_one_person(
    ana: Person, slack: FakeSlack
) -> None:
    await ana.mention("hours")
    line, answer = slack.messages
    assert "Only you can see my answer." in line.words
    assert (line.to, line.channel) == ("", "C0ALL")
    assert (answer.to, answer.words) == (ana.user, "Done.")
    assert line.thread == answer.thread != ""


async def test_a_mention_in_a_thread_is_answered_there_without_another_line(
    ana: Person, slack: FakeSlack
) -> None:
    await ana.mention("hours", thread_ts="1800000000.000100")
    assert [(one.to, one.thread) for one in slack.messages] == [(ana.user, "1800000000.000100")]


async def test_who_was_answered_in_welsh_waits_in_welsh(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.speech = Speech("cy")
    await ana.say("hours")
    engine.delay = 0.3
    await ana.command("/offer", "run charts")
    welsh = Speech("cy")(_("One moment."))
    assert welsh != "One moment."
    assert welsh in str(slack.bodies("views.open"))
    engine.speech = Speech()
    await ana.say("hours")
    await ana.command("/offer", "run charts")
    assert "One moment." in str(slack.bodies("views.open")[-1])
