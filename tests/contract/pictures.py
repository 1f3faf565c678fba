"""Pictures of everything that is shown: every example, on every platform, on a phone and a desk.

``python -m tests.contract.pictures --out DIR [--only PART ...]`` draws each example with a renderer
that no one here wrote where there is one, takes its picture with headless Chromium, and lays the
pictures out on contact sheets, a room at a time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, get_args

from adapters.local import app as local_app
from core.ui.gallery import Example
from core.words import Speech
from tests.contract.everything import EXAMPLES, SPEECHES
from tests.contract.platforms import SURFACES
from tests.requirements import BROWSER, chromium, node

PHONE, DESK = 390, 1000
Theme = Literal["light", "dark", "contrast"]
DRAWN = ("slack-message", "slack-form", "teams-chat", "local")
"""The surfaces that are drawn: the others show the same blocks."""
_ON_A_SHEET = 6
_CSS = Path(local_app.__file__).parent / "static" / "page.css"


@dataclass(frozen=True)
class Report:
    """What became of one picture. ``over`` is how many pixels run over the right edge."""

    name: str
    platform: str
    width: int
    file: str
    height: int
    over: int
    wide: list[str]
    problems: list[str]


def draw(
    examples: Iterable[Example],
    out: Path,
    *,
    widths: tuple[int, ...] = (PHONE, DESK),
    speech: Speech = SPEECHES[0],
    platforms: tuple[str, ...] = ("slack", "teams", "local"),
    theme: Theme = "light",
    blind: bool = False,
) -> list[Report]:
    """Take the pictures of ``examples`` into ``out``, or with ``blind`` only look for faults.

    ``theme`` is the look of Teams; the other platforms are drawn in their one.

    Raises ``CalledProcessError``.
    """
    pages = [
        {
            "name": example.name,
            "platform": surface.platform,
            "wire": surface.draw(example.shown, speech),
        }
        for example in examples
        for surface in SURFACES
        if surface.name in DRAWN and surface.platform in platforms
        if surface.takes(example.shown)
    ]
    job = {
        "out": str(out.resolve()),
        "widths": widths,
        "theme": theme,
        "pages": pages,
        "blind": blind,
    }
    found = _run(job)
    return [Report(**one) for one in found]


def lay_out(reports: list[Report], out: Path, *, together: bool = False) -> list[str]:
    """Contact sheets of the pictures in ``out``, by room (or ``together``) and width."""

    def place(report: Report) -> tuple[str, int]:
        return "all" if together else report.name.partition(".")[0], report.width

    sheets = []
    for (room, width), some in groupby(sorted(reports, key=place), key=place):
        examples = [list(one) for _name, one in groupby(some, key=lambda report: report.name)]
        for start in range(0, len(examples), _ON_A_SHEET):
            html = "".join(map(_cell, examples[start : start + _ON_A_SHEET]))
            file = f"sheet-{room}-{width}-{start // _ON_A_SHEET + 1}"
            sheets.append({"file": file, "width": 1500, "html": f"{_STYLE}<main>{html}</main>"})
    _run({"out": str(out.resolve()), "widths": [], "pages": [], "sheets": sheets})
    return [str(sheet["file"]) for sheet in sheets]


_STYLE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 8px; background: #8a9399; font: 13px sans-serif; }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
h2 { margin: 0 0 2px; font-size: 14px; }
section { display: flex; gap: 6px; align-items: flex-start; }
figure { margin: 0; max-height: 680px; overflow: hidden; }
img { display: block; width: 238px; }
</style>"""


def _cell(reports: list[Report]) -> str:
    figures = "".join(
        f'<figure><img src="{escape(report.file)}" alt="{report.platform}"></figure>'
        for report in sorted(reports, key=lambda report: report.platform)
    )
    return f"<article><h2>{escape(reports[0].name)}</h2><section>{figures}</section></article>"


def _run(job: dict[str, Any]) -> list[dict[str, Any]]:
    whole = {"chromium": str(chromium()), "css": str(_CSS), **job}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(whole, file, ensure_ascii=False)
        file.flush()
        done = subprocess.run(
            [str(node()), str(BROWSER / "render_gallery.mjs"), file.name],
            stdout=subprocess.PIPE,
            check=True,
        )
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    return reports


def main() -> int:
    """Draw, lay out, and say what is wrong with any of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", default=[""], help="parts of the examples' names")
    parser.add_argument("--language", default="en")
    parser.add_argument("--together", action="store_true", help="all rooms on the same sheets")
    parser.add_argument("--widths", type=int, nargs="+", default=[PHONE, DESK])
    parser.add_argument("--theme", choices=get_args(Theme), default="light", help="of Teams")
    given = parser.parse_args()
    chosen = [one for one in EXAMPLES if any(part in one.name for part in given.only)]
    given.out.mkdir(parents=True, exist_ok=True)
    reports = draw(
        chosen,
        given.out,
        widths=tuple(given.widths),
        speech=Speech(given.language),
        theme=given.theme,
    )
    for report in reports:
        if report.over or report.problems:
            print(report.file, f"{report.over}px over" if report.over else "", *report.problems)
            print(*report.wide)
    for sheet in lay_out(reports, given.out, together=given.together):
        print(given.out / f"{sheet}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
