"""Every listener, through signed HTTP and through Socket Mode: the same payloads, the same ends."""

from __future__ import annotations

import pytest

from adapters.slack import SlackPlatform
from adapters.slack.channels import EVENTS as CHANNEL_EVENTS
from adapters.slack.manifest import EVENTS, SHORTCUTS, Shortcut
from core.callers import Address
from core.couriers import Outcome, Parcel, Sent, Unreachable
from core.happenings import PersonChanged
from core.kernel.texts import _
from core.ui.gallery import HOSTILE, Sample
from core.ui.intents import Intent
from core.ui.replies import Refuse
from core.ui.views import Paragraph, view
from core.words import Speech
from tests.slack.block_kit import shown
from tests.slack.fake_slack import FakeSlack
from tests.slack.kept_installations import KeptInstallations, installation_of
from tests.slack.people import Person
from tests.slack.small_engine import Engine, FromMessage, Offer, Typed


async def _a_notice(platform: SlackPlatform, tenant: str = "T0HOME") -> Outcome:
    parcel = Parcel(1, tenant, "U0ANA", Address(), view(Paragraph(_("A notice."))), Speech())
    return await platform.courier.deliver(parcel)


# Commands and forms.


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        ("/offer", Offer(title="spc & more")),
        ("/ask", Typed(words="ask spc & more")),
        ("/hours", Typed(words="hours spc & more")),
        ("/hourbridge", Typed(words="spc & more")),
    ],
)
async def test_a_command_is_what_was_typed_and_its_answer_is_seen_by_nobody_else(
    ana: Person, engine: Engine, slack: FakeSlack, command: str, typed: Intent
) -> None:
    await ana.command(command, "spc & more", channel="C0ALL")
    assert engine.intent == typed
    assert (engine.caller.tenant, engine.caller.user) == ("T0HOME", "U0ANA")
    assert slack.visible("U0BO") == []
    assert ana.modal if isinstance(typed, Offer) else "An offer" in ana.last.words


async def test_a_form_shows_its_error_at_the_field_and_keeps_what_was_typed(
    ana: Person, engine: Engine
) -> None:
    await ana.command("/offer", "run charts")
    await ana.submit(minutes="7", skills=("spc",))
    assert ana.errors == {"minutes": "Time is counted in steps of 15 minutes."}
    await ana.submit(minutes="15")
    assert engine.intent == Offer(step=1, title="run charts", minutes="15", skills=("spc",))
    assert "run charts" in ana.reads


