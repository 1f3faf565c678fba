"""Slack's own TypeScript types, as a check of anything that goes to Slack."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.requirements import BROWSER, node


def complaints(wires: dict[str, Any]) -> list[str]:
    """What the strict compiler says, each with the name of the wire it is about."""
    # Inside tests/browser, where the compiler finds the types; a name of its own each time.
    with tempfile.TemporaryDirectory(dir=BROWSER / "node_modules", prefix=".types-") as folder:
        source = Path(folder) / "wires.json"
        source.write_text(json.dumps(wires), encoding="utf-8")
        writer = [str(node()), str(BROWSER / "slack_types.mjs"), str(source), folder]
        subprocess.run(writer, check=True)
        compiler = BROWSER / "node_modules" / "typescript" / "bin" / "tsc"
        flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"]
        checked = subprocess.run(
            [str(node()), str(compiler), *flags, str(Path(folder) / "wires.ts")],
            capture_output=True,
            check=False,
            text=True,
        )
        written = (Path(folder) / "wires.ts").read_text(encoding="utf-8").splitlines()
    assert bool(checked.returncode) == bool(checked.stdout), checked.stderr
    found = []
    for line in checked.stdout.splitlines():
        if "wires.ts(" in line:
            at = int(line.partition("wires.ts(")[2].partition(",")[0])
            found.append(f"{written[at - 2]}: {line.partition(': error ')[2]}")
    return found or checked.stdout.splitlines()
