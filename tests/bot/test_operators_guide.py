"""The operator's guide says what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import command_line

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "operators.md").read_text("utf-8")
BLOCKS = re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL)
LINES = [
    line.strip()
    for block in BLOCKS
    for line in block.splitlines()
    if line.strip().startswith("hourbridge ")
]


@pytest.mark.parametrize("line", LINES)
def test_every_command_of_the_guide_is_understood(line: str) -> None:
    words = shlex.split(line.replace("…", "0"), comments=True)
    assert command_line().parse_args(words[1:]).run


def test_the_guide_shows_commands() -> None:
    assert len(LINES) >= 8


def test_every_setting_that_is_read_is_in_the_guide_and_no_other() -> None:
    source = (ROOT / "bot" / "settings.py").read_text("utf-8")
    names = r"(?:HOURBRIDGE|SLACK|MICROSOFT)_[A-Z_]+"
    read = set(re.findall(rf'of\("({names})"', source))
    assert read == set(re.findall(names, GUIDE))
    assert len(read) > 10
