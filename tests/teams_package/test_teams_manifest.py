"""The manifest: what Teams takes, what the house understands, and no more than the adapter uses."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.teams import ways_in
from adapters.teams.manifest import PERMISSIONS, App, localisation, manifest
from adapters.teams.menus import MENUS
from core.commands import PlainWords, interpreter
from core.features import the_house
from core.words import Speech
from tests.requirements import need
from tests.teams_package.validators import LOCALISATION, Json, by_microsoft, by_schema, validator

ROOT = Path(__file__).parents[2]
ADAPTER = ROOT / "adapters" / "teams"
APP_ID = "0a1b2c3d-1111-2222-3333-444455556666"
HOUSE = the_house()
APP = App(
    app_id=APP_ID,
    base_url="https://hourbridge.example:8443",
    version="1.2.3",
    developer="Westshire Digital",
    website_url="https://westshire.example/hourbridge",
    privacy_url="https://westshire.example/privacy",
    terms_url="https://westshire.example/terms",
)


# What Teams takes.


def test_both_validators_take_the_manifest(tmp_path: Path) -> None:
    need("teams-package")
    made = manifest(APP, HOUSE)
    assert by_schema(made) == []
    assert by_microsoft({"ours": made}, tmp_path) == {"ours": []}


def test_the_validator_takes_the_welsh_words() -> None:
    need("teams-package")
    assert by_schema(localisation(APP, HOUSE), LOCALISATION) == []


def _set(*path: str | int, to: object) -> Callable[[Json], None]:
    def change(made: Json) -> None:
        part: Any = made
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = to

    return change


def _again(*path: str | int, times: int) -> Callable[[Json], None]:
    def change(made: Json) -> None:
        part: Any = made
        for step in path:
            part = part[step]
        part.extend(copy.deepcopy(part[0]) for _ in range(times - len(part)))

    return change


LISTS = ("bots", 0, "commandLists")
WAY = ("composeExtensions", 0, "commands", 0)
WRONG: dict[str, Callable[[Json], None]] = {
    "a name of 31 letters": _set("name", "short", to="x" * 31),
    "a full name of 101 letters": _set("name", "full", to="x" * 101),
    "a short description of 81 letters": _set("description", "short", to="x" * 81),
    "a description of 4,001 letters": _set("description", "full", to="x" * 4001),
    "a developer of 33 letters": _set("developer", "name", to="x" * 33),
    "an unknown key": _set("colour", to="#0b5d5e"),
    "an unknown key of the bot": _set("bots", 0, "supportsTargetedMessage", to=True),
    "a fourth command list": _again(*LISTS, times=4),
    "a thirteenth command": _again(*LISTS, 0, "commands", times=13),
    "a command of 129 letters": _set(*LISTS, 0, "commands", 0, "title", to="x" * 129),
    "a scope misspelt": _set("bots", 0, "scopes", to=["personal", "team", "groupchat"]),
    "an unknown trigger": _set(*LISTS, 1, "triggers", to=["slash", "at"]),
    "a second extension": _again("composeExtensions", times=2),
    "an eleventh way in": _again("composeExtensions", 0, "commands", times=11),
    "a way in of 33 letters": _set(*WAY, "title", to="x" * 33),
    "a way in that is described in 129 letters": _set(*WAY, "description", to="x" * 129),
    "a way in without an id": lambda made: made["composeExtensions"][0]["commands"][0].pop("id"),
    "an id that is no GUID": _set("id", to="hourbridge"),
    "a bot that is no GUID": _set("bots", 0, "botId", to="hourbridge"),
    "a colour by its name": _set("accentColor", to="teal"),
    "a permission that there is not": _set("permissions", to=["everything"]),
    "a page that is no address": _set("developer", "privacyUrl", to="westshire.example"),
}


BY_BOTH = (
    "a name of 31 letters",
    "an unknown key",
    "a fourth command list",
    "a scope misspelt",
    "a way in of 33 letters",
    "an id that is no GUID",
)
"""What Microsoft's reader is asked about too: it takes a while over each."""


