"""The contract: everything that is ever shown, on every surface, in every language."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest

from core.ui import plain as as_plain
from core.ui.forms import Form
from core.ui.gallery import HOSTILE, Example
from core.ui.intents import to_wire
from core.ui.views import Actions, Button, View
from core.words import Speech
from tests.contract.everything import (
    EXAMPLES,
    FORMS,
    SPEECHES,
    VIEWS,
    VOCABULARY,
    Shown,
    blocks_of,
    buttons_of,
    intents_of,
    words_of,
)
from tests.contract.platforms import SURFACES, Surface, Wire, surfaces_for
from tests.slack.block_kit import problems_of_message, problems_of_view

Where = str
"""A surface and a language, so that a failure says where."""


def _named(example: Example) -> str:
    return example.name


def _drawn(shown: Shown) -> Iterator[tuple[Where, Surface, Speech, Wire]]:
    """``shown`` on every surface that takes it, in every language."""
    for surface in surfaces_for(shown):
        for speech in SPEECHES:
            where = f"{surface.name} in {speech.language}"
            yield where, surface, speech, surface.draw(shown, speech)


def _squeezed(words: str) -> str:
    """``words`` without white space, which lines and pieces may change, and without the marks
    that keep one direction of writing from turning the next words around."""
    return re.sub(r"[\s\u2066-\u2069\u202c]+", "", words)


def _missing(part: object, speech: Speech, read: str) -> list[str]:
    squeezed = _squeezed(read)
    return [words for words in words_of(part, speech) if _squeezed(words) not in squeezed]


every_example = pytest.mark.parametrize("example", EXAMPLES, ids=_named)
every_view = pytest.mark.parametrize("example", VIEWS, ids=_named)
every_form = pytest.mark.parametrize("example", FORMS, ids=_named)


def test_no_platform_opts_out_of_views_or_forms() -> None:
    for kind in (View, Form):
        drawing = {surface.platform for surface in SURFACES if kind in surface.draws}
        assert drawing == {"slack", "teams", "local"}


def test_every_example_has_a_name_of_its_own() -> None:
    names = [example.name for example in EXAMPLES]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+\.[a-z0-9-]+", name)] == []


@every_example
def test_it_is_drawn_within_the_limits_of_every_platform(example: Example) -> None:
    problems = {
        where: found
        for where, surface, _speech, wire in _drawn(example.shown)
        if (found := list(surface.problems(wire)))
    }
    assert problems == {}


@every_example
def test_not_a_word_of_it_is_cut_on_any_platform(example: Example) -> None:
    cut = {
        where: missing
        for where, surface, speech, wire in _drawn(example.shown)
        if (missing := _missing(example.shown, speech, "".join(surface.readable(wire))))
    }
    assert cut == {}


@every_example
def test_every_button_comes_back_from_every_platform_as_the_intent_it_carried(
    example: Example,
) -> None:
    for where, surface, _speech, wire in _drawn(example.shown):
        assert surface.pressed(wire) == intents_of(example.shown), where


@every_form
def test_every_field_is_labelled_and_fills_an_argument_of_its_intent(example: Example) -> None:
    form = example.shown
    assert isinstance(form, Form)
    for where, surface, speech, wire in _drawn(form):
        labels = surface.labels(wire)
        assert list(labels) == [field.name for field in form.fields], where
        for field in form.fields:
            label = _squeezed(speech(field.label))
            assert label, where
            assert label in _squeezed(labels[field.name]), where
    arguments = {field.name for field in dataclasses.fields(form.intent)}
    # The vocabulary's own examples show kinds of field, not an intent that anyone carries out.
    assert {field.name for field in form.fields} <= arguments or example.name.startswith("ui.")


@every_form
def test_a_form_sent_in_unchanged_says_the_same_on_every_platform(example: Example) -> None:
    form = example.shown
    assert isinstance(form, Form)
    filled = {field.name: field.value for field in form.fields if field.value}
    emptied = {field.name for field in form.fields} - filled.keys()
    kept = {name: value for name, value in to_wire(form.intent).items() if name not in emptied}
    expected = VOCABULARY.read(kept, filled)
    for where, surface, _speech, wire in _drawn(form):
        assert surface.sent(wire) == expected, where


@every_view
def test_plain_text_says_all_of_it_and_what_to_type_for_each_button(example: Example) -> None:
    view = example.shown
    assert isinstance(view, View)
    for speech in SPEECHES:
        read = as_plain.plain(view, speech)
        assert _missing(_without_questions(view), speech, read) == []
        for button in buttons_of(view):
            assert speech(button.label) in read
            if isinstance(button, Button):
                assert button.typed in read


@every_view
def test_a_notification_is_one_line_and_never_empty(example: Example) -> None:
    assert isinstance(example.shown, View)
    for speech in SPEECHES:
        line = as_plain.summary(example.shown, speech)
        assert line.strip()
        assert "\n" not in line


@every_form
def test_plain_text_of_a_form_says_every_label_hint_and_choice(example: Example) -> None:
    form = example.shown
    assert isinstance(form, Form)
    for speech in SPEECHES:
        read = as_plain.plain_form(form, speech)
        assert _missing((form.title, _without_questions(form)), speech, read) == []
        for field in form.fields:
            told = (field.label, field.hint, getattr(field, "options", ()))
            assert _missing(told, speech, read) == []


@every_example
def test_buttons_that_stand_together_have_labels_of_their_own(example: Example) -> None:
    for block in blocks_of(example.shown):
        if isinstance(block, Actions):
            for speech in SPEECHES:
                labels = [speech(button.label) for button in block.buttons]
                assert len(set(labels)) == len(labels)


@every_example
def test_slackblocks_own_table_of_limits_agrees(example: Example) -> None:
    for where, surface, _speech, wire in _drawn(example.shown):
        if surface.platform == "slack":
            check = problems_of_view if "type" in wire else problems_of_message
            assert check(wire) == [], where


def test_every_room_shows_what_becomes_of_hostile_words() -> None:
    rooms: dict[str, bool] = {}
    for example in EXAMPLES:
        room = example.name.partition(".")[0]
        words = "\n".join(words_of(example.shown, SPEECHES[0]))
        rooms[room] = rooms.get(room, False) or HOSTILE[:24] in words
    assert [room for room, brave in rooms.items() if not brave] == []


def _without_questions(shown: Shown) -> object:
    """The blocks with every "are you sure" left out: whoever types has said so already."""

    def bare(part: object) -> object:
        if isinstance(part, tuple):
            return tuple(bare(item) for item in part)
        if isinstance(part, Button):
            return dataclasses.replace(part, confirm=None)
        if dataclasses.is_dataclass(part) and not isinstance(part, type):
            nested = {"actions", "buttons", "items"} & {f.name for f in dataclasses.fields(part)}
            changes = {name: bare(getattr(part, name)) for name in nested}
            return dataclasses.replace(part, **changes)
        return part

    return bare(blocks_of(shown))
