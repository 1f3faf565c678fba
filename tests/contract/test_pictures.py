"""Renderers that no one here wrote draw what we send, and nothing runs over the edge of a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.ui.gallery import Example
from tests.contract import pictures
from tests.contract.everything import EXAMPLES
from tests.contract.pictures import DESK, PHONE, Theme, draw, lay_out
from tests.requirements import need

HANDFUL = (
    "ui.every-block",
    "ui.every-field",
    "ui.hostile-words",
    "ui.hostile-form",
    "ui.long-words",
)


@pytest.fixture(autouse=True)
def _renderers() -> None:
    need("node")
    need("chromium")


def _called(*names: str) -> list[Example]:
    found = [example for example in EXAMPLES if example.name in names]
    assert len(found) == len(names)
    return found


def test_a_handful_is_drawn_whole_on_a_phone_and_on_a_desk(tmp_path: Path) -> None:
    reports = draw(_called(*HANDFUL), tmp_path)
    assert {report.file: (report.wide, report.problems) for report in reports} == {
        report.file: ([], []) for report in reports
    }
    assert [report.file for report in reports if report.over] == []
    assert {(report.platform, report.width) for report in reports} == {
        (platform, width) for platform in ("slack", "teams", "local") for width in (PHONE, DESK)
    }
    assert all((tmp_path / report.file).stat().st_size > 2000 for report in reports)
    assert len(lay_out(reports, tmp_path)) == 2
    assert len(list(tmp_path.glob("sheet-*.png"))) == 2


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_teams_draws_a_handful_in_its_other_looks_too(tmp_path: Path, theme: Theme) -> None:
    chosen = _called(*HANDFUL)
    reports = draw(chosen, tmp_path, widths=(PHONE,), platforms=("teams",), theme=theme)
    assert {report.file for report in reports} == {
        f"teams/{one.name}-{PHONE}-{theme}.png" for one in chosen
    }
    assert [report for report in reports if report.problems or report.over] == []
    assert all((tmp_path / report.file).stat().st_size > 2000 for report in reports)


@pytest.mark.timeout(300)
def test_microsofts_renderer_takes_every_card_without_a_word_against_it(tmp_path: Path) -> None:
    reports = draw(EXAMPLES, tmp_path, widths=(PHONE,), platforms=("teams",), blind=True)
    assert len(reports) == len(EXAMPLES)
    assert {report.name: report.problems for report in reports if report.problems} == {}
    assert [report.name for report in reports if report.over] == []


def test_a_card_that_runs_over_or_holds_mark_up_would_be_noticed(tmp_path: Path) -> None:
    card = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "TextBlock", "text": "some *emphasis*", "wrap": True},
            {"type": "Nonsense"},
            {"type": "Input.Text"},
        ],
    }
    wide = '<p style="width: 600px">words</p>'
    pages = [
        {"name": "markup", "platform": "teams", "wire": card},
        {"name": "wide", "platform": "local", "wire": wide},
    ]
    job = {"out": str(tmp_path), "widths": [PHONE], "pages": pages, "blind": True}
    markup, over = (pictures.Report(**one) for one in pictures._run(job))
    said = " ".join(markup.problems)
    assert "mark-up: <em> emphasis" in said
    assert "Nonsense" in said
    assert over.over > 0
