"""The app over HTTP: commands, presses, forms, messages, mentions and the Home tab."""

from __future__ import annotations

import pytest

from adapters.slack import render
from core.callers import Address
from core.kernel.texts import _
from core.ui.forms import DurationField, Form, ManyChoicesField, Option, TextField
from core.ui.gallery import HOSTILE, Sample
from core.ui.intents import Intent
from core.ui.replies import Nothing, Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Heading, Link, Note, Paragraph, view
from core.words import Speech
from tests.slack.block_kit import shown
from tests.slack.fake_slack import FakeSlack, Message
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Offer, Typed


def offer_form(intent: Intent) -> Form:
    """The form to an offer, prefilled with the title that the intent has."""
    title = intent.title if isinstance(intent, Offer) else ""
    return Form(
        _("Offer help"),
        Offer(step=1),
        (
            TextField("title", _("What"), title),
            DurationField("minutes", _("How long"), required=False),
            ManyChoicesField("skills", _("Skills"), (Option("spc", "SPC"), Option("qi", "QI"))),
        ),
        _("Post it"),
        (Paragraph(_("No patient details.")),),
    )


CARD = view(
    Heading(_("An offer")),
    Actions(
        (
            Button(_("Accept"), Sample(number=7, words=HOSTILE)),
            Button(_("Fill in"), Offer(title="from a button")),
            Link(_("Privacy notice"), "https://hourbridge.example/privacy"),
        )
    ),
)
ACCEPTED = view(Note(_("You accepted it."), "success"))


def script(intent: Intent) -> Reply:
    """An engine in small: a card for words, a form for an offer, and what presses lead to."""
    match intent:
        case Offer(step=0):
            return Open(offer_form(intent))
        case Offer(minutes="7"):
            return Refuse(_("Time is counted in steps of 15 minutes."), "minutes")
        case Offer(title=title):
            return Replace(view(Paragraph(title), CARD.blocks[1]))
        case Sample(number=7):
            return Replace(ACCEPTED)
        case _:
            return Say(CARD)


async def a_card(ana: Person, engine: Engine) -> Message:
    """A card of the bot in Ana's direct messages."""
    engine.reply = script
    await ana.say("show me")
    return ana.last


# Commands.


