"""Joining: pressed twice at once, and what a visitor reads whose words speak of danger."""

from __future__ import annotations

from functools import partial

from core.members.join import Join
from core.ui.replies import Say
from tests.together import together
from tests.world import World


def test_joining_twice_at_once_makes_one_member_and_breaks_nothing(world: World) -> None:
    ana = world.person("Ana Ward", joined=False)
    form = Join(shown_name="Ana Ward", agree=True)
    answers = together(*[partial(world.engine.perform, ana.caller, form)] * 4)
    assert all(isinstance(one.reply, Say) for one in answers)
    assert world.rows("members") == world.rows("identities") == 1
    assert ana.balance == 120


def test_a_visitor_whose_words_speak_of_danger_reads_where_help_is(world: World) -> None:
    ana = world.person("Ana Ward", joined=False)
    text = ana.types("ask for someone to talk to, I want to die")
    assert "Welcome to Hourbridge" in text
    assert "safeguarding@ngh.test" in text
    assert "999" in text


def test_a_document_typed_before_joining_is_not_kept(world: World) -> None:
    ana = world.person("Ana Ward", joined=False)
    assert "very long" in ana.types("offer 1 hour " + "word " * 1000)
    assert not world.holds("word word")
