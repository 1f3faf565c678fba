"""Old buttons keep working: no intent is renamed, and none loses or changes an argument."""

from __future__ import annotations

import pytest

from tests.contract.names import broken, present, written

_HINT = "new names are kept with: python -m tests.contract.names --write"


def test_every_button_ever_sent_still_decodes() -> None:
    assert broken(written(), present()) == []


def test_every_intent_of_today_is_written_down() -> None:
    assert [line for line in present() if line not in written()] == [], _HINT


@pytest.mark.parametrize(
    ("before", "now", "problem"),
    [
        ("a.do", "a.did", "a.do is gone or renamed"),
        ("a.do one:int", "a.do", "a.do no longer takes one:int"),
        ("a.do one:int", "a.do two:int", "a.do no longer takes one:int"),
        ("a.do one:int", "a.do one:str", "a.do no longer takes one:int"),
        ("a.do", "a.do one:int", "a.do now needs one:int"),
        ("a.do one:int?", "a.do one:int", "a.do no longer takes one:int?"),
    ],
)
def test_a_change_that_would_break_a_button_is_noticed(before: str, now: str, problem: str) -> None:
    assert problem in broken([before], [now])


def test_what_may_be_left_out_can_be_added() -> None:
    assert broken(["a.do one:int"], ["a.do one:int? two:str?"]) == []
