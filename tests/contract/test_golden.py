"""What goes to each platform is kept in files, one for each example: no more and no fewer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.golden import files, present, pretty

_WANTED = files()
_PRESENT = present()
_HINT = "if the change is meant: python -m tests.contract.golden --write"


def _named(path: Path) -> str:
    return path.as_posix()


@pytest.mark.parametrize("path", sorted(_WANTED), ids=_named)
def test_the_wire_is_as_it_was_reviewed(path: Path) -> None:
    kept = _PRESENT.get(path)
    assert kept is not None, f"{path} is missing; {_HINT}"
    assert _WANTED[path] == kept, _HINT


def test_every_golden_file_belongs_to_an_example() -> None:
    assert sorted(_PRESENT.keys() - _WANTED.keys()) == [], _HINT


def test_a_form_of_the_local_page_reads_the_same_whatever_its_number() -> None:
    assert pretty('<p id="f0123abcd-1">') == pretty('<p id="f9999abcd-1">')
    assert pretty('<p id="form-1"><b>') == '<p id="form-1">\n<b>\n'
