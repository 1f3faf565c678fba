"""Forms as modals: they fit, they come back as the same values, and nothing typed is lost."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from adapters.slack.filled import block_of, read_filled, warned
from adapters.slack.forms import Origin, form_modal
from adapters.slack.limits import DoesNotFit
from core.kernel.texts import _
from core.ui.forms import (
    ChoiceField,
    Field,
    Form,
    LongTextField,
    ManyChoicesField,
    MomentField,
    Option,
    TextField,
)
from core.ui.gallery import HOSTILE, Example, Sample, examples
from core.ui.intents import FieldValue, Unreadable, Vocabulary
from core.words import Speech
from tests.slack.block_kit import problems_of_view, shown
from tests.slack.fake_slack import FakeSlack
from tests.slack.onlooker import Onlooker

SPEECH = Speech()
FORMS = [example for example in examples() if isinstance(example.shown, Form)]


def _named(example: Example) -> str:
    return example.name


def _form(*fields: Field) -> Form:
    return Form(_("A form"), Sample(number=3), fields, _("Send"))


def _sent(modal: dict[str, Any], **values: object) -> dict[str, Any]:
    """``modal`` as Slack sends it back after somebody filled it in and pressed submit."""
    slack = FakeSlack()
    person = Onlooker(slack, "U0ANA")
    slack.modals[person.user] = [slack.received(copy.deepcopy(modal), "V1", slack.home_team)]
    person.fill(**values)
    return person.filled


def _values(form: Form, **values: object) -> dict[str, FieldValue]:
    return read_filled(_sent(form_modal(form, SPEECH), **values)).fields


@pytest.mark.parametrize("example", FORMS, ids=_named)
def test_a_form_of_the_gallery_is_taken_by_slack(example: Example) -> None:
    assert isinstance(example.shown, Form)
    assert problems_of_view(form_modal(example.shown, SPEECH)) == []


@pytest.mark.parametrize("example", FORMS, ids=_named)
def test_a_form_sent_unchanged_comes_back_with_what_it_started_with(example: Example) -> None:
    form = example.shown
    assert isinstance(form, Form)
    read = read_filled(_sent(form_modal(form, SPEECH)))
    assert read.fields == {field.name: field.value for field in form.fields}
    bare = {"do": read.wire["do"], **read.wire}
    assert Vocabulary((Sample,)).read(bare) == form.intent


def test_a_filled_form_becomes_its_intent_with_the_values() -> None:
    form = _form(
        TextField("words", _("Words")),
        ManyChoicesField("chosen", _("Any"), (Option("a", "A"), Option("b", "B"))),
        ManyChoicesField("ticked", _("Agree"), (Option("yes", _("I agree")),)),
    )
    view = _sent(form_modal(form, SPEECH), words="Hello", chosen=("a", "b"), ticked=("yes",))
    read = read_filled(view)
    intent = Vocabulary((Sample,)).read(read.wire, read.fields)
    assert intent == Sample(number=3, words="Hello", chosen=("a", "b"), ticked=True)


def test_a_day_and_a_time_come_back_as_iso_dates() -> None:
    form = _form(MomentField("day", _("Day")), MomentField("at", _("When"), time=True))
    moment = 1_786_032_000
    found = _values(form, day="2026-08-06", at=moment)
    assert found == {"day": "2026-08-06", "at": "2026-08-06T16:00:00+00:00"}
    started = MomentField("at", _("When"), "2026-08-06T17:00", time=True)
    assert _values(_form(started)) == {"at": "2026-08-06T16:00:00+00:00"}


def test_words_that_are_no_date_stay_in_a_text_box() -> None:
    form = _form(MomentField("day", _("Day"), "next Tuesday"))
    assert _values(form) == {"day": "next Tuesday"}
    assert _values(form, day="Wednesday") == {"day": "Wednesday"}


def test_an_optional_choice_can_be_none() -> None:
    options = (Option("a", "A"), Option("b", "B"))
    form = _form(ChoiceField("one", _("One"), options, "b", required=False))
    assert _values(form) == {"one": "b"}
    assert _values(form, one="None of these") == {"one": ""}
    assert _values(_form(ChoiceField("one", _("One"), options))) == {"one": ""}


def test_many_options_make_a_menu_and_too_many_an_error_with_a_name() -> None:
    def options(count: int) -> tuple[Option, ...]:
        return tuple(Option(str(number), f"Option {number}") for number in range(count))

    one, many = ChoiceField("one", "One", options(60)), ManyChoicesField("any", "Any", options(60))
    modal = form_modal(_form(one, many), SPEECH)
    assert problems_of_view(modal) == []
    assert _values(_form(one, many), one="40", any=("7", "50")) == {"one": "40", "any": ("7", "50")}
    for field in (ChoiceField("one", "One", options(101)), ChoiceField("one", "One", ())):
        with pytest.raises(DoesNotFit, match="options"):
            form_modal(_form(field), SPEECH)


def test_options_too_long_for_slack_are_read_in_full_above_the_choice() -> None:
    long = tuple(Option(str(number), f"{HOSTILE} {number} {'end' * 20}") for number in range(3))
    modal = form_modal(_form(ChoiceField("one", _("One"), long, "2")), SPEECH)
    assert problems_of_view(modal) == []
    assert all(SPEECH(option.label) in shown(modal) for option in long)
    assert _values(_form(ChoiceField("one", _("One"), long, "2"))) == {"one": "2"}


def test_a_value_longer_than_its_field_can_still_be_shortened() -> None:
    modal = form_modal(_form(TextField("words", _("Words"), "x" * 200, longest=150)), SPEECH)
    assert problems_of_view(modal) == []
    assert read_filled(_sent(modal)).fields == {"words": "x" * 200}


def test_a_value_longer_than_any_field_is_not_dropped_in_silence() -> None:
    modal = form_modal(_form(LongTextField("words", _("Words"), "x" * 3001)), SPEECH)
    assert problems_of_view(modal) == []
    assert "too long for this box" in shown(modal)


def test_a_long_title_and_a_long_button_are_not_cut() -> None:
    form = Form("T" * 25, Sample(), (TextField("words", "Words"),), "S" * 25)
    modal = form_modal(form, SPEECH)
    assert problems_of_view(modal) == []
    assert "T" * 25 in shown(modal)
    assert modal["submit"]["text"] == "Send"


def test_an_intent_too_large_for_a_modal_is_an_error_with_a_name() -> None:
    form = Form(_("A form"), Sample(words="x" * 3000), (), _("Send"))
    with pytest.raises(DoesNotFit, match=r"gallery\.sample"):
        form_modal(form, SPEECH)


def test_the_message_that_a_form_came_from_travels_with_it() -> None:
    origin = Origin("https://hooks.example/1", "D1", "1.2")
    assert read_filled(_sent(form_modal(_form(), SPEECH, origin))).origin == origin


def test_another_start_value_gets_another_block_so_that_slack_shows_it() -> None:
    first = form_modal(_form(TextField("words", "Words", "one")), SPEECH)
    second = form_modal(_form(TextField("words", "Words", "two")), SPEECH)
    assert first["blocks"][0]["block_id"] != second["blocks"][0]["block_id"]


def test_a_refused_form_keeps_every_kind_of_value_and_warns_once() -> None:
    [form] = [example.shown for example in FORMS if example.name == "ui.every-field"]
    assert isinstance(form, Form)
    filled = {
        "words": "new words",
        "more": "lines\nof words",
        "one": "b",
        "chosen": ("a",),
        "ticked": ("yes",),
        "minutes": "2h",
        "day": "2026-08-06",
        "at": 1_786_032_000,
        "who": "Ana",
    }
    view = _sent(form_modal(form, SPEECH), **filled)
    once = warned(view, _("Not like this."), SPEECH)
    assert problems_of_view(once) == []
    again = warned(_sent(once), _("Nor like this."), SPEECH)
    assert "Not like this." not in shown(again)
    assert "Nor like this." in shown(again)
    assert read_filled(_sent(again)) == read_filled(view)


def test_the_block_of_a_field_is_found_by_its_name() -> None:
    view = _sent(form_modal(_form(TextField("words", "Words")), SPEECH))
    assert block_of(view, "words") == view["blocks"][0]["block_id"]
    assert block_of(view, "other") == ""
    assert block_of(view, "") == ""


def _forged(**changes: object) -> dict[str, Any]:
    return {**_sent(form_modal(_form(TextField("words", "Words")), SPEECH)), **changes}


@pytest.mark.parametrize(
    "view",
    [
        {},
        _forged(private_metadata=""),
        _forged(private_metadata="[]"),
        _forged(private_metadata="{"),
        _forged(private_metadata="[" * 100_000),
        _forged(private_metadata='{"wire": 7}'),
        _forged(private_metadata='{"wire": {}, "from": {"other": 1}}'),
        _forged(state=None),
        _forged(state={"values": {"b": {"in:words": {"type": "file_input"}}}}),
        _forged(state={"values": {"b": {"in:words": {"type": "plain_text_input", "value": 7}}}}),
        _forged(state={"values": {"b": {"in:at": {"type": "datetimepicker"}}}}),
        _forged(
            state={
                "values": {
                    "b": {"in:at": {"type": "datetimepicker", "selected_date_time": 10**30}},
                }
            }
        ),
        _forged(state={"values": {"b": {"in:words": None}}}),
    ],
)
def test_a_forged_form_is_unreadable(view: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_filled(view)
