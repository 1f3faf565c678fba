"""The Welsh catalogue, ``core/words/cy.po``: reading it, what is wrong with it, writing it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tools.messages import Messages, names

CATALOGUE = Path("core/words/cy.po")
PLURALS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5)"
"""The six forms of Welsh, as Unicode CLDR has them: zero, one, two, few, many, other."""
FORMS = 6
_HEADER = """\
# The Welsh of Hourbridge. `make words` keeps the list; the translations are written here.
# Plural forms: 0, 1, 2, 3, 6, and every other number."""
_HEADINGS = ("MIME-Version", "Content-Type", "Content-Transfer", "Language:", "Plural-Forms")


def read_catalogue(path: Path) -> Catalog:
    """What the file holds; an empty catalogue where there is none yet."""
    if not path.exists():
        return _empty()
    with path.open("rb") as source:
        return read_po(source, locale="cy", abort_invalid=True)


def _empty() -> Catalog:
    catalogue = Catalog(locale="cy", header_comment=_HEADER, fuzzy=False)
    catalogue.mime_headers = [("Plural-Forms", PLURALS)]
    return catalogue


def entries(catalogue: Catalog) -> Iterator[Message]:
    """Every message but the header."""
    return (message for message in catalogue if message.id)


def renewed(old: Catalog, messages: Messages) -> tuple[Catalog, list[Message]]:
    """The catalogue of ``messages`` with the old translations, and the entries that went away."""
    kept = {singular(message.id): message for message in entries(old)}
    new = _empty()
    for message, files in messages.files.items():
        before = kept.pop(singular(message), None)
        welsh: str | tuple[str, ...] | list[str] | None = messages.welsh.get(singular(message), "")
        if (
            not welsh
            and before is not None
            and isinstance(before.id, str) == isinstance(message, str)
        ):
            welsh = before.string
        new.add(
            message,
            welsh or None,
            locations=[(file, 0) for file in sorted(files)],
            flags={"fuzzy"} if before is not None and before.fuzzy else (),
        )
    return new, list(kept.values())


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write the file, sorted, with no dates or line numbers: a change shows what changed."""
    written = io.BytesIO()
    write_po(written, catalogue, width=96, sort_output=True, include_lineno=False)
    head, _, body = written.getvalue().decode().partition("\n\n")
    start, opening, headings = head.partition('msgstr ""\n')
    kept = [line for line in headings.splitlines() if line.lstrip('"').startswith(_HEADINGS)]
    path.write_text(start + opening + "\n".join(kept) + "\n\n" + body, encoding="utf-8")


def singular(message: str | Sequence[str]) -> str:
    """The English that names a message in the catalogue."""
    return message if isinstance(message, str) else message[0]


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages that have no Welsh, or not all six forms of it."""
    return [message for message in entries(catalogue) if not all(_forms(message))]


def problems(catalogue: Catalog, messages: Messages) -> list[str]:
    """All that is wrong, one sentence each; nothing when every message has its Welsh."""
    known = {message.id for message in entries(catalogue)}
    wanted = set(messages.files)
    found = [f"not in the catalogue: {singular(each)!r}" for each in wanted - known]
    found += [f"no longer used: {singular(each)!r}" for each in known - wanted]
    found += [f"no longer used: {singular(each)!r}" for each in catalogue.obsolete]
    if catalogue.num_plurals != FORMS or catalogue.plural_expr not in PLURALS:
        found.append(f"the Plural-Forms of the catalogue are not {PLURALS}")
    for message in entries(catalogue):
        found += [f"{why}: {singular(message.id)!r}" for why in faults(message)]
    return sorted(found)


def faults(message: Message) -> list[str]:
    """What is wrong with one translation."""
    forms = _forms(message)
    if not any(forms):
        return ["no Welsh"]
    wrong = ["marked fuzzy"] if message.fuzzy else []
    if not all(forms):
        return [*wrong, f"not all {FORMS} plural forms"]
    english = message.id if isinstance(message.id, str) else message.id[1]
    for number, form in enumerate(forms):
        where = f" (form {number})" if len(forms) > 1 else ""
        wrong += [f"{why}{where}" for why in _differences(english, form, number)]
    return wrong


def _differences(english: str, welsh: str, form: int) -> Iterator[str]:
    try:
        needed, given = names(english), names(welsh)
    except ValueError as error:
        yield str(error)
        return
    # Every form but the last is for one number alone, which may stand there as a word.
    optional = {"count"} if form < FORMS - 1 and "count" in needed else set()
    if missing := needed - given - optional:
        yield f"lost {{{'}, {'.join(sorted(missing))}}}"
    if added := given - needed:
        yield f"made up {{{'}, {'.join(sorted(added))}}}"
    if _edges(english) != _edges(welsh):
        yield "begins or ends with another space"


def _edges(words: str) -> tuple[str, str]:
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


def _forms(message: Message) -> tuple[str, ...]:
    if isinstance(message.id, str):
        return (str(message.string or ""),)
    forms = tuple(message.string or ())
    return (*forms, *[""] * (FORMS - len(forms)))
