from __future__ import annotations

import unicodedata

import pytest

from adapters.teams.decode import press_of
from adapters.teams.elements import harmless
from adapters.teams.forms import form_card
from core.kernel.texts import _
from core.ui.forms import ChoiceField, Form, ManyChoicesField, MomentField, Option, TextField
from core.ui.intents import Unreadable
from core.ui.replies import Refuse
from core.words import Speech
from tests.teams.cards import Element, actions_of, filled_in, inputs_of, text_of
from tests.teams.fake_engine import VOCABULARY, PostOffer, _offer_form

SAY = Speech()


def sent(card: Element, **values: str) -> Element:
    return {**actions_of(card)[0]["data"], **filled_in(card, values)}


def test_what_is_filled_in_becomes_the_intents_arguments() -> None:
    data = sent(
        form_card(_offer_form(""), SAY),
        words="charts, mostly",
        minutes="1h30",
        skills="excel,spc",
        agreed="yes",
        site="4",
        day="2026-08-06",
    )
    press = press_of(data, VOCABULARY)
    assert press.intent == PostOffer(
        key="form-1",
        words="charts, mostly",
        minutes="1h30",
        skills=("excel", "spc"),
        agreed=True,
        site=4,
        day="2026-08-06",
    )
    assert press.form


def test_what_is_left_empty_is_the_intents_default() -> None:
    press = press_of(sent(form_card(_offer_form(""), SAY), words="x", minutes="1h"), VOCABULARY)
    assert press.intent == PostOffer(key="form-1", words="x", minutes="1h")
    assert press.values["skills"] == ()
    assert press.values["site"] == ""


def test_a_field_that_was_cleared_does_not_keep_what_the_button_carried() -> None:
    form = Form("F", PostOffer(words="old"), (TextField("words", "W", required=False),), "Go")
    assert press_of(sent(form_card(form, SAY)), VOCABULARY).intent == PostOffer()


@pytest.mark.parametrize(
    ("value", "kind"), [("", "Input.Date"), ("2026-08-06", "Input.Date"), ("Tuesday", "Input.Text")]
)
def test_a_day_is_picked_unless_words_already_stand_there(value: str, kind: str) -> None:
    form = Form("F", PostOffer(), (MomentField("day", "Day", value, required=False),), "Go")
    drawn = inputs_of(form_card(form, SAY))["day"]
    assert drawn["type"] == kind
    assert drawn.get("value", "") == value


def test_a_moment_with_a_time_is_typed() -> None:
    form = Form("F", PostOffer(), (MomentField("day", "When", time=True),), "Go")
    assert inputs_of(form_card(form, SAY))["day"]["type"] == "Input.Text"


@pytest.mark.parametrize(
    ("count", "style"), [(6, "expanded"), (7, "compact"), (15, "compact"), (16, "filtered")]
)
def test_long_lists_of_choices_fold_up(count: int, style: str) -> None:
    options = tuple(Option(str(n), f"Site {n}") for n in range(count))
    form = Form("F", PostOffer(), (ChoiceField("site", "Where", options),), "Go")
    assert inputs_of(form_card(form, SAY))["site"]["style"] == style


def test_choices_in_a_persons_words_stand_where_no_client_reads_markup() -> None:
    options = (Option("1", "*bold* <b>words</b>"), Option("2", "Plain"))
    form = Form("F", PostOffer(), (ChoiceField("site", "Which", options),), "Go")
    assert inputs_of(form_card(form, SAY))["site"]["style"] == "compact"


def test_a_choice_that_need_not_be_made_can_be_taken_back() -> None:
    drawn = inputs_of(form_card(_offer_form(""), SAY))["site"]
    assert drawn["choices"][0] == {"title": "No answer", "value": "-"}
    assert drawn["value"] == "-"
    assert all(choice["value"] for choice in drawn["choices"])


def test_an_option_with_a_comma_is_refused_when_it_is_drawn() -> None:
    options = (Option("a,b", "A"), Option("c", "C"))
    form = Form("F", PostOffer(), (ManyChoicesField("skills", "S", options),), "Go")
    with pytest.raises(ValueError, match="comma"):
        form_card(form, SAY)


def test_a_problem_stands_at_its_field_and_is_announced_at_the_top() -> None:
    card = form_card(_offer_form("x"), SAY, problem=Refuse(_("Too long."), "minutes"))
    words = text_of(card).splitlines()
    assert words[1] == "✗ Check your answer to: How long?"
    assert words[words.index("How long? (For example 1h30)") - 1] == "✗ Too long."


def test_a_problem_without_a_field_stands_at_the_top() -> None:
    card = form_card(_offer_form("x"), SAY, problem=Refuse(_("Not today.")))
    assert text_of(card).splitlines()[1] == "✗ Not today."


def test_a_dialog_shows_its_title_in_the_frame_alone_unless_it_is_too_long_for_it() -> None:
    assert "Make an offer" not in text_of(form_card(_offer_form(""), SAY, "dialog"))
    long = Form("W" * 150, PostOffer(), (), "Go")
    assert "W" * 150 in text_of(form_card(long, SAY, "dialog"))


@pytest.mark.parametrize(
    "data",
    [
        None,
        "words",
        [],
        {},
        {"hourbridge": None},
        {"hourbridge": {"intent": "t.post"}},
        {"hourbridge": {"intent": {"do": "t.unknown"}}},
        {"hourbridge": {"intent": {"do": "t.accept", "number": "minus"}}},
        {"hourbridge": {"intent": {"do": "t.post"}, "fields": ["words"]}},
        {"hourbridge": {"intent": {"do": "t.post"}, "fields": {"words": "text"}}, "words": {}},
        {"hourbridge": {"intent": {"do": "t.post"}, "fields": {}, "opened_by": {"do": "no"}}},
    ],
)
def test_forged_data_is_unreadable(data: object) -> None:
    with pytest.raises(Unreadable):
        press_of(data, VOCABULARY)


def test_a_name_among_many_choices_looks_the_same_and_is_never_read_as_markdown() -> None:
    options = (
        Option("1", "Ana *Ward* <b> [x](http://x.test) www.x.test a@x.test"),
        Option("2", "Ben Lowe"),
    )
    field = ManyChoicesField("came", _("Who was there?"), options, ("1",))
    card = form_card(Form("F", PostOffer(), (field,), "Go"), SAY)
    (drawn,) = [part for part in card["body"] if part["type"] == "Input.ChoiceSet"]
    titles = [choice["title"] for choice in drawn["choices"]]
    assert titles[1] == "Ben Lowe"
    assert harmless(titles[0])
    assert unicodedata.normalize("NFKC", titles[0]) == options[0].label