async def test_a_command_is_answered_to_the_one_who_typed_it_alone(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = Say(view(Paragraph(HOSTILE)))
    await ana.command("/hours", "statement", channel="C0ALL")
    assert engine.intent == Typed(words="hours statement")
    assert engine.caller.private
    assert ana.last.to == ana.user
    assert HOSTILE in ana.last.words
    assert slack.visible("U0BO") == []


async def test_a_command_that_needs_a_form_opens_it_prefilled(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts & more")
    assert ana.modal
    assert "No patient details." in ana.reads
    await ana.submit(minutes="1h")
    assert engine.intent == Offer(step=1, title="run charts & more", minutes="1h")


async def test_a_form_too_late_for_its_trigger_is_offered_as_a_button(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    slack.fail("views.open", "expired_trigger_id")
    await ana.command("/offer", "run charts")
    assert ana.modal is None
    await ana.press("Open the form")
    assert engine.intent == Offer(title="run charts")
    assert ana.modal


async def test_a_slow_form_says_one_moment_and_is_then_filled_in(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply, engine.delay = script, 0.15
    await ana.command("/offer", "run charts")
    [opened] = slack.bodies("views.open")
    assert "One moment." in shown(opened["view"])
    engine.delay = 0
    await ana.submit()
    assert engine.intent == Offer(step=1, title="run charts")


async def test_a_slow_refusal_of_a_form_is_read_in_the_modal_that_waits(
    ana: Person, engine: Engine
) -> None:
    engine.reply, engine.delay = Refuse(_("Join first.")), 0.15
    await ana.command("/offer", "run charts")
    assert "Join first." in ana.reads
    engine.reply = Nothing()
    await ana.command("/offer", "run charts")
    assert "This was done already." in ana.reads


async def test_a_very_slow_command_is_acknowledged_and_answered_later(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply, engine.delay = script, 0.3
    await ana.command("/hours")
    assert ana.status == 200
    assert len(slack.bodies("response_url")) == 1
    assert ana.last.to == ana.user
    assert "An offer" in ana.last.words


async def test_a_plain_answer_opens_no_modal(ana: Person, slack: FakeSlack) -> None:
    await ana.command("/hourbridge", "help")
    assert [call.method for call in slack.calls] == ["auth.test"]


async def test_nothing_to_say_shows_nothing(ana: Person, engine: Engine) -> None:
    engine.reply = Nothing()
    await ana.command("/hours")
    assert ana.messages == []


async def test_slack_is_asked_once_who_the_bot_is(ana: Person, slack: FakeSlack) -> None:
    for _n in range(3):
        await ana.command("/hours")
        await ana.say("hours")
    assert len(slack.bodies("auth.test")) == 1


# Buttons in messages.


async def test_a_press_replaces_its_card(ana: Person, engine: Engine) -> None:
    card = await a_card(ana, engine)
    await ana.press("Accept")
    assert engine.intent == Sample(number=7, words=HOSTILE)
    assert engine.caller.address == Address("DU0ANA")
    assert "You accepted it." in card.words
    assert ana.messages == [card]


async def test_a_press_whose_answer_is_for_now_leaves_its_card(ana: Person, engine: Engine) -> None:
    card = await a_card(ana, engine)
    engine.reply = Refuse(_("Somebody else was quicker."))
    await ana.press("Accept")
    assert not card.edited
    assert ana.last.to == ana.user
    assert "Somebody else was quicker." in ana.last.words


async def test_a_press_in_an_ephemeral_card_replaces_it(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.command("/hours", channel="C0ALL")
    await ana.press("Accept")
    assert [message.words for message in ana.messages] == ["\u2705 You accepted it."]


async def test_a_press_in_a_channel_never_shows_ones_answer_to_all(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    shape = render.message(CARD, Speech())
    public = slack.post_in_channel("C0ALL", shape["text"], shape["blocks"])
    engine.reply = script
    await ana.press("Accept")
    assert engine.caller.private is False
    assert not public.edited
    assert (ana.last.to, ana.last.channel) == (ana.user, "C0ALL")
    assert "You accepted it." in ana.last.words


async def test_a_form_from_a_card_shows_its_outcome_in_both(ana: Person, engine: Engine) -> None:
    card = await a_card(ana, engine)
    await ana.press("Fill in")
    await ana.submit(title="My own title")
    assert "My own title" in ana.reads
    assert card.edited
    assert "My own title" in card.words


async def test_a_form_from_an_ephemeral_card_shows_its_outcome_in_both(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/hours")
    await ana.press("Fill in")
    await ana.submit(title="My own title")
    assert "My own title" in ana.reads
    assert ["My own title" in message.words for message in ana.messages] == [True]


async def test_a_press_on_a_link_is_acknowledged_in_silence(ana: Person, engine: Engine) -> None:
    await a_card(ana, engine)
    heard = len(engine.heard)
    await ana.press("Privacy notice")
    assert ana.status == 200
    assert len(engine.heard) == heard
    assert len(ana.messages) == 1


async def test_a_response_url_that_is_spent_leads_to_a_direct_message(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    card = await a_card(ana, engine)
    slack.fail("response_url", status=404, body="used_url")
    await ana.press("Accept")
    assert not card.edited
    assert ana.last.to == ""
    assert "You accepted it." in ana.last.words


async def test_an_answer_that_cannot_be_given_at_all_is_logged_without_its_words(
    ana: Person, engine: Engine, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await a_card(ana, engine)
    slack.fail("response_url", status=404, body="used_url")
    slack.fail("conversations.open", "cannot_dm_bot")
    await ana.press("Accept")
    assert "an answer was lost: cannot_dm_bot" in caplog.text
    assert "accepted" not in caplog.text


async def test_a_rate_limit_of_slack_is_waited_for(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    slack.fail("chat.postMessage", "ratelimited", status=429, retry_after=1)
    await ana.say("hours")
    assert "Done." in ana.last.words
    assert len(slack.bodies("chat.postMessage")) == 2


# Modals.


async def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    await ana.submit(minutes="7", skills=("spc",))
    assert ana.errors == {"minutes": "Time is counted in steps of 15 minutes."}
    await ana.submit(minutes="15")
    wanted = Offer(step=1, title="run charts", minutes="15", skills=("spc",))
    assert engine.intent == wanted


@pytest.mark.parametrize("field", ["", "unknown"])
async def test_a_refusal_without_a_field_stands_at_the_top_and_keeps_what_was_typed(
    ana: Person, engine: Engine, field: str
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = Refuse(_("Your balance is too low."), field)
    await ana.submit(minutes="2h", title="changed")
    assert ana.modal
    first = ana.modal["blocks"][0]["text"]["text"]
    assert first == "\u26a0\ufe0f Your balance is too low."
    engine.reply = script
    await ana.submit()
    assert engine.intent == Offer(step=1, title="changed", minutes="2h")


async def test_the_outcome_of_a_form_is_a_modal_whose_buttons_work(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    await ana.submit()
    assert "run charts" in ana.reads
    await ana.press("Accept")
    assert engine.intent == Sample(number=7, words=HOSTILE)
    assert "You accepted it." in ana.reads
    assert ana.messages == []


async def test_a_form_may_lead_to_the_next_form(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = Open(offer_form(Offer(title="from the second")))
    await ana.submit()
    engine.reply = script
    await ana.submit()
    assert engine.intent == Offer(step=1, title="from the second")


async def test_a_button_in_a_modal_may_open_a_form_above_it(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    await ana.submit()
    await ana.press("Fill in")
    assert len(slack.modals[ana.user]) == 2
    await ana.submit(title="second")
    assert engine.intent == Offer(step=1, title="second")


async def test_a_fourth_modal_takes_the_place_of_the_third(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    for number in range(4):
        await ana.submit()
        await ana.press("Fill in")
        assert len(slack.modals[ana.user]) == min(number + 2, 3)
    assert "Offer help" in ana.reads


async def test_a_refused_press_in_a_modal_is_read_in_that_modal(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    await ana.submit()
    engine.reply = Refuse(_("Somebody else was quicker."))
    await ana.press("Accept")
    assert "Somebody else was quicker." in ana.reads
    assert "run charts" in ana.reads


async def test_words_from_a_button_in_a_form_do_not_cost_the_form(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    help_button = Actions((Button(_("What is this?"), Sample(number=1)),))
    form = Form(_("A form"), Offer(step=1), (TextField("title", _("What")),), _("Send"))
    engine.reply = Open(Form(form.title, form.intent, form.fields, form.submit, (help_button,)))
    await ana.command("/offer")
    engine.reply = Say(view(Paragraph(_("It is a form."))))
    await ana.press("What is this?")
    assert "It is a form." in ana.reads
    slack.modals[ana.user].pop()
    await ana.submit(title="still here")
    assert engine.intent == Offer(step=1, title="still here")


async def test_a_very_slow_form_says_one_moment_and_then_the_outcome(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.delay = 0.3
    await ana.submit()
    assert len(slack.bodies("views.update")) == 1
    assert "run charts" in ana.reads


async def test_a_very_slow_refusal_brings_the_form_back_with_what_was_typed(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.delay = 0.3
    await ana.submit(minutes="7")
    assert "steps of 15 minutes" in ana.reads
    engine.delay = 0
    await ana.submit(minutes="30")
    assert engine.intent == Offer(step=1, title="run charts", minutes="30")


async def test_a_form_closed_before_its_answer_is_answered_by_direct_message(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    slack.fail("views.update", "not_found")
    engine.delay = 0.3
    await ana.submit()
    assert "run charts" in ana.last.words


async def test_a_submission_with_nothing_to_show_closes_the_modal(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = Nothing()
    await ana.submit()
    assert ana.modal is None


# Direct messages and mentions.


async def test_a_direct_message_is_answered_in_the_chat(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.say("find <b>spc</b> & more")
    assert engine.intent == Typed(words="find <b>spc</b> & more")
    assert (ana.last.to, ana.last.channel, ana.last.thread) == ("", "DU0ANA", "")


async def test_a_form_cannot_open_from_a_message_so_a_button_offers_it(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.say("offer run charts")
    assert "No patient details." in ana.last.words
    await ana.press("Open the form")
    assert ana.modal
    await ana.submit()
    assert engine.intent == Offer(step=1, title="run charts")


async def test_words_too_long_for_a_button_are_not_lost_in_silence(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.say("offer " + "word " * 500)
    assert "too long to open a form" in ana.last.words


async def test_a_reply_in_a_thread_names_the_notice_and_is_answered_there(
    ana: Person, engine: Engine
) -> None:
    card = await a_card(ana, engine)
    await ana.say("See you at 2", reply_to=card.ts)
    assert engine.caller.reply_to == f"DU0ANA:{card.ts}"
    assert ana.last.thread == card.ts


@pytest.mark.parametrize(
    "event",
    [{"subtype": "message_changed"}, {"subtype": "message_deleted"}, {"bot_id": "B0ELSE"}],
)
async def test_edits_and_bots_are_not_answered(
    ana: Person, engine: Engine, event: dict[str, str]
) -> None:
    await ana.event({"type": "message", "channel_type": "im", "user": "U0ANA", **event})
    await ana.mention("hello", bot_id="B0ELSE")
    assert engine.heard == []
    assert ana.messages == []


async def test_the_bot_does_not_answer_itself(ana: Person, engine: Engine) -> None:
    ana.user = ana.slack.bot_user
    await ana.say("hello")
    assert engine.heard == []


async def test_a_repeated_event_carries_the_same_delivery_id(ana: Person, engine: Engine) -> None:
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "DU0ANA",
        "user": "U0ANA",
        "text": "confirm",
        "ts": "5.0",
    }
    await ana.event(event, "Ev77")
    await ana.event(event, "Ev77", attempt=1)
    assert [caller.delivery for caller, _intent in engine.heard] == ["Ev77", "Ev77"]


async def test_a_mention_is_answered_only_to_the_one_who_wrote_it(
    ana: Person, engine: Engine, slack: FakeSlack
) -> None:
    engine.reply = script
    await ana.mention("balance", thread_ts="9.1")
    assert engine.intent == Typed(words="balance")
    assert (ana.last.to, ana.last.channel, ana.last.thread) == (ana.user, "C0ALL", "9.1")
    assert slack.visible("U0BO") == []


async def test_a_mention_that_cannot_be_answered_in_the_channel_is_answered_directly(
    ana: Person, slack: FakeSlack
) -> None:
    slack.fail("chat.postEphemeral", "user_not_in_channel")
    await ana.mention("balance")
    assert (ana.last.to, ana.last.channel) == ("", "DU0ANA")


# The Home tab.


async def test_opening_home_shows_it_and_sends_no_message(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.open_home()
    assert engine.intent == Typed(words="home")
    assert "An offer" in shown(ana.home)
    await ana.open_home("messages")
    assert len(engine.heard) == 1
    assert ana.messages == []


async def test_home_of_somebody_who_must_first_fill_in_a_form_offers_it(
    ana: Person, engine: Engine
) -> None:
    engine.reply = lambda intent: Open(offer_form(Offer(title="to join")))
    await ana.open_home()
    engine.heard.clear()
    await ana.press("Open the form", "home")
    assert [intent for _caller, intent in engine.heard] == [Typed(words="home")]
    assert ana.modal
    engine.reply = script
    await ana.submit()
    assert engine.intent == Offer(step=1, title="to join")


async def test_a_press_on_home_shows_its_outcome_there_with_a_way_back(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.open_home()
    await ana.press("Accept", "home")
    assert shown(ana.home) == "\u2705 You accepted it.\nBack to home"
    engine.reply = Replace(CARD)
    await ana.press("Back to home", "home")
    assert "An offer" in shown(ana.home)
    assert "Back to home" not in shown(ana.home)


async def test_words_for_now_from_home_open_a_modal_and_leave_home(
    ana: Person, engine: Engine
) -> None:
    engine.reply = script
    await ana.open_home()
    engine.reply = Refuse(_("Somebody else was quicker."))
    await ana.press("Accept", "home")
    assert "Somebody else was quicker." in ana.reads
    assert "An offer" in shown(ana.home)


async def test_a_form_from_home_opens(ana: Person, engine: Engine) -> None:
    engine.reply = script
    await ana.open_home()
    await ana.press("Fill in", "home")
    await ana.submit()
    assert engine.intent == Offer(step=1, title="from a button")
