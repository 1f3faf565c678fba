"""Joining: pressed twice at once, and what a visitor reads whose words speak of danger."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from core.members.join import Join
from core.ui.replies import Say
from tests.world import World


def test_joining_twice_at_once_makes_one_member_and_breaks_nothing(world: World) -> None:
    ana = world.person("Ana Ward", joined=False)
    form, start = Join(shown_name="Ana Ward", agree=True), Barrier(4)

    def press(_number: int) -> bool:
        start.wait()
        return isinstance(world.engine.perform(ana.caller, form).reply, Say)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(press, range(4)))
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
