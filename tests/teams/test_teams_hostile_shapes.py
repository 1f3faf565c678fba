"""Activities of odd shapes and sizes, and from those who are not let in, with the real engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.teams.composing import Composer
from tests.teams.fake_teams import BOT, CHANNEL, FakeTeams, Person
from tests.teams.wired import Wired, wired
from tests.world import World

THREAD = f"{CHANNEL};messageid=1"
TOLD = "I have answered you in our private chat."
ELSEWHERE = "tenant-elsewhere"
SET_UP = "Hourbridge is not set up for this workspace yet. Its id is tenant-elsewhere."
OF_CHANNEL = {"id": THREAD, "conversationType": "channel", "isGroup": True}


@pytest_asyncio.fixture
async def house(world: World, teams: FakeTeams) -> AsyncIterator[Wired]:
    async with wired(world, teams) as opened:
        yield opened


def _in_channel(teams: FakeTeams) -> list[str]:
    return [message.text for message in teams.chats.get(THREAD, [])]


def _mention(number: int) -> dict[str, Any]:
    name = f"Person {number}"
    mentioned = {"id": f"29:person-{number}", "name": name}
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": mentioned}


# A large channel


async def test_a_channel_of_300_is_neither_greeted_nor_listed_nor_kept(house: Wired) -> None:
    ana = house.member("Ana Ward")
    before = house.contents()
    people = [{"id": f"29:person-{n}", "aadObjectId": f"entra-{n}"} for n in range(300)]
    for event in ("membersAdded", "membersRemoved"):
        update = ana.activity("conversationUpdate", conversation=OF_CHANNEL, **{event: people})
        assert await ana.deliver(update) is None
    await house.settles()
    assert (house.contents(), house.teams.requests) == (before, 0)


async def test_300_mentions_in_28_kb_get_one_answer_and_one_sentence(house: Wired) -> None:
    ana = house.member("Ana Ward")
    people = [_mention(number) for number in range(300)]
    named = " ".join(one["text"] for one in people)
    words = f"{named} {'help ' * 6_000}"[: 28 * 1024]
    ours = {"type": "mention", "text": "<at>Hourbridge</at>", "mentioned": {"id": BOT}}
    text = f"<at>Hourbridge</at> find {words}"
    activity = ana.activity("message", text=text, entities=[ours, *people], conversation=OF_CHANNEL)
    assert await ana.deliver(activity) is None
    assert _in_channel(house.teams) == [f"<at>Ana Ward</at> {TOLD}"]
    assert len(ana.messages) == 1
    assert house.teams.requests == 3, "the chat is opened, the answer sent, the sentence posted"
    assert house.world.holds("Person 7") == []


async def test_10_000_entities_are_read_and_the_words_are_answered(house: Wired) -> None:
    ana = house.member("Ana Ward")
    kinds: list[Any] = [_mention(7), None, 7, {}, {"type": "mention"}, {"type": "clientInfo"}]
    await ana.say("hours", entities=[kinds[n % len(kinds)] for n in range(10_000)])
    assert "Your hours" in ana.last


# Who is not let in


async def _in_each_way(house: Wired, out: Person) -> list[str]:
    """What somebody reads who asks in the personal chat, in a channel, by a search and a dialog."""
    composer = Composer(out)
    await out.say("ask help with minutes")
    await out.say_in_channel("ask help with minutes")
    await out.install()
    dialog = await composer.opens("ask")
    found = await composer.looks("minutes")
    await house.settles()
    said = [message.text for message in out.messages]
    return [*said, str(dialog), str(found)]


async def test_an_unapproved_tenant_gets_its_sentence_everywhere_and_nothing_of_the_person_is_kept(
    house: Wired,
) -> None:
    out = house.visitor("Out Sider", ELSEWHERE)
    said = await _in_each_way(house, out)
    assert len(said) == 5
    for one in said:
        assert SET_UP in one
    assert _in_channel(house.teams) == [f"<at>Out Sider</at> {TOLD}"]
    for trace in ("Out Sider", out.object_id, out.user, out.chat_id, THREAD, "minutes"):
        assert house.world.holds(trace) == [], trace
    assert house.world.holds(ELSEWHERE) == ["tenants"]


async def test_somebody_without_an_entra_id_is_a_visitor_by_the_id_that_teams_gives(
    house: Wired,
) -> None:
    guest = house.visitor("Guest")
    activity = guest.activity("message", text="hours")
    del activity["from"]["aadObjectId"]
    await guest.deliver(activity)
    assert "Welcome to Hourbridge" in guest.screen
    assert house.world.holds("entra-") == []


@pytest.mark.parametrize("sender", [None, {}, {"name": "Nobody"}, "x", []])
async def test_an_activity_of_nobody_is_refused_and_nothing_is_stored(
    house: Wired, sender: object
) -> None:
    ana = house.member("Ana Ward")
    before = house.contents()
    for kind in ("message", "invoke"):
        response = await house.posts({**ana.activity(kind, text="hours"), "from": sender})
        assert response.status == 400
    update = {**ana.activity("installationUpdate", action="add"), "from": sender}
    assert await ana.deliver(update) is None
    assert (house.contents(), house.teams.requests) == (before, 0)


@pytest.mark.parametrize(
    "sender", [{"role": "bot"}, {"role": "skill"}, {"id": BOT}, {"id": "28:another-bot"}]
)
async def test_another_bot_is_not_answered_so_that_two_never_talk_for_ever(
    house: Wired, sender: dict[str, str]
) -> None:
    ana = house.member("Ana Ward")
    said = ana.activity("message", text="hours")
    press = ana.activity("invoke", name="adaptiveCard/action", value={})
    for activity in (said, press):
        activity["from"] |= sender
        assert await ana.deliver(activity) is None
        in_channel = {**activity, "id": "another", "conversation": OF_CHANNEL}
        assert await ana.deliver(in_channel) is None
    assert house.teams.requests == 0


@pytest.mark.parametrize("role", ["user", "", None, 7, [], {}])
async def test_any_other_role_is_a_persons(house: Wired, role: object) -> None:
    ana = house.member("Ana Ward")
    activity = ana.activity("message", text="hours")
    activity["from"]["role"] = role
    await ana.deliver(activity)
    assert "Your hours" in ana.last


# What stands in it


@pytest.mark.parametrize("locale", ["", "xx", "en_GB", "c", "cy", "\u202e", "x" * 5_000, None, 7])
async def test_any_locale_is_answered_in_a_language_that_there_is(
    house: Wired, locale: object
) -> None:
    vic = house.visitor("Vic Penn")
    await vic.deliver(vic.activity("message", text="home", locale=locale))
    assert "Hourbridge" in vic.last
    assert ("Croeso" in vic.last) == (locale == "cy")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("WARD, Ana (SOUTHGATE TRUST) Consultant", "<at>Ana Ward</at> "),
        ("<at>Everybody</at>", "<at>&lt;at&gt;Everybody&lt;/at&gt;</at> "),
        (
            "<b onclick='x'>Ana</b> & co",
            "<at>&lt;b onclick=&#x27;x&#x27;&gt;Ana&lt;/b&gt; &amp; co</at> ",
        ),
        ("Ana \u202edraW\u2066 \u200fWard", "<at>Ana draW Ward</at> "),
        ("[Ana](https://evil.example)", ""),
        (" \n\t ", ""),
        ("\u202e\u2066", ""),
        ("(" * 20_000, f"<at>{'(' * 80}</at> "),
        ("A" * 5_000, f"<at>A{'a' * 79}</at> "),
    ],
)
async def test_a_name_with_markup_is_named_as_plain_words_in_a_channel(
    house: Wired, name: str, shown: str
) -> None:
    ana = house.member("Ana Ward")
    ana.name = name
    await ana.say_in_channel("hours")
    (told,) = house.teams.chats[THREAD]
    assert told.activity["text"] == f"{shown}{TOLD}"
    for entity in told.activity.get("entities", ()):
        assert entity["text"] in told.activity["text"]
        assert entity["mentioned"]["id"] == ana.user


@pytest.mark.parametrize("kind", ["meeting", "", None, 7, "PERSONAL", "personal "])
async def test_where_it_is_not_sure_that_nobody_else_reads_the_answer_goes_to_the_private_chat(
    house: Wired, kind: object
) -> None:
    ana = house.member("Ana Ward")
    conversation = {"id": "19:somewhere", "conversationType": kind}
    await ana.deliver(ana.activity("message", text="hours", conversation=conversation))
    assert [one.text for one in house.teams.chats["19:somewhere"]] == [f"<at>Ana Ward</at> {TOLD}"]
    assert "Your hours" in ana.last


@pytest.mark.parametrize(
    "name", ["", "adaptiveCard/Action", "signin/verifyState", "fileConsent/invoke", "x" * 9_000]
)
async def test_an_invoke_of_an_unknown_name_is_acknowledged_and_does_nothing(
    house: Wired, name: str
) -> None:
    ana = house.member("Ana Ward")
    before = house.contents()
    data = {"hourbridge": {"intent": {"do": "members.leave"}}}
    value = {"data": data, "action": {"data": data}}
    assert await ana.deliver(ana.activity("invoke", name=name, value=value)) is None
    assert (house.contents(), house.teams.requests) == (before, 0)
