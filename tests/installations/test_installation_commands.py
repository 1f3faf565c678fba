"""``hourbridge secrets rotate`` and ``hourbridge tenant`` with installations."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from core.organisations.model import Role
from storage.store import Store
from tests.bot.terminal import Terminal
from tests.installations.samples import (
    NEW,
    OLD,
    TOKENS,
    find,
    granted,
    install,
    keep,
    news,
    remove,
    url_of,
)
from tests.world import World


def test_every_token_is_sealed_anew_and_the_old_secret_can_go(
    terminal: Terminal, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, granted())
    keep(store, granted("T-TWO", refresh=""))
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", f"{NEW},{OLD}")
    said = terminal.does("secrets rotate")
    assert "3 tokens sealed anew, 0 sealed with this secret already" in said
    assert "No token needs the other secrets now" in said
    assert not any(words in said for words in (*TOKENS, OLD, NEW))
    assert terminal.lists("secrets rotate") == {
        "sealed_anew": 0,
        "sealed_already": 3,
        "lost": [],
    }
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", NEW)
    said = terminal.does("secrets rotate")
    assert said == "0 tokens sealed anew, 3 sealed with this secret already.\n"
    alone = Store(url_of(store), (NEW,))
    assert find(alone) is not None
    assert find(alone, "T-TWO") is not None
    alone.close()


def test_a_token_that_no_secret_opens_is_named_and_the_command_fails(
    terminal: Terminal, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, granted())
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", NEW)
    assert terminal.run("secrets rotate") == 1
    assert "No secret that is set opens the tokens of: slack T-NEW" in terminal.out
    assert terminal.run("secrets rotate --json") == 1
    assert json.loads(terminal.out)["lost"] == [{"platform": "slack", "id": "T-NEW"}]
    assert find(store) is not None
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", f"{NEW},{OLD}")
    assert "2 tokens sealed anew" in terminal.does("secrets rotate")


def test_a_single_token_is_one(
    terminal: Terminal, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, granted(refresh=""))
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", f"{NEW},{OLD}")
    assert terminal.does("secrets rotate").startswith("1 token sealed anew")


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("", "HOURBRIDGE_SECRET_KEY is not set"),
        ("short", "at least 32 characters"),
        (f"{NEW},short", "at least 32 characters"),
    ],
)
def test_without_a_good_secret_nothing_is_touched(
    terminal: Terminal, store: Store, monkeypatch: pytest.MonkeyPatch, secret: str, said: str
) -> None:
    kept = keep(store, granted())
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", secret)
    assert said in terminal.fails("secrets rotate")
    assert find(store) == kept


def test_the_help_says_what_the_old_secret_is_still_good_for(empty_terminal: Terminal) -> None:
    assert empty_terminal.run("secrets rotate --help") == 0
    said = " ".join(empty_terminal.out.split())
    assert "Wait an hour" in said
    assert "hours to start with a second time" in said


def test_tenants_are_listed_with_their_name_and_whether_the_app_is_installed(
    terminal: Terminal, world: World
) -> None:
    install(world)
    install(world, granted("T-NORTHGATE", name="Northgate"))
    remove(world, "T-NORTHGATE")
    found = {one["id"]: one for one in terminal.lists("tenant list")}
    new, old, other = found["T-NEW"], found["T-NORTHGATE"], found["willow"]
    assert (new["name"], new["installed"], new["state"]) == ("Westshire Voices", True, "pending")
    assert new["since"] == world.now.isoformat()
    assert (old["name"], old["installed"], old["state"]) == ("Northgate", False, "approved")
    assert old["organisations"] == ["NGH"]
    assert (other["name"], other["installed"], other["since"]) == (None, None, None)
    [pending] = terminal.lists("tenant list --pending")
    assert pending == new
    heads, *rows = terminal.does("tenant list").splitlines()
    assert heads.split()[-3:] == ["INSTALLED", "SINCE", "ORGANISATIONS"]
    [row] = [row for row in rows if "T-NEW" in row]
    assert row.split()[-4:] == ["yes", "2026-05-05", "09:00:00Z", "-"]
    assert not any(token in terminal.out for token in TOKENS)


def test_a_decision_on_the_command_line_brings_the_cards_of_admins_up_to_date(
    terminal: Terminal, world: World
) -> None:
    ana = world.person("Ana Ward")
    world.grants(ana, Role.ADMIN)
    install(world)
    world.deliver()
    [card] = news(ana)
    for line, stands in (
        ("tenant approve slack T-NEW --org COU", "Approved"),
        ("tenant suspend slack T-NEW", "Paused"),
        ("tenant restore slack T-NEW", "Approved"),
    ):
        terminal.does(line)
        # The command line goes by the real time.
        world.now = datetime.now(UTC) + timedelta(seconds=1)
        world.deliver()
        assert f"Where it stands: {stands}" in card.text
    assert card.edits == 3
