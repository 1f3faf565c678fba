"""A chat message becomes an ask: its words fill the form, and only some are shown the way back."""

from __future__ import annotations

import pytest

from core.members.own_data import collect
from core.posts.from_message import understood
from core.posts.intents import FillPost, FromMessage, ShowPost
from core.posts.model import DETAILS_LONGEST
from core.ui.intents import to_wire
from core.ui.views import Actions, Link, Note, View
from tests.world import Message, Person, World

LINK = "https://northgate.slack.com/archives/C024BE91L/p1777885200000100?thread_ts=1777885200.0001"
TEAMS_LINK = "https://teams.microsoft.com/l/message/19:abc@thread.tacv2/1777885200000?groupId=1"
WORDS = (
    "Hi all. Could someone help us with run charts? About 2 hours would do.\n"
    "We have 12 months of waiting times."
)


def _turns(person: Person, words: str = WORDS, source: str = LINK) -> str:
    wire = to_wire(FromMessage(words=words, source=source))
    return person.does(person.world.engine.vocabulary.read(wire))


def _values(person: Person) -> dict[str, object]:
    return {field.name: field.value for field in person.form.fields}


def _links(shown: View | None) -> list[str]:
    assert shown is not None
    blocks = [block for block in shown.blocks if isinstance(block, Actions)]
    return [one.url for block in blocks for one in block.buttons if isinstance(one, Link)]


def _seen(person: Person) -> list[str]:
    assert isinstance(person.screen, View), person.text
    return _links(person.screen)


def _posted(person: Person, source: str = LINK) -> Person:
    _turns(person, source=source)
    person.fills()
    person.presses("Post it")
    return person


def test_a_message_fills_the_ask_form_and_keeps_nothing_yet(world: World) -> None:
    ana = world.person("Ana Ward")
    text = _turns(ana)
    assert _values(ana) == {
        "title": "Could someone help us with run charts?",
        "details": WORDS,
        "minutes": "2h",
        "skills": "spc",
        "place": "",
        "closes": "",
    }
    assert "If somebody else wrote the message, ask them first" in text
    assert (world.rows("drafts"), world.rows("posts")) == (0, 0)
    assert world.holds("run charts") == []


