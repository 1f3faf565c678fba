"""What is typed about quiet, leave, the digest and kinds becomes what is asked for."""

from __future__ import annotations

import pytest

from core.commands import PlainWords
from core.digests.intents import ShowDigest
from core.respect.intents import (
    EndLeave,
    OpenQuiet,
    SetDigest,
    SetLeave,
    SetPattern,
    StopKind,
)
from tests.world import World


@pytest.mark.parametrize(
    "words",
    [
        "quiet here today, is it not?",
        "quiet every time I come in",
        "quiet except when the phone rings",
        "away from my desk until 3",
        "away tomorrow so ring me on Friday",
        "back in 5 minutes",
        "yn ôl y rota, fi sydd ymlaen",
        "digest of the last meeting attached",
        "stop events like this from happening",
    ],
)
def test_a_line_that_only_begins_like_a_command_does_nothing(world: World, words: str) -> None:
    intent = world.engine.interpret(words)
    assert isinstance(intent, PlainWords)
    assert intent.words == words


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("quiet", OpenQuiet()),
        ("away", OpenQuiet()),
        ("back please", EndLeave()),
        ("away 3-17 August", SetLeave(days="3-17 August")),
        ("crynodeb dydd Gwener 9yb", SetDigest(when="dydd Gwener 9yb")),
        ("crynodeb bob dydd Llun am 9yb", SetDigest(when="bob dydd Llun am 9yb")),
        ("digest every Monday at 9am", SetDigest(when="every Monday at 9am")),
        ("Yn ôl", EndLeave()),
        ("quiet every Monday 9am to 5pm", SetPattern(week="every Monday 9am to 5pm")),
        ("quiet except on Mondays", SetPattern(week="Mondays")),
        ("away next week", SetLeave(days="next week")),
        ("digest stop", StopKind(family="digest")),
        ("digest", ShowDigest()),
    ],
)
def test_words_become_what_is_asked_for(world: World, typed: str, intent: object) -> None:
    assert world.engine.interpret(typed) == intent
