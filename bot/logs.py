"""Structured logs: one JSON object a line, with no words, names or tokens of people in it."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

FIELDS = (
    "reference",
    "platform",
    "tenant",
    "intent",
    "outcome",
    "ms",
    "delivery",
    "job",
    "done",
    "kind",
    "error",
    "where",
)


_encode = json.JSONEncoder(ensure_ascii=False).encode

OURS = ("hourbridge", "adapters", "bot", "core", "storage")
"""The first parts of the names of our own loggers, whose messages hold no words of people."""


class JsonLines(logging.Formatter):
    """A record as JSON: time, level, logger, event, the known extra fields, and where it failed.

    Of an exception only its type and the places are kept: its message may quote what somebody
    wrote. So may the messages of other libraries; of those only the place is kept.
    """

    def format(self, record: logging.LogRecord) -> str:
        """``record`` as one line of JSON."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        given = vars(record)
        line |= {name: given[name] for name in FIELDS if name in given}
        if record.exc_info and record.exc_info[0] is not None:
            kind, _error, trace = record.exc_info
            line["error"] = kind.__name__
            line["where"] = [
                f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(trace)
            ]
        return _encode(line)


def _event(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    return f"a library said something at {_short(record.pathname)}:{record.lineno}"


def _short(path: str) -> str:
    return "/".join(Path(path).parts[-2:])


def set_up_logs(level: int = logging.INFO) -> None:
    """Write our own log lines to standard error; of other libraries only warnings."""
    # What no line shows need not be looked up for each.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("hourbridge").setLevel(level)
