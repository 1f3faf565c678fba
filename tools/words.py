"""Keeps the Welsh catalogue in step with the code.

``python -m tools.words extract`` (``make words``) brings in new messages and drops unused ones;
``check`` fails on whatever is missing or malformed; ``missing`` lists what has no Welsh, as JSON;
``fill FILE.json`` puts translations in, from ``{"English": "Welsh"}``, or a list of the six plural
forms (for 0, 1, 2, 3, 6 and every other number) under the English singular.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tokenize import TokenError

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from tools.catalogue import (
    CATALOGUE,
    FORMS,
    entries,
    faults,
    problems,
    read_catalogue,
    renewed,
    singular,
    untranslated,
    write_catalogue,
)
from tools.messages import found_messages, mistakes


def extract(root: Path) -> int:
    """Renew the catalogue. What went away is shown as JSON that ``fill`` would take back."""
    catalogue, gone = renewed(read_catalogue(root / CATALOGUE), found_messages(root))
    write_catalogue(root / CATALOGUE, catalogue)
    count = len(list(entries(catalogue)))
    print(f"{count} messages, {len(untranslated(catalogue))} without Welsh.")
    if lost := {singular(each.id): each.string for each in gone if _translated(each)}:
        print(f"No longer used, with their Welsh: {json.dumps(lost, ensure_ascii=False)}")
    return 0


def check(root: Path) -> int:
    """Name every mistake in the calls and in the catalogue; 1 where there is any."""
    found = mistakes(root)
    try:
        catalogue, messages = read_catalogue(root / CATALOGUE), found_messages(root)
    except PoFileError as error:
        found.append(f"{CATALOGUE}: {error}")
    except (SyntaxError, TokenError):
        # Named with its line among the mistakes already.
        pass
    else:
        found += [f"{CATALOGUE}: {each}" for each in problems(catalogue, messages)]
    for each in found:
        print(each)
    if found:
        print(f"{len(found)} problems. `make words` renews the list of messages.")
    return 1 if found else 0


def missing(root: Path) -> int:
    """List what has no Welsh: its English, its plural if it has one, and where it stands."""
    catalogue, _gone = renewed(read_catalogue(root / CATALOGUE), found_messages(root))
    listed = [
        {
            "msgid": singular(message.id),
            **({} if isinstance(message.id, str) else {"plural": message.id[1]}),
            "where": [file for file, _line in message.locations],
        }
        for message in sorted(untranslated(catalogue))
    ]
    print(json.dumps(listed, ensure_ascii=False, indent=1))
    return 0


def fill(root: Path, file: Path) -> int:
    """Put the translations of ``file`` in; nothing is written unless all of them are sound."""
    catalogue, _gone = renewed(read_catalogue(root / CATALOGUE), found_messages(root))
    given = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(given, dict):
        print("The file must hold one JSON object: English to Welsh.")
        return 1
    wrong = [why for english, welsh in given.items() if (why := _put(catalogue, english, welsh))]
    for why in wrong:
        print(why)
    if wrong:
        print("Nothing was written.")
        return 1
    write_catalogue(root / CATALOGUE, catalogue)
    print(f"{len(given)} filled in, {len(untranslated(catalogue))} still without Welsh.")
    return 0


def _put(catalogue: Catalog, english: str, welsh: object) -> str:
    message = catalogue.get(english)
    if message is None or not english:
        return f"no such message: {english!r}"
    if isinstance(message.id, str):
        if not isinstance(welsh, str):
            return f"needs one translation: {english!r}"
        message.string = welsh
    else:
        if not isinstance(welsh, list) or len(welsh) != FORMS:
            return f"needs {FORMS} plural forms: {english!r}"
        message.string = tuple(str(form) for form in welsh)
    message.flags.discard("fuzzy")
    return "; ".join(f"{why}: {english!r}" for why in faults(message))


def _translated(message: Message) -> bool:
    return any(message.string) if isinstance(message.string, tuple) else bool(message.string)


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.words", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in ("extract", "check", "missing"):
        verbs.add_parser(verb)
    verbs.add_parser("fill").add_argument("file", type=Path)
    given = parser.parse_args(arguments)
    root = root or Path(__file__).parent.parent
    if given.verb == "fill":
        return fill(root, given.file)
    return {"extract": extract, "check": check, "missing": missing}[given.verb](root)


if __name__ == "__main__":
    sys.exit(main())
