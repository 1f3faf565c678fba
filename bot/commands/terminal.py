"""How commands speak to a terminal: tables, JSON, and one sentence when something is wrong."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TypeAlias

Groups: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What commands are added to."""
Run = Callable[[argparse.Namespace], int]


class Failed(Exception):
    """A command cannot do what it was asked: one sentence for the operator, and exit code 1."""


def command(groups: Groups, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    """Add a command that ``run`` carries out. ``words`` says what it does."""
    parser = groups.add_parser(name, help=words, description=_sentence(words))
    parser.set_defaults(run=run)
    return parser


def listing(groups: Groups, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    """A command that lists things, as a table or with ``--json``."""
    parser = command(groups, name, words, run)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


def group(groups: Groups, name: str, words: str) -> Groups:
    """Add a command that has commands of its own."""
    parser = groups.add_parser(name, help=words, description=_sentence(words))
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def print_json(data: object) -> None:
    """``data`` as JSON, readable by people too; moments and days as ISO 8601."""
    print(json.dumps(data, ensure_ascii=False, indent=2, default=_iso))


def _iso(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not for JSON")


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> None:
    """Columns side by side under their names, or the sentence ``empty`` where there are no rows."""
    if not rows:
        print(empty)
        return
    lines = [[name.upper() for name in columns], *[[_shown(cell) for cell in row] for row in rows]]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())


def _shown(cell: object) -> str:
    if cell is None or cell == "":
        return "-"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def a_day(words: str) -> date:
    """An argument that is a day, such as 2026-08-06."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{words!r} is not a day: write it like 2026-08-06"
        ) from None


def a_moment(words: str) -> datetime:
    """An argument that is a moment, such as 2026-08-06T09:00; UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{words!r} is not a time: write it like 2026-08-06T09:00"
        ) from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def a_count(words: str) -> int:
    """An argument that is a number of things, from 1 to 10,000."""
    if words.isascii() and words.isdigit() and 1 <= int(words) <= 10_000:
        return int(words)
    raise argparse.ArgumentTypeError(f"{words!r} is not a number from 1 to 10000")


def a_port(words: str) -> int:
    """An argument that is a port; 0 takes any free one."""
    if words.isascii() and words.isdigit() and int(words) < 65536:
        return int(words)
    raise argparse.ArgumentTypeError(f"{words!r} is not a port number")


def written(words: Sequence[str], what: str, longest: int) -> str:
    """Words of the command line as one line of text. Raises ``Failed`` where they do not fit."""
    text = " ".join(" ".join(words).split())
    if len(text) > longest:
        raise Failed(f"{what} must have at most {longest} characters, and has {len(text)}.")
    if not all(one.isprintable() for one in text):
        raise Failed(f"{what} must have no control characters.")
    return text