def test_the_ask_is_looked_at_before_it_is_posted_and_leads_its_author_to_the_message(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    _turns(ana)
    assert "Check your ask" in ana.fills()
    assert _seen(ana) == [LINK]
    assert world.rows("posts") == 0
    assert "Posted." in ana.presses("Post it")
    assert _seen(ana) == [LINK]
    assert f"See the message: {LINK}" in ana.text


def test_the_message_is_still_there_after_the_draft_and_then_the_post_were_changed(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    _turns(ana)
    ana.fills()
    ana.presses("Change it")
    assert "If somebody else wrote the message" in ana.text
    ana.fills(title="Help with our charts")
    assert _seen(ana) == [LINK]
    ana.presses("Post it")
    ana.presses("Change it")
    ana.fills(title="Help with run charts")
    assert _seen(ana) == [LINK]


def test_only_readers_in_the_same_workspace_are_shown_the_message(world: World) -> None:
    ana = _posted(world.person("Ana Ward"))
    near, far = world.person("Near One", "NGH"), world.person("Far One", "SGH")
    for reader, links in ((near, [LINK]), (far, [])):
        reader.does(ShowPost(post=1))
        assert _seen(reader) == links
        assert (LINK in reader.text) is bool(links)
    assert LINK not in far.types("asks")
    ana.types("close")
    near.does(ShowPost(post=1))
    assert _seen(near) == [LINK]


def test_a_notice_leads_to_the_message_where_all_chats_of_its_reader_are_that_workspace(
    world: World,
) -> None:
    near = world.person("Near One", "NGH", joined=False).joins(can_help="run charts")
    far = world.person("Far One", "SGH", joined=False).joins(can_help="run charts")
    both = world.person("Both Here", "NGH", joined=False).joins(can_help="run charts")
    both.types("link")
    code = both.text.split("link ")[1].split()[0].rstrip(".")
    there = world.person("Both Here", "SGH", user="U-there", joined=False)
    there.types(f"link {code}")
    assert there.member == both.member
    _posted(world.person("Ana Ward"))
    world.deliver()

    def told(*chats: Person) -> Message:
        (message,) = [one for chat in chats for one in chat.told("posts.new-ask")]
        return message

    assert _links(told(near).view) == [LINK]
    assert _links(told(far).view) == []
    assert _links(told(both, there).view) == []


def test_the_author_sees_the_message_from_another_chat_too(world: World) -> None:
    ana = _posted(world.person("Ana Ward"))
    ana.types("link")
    code = ana.text.split("link ")[1].split()[0].rstrip(".")
    there = world.person("Ana Ward", "SGH", user="U-there", joined=False)
    there.types(f"link {code}")
    there.does(ShowPost(post=1))
    assert _seen(there) == [LINK]


def test_a_leaver_takes_the_way_to_the_message_along(world: World) -> None:
    ana = _posted(world.person("Ana Ward"))
    ana.types("leave now")
    assert "posts" not in world.holds(LINK)


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("NGH", "http://northgate.slack.com/archives/C1/p1"),
        ("NGH", "https://slack.com/archives/C1/p1"),
        ("NGH", "https://slack.com.evil.example/archives/C1/p1"),
        ("NGH", "https://evilslack.com/archives/C1/p1"),
        ("NGH", "https://evil.example\\.slack.com/archives/C1/p1"),
        ("NGH", "https://x@evil.example/.slack.com/archives/C1/p1"),
        ("NGH", "https://northgate.slack.com@evil.example/archives/C1/p1"),
        ("NGH", "https://northgate.slack.com:8443/archives/C1/p1"),
        ("NGH", "https://northgate.slack.com/redir?url=https://evil.example"),
        ("NGH", "https://northgate.slack.com/archives/C1/p1 x"),
        ("NGH", "https://northgate.slack.com/archives/C1/p1\n"),
        ("NGH", "https://northgate.slack.com/archives/C1/p" + "1" * 500),
        ("NGH", "https://northgate.slack.com/archives/../redir/p1?url=evil.example"),
        ("NGH", "https://northgate.slack.com/archives/C1/../../redir?url=https://evil.example"),
        ("NGH", "https://northgate.slack.com/archives/C1"),
        ("NGH", "javascript:alert(1)"),
        ("NGH", TEAMS_LINK),
        ("SGH", LINK),
        ("SGH", "https://teams.microsoft.com/l/app/evil"),
        ("SGH", "https://teams.cloud.microsoft.evil.example/l/message/19:abc/1"),
        ("HOS", LINK),
        ("NGH", ""),
    ],
)
def test_a_link_to_anything_but_a_message_in_ones_own_chat_is_dropped(
    world: World, code: str, source: str
) -> None:
    ana = world.person("Ana Ward", code)
    _turns(ana, source=source)
    assert _values(ana)["details"] == WORDS
    assert getattr(ana.form.intent, "source", None) == ""
    ana.fills()
    assert _seen(ana) == []
    forged = FillPost(kind="ask", title="Run charts", minutes="1h", source=source)
    ana.does(forged)
    assert _seen(ana) == []
    ana.presses("Post it")
    assert _seen(ana) == []


@pytest.mark.parametrize(
    "link", [TEAMS_LINK, TEAMS_LINK.replace("teams.microsoft.com", "teams.cloud.microsoft")]
)
def test_a_message_in_teams_is_led_back_to_as_well(world: World, link: str) -> None:
    bea = _posted(world.person("Bea Cole", "SGH"), link)
    assert _seen(bea) == [link]
    mia = world.person("Mia Holt", "COU")
    mia.does(ShowPost(post=1))
    assert _seen(mia) == []  # Teams too, but another tenant


@pytest.mark.parametrize(
    "words", ["Help with NHS no 999 000 0018 please", "My NI number is AB 12 34 56 C, help"]
)
@pytest.mark.parametrize("before", ["", "word " * 1000], ids=["short", "beyond what would fit"])
def test_private_numbers_stop_a_message_and_nothing_is_kept(
    world: World, words: str, before: str
) -> None:
    ana = world.person("Ana Ward")
    assert "nothing was kept" in _turns(ana, before + words)
    assert ana.refused in {"nhs-number", "national-insurance"}
    assert world.rows("drafts") == 0
    assert not world.holds("999 000")
    assert not world.holds("12 34 56")


