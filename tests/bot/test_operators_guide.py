"""The operator's guide says what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import command_line

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NAMES = ("operators.md", "deployment.md", "delivery-faults.md", "scale.md")
PAGES = {name: (DOCS / name).read_text("utf-8") for name in NAMES}
GUIDE = PAGES["operators.md"]
NOT_ARGUMENTS = re.compile(r"\b(?:PLATFORM|ID|NAME|KIND|TIME)\b|…")
SAID = {"PLATFORM": "teams", "KIND": "events.reminder", "TIME": "2026-08-06T09:00"}


def commands_of(page: str) -> list[str]:
    """Every command of a page: the lines of its blocks, and what stands in its sentences."""
    blocks = re.findall(r"```\n(.*?)```", page, re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    spoken = re.findall(r"`(hourbridge [^`]+)`", re.sub(r"```.*?```", "", page, flags=re.DOTALL))
    shown = [line for line in lines if line.startswith("hourbridge ")]
    # What is in brackets may be left out.
    return shown + [re.sub(r"\s*(?:\[.*\]|…)$", "", line) for line in spoken]


def anchors_of(page: str) -> set[str]:
    """The places of a page that a link may point to."""
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


LINES = [(name, line) for name in NAMES for line in commands_of(PAGES[name])]


@pytest.mark.parametrize(("name", "line"), LINES)
def test_every_command_of_the_guides_is_understood(name: str, line: str) -> None:
    said = NOT_ARGUMENTS.sub(lambda found: SAID.get(found[0], "0"), line)
    assert command_line().parse_args(shlex.split(said, comments=True)[1:]).run, name


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_the_guides_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES[name]):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, place = target.partition("#")
        file = DOCS / path if path else DOCS / name
        assert file.exists(), target
        assert not place or place in anchors_of(file.read_text("utf-8")), target


def test_the_guide_shows_commands() -> None:
    assert len(LINES) >= 8


def test_every_setting_that_is_read_is_in_the_guide_and_no_other() -> None:
    source = (ROOT / "bot" / "settings.py").read_text("utf-8")
    names = r"(?:HOURBRIDGE|SLACK|MICROSOFT)_[A-Z_]+"
    read = set(re.findall(rf'of\("({names})"', source))
    assert read == set(re.findall(names, GUIDE))
    assert len(read) > 10
