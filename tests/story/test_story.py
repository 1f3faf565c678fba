"""The whole story, on each pair of chats and both databases: once by buttons, once by typed words.

Ana asks for help before she has joined; Bo, whose skill it is, is told, and proposes; they agree,
talk, do it, differ on how long it took, and confirm; Ana says thank you, Bo gives some of it back.
"""

from __future__ import annotations

import pytest

from tests.story.chats import Friend, reference_in
from tests.story.town import Town

PAIRS = [
    ("slack", "slack"),
    ("slack", "teams"),
    ("teams", "slack"),
    ("slack", "local"),
    ("local", "slack"),
    ("teams", "local"),
    ("local", "teams"),
    ("teams", "teams"),
    ("local", "local"),
]
ASK = "ask Help with run charts, 1 hour, online"
# What only an exchange that is still under way offers.
UNDER_WAY = (
    "Accept",
    "Suggest other minutes",
    "Decline",
    "Withdraw",
    "It is done",
    "Confirm",
    "It took another time",
    "Cancel the exchange",
    "Cancel it",
)

pairs = pytest.mark.parametrize(("here", "there"), PAIRS, ids=["-".join(pair) for pair in PAIRS])


@pairs
async def test_two_people_exchange_an_hour_by_pressing_buttons(
    town: Town, here: str, there: str
) -> None:
    ana, bo = await _arrive(town, here, there)
    await _join_and_ask(ana)

    assert "Help with run charts" in await bo.hears("Could you help with this?")
    assert "You help Ana Ward" in await bo.presses("I can help")
    said = await bo.fills(
        minutes="90 mins", when="Tuesday after 2pm", message="Gladly, with tea & cake"
    )
    assert "Sent. Ana Ward can accept" in said

    told = await ana.hears("Bo Lin can help you.")
    assert "Gladly, with tea & cake" in _unescaped(told)
    assert "Tuesday after 2pm" in told
    assert "1 hour 30 minutes" in told
    assert "Bo Lin helps you for 1 hour 30 minutes" in await ana.presses("Accept")
    assert "Agreed. Bo Lin has been told" in await ana.fills(time="own", manager="not-needed")
    await bo.hears("Ana Ward has accepted.")
    await _talk_by_buttons(town, ana, bo)

    await bo.presses("It is done", about="Ana Ward has accepted.")
    assert "Noted. Ana Ward has been asked to confirm" in await bo.fills(minutes="2 hours")
    await ana.hears("Bo Lin says that this is done.")
    await ana.presses("It took another time", about="Bo Lin says that this is done.")
    assert "Noted. Bo Lin has been asked to confirm" in await ana.fills(minutes="1h30")
    await bo.hears("Ana Ward says that it took another time.")
    said = await bo.presses("Confirm", about="Ana Ward says that it took another time.")
    assert "Confirmed. The hours have moved." in said
    assert "Your balance is now 3 hours 30 minutes" in said

    assert "Your balance is now 30 minutes" in await ana.hears("Bo Lin has confirmed.")
    await ana.presses("Say thank you", about="Bo Lin has confirmed.")
    assert "Bo Lin gets your thank-you" in await ana.fills(words="You were a real help")
    assert "You were a real help" in await bo.hears("Ana Ward says thank you")

    await bo.types("balance")
    await bo.presses("Give hours")
    said = await bo.fills(minutes="30 mins", who="Ana Ward", note="For the next one")
    assert "Give 30 minutes to Ana Ward" in said
    assert "You gave 30 minutes to Ana Ward" in await bo.presses("Yes, give it")
    assert "For the next one" in await ana.hears("You were given hours")
    await _look_at_hours(ana, bo)
    await _all_is_settled(town, ana, bo)


@pairs
async def test_two_people_exchange_an_hour_by_typing_alone(
    town: Town, here: str, there: str
) -> None:
    ana, bo = await _arrive(town, here, there)
    await ana.types(ASK)
    await ana.types("join")
    assert "Check your ask" in await ana.fills_to_join()
    posted = await ana.presses("Post it")
    ask = reference_in(posted, "A")

    await bo.hears("Could you help with this?")
    assert ask in await bo.types("find run charts")
    await bo.types(f"answer {ask} 1 hour")
    proposed = await bo.fills(message="Gladly")
    exchange = reference_in(proposed, "E")

    await ana.hears("Bo Lin can help you.")
    await ana.types(f"suggest {exchange} 1h30")
    assert "Bo Lin can accept it" in await ana.fills(message="Shall we say a bit longer?")
    await bo.hears("Ana Ward suggests 1 hour 30 minutes instead.")
    await bo.types("accept")
    assert "Agreed. Ana Ward has been told" in await bo.fills()
    await ana.hears("Bo Lin has accepted.")
    await _talk_by_typing(town, ana, bo, exchange)

    assert "Noted. Ana Ward has been asked" in await bo.types(f"done {exchange} 2 hours")
    await ana.hears("Bo Lin says that this is done.")
    assert "Noted. Bo Lin has been asked" in await ana.types(f"correct {exchange} 1.5 hours")
    await bo.hears("Ana Ward says that it took another time.")
    assert "Confirmed. The hours have moved." in await bo.types("confirm")
    await ana.hears("Bo Lin has confirmed.")
    said = await ana.types(f"thanks {exchange} you were a real help")
    assert "Bo Lin gets your thank-you" in said
    assert "you were a real help" in await bo.hears("Ana Ward says thank you")

    sure = await bo.types("give 30 mins to Ana Ward: for the next one")
    assert "Give 30 minutes to Ana Ward" in sure
    await bo.presses("Yes, give it")
    assert "for the next one" in await ana.hears("You were given hours")
    await _look_at_hours(ana, bo)
    await _all_is_settled(town, ana, bo)