def test_a_message_that_may_be_about_a_patient_is_asked_about_before_anything_is_kept(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    assert "Is this about a patient?" in _turns(ana, "Help with my patient Mrs Jones, 1 hour")
    assert ana.form.fields[-1].name == "not_about_a_patient"
    assert not world.holds("Jones")
    ana.fills()
    assert ana.form.fields[-1].name == "not_about_a_patient"
    assert "If somebody else wrote the message" in ana.text
    assert "Check your ask" in ana.fills(not_about_a_patient="yes")
    assert _seen(ana) == [LINK]


def test_a_message_longer_than_an_ask_says_how_much_is_left_out(world: World) -> None:
    ana = world.person("Ana Ward")
    text = _turns(ana, "Help with run charts.\n" + "word " * 500)
    details = str(_values(ana)["details"])
    assert DETAILS_LONGEST - 5 < len(details) <= DETAILS_LONGEST
    assert details.endswith("word")
    left = len("Help with run charts.\n" + "word " * 500) - 1 - len(details)
    assert f"Its last {left} characters are left out." in text
    assert any(isinstance(one, Note) and one.tone == "warning" for one in ana.form.before)
    assert "Check your ask" in ana.fills(minutes="1h")


@pytest.mark.parametrize("words", ["", "   \n "])
def test_a_message_without_words_opens_an_empty_form_that_says_so(world: World, words: str) -> None:
    ana = world.person("Ana Ward")
    assert "This message has no words to start with." in _turns(ana, words)
    assert _values(ana)["title"] == ""
    assert "Check your ask" in ana.fills(title="Run charts", minutes="1h")
    assert _seen(ana) == [LINK]


def test_a_message_of_a_visitors_choice_is_not_kept_until_they_join(world: World) -> None:
    ana = world.person("Ana Ward", joined=False)
    assert "Welcome to Hourbridge" in _turns(ana)
    assert not world.holds("run charts")
    ana.joins()
    assert "Could someone help us with run charts?" not in ana.text


@pytest.mark.parametrize(
    ("words", "title", "minutes"),
    [
        ("Help with run charts", "Help with run charts", ""),
        ("Hello everyone!\nCan you help with a poster", "Can you help with a poster", ""),
        ("Bore da pawb. Help gyda siartiau, 1 awr", "Help gyda siartiau, 1 awr", "1h"),
        ("We need e.g. easy read. 90 mins", "We need e.g. easy read.", "1h 30m"),
        ("> quoted words help\nthanks", "quoted words help", ""),
        ("W" * 151 + "\nHelp with slides", "Help with slides", ""),
        ("W" * 151, "", ""),
        ("One hour or so. Perhaps 3 hours.", "One hour or so.", ""),
        ("Help for 7 minutes", "Help for 7 minutes", ""),
        ("Help for 0 minutes", "Help for 0 minutes", ""),
        ("Help, 1 hour. It is 60 minutes at most.", "Help, 1 hour.", "1h"),
        ("Good morning", "Good morning", ""),
        ("😀😀", "", ""),
    ],
)
def test_the_title_and_the_time_are_what_the_message_says_clearly(
    words: str, title: str, minutes: str
) -> None:
    found = understood(words, 15)
    assert (found.title, found.minutes) == (title, minutes)


def test_a_message_of_one_sentence_is_not_said_twice() -> None:
    assert understood("Help with run charts", 15).details == ""


def test_help_says_that_a_message_can_be_pasted_after_ask(world: World) -> None:
    ana = world.person("Ana Ward")
    assert "You can paste the words of a message after it" in ana.types("help ask")


def test_the_copy_of_my_data_says_which_message_a_post_was_made_from(world: World) -> None:
    ana = _posted(world.person("Ana Ward"))
    member_id = ana.member.id
    with world.store.begin() as books:
        data = collect(world.engine.office(books), member_id)
    assert [row["made_from_message"] for row in data["posts"]] == [LINK]