async def test_a_slow_form_says_that_it_is_being_saved_and_then_what_came_of_it(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    await ana.command("/offer", "run charts")
    settle, ana._settle = ana._settle, None
    engine.delay = 0.3
    await ana.submit()
    assert ana.reads.endswith("reaches you in your messages from Hourbridge.")
    assert settle
    await settle()
    assert "run charts" in ana.reads
    assert len(slack.bodies("views.update")) == 1


async def test_views_are_laid_two_deep_and_a_third_takes_the_place_of_the_last(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    await ana.command("/offer", "run charts")
    deep = []
    for _number in range(3):
        await ana.submit()
        await ana.press("Fill in")
        deep.append(len(slack.modals[ana.user]))
    assert deep == [2, 3, 3]
    assert "Offer help" in ana.reads
    await ana.submit(title="from the top")
    assert engine.intent == Offer(step=1, title="from the top")


# Presses.


async def test_a_press_in_a_message_brings_the_message_up_to_date(
    ana: Person, engine: Engine
) -> None:
    await ana.say("show me")
    card = ana.last
    await ana.press("Accept", card)
    assert engine.intent == Sample(number=7, words=HOSTILE)
    assert "You accepted it." in card.words
    assert ana.messages == [card]


async def test_a_press_in_a_modal_is_answered_in_it(ana: Person, engine: Engine) -> None:
    await ana.command("/offer", "run charts")
    await ana.submit()
    await ana.press("Accept")
    assert engine.intent == Sample(number=7, words=HOSTILE)
    assert "You accepted it." in ana.reads
    assert ana.messages == []


async def test_a_press_on_home_is_answered_there(ana: Person, engine: Engine) -> None:
    await ana.open_home()
    await ana.press("Accept", "home")
    assert Sample(number=7, words=HOSTILE) in [intent for _caller, intent in engine.heard]
    assert "You accepted it." in shown(ana.home)


async def test_a_press_that_opens_a_page_is_acknowledged_and_nothing_more(
    ana: Person, engine: Engine
) -> None:
    await ana.say("show me")
    heard = len(engine.heard)
    await ana.press("Privacy notice")
    assert (ana.status, len(engine.heard)) == (200, heard)


# Words.


async def test_a_direct_message_is_answered_below_it(ana: Person, engine: Engine) -> None:
    await ana.say("find <b>spc</b>")
    assert engine.intent == Typed(words="find <b>spc</b>")
    assert (ana.last.channel, ana.last.thread) == ("DU0ANA", "")


async def test_a_reply_in_a_thread_names_the_message_and_is_answered_in_that_thread(
    ana: Person, engine: Engine
) -> None:
    await ana.say("show me")
    card = ana.last
    await ana.say("See you at 2", reply_to=card.ts)
    assert engine.caller.reply_to == f"DU0ANA:{card.ts}"
    assert ana.last.thread == card.ts


@pytest.mark.parametrize("thread", ["", "1800000000.000900"])
async def test_a_mention_is_answered_in_a_thread_and_only_its_writer_reads_the_answer(
    ana: Person, engine: Engine, slack: FakeSlack, thread: str
) -> None:
    await ana.mention("balance", **({"thread_ts": thread} if thread else {}))
    assert engine.intent == Typed(words="balance")
    assert not engine.caller.private
    assert (ana.last.to, ana.last.channel) == (ana.user, "C0ALL")
    assert ana.last.thread
    assert not thread or ana.last.thread == thread
    assert all("An offer" not in message.words for message in slack.visible("U0BO"))
    assert len(slack.visible("U0BO")) == (0 if thread else 1), "a thread begins with one line"


# Home and shortcuts.


async def test_opening_home_publishes_it_and_sends_nothing(ana: Person, engine: Engine) -> None:
    await ana.open_home("messages")
    assert engine.heard == []
    await ana.open_home()
    assert engine.intent == Typed(words="home")
    assert "An offer" in shown(ana.home)
    assert ana.messages == []


@pytest.mark.parametrize("shortcut", [one for one in SHORTCUTS if one.kind == "global"], ids=str)
async def test_a_shortcut_is_what_would_be_typed_and_opens_a_modal(
    ana: Person, engine: Engine, shortcut: Shortcut
) -> None:
    name = shortcut.callback_id
    await ana.shortcut(name)
    assert engine.intent == (Offer() if name == "offer" else Typed(words=name))
    assert ana.modal
    assert ana.messages == []


async def test_a_message_becomes_an_ask_with_its_words_and_the_way_back(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    [shortcut] = [one for one in SHORTCUTS if one.kind == "message"]
    asking = slack.written("C0ALL", "U0BO", "Who knows <run charts> & more?")
    await ana.shortcut_on(asking, shortcut.callback_id)
    link = f"https://t0home.slack.com/archives/C0ALL/p{asking.ts.replace('.', '')}"
    assert engine.intent == FromMessage(words="Who knows <run charts> & more?", source=link)
    assert "No patient details." in ana.reads
    assert slack.visible("U0BO") == [asking], "nobody else sees anything of it"


async def test_a_shortcut_that_is_refused_says_so_in_a_modal(ana: Person, engine: Engine) -> None:
    engine.reply = Refuse(_("Join first."))
    await ana.shortcut("ask")
    assert "Join first." in ana.reads
    assert ana.messages == []


# What Slack tells unasked.


async def test_a_deactivated_account_and_a_new_name_are_passed_on(
    ana: Person, engine: Engine
) -> None:
    await ana.is_changed(name="Ana Ward-Lee", zone="Europe/Lisbon")
    await ana.is_changed(deleted=True)
    assert engine.reported == [
        PersonChanged("slack", "T0HOME", "U0ANA", True, "Ana Ward-Lee", "Europe/Lisbon"),
        PersonChanged("slack", "T0HOME", "U0ANA", False, "Ana Ward-Lee", ""),
    ]


async def test_somebody_new_in_the_workspace_is_not_written_to(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    await ana.joins_the_workspace()
    assert [type(one) for one in engine.reported] == [PersonChanged]
    assert engine.heard == []
    assert slack.calls == [] or {call.method for call in slack.calls} == {"apps.connections.open"}


@pytest.mark.parametrize("account", [{"is_bot": True}, {"team": "T0ELSE"}])
async def test_a_bot_and_a_guest_of_a_shared_channel_are_nobodys_change(
    ana: Person, engine: Engine, account: dict[str, object]
) -> None:
    await ana.is_changed(**account)
    assert (ana.status, engine.reported) == (200, [])


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
async def test_a_workspace_that_takes_the_app_out_hears_nothing_more_until_it_is_back(
    ana: Person,
    platform: SlackPlatform,
    slack: FakeSlack,
    installations: KeptInstallations,
    event: str,
) -> None:
    assert isinstance(await _a_notice(platform), Sent)
    tokens = {"tokens": {"oauth": [], "bot": ["U0BOT"]}}
    await ana.event({"type": event, **(tokens if event == "tokens_revoked" else {})})
    assert ana.status == 200
    assert installations.kept["T0HOME"].token == ""
    assert await _a_notice(platform) == Unreachable("app_not_installed")
    assert len(slack.bodies("chat.postMessage")) == 1
    await installations.install(installation_of(slack.home_team))
    assert isinstance(await _a_notice(platform), Sent)


async def test_a_persons_own_token_that_is_revoked_changes_nothing(
    ana: Person, platform: SlackPlatform
) -> None:
    await ana.event({"type": "tokens_revoked", "tokens": {"oauth": ["U0ANA"], "bot": []}})
    assert isinstance(await _a_notice(platform), Sent)


async def test_an_event_of_no_interest_is_acknowledged(ana: Person, engine: Engine) -> None:
    await ana.event({"type": "reaction_added", "user": "U0ANA", "reaction": "tada"})
    assert (ana.status, engine.heard, engine.reported) == (200, [], [])


def test_every_event_of_the_manifest_is_tried_here() -> None:
    tried = {"app_home_opened", "app_mention", "app_uninstalled", "message.im", "team_join"}
    # Those of channels are tried in test_slack_channels.py and test_slack_shared_channels.py.
    assert tried | {"tokens_revoked", "user_change", *CHANNEL_EVENTS} == set(EVENTS)