async def _arrive(town: Town, here: str, there: str) -> tuple[Friend, Friend]:
    """Ana, who has done nothing yet, and Bo, who has joined and can help with run charts."""
    ana, bo = await town.friend(here, "Ana Ward"), await town.friend(there, "Bo Lin")
    await bo.joins(can_help="run charts")
    town.at_any_hour()
    await bo.hears("This is where Hourbridge will write to you.")
    return ana, bo


async def _join_and_ask(ana: Friend) -> None:
    said = await ana.types(f"/{ASK}")
    assert "Welcome to Hourbridge" in said
    assert "I have kept what you typed" in said
    await ana.presses("Join")
    said = await ana.fills_to_join()
    assert "You have joined Hourbridge, Ana Ward" in said
    assert "You start with 2 hours" in said
    assert "Check your ask" in said, "what she had typed is carried out"
    assert "Help with run charts" in said
    assert "Posted. 1 person who may be interested is being told" in await ana.presses("Post it")


async def _talk_by_buttons(town: Town, ana: Friend, bo: Friend) -> None:
    await ana.presses("Send a message")
    said = await ana.fills(words="In the <library> at 2?")
    assert "on its way to Bo Lin" in said
    assert "In the <library> at 2?" in _unescaped(await bo.hears("A message from Ana Ward"))
    await town.settles()
    said = await bo.types("Yes, see you there", about="A message from Ana Ward")
    assert "Send this to Ana Ward?" in said
    assert "on its way to Ana Ward" in await bo.presses("Send")
    await ana.hears("Yes, see you there")


async def _talk_by_typing(town: Town, ana: Friend, bo: Friend, exchange: str) -> None:
    said = await ana.types(f"message {exchange} In the library at 2?")
    assert "on its way to Bo Lin" in said
    await bo.hears("In the library at 2?")
    await town.settles()
    said = await bo.types("Yes, see you there", about="A message from Ana Ward")
    assert "Send this to Ana Ward?" in said
    await bo.presses("Send")
    await ana.hears("Yes, see you there")
    await town.settles()
    # Words that reply to nothing in particular answer the last message.
    assert "Send this to Bo Lin?" in await ana.types("Splendid, until then")
    await ana.presses("Send")
    await bo.hears("Splendid, until then")


async def _look_at_hours(ana: Friend, bo: Friend) -> None:
    assert "1 hour" in await ana.types("balance")
    statement = await ana.presses("Statement")
    assert "Newest first" in statement
    assert "Hours to start with" in statement
    assert "1 hour 30 minutes" in statement
    assert "3 hours" in await bo.types("balance")
    for friend in (ana, bo):
        said = await friend.types("home")
        assert f"Hello {friend.name}" in said
        assert "Waiting for you" not in said


async def _all_is_settled(town: Town, ana: Friend, bo: Friend) -> None:
    """The books are right, everything was told, and no card in a chat says otherwise."""
    await town.settles()
    assert (town.balance("Ana Ward"), town.balance("Bo Lin")) == (60, 180)
    assert town.total() == 0
    assert town.audit() == []
    assert {state for _kind, state, _behind in town.deliveries()} == {"sent"}
    for friend in (ana, bo):
        handles = town.told(friend.name, "exchange.")
        assert handles
        for handle in handles:
            left = set(friend.labels_of(handle)) & set(UNDER_WAY)
            assert not left, f"a notice to {friend.name} in {friend.chat} still has {left}"
    await _old_answers_do_nothing(town, ana, bo)


async def _old_answers_do_nothing(town: Town, ana: Friend, bo: Friend) -> None:
    """An answer is not edited later, as a notice is: its old buttons say how things stand."""
    before = town.rows("postings", "entries", "exchanges", "messages", "notices")
    for friend in (ana, bo):
        # In Teams the press that counts is the one on the question that "Cancel" shows.
        asks = {"Cancel the exchange"} if friend.chat == "teams" else set()
        for label in UNDER_WAY:
            if label in friend.labels() and label not in asks:
                said = await friend.presses(label)
                assert "how it stands" in said, f"{label!r} in {friend.chat}: {said}"
    assert town.rows(*before) == before
    assert (town.balance("Ana Ward"), town.balance("Bo Lin")) == (60, 180)


def _unescaped(words: str) -> str:
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
