from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.teams.decode import press_of
from adapters.teams.forms import form_card
from adapters.teams.limits import ACTIONS_IN_A_ROW, CARD_BYTES, CardTooBig
from adapters.teams.render import card, message, size_of
from core.kernel.texts import _
from core.ui.forms import Form
from core.ui.gallery import HOSTILE, Example, Sample, examples
from core.ui.intents import Vocabulary, to_wire
from core.ui.views import (
    Actions,
    Button,
    Divider,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Paragraph,
    Quote,
    View,
    view,
)
from core.words import Speech
from tests.teams.cards import actions_of, inputs_of, text_of, walk
from tests.teams.fake_engine import VOCABULARY, OpenOffer

SAY = Speech()
GALLERY = list(examples())
SAMPLES = Vocabulary((Sample, OpenOffer))


def drawn(shown: View | Form, surface: str = "chat") -> dict[str, Any]:
    assert surface in {"chat", "dialog"}
    place: Any = surface
    if isinstance(shown, Form):
        return form_card(shown, SAY, place, opened_by=Sample(number=1))
    return card(shown, SAY, place)


@pytest.mark.parametrize("surface", ["chat", "dialog"])
@pytest.mark.parametrize("example", GALLERY, ids=lambda example: example.name)
def test_every_example_is_a_card_within_the_limits(example: Example, surface: str) -> None:
    shown = drawn(example.shown, surface)
    assert (shown["type"], shown["version"], shown["lang"]) == ("AdaptiveCard", "1.5", "en")
    assert shown["fallbackText"]
    assert size_of(shown) <= CARD_BYTES
    json.dumps(shown)
    for element in walk(shown):
        assert len(element.get("actions", ())) <= ACTIONS_IN_A_ROW
        if element["type"].startswith("Input."):
            assert element["label"]
            assert not element["isRequired"] or element["errorMessage"]
        if element["type"] == "Image":
            assert element["altText"]
        if element["type"] == "TextBlock":
            assert element["wrap"] is True


@pytest.mark.parametrize("example", GALLERY, ids=lambda example: example.name)
def test_the_words_of_a_person_are_never_where_markup_is_read(example: Example) -> None:
    for element in walk(drawn(example.shown)):
        read = [element["text"]] if element["type"] == "TextBlock" else []
        read += [text for fact in element.get("facts", ()) for text in fact.values()]
        for text in read:
            assert not any(mark in text for mark in "*_`[]<>#~|\\\n")


def test_hostile_words_are_all_still_there_to_read() -> None:
    hostile = next(one.shown for one in GALLERY if one.name == "ui.hostile-words")
    assert text_of(drawn(hostile)).count(HOSTILE) == 12


def test_our_own_heading_is_a_heading_and_plain_facts_are_a_fact_set() -> None:
    shown = card(view(Heading(_("Home")), Facts((Fact(_("Time"), "1.5 hours"),))), SAY)
    assert shown["body"][0]["style"] == "heading"
    assert shown["body"][1] == {
        "type": "FactSet",
        "facts": [{"title": "Time", "value": "1.5 hours"}],
    }


def test_a_right_to_left_mark_in_a_label_does_not_turn_its_value_around() -> None:
    shown = card(view(Facts((Fact("a_\u202eb", "value"),))), SAY)
    label, value = shown["body"][0]["inlines"]
    assert label["text"] == "\u2068a_\u202eb\u2069: "
    assert value["text"] == "value"


def test_the_lines_of_a_person_stay_lines() -> None:
    shown = card(view(Quote("one\ntwo\n\nthree", by="Ana")), SAY)
    assert text_of(shown).splitlines() == ["one", "two", "three", "Ana"]


def test_a_divider_is_a_line_above_what_follows_and_alone_it_is_nothing() -> None:
    shown = card(view(Divider(), Paragraph("a"), Divider(), Paragraph("b"), Divider()), SAY)
    assert [element.get("separator", False) for element in shown["body"]] == [False, True]


def test_a_table_asks_for_the_full_width_and_keeps_every_cell() -> None:
    every = next(one.shown for one in GALLERY if one.name == "ui.every-block")
    shown = drawn(every)
    assert shown["msteams"] == {"width": "Full"}
    table = next(element for element in walk(shown) if element["type"] == "Table")
    assert [len(row["cells"]) for row in table["rows"]] == [2, 2, 2]
    assert len(table["columns"]) == 2


