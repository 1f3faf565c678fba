"""Views as Block Kit: every example fits every surface, and nothing people write is markup."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.slack import render
from adapters.slack.decode import read_value
from adapters.slack.forms import form_modal
from adapters.slack.limits import DoesNotFit, pieces
from core.kernel.texts import Text, _
from core.ui.forms import Form
from core.ui.gallery import HOSTILE, Example, Sample, examples
from core.ui.intents import Vocabulary
from core.ui.plain import plain
from core.ui.views import (
    Actions,
    Button,
    Confirm,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    Quote,
    Table,
    View,
    view,
)
from core.words import Speech
from tests.slack.block_kit import buttons, problems_of_message, problems_of_view, shown, texts

SPEECH = Speech()
EXAMPLES = list(examples())
VIEWS = [example for example in EXAMPLES if isinstance(example.shown, View)]


def _named(example: Example) -> str:
    return example.name


@pytest.mark.parametrize("example", VIEWS, ids=_named)
def test_a_view_of_the_gallery_is_taken_by_every_surface(example: Example) -> None:
    assert isinstance(example.shown, View)
    assert problems_of_message(render.message(example.shown, SPEECH)) == []
    assert problems_of_message(render.message(example.shown, SPEECH, whole_text=True)) == []
    assert problems_of_view(render.modal(example.shown, SPEECH)) == []
    assert problems_of_view(render.home(example.shown, SPEECH)) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=_named)
def test_the_buttons_of_the_gallery_carry_their_intents_there_and_back(example: Example) -> None:
    vocabulary = Vocabulary((Sample,))
    blocks = example.shown.before if isinstance(example.shown, Form) else example.shown.blocks
    wanted = []
    for block in blocks:
        if isinstance(block, Actions):
            wanted += [one.intent for one in block.buttons if isinstance(one, Button)]
        if isinstance(block, Items):
            wanted += [one.intent for item in block.items for one in item.actions]
    pressed = [one for one in buttons(render.blocks(blocks, SPEECH)) if "value" in one]
    found = [read_value(one["value"], vocabulary) for one in pressed]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))


@pytest.mark.parametrize("example", EXAMPLES, ids=_named)
def test_every_word_of_the_gallery_reaches_the_reader(example: Example) -> None:
    if isinstance(example.shown, View):
        rendered = json.dumps(render.message(example.shown, SPEECH)["blocks"], ensure_ascii=False)
        lines = plain(example.shown, SPEECH).split()
    else:
        rendered = json.dumps(form_modal(example.shown, SPEECH), ensure_ascii=False)
        lines = [SPEECH(field.label) for field in example.shown.fields]
    ours = ("[", "type", "-", "“", "accept", "cancel", "E-7K2")
    for word in lines:
        bare = word.strip("“”[]:;")
        if bare and not word.startswith(ours):
            assert json.dumps(bare, ensure_ascii=False)[1:-1] in rendered


def test_people_cannot_write_markup_into_any_text_object() -> None:
    shown_view = view(
        Heading(HOSTILE), Paragraph(HOSTILE), Paragraph(HOSTILE, quiet=True), Note(HOSTILE)
    )
    found = _text_objects(render.message(shown_view, SPEECH)["blocks"])
    assert found
    assert all(one == {"type": "plain_text", "text": one["text"], "emoji": False} for one in found)
    assert "&lt;!channel&gt;" in render.message(shown_view, SPEECH)["text"]


def test_a_change_of_writing_direction_ends_with_the_words_that_began_it() -> None:
    [block] = render.blocks((Facts((Fact("\u202eabc", "\u2067def"),)),), SPEECH)
    assert list(texts(block["elements"])) == ["\u202eabc\u202c: ", "\u2067def\u2069"]


def test_a_long_paragraph_goes_on_in_the_next_section_without_loss() -> None:
    words = " ".join(f"word{number}" for number in range(1500))
    blocks = render.blocks((Paragraph(words),), SPEECH)
    assert len(blocks) > 1
    assert " ".join(block["text"]["text"] for block in blocks) == words
    assert problems_of_message({"text": "x", "blocks": blocks}) == []


def test_words_without_a_space_are_cut_at_the_limit() -> None:
    assert pieces("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert pieces(" \n ", 10) == []


def test_a_heading_too_long_for_a_header_is_bold_text_instead() -> None:
    [block] = render.blocks((Heading("W" * 151),), SPEECH)
    assert block["type"] == "rich_text"
    assert list(texts(block["elements"])) == ["W" * 151]


def test_blank_words_leave_no_block_that_slack_would_refuse() -> None:
    blank = view(
        Heading(" "),
        Paragraph(""),
        Quote("", by=""),
        Facts((Fact("", ""), Fact("", "value"))),
        Items((Item(""), Item("", ("",)), Item("", (), (Button(_("Open"), Sample()),)))),
        Table("", (), ()),
        Table("", ("a",), (("",),)),
        Note(""),
        Actions(()),
    )
    message = render.message(blank, SPEECH)
    assert problems_of_message(message) == []
    assert list(texts(message["blocks"])) == ["value", "Open"]
    assert render.message(view(), SPEECH)["text"] == "Hourbridge"
    assert problems_of_view(render.modal(view(), SPEECH)) == []


def test_a_message_of_too_many_blocks_is_an_error_with_a_name() -> None:
    many = view(*(Paragraph("x") for _n in range(51)))
    with pytest.raises(DoesNotFit, match="51"):
        render.message(many, SPEECH)
    assert problems_of_view(render.home(many, SPEECH)) == []


def test_a_message_of_too_many_characters_is_an_error_with_a_name() -> None:
    with pytest.raises(DoesNotFit, match="text"):
        render.message(view(Paragraph("word " * 3000)), SPEECH)


@pytest.mark.parametrize(
    "button",
    [
        Button(_("Open"), Sample(words="x" * 2000)),
        Button("x" * 76, Sample()),
        Button(" ", Sample()),
        Button(_("Open"), Sample(), confirm=Confirm("x" * 301, _("Yes"))),
        Button(_("Open"), Sample(), confirm=Confirm(_("Sure?"), "x" * 31)),
        Link(_("Page"), "https://" + "x" * 3000),
    ],
    ids=["value", "label", "blank label", "question", "yes", "address"],
)
def test_a_button_that_slack_would_refuse_is_an_error_with_a_name(button: Button | Link) -> None:
    with pytest.raises(DoesNotFit):
        render.blocks((Actions((button,)),), SPEECH)


def test_more_buttons_than_a_row_takes_go_on_in_the_next_row() -> None:
    many = tuple(Button(f"Button {number}", Sample(number=number)) for number in range(30))
    message = render.message(view(Actions(many)), SPEECH)
    assert problems_of_message(message) == []
    assert len(buttons(message["blocks"])) == 30


def test_a_button_of_an_item_names_the_item_to_a_screen_reader() -> None:
    items = Items((Item("Run charts", (), (Button(_("Open"), Sample()),)),))
    [button] = buttons(render.blocks((items,), SPEECH))
    assert button["accessibility_label"] == "Open: Run charts"


def test_a_table_names_every_value() -> None:
    table = Table(_("Statement"), (_("Day"), _("Time")), (("Monday", "1 hour"),))
    [block] = render.blocks((table,), SPEECH)
    assert "".join(texts(block["elements"])) == "StatementDay: Monday; Time: 1 hour"


def test_the_text_of_a_notice_is_its_summary_and_of_an_ephemeral_everything() -> None:
    both = view(Paragraph("Private words"), summary=_("A message for you"))
    assert render.message(both, SPEECH)["text"] == "A message for you"
    assert render.message(both, SPEECH, whole_text=True)["text"] == "Private words"


def test_a_confirm_dialog_asks_and_can_be_left() -> None:
    button = Button(_("Cancel it"), Sample(), "", "danger", Confirm(_("Are you sure?"), _("Yes")))
    [shape] = buttons(render.blocks((Actions((button,)),), SPEECH))
    asked = {name: shape["confirm"][name]["text"] for name in ("title", "text", "confirm", "deny")}
    wanted = {"title": "Cancel it", "text": "Are you sure?", "confirm": "Yes", "deny": "Go back"}
    assert asked == wanted
    assert shape["confirm"]["style"] == shape["style"] == "danger"


def test_our_words_are_spoken_and_shown() -> None:
    modal = render.modal(view(Paragraph(Text("Hello {name}", values=(("name", "Ana"),)))), SPEECH)
    assert shown(modal) == "Hourbridge\nHello Ana"


def _text_objects(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for one in part for found in _text_objects(one)]
    if not isinstance(part, dict):
        return []
    if part.get("type") in ("plain_text", "mrkdwn"):
        return [part]
    return [found for one in part.values() for found in _text_objects(one)]
