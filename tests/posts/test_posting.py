"""Offers and asks: typed or filled in, looked at, posted once, changed, closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import sleep

import pytest

from core.posts.intents import ClosePost, OpenEdit, Publish, ShowPost
from core.posts.model import PostState
from core.ui.replies import Refuse
from tests.world import Person, World


def _posts(person: Person, words: str) -> str:
    person.types(words)
    return person.presses("Post it")


def test_a_typed_line_is_understood_shown_and_then_posted(world: World) -> None:
    ana = world.person("Ana Ward")
    shown = ana.types("/offer 2 hours run charts for beginners, online, until 30 June #spc")
    assert "Check your offer" in shown
    assert "Run charts for beginners" in shown
    assert "Time: 2 hours" in shown
    assert "Statistical process control and run charts" in shown
    assert "Where: Online" in shown
    assert "Open until: 30 June 2026" in shown
    assert world.rows("posts") == 0
    posted = ana.presses("Post it")
    assert "Posted." in posted
    assert "From: You" in posted
    assert world.rows("posts") == 1


def test_a_line_without_a_time_opens_the_form_with_what_was_understood(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("ask help with a driver diagram online")
    values = {field.name: field.value for field in ana.form.fields}
    assert values["title"] == "Help with a driver diagram"
    assert values["place"] == "online"
    assert values["minutes"] == ""
    shown = ana.fills(minutes="an hour and a half")
    assert "Time: 1 hour 30 minutes" in shown
    assert "Open until: 4 July 2026" in shown


def test_pressing_post_it_twice_posts_once_and_shows_what_was_posted(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("offer 1h easy read")
    button = ana.button("Post it")
    first = ana.presses_button(button)
    again = ana.presses_button(button)
    assert "Posted." in first
    assert "This is posted already." in again
    assert world.rows("posts") == 1


def test_the_same_delivery_sent_again_is_done_once(world: World) -> None:
    ana = world.person("Ana Ward")
    intent = world.engine.interpret("offer 1h easy read")
    ana.does(intent, delivery="Ev1")
    ana.does(intent, delivery="Ev1")
    assert world.rows("drafts") == 1


def test_an_ambiguous_word_is_asked_about_and_the_answer_kept(world: World) -> None:
    ana = world.person("Ana Ward")
    shown = ana.types("ask 1 hour help with PM")
    assert "PM" in shown
    label = next(one for one in ana.labels() if one.startswith("Project"))
    ana.presses(label)
    assert label in ana.text
    assert label in ana.presses("Post it")


def test_a_skill_that_was_asked_about_can_be_typed(world: World) -> None:
    ana = world.person("Ana Ward")
    assert "type skill project-management" in ana.types("ask 1 hour help with PM")
    assert "Project management" in ana.types("skill project management")
    assert "Project management" in ana.types("post")


def test_a_draft_can_be_changed_and_dropped(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("ask 1 hour help with run charts")
    ana.presses("Change it")
    shown = ana.fills(title="help with funnel plots", minutes="45 mins")
    assert "help with funnel plots" in shown
    assert "Time: 45 minutes" in shown
    assert world.rows("drafts") == 1
    old = ana.button("Post it")
    assert "Nothing was posted." in ana.presses("Do not post it")
    assert "Nothing was posted." in ana.presses_button(old)
    assert world.rows("posts") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("offer 0 minutes help", "more than 0"),
        ("offer -1 hours help", "more than 0"),
        ("offer 7 minutes help with slides", "steps of 15 minutes"),
        ("offer 500 hours help with slides", "more than 40 hours"),
        ("offer 1 hour help with slides until 31 February", "no such day"),
        ("ask 1 hour help with NHS no 999 000 0018", "NHS number"),
    ],
)
def test_a_line_that_cannot_be_posted_says_why_and_keeps_nothing(
    world: World, words: str, said: str
) -> None:
    ana = world.person("Ana Ward")
    assert said in ana.types(words)
    assert ana.refused
    assert world.rows("drafts") == 0
    assert not world.holds("slides")
    assert not world.holds("999 000")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "😀😀"}, "title"),
        ({"title": "w" * 151}, "title"),
        ({"details": "word " * 1000}, "details"),
        ({"minutes": "soon"}, "minutes"),
        ({"closes": "the 45th"}, "closes"),
        ({"closes": "2020-01-01"}, "closes"),
        ({"place": "Atlantis"}, "place"),
    ],
)
def test_a_form_that_cannot_be_posted_names_the_field(
    world: World, fields: dict[str, str], field: str
) -> None:
    ana = world.person("Ana Ward")
    ana.types("offer")
    good = {"title": "easy read", "minutes": "1 hour"}
    ana.fills(**{**good, **fields})
    assert isinstance(ana.reply, Refuse)
    assert ana.reply.field == field
    assert world.rows("drafts") == 0


def test_words_that_may_be_about_a_patient_are_asked_about_before_anything_is_kept(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    ana.types("ask 1 hour help with patient Mrs Jones")
    assert "patient" in ana.text
    assert ana.form.fields[-1].name == "not_about_a_patient"
    assert not world.holds("Jones")
    shown = ana.fills(not_about_a_patient="yes")
    assert "Check your ask" in shown
    assert world.holds("Jones") == ["drafts"]


def test_hostile_words_stay_words(world: World) -> None:
    ana = world.person("Ana Ward")
    words = "<b>x</b> *y* <!channel> [z](http://z.test) help"
    ana.types("offer")
    ana.fills(title=words, minutes="1 hour")
    assert words in ana.presses("Post it")


def test_a_new_ask_is_told_to_few_who_have_the_skill_other_organisations_first(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    near = world.person("Near One", "NGH", joined=False).joins(can_help="run charts")
    far = [
        world.person(f"Far {n}", "SGH", joined=False).joins(can_help="run charts") for n in range(6)
    ]
    other = world.person("Other Skill", "SGH", joined=False).joins(can_help="easy read")
    assert "5 people" in _posts(ana, "ask 1 hour help with run charts")
    world.deliver()
    assert sum(len(one.told("posts.new-ask")) for one in far) == 5
    assert not near.told("posts.new-ask")
    assert not other.told("posts.new-ask")
    assert not ana.told("posts.new-ask")


def test_a_notice_about_a_post_is_edited_when_the_post_closes(world: World) -> None:
    bea = world.person("Bea Cole", "SGH", joined=False).joins(can_help="run charts")
    ana = world.person("Ana Ward")
    _posts(ana, "ask 1 hour help with run charts")
    world.deliver()
    (message,) = bea.told("posts.new-ask")
    assert "I can help" in message.text
    ana.presses("Close it")
    world.deliver()
    assert "This is closed." in message.text
    assert "I can help" not in message.text
    assert message.edits == 1


def test_a_post_changes_only_by_its_author_and_its_latest_version(world: World) -> None:
    ana = world.person("Ana Ward")
    bea = world.person("Bea Cole", "SGH")
    _posts(ana, "offer 1h easy read")
    ana.presses("Change it")
    stale = ana.form
    assert "Your post is changed." in ana.fills(title="plain English")
    ana.screen = stale
    assert "This has changed since" in ana.fills(title="something else")
    assert "plain English" in ana.text
    for intent in (OpenEdit(post=1), ClosePost(post=1, version=2), ShowPost(post=99)):
        assert bea.does(intent) == "I cannot find that."
    assert "Your post is closed." in ana.types("close " + ana.text.split("Reference: ")[1][:5])


def test_a_forged_draft_of_somebody_else_posts_nothing(world: World) -> None:
    ana = world.person("Ana Ward")
    bea = world.person("Bea Cole", "SGH")
    ana.types("offer 1h easy read")
    bea.does(Publish(draft=1, kind="offer"))
    assert world.rows("posts") == 0


def test_posts_close_by_themselves_and_can_be_opened_again(world: World) -> None:
    ana = world.person("Ana Ward")
    bea = world.person("Bea Cole", "SGH")
    _posts(ana, "offer 1h easy read until 10 May")
    world.later(days=7)
    world.runs("posts.close")
    assert "Nothing found" in bea.types("find easy read")
    assert "Closed" in ana.types("posts")
    ana.presses("See it")
    assert "Open until" in ana.presses("Open it again")
    assert "1 found" in bea.types("find easy read")


def test_undo_takes_the_last_post_back_unless_it_was_answered(world: World) -> None:
    ana = world.person("Ana Ward")
    bea = world.person("Bea Cole", "SGH")
    _posts(ana, "offer 1h easy read")
    assert "taken back" in ana.types("undo")
    assert "Nothing found" in bea.types("find easy read")
    _posts(ana, "offer 1h easy read")
    world.later(minutes=11)
    ana.types("undo")
    assert "1 found" in bea.types("find easy read")


@pytest.mark.parametrize("tag", ["#nhs-999-000-0018", "#qq-qq123456c"])
@pytest.mark.parametrize("line", ["ask 1 hour help with slides", "ask help with slides"])
def test_a_tag_is_screened_like_every_other_word(world: World, line: str, tag: str) -> None:
    ana = world.person("Ana Ward")
    assert "nothing was kept" in ana.types(f"{line} {tag.replace('qq-qq', 'ab')}")
    assert world.rows("drafts") == 0


def test_a_verb_without_a_reference_acts_on_the_only_open_post(world: World) -> None:
    ana = world.person("Ana Ward")
    assert "You have no open posts" in ana.types("close")
    ana.types("offer 1 hour easy read, online")
    ana.presses("Post it")
    assert "Open until" in ana.types("extend")
    ana.types("edit")
    assert ana.form.fields[0].value == "Easy read"
    assert ana.types("close X-7K2") == "I cannot find that."
    assert "Your post is closed." in ana.types("close")


def test_a_verb_without_a_reference_lists_the_posts_where_several_fit(world: World) -> None:
    ana = world.person("Ana Ward")
    for words in ("easy read", "run charts"):
        ana.types(f"offer 1 hour {words}, online")
        ana.presses("Post it")
    text = ana.types("close")
    assert "Easy read" in text
    assert "Run charts" in text
    assert "Your post is closed." not in text


def test_undo_takes_the_words_out_of_the_chats_they_stand_in(world: World) -> None:
    bea = world.person("Bea Cole", "SGH", joined=False).joins(can_help="run charts")
    ana = world.person("Ana Ward")
    _posts(ana, "ask 1 hour help with run charts")
    world.deliver()
    (message,) = bea.told("posts.new-ask")
    assert "run charts" in message.text
    ana.types("undo")
    world.deliver()
    assert message.text == "This is no longer here."
    assert len(bea.told()) == 2  # the welcome and this one: nothing more is sent


def test_the_clock_leaves_a_post_open_that_its_author_is_just_keeping_open(world: World) -> None:
    ana = world.person("Ana Ward")
    _posts(ana, "offer 1h easy read until 10 May")
    world.later(days=7)
    with ThreadPoolExecutor(1) as pool:
        with world.store.begin() as books:
            post = books.posts.lock(1)
            assert post is not None
            books.posts.save(replace(post, closes=post.closes + timedelta(days=60)))
            closing = pool.submit(world.runs, "posts.close")
            sleep(0.3)
        closing.result()
    with world.store.begin() as books:
        kept = books.posts.get(1)
    assert kept is not None
    assert kept.state is PostState.OPEN


def test_a_notice_that_is_late_for_its_post_is_not_sent(world: World) -> None:
    bea = world.person("Bea Cole", "SGH", joined=False).joins(can_help="run charts")
    ana = world.person("Ana Ward")
    _posts(ana, "ask 1 hour help with run charts")
    ana.presses("Close it")
    world.deliver()
    assert not bea.told("posts.new-ask")
