"""One clock for several processes: it stands where a test has put it, or runs on from there."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
"""A working Tuesday, 10am in London."""


class SharedClock:
    """Kept in a file. While it stands, no lease ends and nothing falls due, however slow the
    machine is: a test decides when time goes by."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> datetime:
        moment, _, since = self._file.read_text("ascii").partition(" ")
        gone_by = time.time() - float(since) if since else 0.0
        return datetime.fromisoformat(moment) + timedelta(seconds=gone_by)

    def set(self, moment: datetime, *, runs: bool = False) -> None:
        """Put it to ``moment``. No reader sees half of it."""
        words = moment.isoformat() + (f" {time.time()}" if runs else "")
        draft = self._file.with_suffix(".draft")
        draft.write_text(words, "ascii")
        draft.replace(self._file)

    def later(self, **given: float) -> None:
        """Move it on, by ``timedelta``'s words."""
        self.set(self() + timedelta(**given))
