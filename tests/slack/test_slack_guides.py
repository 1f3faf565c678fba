"""What the guides for workspace owners and reviewers say is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import command_line
from core.upkeep import feature as upkeep
from storage.tables import METADATA

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "install-slack.md").read_text("utf-8")
FLOW = (DOCS / "data-flow.md").read_text("utf-8")
PAGES = ("install-slack.md", "data-flow.md", "privacy.md", "support.md", "operators.md")
BLOCKS = re.findall(r"^ *```\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)
TYPED = [line.strip() for block in BLOCKS for line in block.splitlines()]
INLINE = [" ".join(words.split()) for words in re.findall(r"`(hourbridge[^`]*)`", GUIDE)]
COMMANDS = [line for line in (*TYPED, *INLINE) if re.match(r"hourbridge [a-z]+ [a-z-]", line)]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_guide_is_understood(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(line)[1:]
    if words[-1] == "--help":
        with pytest.raises(SystemExit, match="0"):
            command_line().parse_args(words)
        assert "usage: hourbridge" in capsys.readouterr().out
    else:
        assert command_line().parse_args(words).run


def test_the_guide_shows_commands() -> None:
    assert len(COMMANDS) >= 8


def test_every_setting_of_the_guide_is_one() -> None:
    source = (ROOT / "bot" / "settings.py").read_text("utf-8")
    named = set(re.findall(r"(?:HOURBRIDGE|SLACK)_[A-Z_]+", GUIDE))
    assert named <= set(re.findall(r'of\("([A-Z_]+)"', source))
    assert {name for name in named if name.startswith("SLACK")} >= {
        "SLACK_SIGNING_SECRET",
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
    }


@pytest.mark.parametrize(
    "words",
    [
        "I have answered in this thread. Only you can see my answer.",
        "Hourbridge is not set up for this workspace yet",
        "Hourbridge cannot answer in this workspace at the moment",
        "Hourbridge is paused for this workspace",
        "The installation began somewhere else",
        "Slack answered for another app",
    ],
)
def test_the_guide_quotes_what_people_read(words: str) -> None:
    source = "".join(
        file.read_text("utf-8")
        for folder in ("adapters/slack", "core/members")
        for file in (ROOT / folder).glob("*.py")
    )
    joined = re.sub(r'"\s*"', "", source)
    assert words in joined
    assert words in " ".join(GUIDE.split())


@pytest.mark.parametrize("page", PAGES)
def test_every_link_between_the_guides_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", (DOCS / page).read_text("utf-8")):
        if target.startswith(("https://", "http://")):
            continue
        file, _hash, heading = target.partition("#")
        there = DOCS / file if file else DOCS / page
        assert there.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
            assert heading in {_anchor(one) for one in headings}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", heading.casefold()).replace(" ", "-")


def test_the_data_flow_names_every_table() -> None:
    named = set(re.findall(r"`([a-z_]+)`", FLOW))
    assert set(METADATA.tables) <= named, "say what the new table holds, and for how long"


def test_the_data_flow_says_how_long_as_it_is() -> None:
    def kept(table: str) -> str:
        [row] = [line for line in FLOW.splitlines() if re.search(rf"\| `{table}`[^|]*\|", line)]
        return row.split("|")[6]

    for table, period in {
        "visitors": upkeep.VISITORS,
        "drafts": upkeep.DRAFTS,
        "receipts": upkeep.RECEIPTS,
        "deeds": upkeep.DEEDS,
        "codes": upkeep.CODES,
    }.items():
        days = "1 day" if period.days == 1 else f"{period.days} days"
        assert days in kept(table), table
