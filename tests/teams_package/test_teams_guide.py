"""What the guide for Teams administrators says is so."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from adapters.teams.certificate import read_certificate
from adapters.teams.manifest import App, manifest
from adapters.teams.pacing import CONVERSATION, TENANT
from adapters.teams.ways_in import WAYS_IN
from bot.__main__ import command_line
from core.features import the_house
from core.policy.model import checked_value

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "install-teams.md").read_text("utf-8")
WORDS = " ".join(GUIDE.split())
BLOCKS = re.findall(r"^ *```\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)
TYPED = [line.strip() for block in BLOCKS for line in block.splitlines()]
INLINE = [" ".join(words.split()) for words in re.findall(r"`(hourbridge[^`]*)`", GUIDE)]
COMMANDS = [line for line in (*TYPED, *INLINE) if re.match(r"hourbridge [a-z]+ [a-z-]", line)]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_guide_is_understood(line: str) -> None:
    assert command_line().parse_args(shlex.split(line)[1:]).run


def test_the_guide_shows_commands() -> None:
    assert len(COMMANDS) >= 8


def test_the_policy_of_the_guide_is_one_and_is_on() -> None:
    [line] = [one for one in COMMANDS if "policy set" in one]
    name, value = line.split()[3:]
    assert checked_value(name, value) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Hourbridge is not set up for this workspace yet",
        "Hourbridge is paused for this workspace",
        "I cannot send you a private message yet",
        "I could not reach our private chat just now",
        "I have answered you in our private chat.",
        "One moment. The answer is on its way to our private chat.",
        "The file that MICROSOFT_APP_CERTIFICATE names",
        "was refused",
        "no token from Microsoft:",
    ],
)
def test_the_guide_quotes_what_people_and_operators_read(words: str) -> None:
    source = "".join(
        file.read_text("utf-8")
        for folder in ("adapters/teams", "core/members")
        for file in (ROOT / folder).glob("*.py")
    )
    assert words in re.sub(r'"\s*f?"', "", source)
    assert words in WORDS


def test_the_guide_names_every_way_in_as_teams_shows_it() -> None:
    for way in WAYS_IN:
        assert f"**{way.title.message}**" in GUIDE


def test_the_guide_says_how_fast_a_bot_may_send() -> None:
    assert f"about {CONVERSATION[0].many} messages a second in one conversation" in WORDS
    assert f"{TENANT[0].many} a second in one tenant" in WORDS


def test_the_package_is_as_the_guide_says() -> None:
    app = App("0a1b2c3d-1111-2222-3333-444455556666", "https://a.example", "1.0.0", "", "", "", "")
    made = manifest(app, the_house())
    assert f"(schema {made['manifestVersion']})" in WORDS
    assert "It has no tab" in WORDS
    assert made.keys().isdisjoint({"staticTabs", "configurableTabs", "connectors"})


def test_a_certificate_that_is_made_as_the_guide_says_is_taken(tmp_path: Path) -> None:
    [block] = [block for block in BLOCKS if "openssl" in block]
    subprocess.run(["sh", "-e", "-c", block], cwd=tmp_path, check=True, capture_output=True)
    file = tmp_path / "bot.pem"
    assert read_certificate(str(file)).private_key
    assert file.stat().st_mode & 0o077 == 0


def test_every_link_of_the_guide_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        name, _hash, heading = target.partition("#")
        there = DOCS / (name or "install-teams.md")
        assert there.exists(), target
        headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
        assert not heading or heading in {_anchor(one) for one in headings}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", heading.casefold()).replace(" ", "-")


def test_every_setting_of_the_guide_is_one() -> None:
    named = set(re.findall(r"(?:HOURBRIDGE|MICROSOFT)_[A-Z_]+", GUIDE))
    source = (ROOT / "bot" / "settings.py").read_text("utf-8")
    assert named >= {"MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_CERTIFICATE"}
    assert named <= set(re.findall(r'of\("([A-Z_]+)"', source))
