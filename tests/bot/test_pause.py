"""Pausing: nothing is sent, nothing is lost, and the operator is told what to do."""

from __future__ import annotations

import pytest

from bot.__main__ import main
from core.delivery.model import Pause
from tests.world import World


def test_what_is_paused_waits_and_goes_out_once_it_is_resumed(world: World) -> None:
    ana = world.person("Ana Ward", "NGH")
    bea = world.person("Bea Cole", "SGH")
    with world.store.begin() as books:
        books.deliveries.pause(Pause("slack", "", world.now))
    world.deliver()
    assert not ana.inbox
    assert bea.told("members.welcome")
    with world.store.begin() as books:
        assert not books.deliveries.resume("slack", "T-NORTHGATE")
        assert books.deliveries.resume("slack", "")
    world.later(minutes=1)
    world.deliver()
    assert ana.told("members.welcome")


@pytest.mark.parametrize(
    ("pause", "reached"),
    [
        (("", ""), set()),
        (("teams", ""), {"slack", "local"}),
        (("teams", "tenant-southgate"), {"slack", "teams", "local"}),
    ],
)
def test_a_pause_holds_all_a_platform_or_one_tenant(
    world: World, pause: tuple[str, str], reached: set[str]
) -> None:
    people = [world.person(f"Person {code}", code) for code in ("NGH", "SGH", "COU", "HOS")]
    with world.store.begin() as books:
        books.deliveries.pause(Pause(*pause, world.now))
    world.deliver()
    assert {one.caller.platform for one in people if one.inbox} == reached


def test_the_operator_pauses_and_resumes_and_is_told_what_is_paused(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = world.store.url.render_as_string(hide_password=False)
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", url)
    assert main(["pause", "slack", "T-NORTHGATE"]) == 0
    assert "hourbridge resume slack T-NORTHGATE" in capsys.readouterr().out
    assert main(["resume"]) == 1
    assert "Paused now: slack T-NORTHGATE." in capsys.readouterr().err
    assert main(["resume", "slack", "T-NORTHGATE"]) == 0
    assert main(["pause", "pigeon"]) == 2


def test_a_workspace_that_is_not_known_is_not_said_to_be_paused(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = world.store.url.render_as_string(hide_password=False)
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", url)
    assert main(["pause", "slack", "T-NORTHGAET"]) == 1
    said = capsys.readouterr()
    assert "slack T-NORTHGAET is not known. See: hourbridge tenant list" in said.err
    assert "Paused" not in said.out
    with world.store.begin() as books:
        assert not books.deliveries.pauses()


def test_resuming_a_part_says_what_is_paused_still(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = world.store.url.render_as_string(hide_password=False)
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", url)
    for words in (["pause"], ["pause", "local"], ["pause", "slack", "T-NORTHGATE"]):
        assert main(words) == 0
    capsys.readouterr()
    assert main(["resume", "local"]) == 0
    said = capsys.readouterr().out
    assert said == "Resumed: local. Still paused: everything, slack T-NORTHGATE.\n"
    assert main(["resume"]) == 0
    assert capsys.readouterr().out == (
        "Resumed: everything. What waited goes out as fast as each tenant's pace allows. "
        "Still paused: slack T-NORTHGATE.\n"
    )
    assert main(["resume", "slack", "T-NORTHGATE"]) == 0
    assert "Still paused" not in capsys.readouterr().out
