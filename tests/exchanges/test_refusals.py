"""What is typed wrongly is refused, with a clear sentence and nothing stored."""

from __future__ import annotations

import pytest

from core.exchanges.intents import (
    Accept,
    Claim,
    Suggest,
)
from core.ui.views import View
from tests.exchanges.story import ask, met, proposed
from tests.world import World

STOPPED = "Please ring about NHS number 943 476 5919"


def test_you_cannot_answer_your_own_post(world: World) -> None:
    ben = world.person("Ben Lowe", "COU")
    ref = ask(ben)
    ben.types(f"answer {ref}")
    assert ben.refused == "own-post"
    assert world.rows("exchanges") == 0


def test_a_closed_post_is_not_open_to_a_proposal_nor_to_a_form_opened_before(
    world: World,
) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    two.ben.types(f"close {ref}")
    assert "This post has closed." in two.ana.fills()
    assert "This post has closed." in two.ana.types(f"answer {ref}")
    assert "I can help" not in two.ana.labels()
    assert world.rows("exchanges") == 0


def test_a_post_whose_last_day_is_over_is_closed_even_before_the_clock_has_closed_it(
    world: World,
) -> None:
    two = met(world)
    ref = ask(two.ben)
    world.later(days=62)
    assert "This post has closed." in two.ana.types(f"answer {ref}")
    assert "I can help" not in two.ana.labels()
    assert world.rows("exchanges") == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("answer", "no-reference"),
        ("answer something", "no-reference"),
        ("answer A-ZZZ", "not-found"),
        ("accept E-ZZZ", "not-found"),
        ("accept O-ZZZ", "not-found"),
        ("show E-ZZZ", "not-found"),
        ("show nonsense", "not-found"),
        ("accept", "nothing-fits"),
        ("confirm", "nothing-fits"),
        ("done 1h", "nothing-fits"),
        ("cancel", "nothing-fits"),
        ("message hello there", "nothing-fits"),
        ("thanks", "nothing-fits"),
        ("disputes", "not-a-lead"),
        ("reports", "not-a-lead"),
        ("block", "no-reference"),
    ],
)
def test_typed_words_that_name_nothing_are_refused_in_words(
    world: World, typed: str, code: str
) -> None:
    ana = world.person("Ana Ward")
    assert ana.types(typed)
    assert ana.refused == code


def test_the_letter_of_a_reference_must_be_that_of_the_post(world: World) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"want O{ref[1:]}")
    assert two.ana.refused == "not-found"


@pytest.mark.parametrize(
    "minutes", ["0", "-1 hour", "7 minutes", "500 hours", "", "soon", "2", "1.01 hours", "😀"]
)
def test_impossible_minutes_are_refused_when_proposing_suggesting_claiming_and_correcting(
    world: World, minutes: str
) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    form = two.ana.form
    two.ana.fills(minutes=minutes)
    assert two.ana.refused
    assert world.rows("exchanges") == 0
    two.ana.screen = form
    two.ana.fills(minutes="1h")
    exchange = two.exchange.id
    two.ben.does(Suggest(exchange=exchange, minutes=minutes))
    assert two.ben.refused
    two.ben.does(Accept(exchange=exchange))
    two.ana.does(Claim(exchange=exchange, minutes=minutes))
    assert two.ana.refused
    two.ana.types("done 1h")
    version = two.exchange.version
    two.ben.types(f"correct {two.ref} {minutes or 'never'}")
    assert two.ben.refused
    assert two.exchange.version == version


@pytest.mark.parametrize("field", ["when", "message"])
@pytest.mark.parametrize(
    "words", [STOPPED, "w" * 5000, "😀😀"], ids=["nhs-number", "too-long", "emoji-only"]
)
def test_a_proposal_with_unfit_words_is_refused_on_its_field_and_nothing_is_kept(
    world: World, field: str, words: str
) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    two.ana.fills(**{field: words})
    assert two.ana.refused
    assert getattr(two.ana.reply, "field", "") == field
    assert world.rows("exchanges") == 0
    assert world.holds("943 476 5919") == []


def test_words_that_may_be_about_a_patient_are_asked_about_before_anything_is_kept(
    world: World,
) -> None:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    words = "My patient in bed 4 has a fever"
    two.ana.fills(message=words)
    assert "not_about_a_patient" in [field.name for field in two.ana.form.fields]
    assert world.rows("exchanges") == 0
    assert world.holds("bed 4") == []
    two.ana.fills(not_about_a_patient="yes")
    assert "Ben Lowe can accept" in two.ana.text
    assert world.rows("exchanges") == 1


def test_hostile_words_stay_words_and_name_nobody_on_a_lock_screen(world: World) -> None:
    words = "<!channel> <b>hello</b> [x](http://x.test) \u202eabc عربي"
    two = proposed(world, message=words)
    notice = two.ben.told("exchange.proposed")[0]
    assert isinstance(notice.view, View)
    assert "<!channel> <b>hello</b> [x](http://x.test)" in notice.text
    assert "\u202e" not in notice.text
    assert "channel" not in str(notice.view.summary)
