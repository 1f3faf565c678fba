"""Draws the icons of the app package from their SVG, with Chromium.

``python -m tests.teams_package.draw`` writes ``manifest/color.png`` and ``manifest/outline.png``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.requirements import chromium, need
from tests.teams_package.pictures import Picture, read_png, write_png

FOLDER = Path(__file__).parents[2] / "manifest"
SIZES = {"color": 192, "outline": 32}


def drawn(name: str) -> Picture:
    """How Chromium shows the SVG of that name, on nothing."""
    need("chromium")
    with tempfile.TemporaryDirectory() as folder:
        file, side = Path(folder) / "icon.png", SIZES[name]
        flags = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={folder}"]
        flags += [f"--window-size={side},{side}", "--default-background-color=00000000"]
        svg = (FOLDER / f"{name}.svg").as_uri()
        command = [str(chromium()), *flags, f"--screenshot={file}", svg]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return read_png(file.read_bytes())


def white(picture: Picture) -> Picture:
    """The same shape in nothing but white: what is not drawn has no colour of its own either."""
    return Picture(
        tuple(tuple((255, 255, 255, opaque) for *_, opaque in row) for row in picture.rows)
    )


def main() -> int:
    """Write both icons."""
    (FOLDER / "color.png").write_bytes(write_png(drawn("color")))
    (FOLDER / "outline.png").write_bytes(write_png(white(drawn("outline"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
