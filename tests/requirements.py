"""The optional parts of the test suite: what they need, and what happens where it is missing.

A test calls ``need("chromium")`` first. Where the part is missing the test is skipped with one
sentence, unless ``HOURBRIDGE_REQUIRE`` (as in ``.ci/run``) names it: then the test fails.
``python -m tests.requirements`` prints the missing parts, one a line.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"
PLAYGROUND = Path(__file__).parent / "playground"
EMULATE = Path(__file__).parent / "slack" / "emulate"
TEAMS_PACKAGE = Path(__file__).parent / "teams_package"
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> Path | None:
    """The browser to drive: ``HOURBRIDGE_TEST_CHROMIUM``, else the first one on the path."""
    named = os.environ.get("HOURBRIDGE_TEST_CHROMIUM")
    return _first((named,) if named else _CHROMIUM_NAMES)


def node() -> Path | None:
    """Node.js, if it is on the path."""
    return _first(("node",))


def postgres_programs() -> Path | None:
    """The folder of the newest ``initdb`` and ``pg_ctl``, which are often not on the path."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    by_version = sorted(installed, key=lambda path: int("0" + path.parts[-3].split(".")[0]))
    found = by_version[-1] if by_version else _first(("initdb",))
    return found.resolve().parent if found else None


def _first(names: tuple[str, ...]) -> Path | None:
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def _postgres() -> str:
    if os.environ.get("HOURBRIDGE_TEST_POSTGRES_URL") or postgres_programs():
        return ""
    return "PostgreSQL is not installed (Debian: apt install postgresql)"


def _chromium() -> str:
    return "" if chromium() else "Chromium is not installed (Debian: apt install chromium)"


def _modules(folder: Path) -> str:
    if node() is None:
        return "Node.js is not installed (20 or later is needed)"
    if not (folder / "node_modules/.package-lock.json").exists():
        place = folder.relative_to(Path(__file__).parents[1])
        return f"The Node packages of {place} are not installed (make browser)"
    return ""


PARTS: dict[str, Callable[[], str]] = {
    "postgres": _postgres,
    "chromium": _chromium,
    "node": lambda: _modules(BROWSER),
    "playground": lambda: _modules(PLAYGROUND),
    "emulate": lambda: _modules(EMULATE),
    "teams-package": lambda: _modules(TEAMS_PACKAGE),
}


def missing(part: str) -> str:
    """Why ``part`` cannot run here, in one sentence; empty where it can."""
    return PARTS[part]()


def required() -> set[str]:
    """The parts that ``HOURBRIDGE_REQUIRE`` names. Raises ``ValueError`` for an unknown one."""
    named = {part.strip() for part in os.environ.get("HOURBRIDGE_REQUIRE", "").split(",")} - {""}
    if unknown := named - PARTS.keys():
        raise ValueError(f"HOURBRIDGE_REQUIRE names unknown parts: {', '.join(sorted(unknown))}")
    return named


def need(part: str) -> None:
    """Go on if ``part`` is here; else skip the test or module, or fail it where it is required."""
    reason = missing(part)
    if reason and part in required():
        pytest.fail(f"{reason}, and HOURBRIDGE_REQUIRE names {part}.", pytrace=False)
    if reason:
        pytest.skip(f"{reason}.", allow_module_level=True)


def main() -> int:
    """Print the missing parts; 1 where one of them is required."""
    reasons = {part: reason for part in PARTS if (reason := missing(part))}
    for part, reason in reasons.items():
        print(f"Tests that need {part} are skipped: {reason}.")
    if absent := required() & reasons.keys():
        print(f"HOURBRIDGE_REQUIRE names what is missing: {', '.join(sorted(absent))}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
