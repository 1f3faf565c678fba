"""``hourbridge manifest teams``."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.bot.terminal import Terminal
from tests.requirements import need
from tests.teams_package.validators import LOCALISATION, by_microsoft, by_schema

ROOT = Path(__file__).parents[2]
BASE = "https://hourbridge.example"
APP_ID = "0a1b2c3d-1111-2222-3333-444455556666"


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def inside(file: Path, name: str = "manifest.json") -> dict[str, Any]:
    with zipfile.ZipFile(file) as package:
        read: dict[str, Any] = json.loads(package.read(name))
        return read


def test_the_command_writes_a_package_that_teams_takes_and_says_what_is_next(
    terminal: Terminal, tmp_path: Path
) -> None:
    need("teams-package")
    file = tmp_path / "new" / "teams.zip"
    given = f"--base-url HTTPS://Hourbridge.Example:8443/ --app-id {APP_ID.upper()}"
    said = terminal.does(f"manifest teams {given} --out {file}")
    made = inside(file)
    assert by_schema(made) == []
    assert by_microsoft({"written": made}, tmp_path) == {"written": []}
    assert by_schema(inside(file, "cy.json"), LOCALISATION) == []
    assert made["id"] == made["bots"][0]["botId"] == APP_ID
    assert made["validDomains"] == ["hourbridge.example"]
    assert str(file) in said
    assert "https://hourbridge.example:8443/api/messages" in said
    assert f"MICROSOFT_APP_ID={APP_ID}" in said


def test_a_package_that_is_written_again_is_the_same_to_the_byte(
    terminal: Terminal, tmp_path: Path
) -> None:
    files = (tmp_path / "one.zip", tmp_path / "two.zip")
    for file in files:
        terminal.does(f"manifest teams --base-url {BASE} --app-id {APP_ID} --out {file}")
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_package_has_the_version_of_the_product_and_teams_takes_it(
    terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "teams.zip"
    terminal.does(f"manifest teams --base-url {BASE} --app-id {APP_ID} --out {file}")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert inside(file)["version"] == project["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", project["version"]), "Teams takes 3 numbers alone"


def test_an_operator_names_pages_of_their_own(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "teams.zip"
    pages = {
        one: f"https://westshire.example/{one}?a=b#c" for one in ("website", "privacy", "terms")
    }
    options = " ".join(f"--{one}-url '{url}'" for one, url in pages.items())
    line = f"manifest teams --base-url {BASE} --app-id {APP_ID} --out {file} {options}"
    terminal.does(f"{line} --developer 'Westshire Digital'")
    assert inside(file)["developer"] == {
        "name": "Westshire Digital",
        "websiteUrl": pages["website"],
        "privacyUrl": pages["privacy"],
        "termsOfUseUrl": pages["terms"],
    }


GOOD = f"--base-url {BASE} --app-id {APP_ID}"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (f"--app-id {APP_ID}", "Say where Teams reaches Hourbridge"),
        (f"--app-id {APP_ID} --base-url http://hourbridge.example", "only to https"),
        (f"--app-id {APP_ID} --base-url ftp://hourbridge.example", "only to https"),
        (f"--app-id {APP_ID} --base-url hourbridge.example", "only to https"),
        (f"--app-id {APP_ID} --base-url http://localhost:3978", "cannot reach this computer"),
        (f"--app-id {APP_ID} --base-url https://localhost", "cannot reach this computer"),
        (f"--app-id {APP_ID} --base-url https://127.0.0.1", "cannot reach this computer"),
        (f"--app-id {APP_ID} --base-url 'https://[::1]:3978'", "cannot reach this computer"),
        (f"--app-id {APP_ID} --base-url {BASE}/api/messages", "nothing after"),
        (f"--app-id {APP_ID} --base-url {BASE}?a=b", "nothing after"),
        (f"--app-id {APP_ID} --base-url '{BASE}/#'", "nothing after"),
        (f"--app-id {APP_ID} --base-url {BASE}:99999", "not an address"),
        (f"--app-id {APP_ID} --base-url https://", "name of a server"),
        (f"--app-id {APP_ID} --base-url https://höurbridge.example", "name of a server"),
        (f"--base-url {BASE}", "Say which bot it is"),
        (f"--base-url {BASE} --app-id hourbridge", "5 groups"),
        (f"--base-url {BASE} --app-id {APP_ID}0", "5 groups"),
        (f"--base-url {BASE} --app-id {{{APP_ID}}}", "5 groups"),
        (f"--base-url {BASE} --app-id {APP_ID.replace('-', '')}", "5 groups"),
        (f"{GOOD} --developer ''", "at most 32"),
        (f"{GOOD} --developer {'x' * 33}", "at most 32"),
        (f"{GOOD} --developer 'West\nshire'", "on one line"),
        (f"{GOOD} --website-url http://westshire.example", "--website-url has to be"),
        (f"{GOOD} --privacy-url westshire.example/privacy", "--privacy-url has to be"),
        (f"{GOOD} --privacy-url 'https://west shire.example'", "--privacy-url has to be"),
        (f"{GOOD} --terms-url https://", "--terms-url has to be"),
        (f"{GOOD} --terms-url 'https://[::1'", "--terms-url has to be"),
        (f"{GOOD} --terms-url https://westshire.example/{'x' * 2048}", "--terms-url has to be"),
    ],
)
def test_what_teams_cannot_use_is_refused_and_nothing_is_written(
    terminal: Terminal, tmp_path: Path, given: str, said: str
) -> None:
    file = tmp_path / "teams.zip"
    assert said in terminal.fails(f"manifest teams {given} --out {file}")
    assert not file.exists()


@pytest.mark.parametrize("option", ["base", "website", "privacy", "terms"])
def test_a_password_in_an_address_is_refused_and_not_repeated(
    terminal: Terminal, tmp_path: Path, option: str
) -> None:
    file = tmp_path / "teams.zip"
    for address in ("https://me:secret@hourbridge.example", "https://me:secret@[::1"):
        line = f"manifest teams {GOOD} --{option}-url {address} --out {file}"
        assert "secret" not in terminal.fails(line)
        assert not file.exists()


def test_a_folder_that_cannot_be_made_is_said(terminal: Terminal, tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()
    line = f"manifest teams {GOOD} --out {tmp_path / 'file' / 'teams.zip'}"
    assert "The app package cannot be written to" in terminal.fails(line)


def test_a_package_is_not_written_over_a_folder(terminal: Terminal, tmp_path: Path) -> None:
    line = f"manifest teams {GOOD} --out {tmp_path}"
    assert "The app package cannot be written to" in terminal.fails(line)
