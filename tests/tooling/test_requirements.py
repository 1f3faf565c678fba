"""A part of the suite that is missing is skipped in a sentence, or fails where it is required."""

from __future__ import annotations

import pytest

from tests import requirements


@pytest.fixture(autouse=True)
def _no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOURBRIDGE_TEST_CHROMIUM", "/no/such/browser")
    monkeypatch.delenv("HOURBRIDGE_REQUIRE", raising=False)


def test_a_missing_part_is_skipped_with_what_to_install() -> None:
    with pytest.raises(pytest.skip.Exception, match=r"Chromium is not installed .* apt install"):
        requirements.need("chromium")


def test_a_missing_part_that_is_required_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOURBRIDGE_REQUIRE", "postgres, chromium")
    with pytest.raises(pytest.fail.Exception, match="HOURBRIDGE_REQUIRE names chromium"):
        requirements.need("chromium")


def test_a_part_that_is_here_lets_the_test_go_on(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("HOURBRIDGE_TEST_CHROMIUM", "/bin/sh")
    monkeypatch.setenv("HOURBRIDGE_REQUIRE", "chromium")
    requirements.need("chromium")


def test_a_misspelt_part_is_refused_rather_than_never_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOURBRIDGE_REQUIRE", "postgress")
    with pytest.raises(ValueError, match="postgress"):
        requirements.need("chromium")
    with pytest.raises(KeyError):
        requirements.need("postgress")


def test_the_list_before_a_run_names_each_missing_part_on_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert requirements.main() == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "chromium" in line]
    assert len(lines) == 1
    monkeypatch.setenv("HOURBRIDGE_REQUIRE", "chromium")
    assert requirements.main() == 1
