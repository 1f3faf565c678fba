"""Every card can be acted from where only its plain text is read: each button says what to type."""

from __future__ import annotations

import pytest

from core.commands import PlainWords, interpreter
from core.ui.gallery import Example
from core.ui.plain import plain, plain_form
from core.ui.views import Button, Link, View
from core.words import Speech
from tests.contract.everything import HOUSE, SPEECHES, buttons_of

UNTYPED = {
    "exchange.unblock": "members are listed by name, and two may share one; the exchange that"
    " they shared can be typed: unblock E-7K2",
    "members.visitor-language": "a visitor has no commands but join, link, privacy and help; once"
    " they join, language cymraeg does the same",
}
"""The buttons that only a press can do, and why."""

SAME = {
    ("hello", "home.home"): "an empty line and home are one page",
    ("exchange.message-form", "exchange.message"): "words typed with the command need no form",
    ("members.merge", "members.link"): "the code and yes are what the button carries",
    ("members.link-code", "members.link-form"): "link gives a member the code",
}
"""Buttons whose typed words are another intent that does the same, and why."""

ROOMS = tuple(example for example in HOUSE.gallery() if buttons_of(example.shown))
READ = interpreter(HOUSE)


def _pressed(example: Example) -> list[Button]:
    return [button for button in buttons_of(example.shown) if isinstance(button, Button)]


@pytest.mark.parametrize("example", ROOMS, ids=lambda example: str(example.name))
def test_every_button_says_what_to_type_and_typing_it_means_the_same(example: Example) -> None:
    for button in _pressed(example):
        name = button.intent.name
        if not button.typed:
            assert name in UNTYPED, f"nothing to type for {SPEECHES[0](button.label)}"
            continue
        typed = READ(button.typed)
        assert not isinstance(typed, PlainWords), button.typed
        assert typed.name == name or (name, typed.name) in SAME, button.typed


@pytest.mark.parametrize("example", ROOMS, ids=lambda example: str(example.name))
@pytest.mark.parametrize("speech", SPEECHES, ids=lambda speech: str(speech.language))
def test_its_plain_text_holds_the_words_of_every_button_and_the_address_of_every_link(
    example: Example, speech: Speech
) -> None:
    shown = example.shown
    text = plain(shown, speech) if isinstance(shown, View) else plain_form(shown, speech)
    for button in buttons_of(shown):
        assert speech(button.label) in text
        said = button.url if isinstance(button, Link) else button.typed
        assert said in text


def test_the_lists_of_exceptions_hold_nothing_that_is_not_one() -> None:
    pressed = [button for example in ROOMS for button in _pressed(example)]
    assert {button.intent.name for button in pressed if not button.typed} == set(UNTYPED)
    others = {
        (button.intent.name, READ(button.typed).name)
        for button in pressed
        if button.typed and READ(button.typed).name != button.intent.name
    }
    assert others == set(SAME)