@pytest.mark.parametrize("kind", ["Action.Execute", "fallback", "dialog"])
def test_a_button_comes_back_as_the_intent_it_carried(kind: str) -> None:
    intent = Sample(number=7, words=HOSTILE, chosen=("a", "b"), ticked=True)
    buttons = Actions((Button("Go", intent),))
    (action,) = actions_of(card(view(buttons), SAY, "dialog" if kind == "dialog" else "chat"))
    sent = action["fallback"] if kind == "fallback" else action
    assert sent["type"] == ("Action.Execute" if kind == "Action.Execute" else "Action.Submit")
    assert press_of(json.loads(json.dumps(sent["data"])), SAMPLES).intent == intent


def test_a_button_that_opens_a_form_fetches_a_dialog() -> None:
    (action,) = actions_of(card(view(Actions((Button("Offer", OpenOffer(words="x")),))), SAY))
    assert action["type"] == "Action.Submit"
    assert action["data"]["msteams"] == {"type": "task/fetch"}
    assert press_of(action["data"], VOCABULARY).intent == OpenOffer(words="x")


def test_inside_a_dialog_a_button_that_opens_a_form_does_not_fetch_another_dialog() -> None:
    shown = card(view(Actions((Button("Offer", OpenOffer()),))), SAY, "dialog")
    (action,) = actions_of(shown)
    assert "msteams" not in action["data"]


def test_are_you_sure_is_asked_before_the_intent_can_be_sent() -> None:
    every = next(one.shown for one in GALLERY if one.name == "ui.every-block")
    asks = next(action for action in actions_of(drawn(every)) if action["title"] == "Cancel it")
    assert asks["type"] == "Action.ShowCard"
    assert "data" not in asks
    assert text_of(asks["card"]) == "Are you sure?"
    assert press_of(asks["card"]["actions"][0]["data"], SAMPLES).intent == Sample(number=8)


def test_more_buttons_than_teams_shows_in_a_row_are_all_there() -> None:
    buttons = tuple(Button(f"B{n}", Sample(number=n)) for n in range(15))
    shown = card(view(Actions(buttons)), SAY)
    assert [len(element["actions"]) for element in shown["body"]] == [6, 6, 3]
    assert [action["title"] for action in actions_of(shown)] == [f"B{n}" for n in range(15)]


def test_equal_buttons_of_a_list_are_told_apart_by_what_they_are_about() -> None:
    items = tuple(Item(name, (), (Button("Open", Sample()),)) for name in ("Excel", "Welsh"))
    tips = [action["tooltip"] for action in actions_of(card(view(Items(items)), SAY))]
    assert tips == ["Open: Excel", "Open: Welsh"]


def test_a_card_over_the_limit_is_an_error_and_never_cut() -> None:
    with pytest.raises(CardTooBig):
        card(view(Paragraph("😀" * 8_000)), SAY)


def test_a_long_card_gives_up_its_fallback_before_any_of_its_words() -> None:
    words = "word " * 3_500
    shown = card(view(Heading(_("Long")), Paragraph(words)), SAY)
    assert shown["fallbackText"] == "Long"
    assert words in text_of(shown)
    assert size_of(shown) <= CARD_BYTES


def test_a_message_notifies_with_its_summary_alone() -> None:
    sent = message(card(view(Paragraph("x")), SAY), "A new ask")
    assert sent["summary"] == "A new ask"
    assert "text" not in sent


def test_a_form_carries_its_intent_and_what_opened_it() -> None:
    every = next(one.shown for one in GALLERY if one.name == "ui.every-field")
    (submit,) = actions_of(drawn(every))
    ours = submit["data"]["hourbridge"]
    assert ours["intent"] == to_wire(Sample(number=3))
    assert ours["opened_by"] == to_wire(Sample(number=1))


def test_each_kind_of_field_is_the_input_that_people_expect() -> None:
    every = next(one.shown for one in GALLERY if one.name == "ui.every-field")
    inputs = inputs_of(drawn(every))
    assert {name: drawn["type"] for name, drawn in inputs.items()} == {
        "words": "Input.Text",
        "more": "Input.Text",
        "one": "Input.ChoiceSet",
        "chosen": "Input.ChoiceSet",
        "ticked": "Input.Toggle",
        "minutes": "Input.Text",
        "day": "Input.Date",
        "at": "Input.Text",
        "who": "Input.Text",
    }
    assert inputs["more"]["isMultiline"] is True
    assert inputs["chosen"]["value"] == "b"
    assert inputs["minutes"]["label"] == "How long (For example 1h30)"
    assert inputs["words"]["value"] == "as typed"
