"""The wire of every example, kept in files, so that a change is seen in review.

``python -m tests.contract.golden --write`` brings the files up to date. English alone: the words
of other languages are the catalogue's, and the contract suite draws them all.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from tests.contract.everything import EXAMPLES, SPEECHES
from tests.contract.platforms import SURFACES, Wire

FOLDER = Path(__file__).parent / "golden"
KEPT = ("slack-message", "slack-form", "teams-chat", "local")
"""The surfaces whose wire is kept: the others are drawn by the same code from the same blocks."""
_OWN_ID = re.compile(r"\bf[0-9a-f]{8}-")
"""The local page's forms number themselves at random, so that two may stand on one page."""


def files() -> dict[Path, str]:
    """Every golden file, by its path under the folder, as it ought to be."""
    found = {}
    for example in EXAMPLES:
        for surface in SURFACES:
            if surface.name in KEPT and surface.takes(example.shown):
                ending = "html" if surface.platform == "local" else "json"
                path = Path(surface.platform) / f"{example.name}.{ending}"
                found[path] = pretty(surface.draw(example.shown, SPEECHES[0]))
    return found


def present() -> dict[Path, str]:
    """Every golden file, by its path under the folder, as it is."""
    return {
        path.relative_to(FOLDER): path.read_text(encoding="utf-8") for path in FOLDER.glob("*/*.*")
    }


def pretty(wire: Wire) -> str:
    """``wire`` as lines that differ only where something a person meets does."""
    if isinstance(wire, str):
        return _OWN_ID.sub("form-", wire).replace("><", ">\n<") + "\n"
    return json.dumps(wire, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Say which files differ; with ``--write`` make them as they ought to be."""
    wanted, there = files(), present()
    everywhere = sorted(wanted.keys() | there.keys())
    differing = [path for path in everywhere if wanted.get(path) != there.get(path)]
    for path in differing:
        print(path)
        if "--write" not in sys.argv:
            continue
        if path in wanted:
            (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / path).write_text(wanted[path], encoding="utf-8")
        else:
            (FOLDER / path).unlink()
    return int(bool(differing) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
