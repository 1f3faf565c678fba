"""``hourbridge manifest slack``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.slack.manifest import manifest
from tests.bot.terminal import Terminal

BASE = "https://hourbridge.example"


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def test_the_command_writes_the_manifest_and_says_what_is_next(
    terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "new" / "slack.json"
    said = terminal.does(f"manifest slack --base-url HTTPS://Hourbridge.Example:8443/ --out {file}")
    made = json.loads(file.read_text("utf-8"))
    assert made == manifest("https://hourbridge.example:8443")
    assert str(file) in said
    assert "https://hourbridge.example:8443/slack/install" in said


@pytest.mark.parametrize("address", ["", "--base-url http://localhost:3978"])
def test_to_try_out_slack_needs_no_address(
    terminal: Terminal, tmp_path: Path, address: str
) -> None:
    file = tmp_path / "slack.json"
    said = terminal.does(f"manifest slack --socket-mode {address} --out {file}")
    assert json.loads(file.read_text("utf-8")) == manifest("", socket_mode=True)
    assert "SLACK_APP_TOKEN" in said
    assert "/slack/install" not in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Say where Slack reaches Hourbridge"),
        ("--base-url http://hourbridge.example", "only to https"),
        ("--base-url http://hourbridge.example --socket-mode", "only to https"),
        ("--base-url ftp://hourbridge.example", "only to https"),
        ("--base-url hourbridge.example", "only to https"),
        ("--base-url http://127.0.0.1:3978", "--socket-mode"),
        ("--base-url https://localhost", "--socket-mode"),
        ("--base-url 'https://[::1]:3978'", "--socket-mode"),
        ("--base-url https://hourbridge.example/slack", "nothing after"),
        ("--base-url https://hourbridge.example?a=b", "nothing after"),
        ("--base-url 'https://hourbridge.example/#'", "nothing after"),
        ("--base-url https://hourbridge.example:99999", "not an address"),
        ("--base-url 'https://[::1'", "not an address"),
        ("--base-url https://", "name of a server"),
        ("--base-url https://hour_bridge.example", "name of a server"),
        ("--base-url https://hourbridge..example", "name of a server"),
        ("--base-url https://höurbridge.example", "name of a server"),
    ],
)
def test_an_address_that_slack_cannot_use_is_refused(
    terminal: Terminal, tmp_path: Path, given: str, said: str
) -> None:
    file = tmp_path / "slack.json"
    assert said in terminal.fails(f"manifest slack {given} --out {file}")
    assert not file.exists()


def test_a_password_in_an_address_is_refused_and_not_repeated(
    terminal: Terminal, tmp_path: Path
) -> None:
    for address in ("https://me:secret@hourbridge.example", "https://me:secret@[::1"):
        line = f"manifest slack --base-url {address} --out {tmp_path / 'slack.json'}"
        assert "secret" not in terminal.fails(line)


def test_a_file_that_cannot_be_written_is_said(terminal: Terminal, tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()
    line = f"manifest slack --base-url {BASE} --out {tmp_path / 'file' / 'slack.json'}"
    assert "cannot be written" in terminal.fails(line)
