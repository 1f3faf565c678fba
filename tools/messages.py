"""Finds our messages: ``_("…")`` and ``plural("…", "…", n)`` in code, and the skill labels."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import TypeGuard

from babel.messages.extract import extract_from_dir

FOLDERS = ("adapters", "bot", "core")
TAXONOMY = Path("core/skills/taxonomy.toml")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "plural": (1, 2)}

MessageId = str | tuple[str, str]
"""English as written; with its plural where it has one."""


@dataclass
class Messages:
    """Every message, the files it stands in, and the Welsh that is written beside it."""

    files: dict[MessageId, set[str]] = field(default_factory=dict)
    welsh: dict[str, str] = field(default_factory=dict)
    """Skill labels alone: their Welsh stands in the taxonomy."""


def found_messages(root: Path) -> Messages:
    """All messages under ``root``: those in code by Babel, and the labels of the taxonomy."""
    messages = Messages()
    for message, file in _in_code(root):
        messages.files.setdefault(message, set()).add(file)
    for english, welsh in _labels(root):
        messages.files.setdefault(english, set()).add(TAXONOMY.as_posix())
        messages.welsh[english] = welsh
    # gettext knows a message by its singular: one that is also a plural needs no second entry.
    for message in [each for each in messages.files if isinstance(each, tuple)]:
        messages.files[message] |= messages.files.pop(message[0], set())
    return messages


def _in_code(root: Path) -> Iterator[tuple[MessageId, str]]:
    for folder in FOLDERS:
        for file, _line, message, _comments, _context in extract_from_dir(
            root / folder, keywords=KEYWORDS
        ):
            if message:
                known = message if isinstance(message, str) else (message[0], message[1])
                yield known, f"{folder}/{file}"


def _labels(root: Path) -> Iterator[tuple[str, str]]:
    taxonomy = root / TAXONOMY
    if taxonomy.exists():
        yield from _pairs(tomllib.loads(taxonomy.read_text(encoding="utf-8")))


def _pairs(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("en"), str):
            yield value["en"], value.get("cy", "")
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _pairs(each)


def mistakes(root: Path) -> list[str]:
    """Calls that no catalogue can serve: words made while running, values that do not fit, or
    a message where Babel does not look for one."""
    files = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.py"))]
    found = [
        f"{path.relative_to(root).as_posix()}:{mistake}"
        for path in files
        for mistake in _in_file(path)
    ]
    if found:  # Babel could not read all of it
        return found
    seen = {message for message, _file in _in_code(root)}
    return [
        f"{path.relative_to(root).as_posix()}:{call.lineno}: {mistake}"
        for path in files
        for call in filter(_is_ours, ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        if (mistake := _unseen(call, seen))
    ]


def _in_file(path: Path) -> Iterator[str]:
    try:
        module = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        yield f"{error.lineno}: {error.msg}"
        return
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            # Babel reads an f-string as one token before Python 3.12, and would not find them.
            for call in filter(_is_ours, ast.walk(node)):
                yield f"{call.lineno}: {ast.unparse(call)} stands inside an f-string: name it first"
        if _is_ours(node) and (mistake := _mistake(node)):
            yield f"{node.lineno}: {mistake}"


def _is_ours(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS
    )


def _mistake(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Name)
    keyword = call.func.id
    wanted = 1 if keyword == "_" else 2
    messages = [
        node.value
        for node in call.args[:wanted]
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value
    ]
    if len(messages) < wanted:
        return f"{keyword}() needs its words written out"
    try:
        needed = {name for message in messages for name in names(message)}
    except ValueError as error:
        return f"{messages[0]!r}: {error}"
    given = {keyword.arg for keyword in call.keywords if keyword.arg}
    if any(keyword.arg is None for keyword in call.keywords):
        return ""
    if missing := needed - given - ({"count"} if wanted == 2 else set()):
        return f"{messages[0]!r} is given no {', '.join(sorted(missing))}"
    if unused := given - needed:
        return f"{messages[0]!r} has no place for {', '.join(sorted(unused))}"
    return ""


def _unseen(call: ast.Call, seen: set[MessageId]) -> str:
    """Babel loses a message that stands in a call inside another message."""
    words = [ast.literal_eval(word) for word in call.args[:2]]
    found = words[0] if len(words) == 1 else (words[0], words[1])
    return "" if found in seen else f"{words[0]!r} is not found where it stands: name it first"


def names(message: str) -> set[str]:
    """The ``{names}`` in a message. Raises ``ValueError`` where the braces do not make sense."""
    found = set()
    for _text, name, spec, conversion in Formatter().parse(message):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"{{{name}}} is not a plain name in braces")
        found.add(name)
    return found
