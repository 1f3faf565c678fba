"""The names that stand on buttons already sent: every intent with its arguments, a line each.

``python -m tests.contract.names --write`` adds what is new. A line that was there stays, so that
old buttons keep working: to take one away, edit ``intents.txt`` by hand and say why.
"""

from __future__ import annotations

import dataclasses
import sys
import typing
from collections.abc import Iterable
from pathlib import Path

from core.ui.intents import Intent
from tests.contract.everything import HOUSE

WRITTEN = Path(__file__).parent / "golden" / "intents.txt"


def line_of(kind: type[Intent]) -> str:
    """``exchange.accept exchange:int version:int?``; ``?`` marks what may be left out."""
    hints = typing.get_type_hints(kind)
    arguments = [
        f"{field.name}:{_name(hints[field.name])}"
        + ("" if field.default is dataclasses.MISSING else "?")
        for field in dataclasses.fields(kind)
    ]
    return " ".join([kind.name, *arguments])


def _name(hint: object) -> str:
    return hint.__name__ if isinstance(hint, type) else "texts"


def present() -> list[str]:
    """A line for every intent that can be carried out today."""
    return sorted(line_of(kind) for kind in HOUSE.verbs)


def written() -> list[str]:
    """The lines kept in review."""
    return WRITTEN.read_text(encoding="utf-8").splitlines()


def broken(before: Iterable[str], now: Iterable[str]) -> list[str]:
    """Which buttons made when ``before`` was written no longer work with ``now``, and why."""
    known = {line.split()[0]: set(line.split()[1:]) for line in now}
    found = []
    for line in before:
        name, *arguments = line.split()
        if name not in known:
            found.append(f"{name} is gone or renamed")
            continue
        # An argument that every button carries may later be left out, never the other way round.
        lost = [one for one in arguments if not {one, one.removesuffix("?") + "?"} & known[name]]
        found += [f"{name} no longer takes {one}" for one in lost]
        new = {one for one in known[name] if not one.endswith("?")} - set(arguments)
        found += [f"{name} now needs {one}" for one in sorted(new)]
    return found


def main() -> int:
    """Say what is broken; with ``--write`` keep today's lines where nothing is."""
    before = written() if WRITTEN.exists() else []
    if problems := broken(before, present()):
        print("\n".join(problems))
        return 1
    if "--write" in sys.argv:
        WRITTEN.write_text("\n".join(present()) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