def _made_wrong(name: str) -> Json:
    made = copy.deepcopy(manifest(APP, HOUSE))
    WRONG[name](made)
    return made


@pytest.mark.parametrize("name", WRONG)
def test_what_teams_would_not_take_is_found(name: str) -> None:
    need("teams-package")
    assert by_schema(_made_wrong(name))


def test_microsofts_own_reader_finds_it_too(tmp_path: Path) -> None:
    need("teams-package")
    said = by_microsoft({name: _made_wrong(name) for name in BY_BOTH}, tmp_path)
    assert [name for name in BY_BOTH if not said[name]] == []


def test_a_welsh_text_that_is_too_long_or_has_no_place_is_found() -> None:
    need("teams-package")
    words = localisation(APP, HOUSE)
    for key, value in (
        ("name.short", "x" * 31),
        ("description.short", "x" * 81),
        ("composeExtensions[0].commands[3].parameters[0].title", "x" * 33),
        ("bots[0].commandLists[3].commands[0].title", "gofyn"),
    ):
        assert by_schema(words | {key: value}, LOCALISATION), key


# Every word of it in Welsh.


def _texts(made: Json) -> set[str]:
    """Where the schema lets a manifest's words be said in another language, and they are there."""

    def walk(part: Any, where: str) -> set[str]:
        if isinstance(part, dict):
            return {
                found
                for name, inner in part.items()
                for found in walk(inner, f"{where}.{name}" if where else name)
            }
        if isinstance(part, list):
            return {
                found for at, inner in enumerate(part) for found in walk(inner, f"{where}[{at}]")
            }
        return {where}

    said = localisation(APP, HOUSE)
    return {where for where in walk(made, "") if not by_schema(said | {where: "x"}, LOCALISATION)}


def test_every_text_of_the_manifest_is_said_in_welsh() -> None:
    need("teams-package")
    said = localisation(APP, HOUSE)
    assert set(said) == _texts(manifest(APP, HOUSE)) | {"$schema"}


def test_a_text_that_is_translated_stands_in_the_welsh_file_and_not_in_the_manifest() -> None:
    said = localisation(APP, HOUSE)
    title = said["composeExtensions[0].commands[0].title"]
    assert title == Speech("cy")(ways_in.WAYS_IN[0].title) == "Cynnig help"
    assert manifest(APP, HOUSE)["composeExtensions"][0]["commands"][0]["title"] == "Offer help"


def test_the_welsh_file_is_named_and_english_is_the_rest() -> None:
    assert manifest(APP, HOUSE)["localizationInfo"] == {
        "defaultLanguageTag": "en",
        "additionalLanguages": [{"languageTag": "cy", "file": "cy.json"}],
    }


# What the house understands.


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_listed_command_is_understood_in_its_language(language: str) -> None:
    understood = interpreter(HOUSE)
    by_word = {word: command for command in HOUSE.commands for word in command.words}
    made = manifest(APP, HOUSE, Speech(language))
    for menu, listed in zip(MENUS, made["bots"][0]["commandLists"], strict=True):
        for suggested, shown in zip(menu.commands, listed["commands"], strict=True):
            command = by_word[suggested.word]
            assert shown["title"] in command.words, "another command, or none"
            assert shown["description"] == Speech(language)(command.help)
            intent = understood(shown["title"])
            assert not isinstance(intent, PlainWords)
            assert type(understood(f"/{shown['title']}")) is type(intent)
            assert type(intent) is type(understood(suggested.word))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_prompt_is_a_line_of_its_own_command(language: str) -> None:
    understood = interpreter(HOUSE)
    by_word = {word: command for command in HOUSE.commands for word in command.words}
    listed = manifest(APP, HOUSE, Speech(language))["bots"][0]["commandLists"]
    prompts = [one for menu in listed for one in menu["commands"] if "prompt" in one]
    assert len(prompts) == 3
    for shown in prompts:
        assert shown["type"] == "prompt"
        assert not isinstance(understood(shown["prompt"]), PlainWords)
        first = shown["prompt"].split()[0]
        assert by_word[first] is by_word[shown["title"]]


