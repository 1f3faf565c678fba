"""Posts that are about to close, and asks that nobody has answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.kernel.references import reference
from core.members.model import MemberState
from core.posts.model import Post, PostKind, PostState
from core.reminders.better_words import suggestions
from core.words import Speech
from tests.exchanges.story import ask, offer
from tests.reminders.days import passes, reminders
from tests.world import Person, World

CLOSING, UNANSWERED = "reminders.closing", "reminders.unanswered"


def _post(person: Person, ref: str) -> Post:
    member_id = person.member.id
    with person.world.store.begin() as books:
        found = books.posts.of_member(member_id, open_only=False)
    return next(one for one in found if reference(one.kind.letter, one.id) == ref)


# about to close


def test_an_author_is_told_3_days_before_the_last_day_once(world: World) -> None:
    ana = world.person("Ana Ward")
    offer(ana, "1 hour of run charts, online, until 21 May")
    passes(world, 12)
    assert reminders(ana) == []
    passes(world, 5)
    (told,) = ana.told(CLOSING)
    assert "1 post is about to close" in told.text
    assert "Open until 21 May 2026" in told.text


def test_it_is_kept_open_in_one_press_and_the_message_says_so(world: World) -> None:
    ana = world.person("Ana Ward")
    ref = offer(ana, "1 hour of run charts, online, until 21 May")
    passes(world, 13)
    (told,) = ana.told(CLOSING)
    assert "Open until 17 July 2026" in ana.presses_in(told, "Keep it open")
    world.later(minutes=1)
    world.deliver()
    assert "None of your posts closes" in told.text
    assert _post(ana, ref).closes == date(2026, 7, 17)
    passes(world, 61)
    assert len(ana.told(CLOSING)) == 2


def test_it_is_closed_in_one_press(world: World) -> None:
    ana = world.person("Ana Ward")
    ref = offer(ana, "1 hour of run charts, online, until 21 May")
    passes(world, 13)
    ana.presses_in(ana.told(CLOSING)[0], "Close it")
    assert _post(ana, ref).state is PostState.CLOSED


def test_several_posts_come_in_one_message(world: World) -> None:
    ana = world.person("Ana Ward")
    offer(ana, "1 hour of run charts, online, until 21 May")
    offer(ana, "1 hour of easy read, online, until 22 May")
    offer(ana, "1 hour of facilitation, online, until 30 July")
    passes(world, 14)
    assert ["1 post" in one.text for one in ana.told(CLOSING)] == [True, False]
    assert "2 posts are about to close" in ana.told(CLOSING)[1].text


def test_who_has_just_posted_something_for_a_few_days_is_not_told(world: World) -> None:
    ana = world.person("Ana Ward")
    offer(ana, "1 hour of run charts, online, until 8 May")
    passes(world, 3)
    assert reminders(ana) == []


# unanswered


def test_an_ask_that_nobody_answers_is_told_to_its_author_once_after_5_days(world: World) -> None:
    ana = world.person("Ana Ward")
    ask(ana)
    passes(world, 4)
    assert reminders(ana) == []
    passes(world, 20)
    (told,) = ana.told(UNANSWERED)
    assert "1 ask of yours waits for an answer" in told.text


def test_an_answered_ask_an_offer_and_a_closed_ask_are_left_alone(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    answered = ask(ana)
    closed = ask(ana, "1 hour of easy read, online")
    offer(ana, "1 hour of facilitation, online")
    ben.types(f"answer {answered}")
    ben.fills()
    ana.types(f"close {closed}")
    passes(world, 10)
    assert ana.told(UNANSWERED) == []


def test_it_can_be_changed_and_people_looked_for(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    offer(ben, "1 hour of run charts, online")
    ask(ana)
    passes(world, 7)
    told = ana.told(UNANSWERED)[0]
    assert "Ben Lowe" in ana.presses_in(told, "Find people who could help")
    ana.presses_in(told, "Change it")
    ana.fills(title="Help to read our run chart")
    assert "Your post is changed" in ana.text
    assert "You will get no more of these" in ana.presses_in(told, "Stop reminders")


def test_the_message_is_brought_up_to_date_when_somebody_answers(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ref = ask(ana)
    passes(world, 7)
    ben.types(f"answer {ref}")
    ben.fills()
    world.later(minutes=1)
    world.deliver()
    assert "All your asks have an answer" in ana.told(UNANSWERED)[0].text


def test_many_posts_are_read_at_once(world: World) -> None:
    ana = world.person("Ana Ward")
    member_id = ana.member.id
    counts = []
    for _time in range(2):
        for number in range(3):
            ask(ana, f"1 hour of run charts for team {number}, online, until 12 May")
        now = world.now + timedelta(days=6)
        with world.store.begin() as books, world.asked() as statements:
            posts = books.reminders.posts_closing(member_id, now)
            assert list(books.reminders.unanswered_of(member_id, now)) == list(posts)
        counts.append((len(posts), len(statements)))
    assert counts == [(3, 4), (6, 4)]
    assert all(post.skills == ("spc",) for post in posts)


@pytest.mark.parametrize("state", [MemberState.SUSPENDED, MemberState.AWAY])
def test_an_author_who_is_not_here_is_told_nothing(world: World, state: MemberState) -> None:
    ana = world.person("Ana Ward")
    ask(ana, "1 hour of run charts, online, until 21 May")
    changed = replace(ana.member, state=state)
    with world.store.begin() as books:
        books.members.save(changed)
    passes(world, 15)
    assert reminders(ana) == []


# better words

ASK = Post(
    PostKind.ASK,
    1,
    1,
    "Help with a run chart",
    "I have a year of data.",
    60,
    ("spc",),
    True,
    None,
    date(2026, 6, 30),
    datetime(2026, 5, 1, tzinfo=UTC),
)


def _said(ask: Post) -> str:
    return " ".join(Speech("en")(one) for one in suggestions(ask))


def test_a_clear_ask_needs_no_better_words() -> None:
    assert suggestions(ASK) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"skills": ()}, "Add the skill Statistical process control"),
        ({"skills": (), "title": "Help with our leaving party"}, "Name a skill"),
        ({"skills": (), "title": "Help with a driver digram"}, 'Is "driver digram" about'),
        ({"title": "Run charts"}, "Say in the title"),
        ({"minutes": 240}, "A first hour is easier to find than 4 hours"),
        ({"online": False}, "If it works online too"),
        ({"details": ""}, "Add a sentence"),
    ],
)
def test_better_words_are_suggested(change: dict[str, Any], said: str) -> None:
    assert said in _said(replace(ASK, **change))


def test_no_more_than_3_things_are_suggested() -> None:
    bare = replace(ASK, title="Run chart", details="", minutes=600, skills=(), online=False)
    assert len(suggestions(bare)) == 3
