"""Words relayed between two chats: sent on purpose, to whom was said, screened, and once."""

from __future__ import annotations

import pytest

from core.exchanges.intents import DropDraft, ReadTalk, SendDraft
from core.ui.plain import summary
from tests.exchanges.story import agreed, ask, claimed, confirmed, proposed
from tests.world import ENGLISH, World


def test_a_typed_message_reaches_the_other_side_in_their_chat(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} See you at 2pm")
    assert "on its way to Ben Lowe" in two.ana.text
    world.deliver()
    message = two.ben.told("exchange.message")[0]
    assert "See you at 2pm" in message.text
    assert "See you" not in summary(message.view, ENGLISH)
    two.ben.presses_in(message, "Reply")
    two.ben.fills(words="I will be there.")
    world.deliver()
    assert "I will be there." in two.ana.told("exchange.message")[0].text


def test_a_message_without_a_reference_goes_to_the_only_open_exchange(world: World) -> None:
    two = agreed(world)
    two.ana.types("message See you at 2pm")
    world.deliver()
    assert "See you at 2pm" in two.ben.told("exchange.message")[0].text


def test_a_plain_reply_to_a_relayed_message_is_sent_after_saying_to_whom(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} Does Tuesday suit you?")
    world.deliver()
    handle = two.ben.told("exchange.message")[0].handle
    two.ben.types("Yes it does", reply_to=handle)
    assert "Send this to Ana Ward?" in two.ben.text
    world.deliver()
    assert two.ana.told("exchange.message") == []
    send = two.ben.button("Send")
    two.ben.presses_button(send)
    two.ben.presses_button(send)
    assert "on its way to Ana Ward" in two.ben.text
    world.deliver()
    assert len(two.ana.told("exchange.message")) == 1
    assert "Yes it does" in two.ana.told("exchange.message")[0].text


def test_plain_words_within_a_week_of_a_message_are_taken_for_an_answer(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} Does Tuesday suit you?")
    world.deliver()
    two.ben.types("Yes it does")
    assert "Send this to Ana Ward?" in two.ben.text
    drop = two.ben.button("Do not send")
    send = two.ben.button("Send")
    two.ben.presses_button(drop)
    assert "Nothing was sent" in two.ben.text
    two.ben.presses_button(send)
    assert "Nothing was sent" in two.ben.text
    assert world.holds("Yes it does") == []
    world.later(days=8)
    two.ben.types("Yes it does")
    assert "I do not know that command" in two.ben.text


def test_a_draft_belongs_to_its_writer_alone(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} Does Tuesday suit you?")
    world.deliver()
    two.ben.types("Yes it does")
    send = two.ben.button("Send").intent
    assert isinstance(send, SendDraft)
    two.ana.does(send)
    assert "Nothing was sent" in two.ana.text
    two.ana.does(DropDraft(draft=send.draft))
    two.ben.does(send)
    assert "on its way to Ana Ward" in two.ben.text


def test_words_that_only_begin_like_a_command_move_nothing(world: World) -> None:
    two = claimed(world)
    two.ana.types(f"message {two.ref} Is Tuesday all right?")
    world.deliver()
    for words in ("confirm Tuesday please", "done and dusted, many thanks", "cancel my lunch"):
        two.ben.types(words)
        assert "Send this to Ana Ward?" in two.ben.text
    assert (two.ana.balance, two.exchange.version) == (120, 3)


def test_thanks_as_an_answer_is_an_answer(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} I have booked the room")
    world.deliver()
    handle = two.ben.told("exchange.message")[0].handle
    two.ben.types("Thanks, see you Tuesday", reply_to=handle)
    assert "Send this to Ana Ward?" in two.ben.text