def test_commands_are_listed_by_a_slash_only_where_others_read_too() -> None:
    [bot] = manifest(APP, HOUSE)["bots"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert bot["supportsTargetedMessages"]
    for listed in bot["commandLists"]:
        assert ("slash" in listed["triggers"]) == ("personal" not in listed["scopes"])


def test_the_extension_has_the_ways_in_and_no_other() -> None:
    [extension] = manifest(APP, HOUSE)["composeExtensions"]
    commands = {one["id"]: one for one in extension["commands"]}
    assert list(commands) == [way.id for way in ways_in.WAYS_IN]
    assert set(commands) == {ways_in.OFFER, ways_in.ASK, ways_in.TURN, ways_in.FIND}
    for name in (ways_in.OFFER, ways_in.ASK, ways_in.TURN):
        assert (commands[name]["type"], commands[name]["fetchTask"]) == ("action", True)
    assert commands[ways_in.TURN]["context"] == ["message"]
    search = commands[ways_in.FIND]
    assert (search["type"], search["initialRun"]) == ("query", True)
    assert [one["name"] for one in search["parameters"]] == [ways_in.WORDS]


# No more than the adapter uses.


def test_everything_is_of_the_one_bot_and_the_one_server() -> None:
    made = manifest(APP, HOUSE)
    assert made["id"] == APP_ID
    assert made["bots"][0]["botId"] == made["composeExtensions"][0]["botId"] == APP_ID
    assert made["validDomains"] == ["hourbridge.example"]


def test_every_permission_is_used_and_says_why_and_so_does_the_guide() -> None:
    source = "".join(file.read_text("utf-8") for file in ADAPTER.glob("*.py"))
    used = {"identity": '"aadObjectId"', "messageTeamMembers": "/v3/conversations"}
    guide = (ROOT / "docs" / "install-teams.md").read_text("utf-8")
    assert [one.name for one in PERMISSIONS] == manifest(APP, HOUSE)["permissions"] == list(used)
    for permission in PERMISSIONS:
        assert used[permission.name] in source
        assert permission.why.endswith(".")
        assert f"| `{permission.name}` | {permission.why} |" in guide


def test_it_reads_no_channel_and_signs_nobody_in() -> None:
    made = manifest(APP, HOUSE)
    assert made.keys().isdisjoint({"authorization", "webApplicationInfo", "devicePermissions"})
    assert not made["bots"][0]["supportsFiles"]
    source = "".join(file.read_text("utf-8") for file in ADAPTER.glob("*.py"))
    assert "graph.microsoft.com" not in source


# What stands in the repository.


def test_the_manifest_in_the_repository_is_what_the_command_writes() -> None:
    written = json.loads((ROOT / "manifest" / "teams.json").read_text("utf-8"))
    developer = written["developer"]
    app = App(
        app_id=written["id"],
        base_url=f"https://{written['validDomains'][0]}",
        version=written["version"],
        developer=developer["name"],
        website_url=developer["websiteUrl"],
        privacy_url=developer["privacyUrl"],
        terms_url=developer["termsOfUseUrl"],
    )
    assert written == manifest(app, HOUSE)


def test_the_schema_that_is_checked_is_the_one_that_the_manifest_names() -> None:
    need("teams-package")
    schema = validator("MicrosoftTeams").schema
    assert isinstance(schema, dict)
    made = manifest(APP, HOUSE)
    assert schema["properties"]["manifestVersion"]["const"] == made["manifestVersion"] == "1.30"
    assert f"/v{made['manifestVersion']}/" in made["$schema"]