def test_an_unknown_command_suggests_the_nearest_with_a_button(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("/exchangs")
    assert "Did you mean exchanges?" in ana.text
    ana.presses("exchanges")
    assert "Your exchanges" in ana.text
    ana.types("qqqqqq zzzz")
    assert "I do not know that command" in ana.text
    ana.presses("See what you can type")
    assert ana.text


def test_a_slash_command_that_is_misspelt_is_never_sent_to_anybody(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} Hello")
    world.deliver()
    two.ben.types("/ofer 2 hours of run charts")
    assert "Did you mean offer?" in two.ben.text


@pytest.mark.parametrize("kind", ["message", "reply", "form", "thanks"])
def test_an_nhs_number_stops_every_kind_of_words_and_is_kept_nowhere(
    world: World, kind: str
) -> None:
    two = confirmed(world)
    words = "NHS number 943 476 5919"
    if kind == "message":
        two.ana.types(f"message {two.ref} {words}")
    elif kind == "form":
        two.ana.types(f"message {two.ref}")
        two.ana.fills(words=words)
        assert getattr(two.ana.reply, "field", "") == "words"
    elif kind == "thanks":
        two.ana.types(f"thanks {two.ref} {words}")
    else:
        two.ben.types(f"message {two.ref} Hello")
        world.deliver()
        two.ana.types(words)
    assert two.ana.refused
    world.deliver()
    assert two.ben.told("exchange.message") == two.ben.told("exchange.thanked") == []
    assert world.holds("943 476 5919") == []


def test_words_that_may_be_about_a_patient_are_asked_about_first(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} My patient in bed 4 has a fever")
    assert "not_about_a_patient" in [field.name for field in two.ana.form.fields]
    assert world.holds("bed 4") == []
    two.ana.fills(not_about_a_patient="yes")
    assert "on its way" in two.ana.text

    world.deliver()
    two.ben.types("The patient in bed 5 has a fever")
    assert "Nothing has been sent or kept" in two.ben.text
    assert world.holds("bed 5") == []
    two.ben.presses("Write the message")
    assert two.ben.form.fields[0].value == "The patient in bed 5 has a fever"


def test_a_phone_number_may_be_sent_after_agreement_and_is_asked_about_before(
    world: World,
) -> None:
    two = proposed(world)
    words = "Ring me on 01632 960123"
    two.ana.types(f"message {two.ref} {words}")
    assert "not_about_a_patient" in [field.name for field in two.ana.form.fields]
    two.ben.types("accept")
    two.ben.fills()
    two.ana.types(f"message {two.ref} {words}")
    assert "on its way" in two.ana.text


def test_a_message_form_that_is_sent_twice_sends_once(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref}")
    form = two.ana.form
    for _press in range(2):
        two.ana.screen = form
        two.ana.fills(words="See you at 2pm")
        assert "on its way" in two.ana.text
    world.deliver()
    assert len(two.ben.told("exchange.message")) == 1


def test_the_conversation_closes_30_days_after_the_end(world: World) -> None:
    two = confirmed(world)
    world.later(days=30)
    two.ana.types(f"message {two.ref} Hello again")
    assert "on its way" in two.ana.text
    world.later(days=1)
    two.ana.types(f"message {two.ref} Hello once more")
    assert two.ana.refused == "talk-closed"
    assert "Send a message" not in str(two.ana.types(f"show {two.ref}"))


def test_only_the_two_sides_can_read_the_conversation(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} The key is under the mat")
    assert "under the mat" in two.ben.types(f"show {two.ref}")
    eve = world.person("Eve Hale", "COU")
    assert "under the mat" not in eve.types(f"show {two.ref}")


def test_a_reply_to_a_notice_that_is_not_ones_own_goes_nowhere(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} Hello")
    world.deliver()
    handle = two.ben.told("exchange.message")[0].handle
    eve = world.person("Eve Hale", "COU")
    eve.types("Hello back", reply_to=handle)
    assert "I do not know that command" in eve.text


def test_with_several_exchanges_a_message_asks_which(world: World) -> None:
    two = agreed(world)
    ref = ask(two.ben, "1 hour of help with easy read, online")
    two.ana.types(f"answer {ref}")
    two.ana.fills()
    two.ana.types("message See you at 2pm")
    assert "Which one do you mean?" in two.ana.text
    two.ana.presses("This one")
    assert two.ana.form.fields[0].value == "See you at 2pm"


def test_a_long_conversation_is_read_in_pages_by_its_two_sides_alone(world: World) -> None:
    two = agreed(world)
    for number in range(6):
        two.ana.types(f"message {two.ref} Message number {number}")
    two.ben.types(f"show {two.ref}")
    assert "number 5" in two.ben.text
    assert "number 2" not in two.ben.text
    two.ben.presses("Read all messages")
    assert "number 2" in two.ben.text
    two.ben.presses("Next (2 of 2)")
    assert "number 0" in two.ben.text
    assert "number 2" not in two.ben.text
    eve = world.person("Eve Hale", "COU")
    assert eve.does(ReadTalk(exchange=two.exchange.id)) == "I cannot find that."


def test_a_message_still_reaches_a_member_who_typed_stop_as_stop_promises(world: World) -> None:
    two = agreed(world)
    assert "a message" in two.ben.types("stop")
    two.ana.types(f"message {two.ref} See you at 2pm")
    world.deliver()
    assert len(two.ben.told("exchange.message")) == 1
