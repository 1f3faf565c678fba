"""An event's poster, to print: one A4 page as PDF or PNG.

Both come from one layout, ``poster.typ``. The PDF is tagged (PDF/UA-1) and says its title and
language; the PNG carries its description. Words that are longer than their room are broken and set
smaller, never cut.
"""

from __future__ import annotations

import io
import json
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal, cast

import font_source_sans_pro
import segno
import typst

from core.events.calendar import Outside
from core.events.calendar_words import (
    CODE_ALT,
    SCAN,
    TO_JOIN,
    facts,
    in_short,
    joining,
    kind_of,
    news,
)
from core.events.seen import title_of
from core.words import Speech

Kind = Literal["pdf", "png"]
TYPES: dict[Kind, str] = {"pdf": "application/pdf", "png": "image/png"}
_LAYOUT = Path(__file__).with_name("poster.typ").read_bytes()
_DOTS_PER_INCH = 150.0
_LONGEST_WORD = 24
"""A longer word may be broken anywhere: an address, or no word at all."""
_BREAK = "\u200b"
_PNG_HEAD = 33
"""The length of a PNG's signature and its first chunk, which other chunks follow."""


@dataclass(frozen=True, slots=True)
class Words:
    """All that a poster says, in one language."""

    title: str
    kind: str
    news: str
    facts: tuple[tuple[str, str], ...]
    how: tuple[str, ...]
    to_join: str
    address: str
    code_alt: str
    short: str
    organisation: str
    language: str


def words_of(outside: Outside, speech: Speech, address: str, now: datetime) -> Words:
    """What the poster of an event says; ``address`` is where its QR code leads."""
    event = outside.event
    first = news(event, now)
    return Words(
        _printable(speech(title_of(event))),
        speech(kind_of(event)),
        speech(first) if first else "",
        tuple(
            (speech(fact.label), _printable(speech(fact.value))) for fact in facts(outside, speech)
        ),
        tuple(speech(line) for line in (SCAN, *joining(outside))),
        speech(TO_JOIN),
        address,
        speech(CODE_ALT),
        _printable(speech(in_short(outside, speech))),
        _printable(outside.organisation),
        speech.language,
    )


def draw(words: Words, kind: Kind, made: datetime) -> bytes:
    """The poster. The same words made at the same moment give the same bytes."""
    drawn = _png(words) if kind == "png" else _pdf(words, made)
    return _described(drawn, words) if kind == "png" else drawn


def _compiler(words: Words) -> typst.Compiler:
    given = {
        "name": words.title,
        "title": _breakable(words.title),
        "kind": words.kind,
        "news": words.news,
        "facts": [(label, _breakable(value)) for label, value in words.facts],
        "how": words.how,
        "to_join": words.to_join,
        "address": _breakable(words.address),
        "code": _code(words.address),
        "code_alt": words.code_alt,
        "short": words.short,
        "organisation": words.organisation,
        "language": words.language,
    }
    return typst.Compiler(_LAYOUT, font_paths=_fonts(), sys_inputs={"poster": json.dumps(given)})


def _png(words: Words) -> bytes:
    return cast(bytes, _compiler(words).compile(format="png", ppi=_DOTS_PER_INCH))


def _pdf(words: Words, made: datetime) -> bytes:
    moment = int(made.timestamp())
    try:
        found = _compiler(words).compile(format="pdf", pdf_standards="ua-1", timestamp=moment)
    except typst.TypstError:
        # A letter that no font here has: it shows as a box, which the standard does not allow.
        found = _compiler(words).compile(format="pdf", timestamp=moment)
    return cast(bytes, found)


@cache
def _fonts() -> typst.Fonts:
    """Source Sans, and what Typst brings for letters that it lacks; nothing from the machine, so
    that a poster looks the same wherever it is made."""
    folder = Path(font_source_sans_pro.__file__).with_name("files")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def _code(address: str) -> str:
    """The QR code of an address, as SVG. Level Q is still read with a quarter of it spoilt."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="q").save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()


def _printable(words: str) -> str:
    """Words without pictographs, which no font for print has, and without control characters."""
    kept = "".join(one if one.isprintable() else " " for one in words if not _is_pictograph(one))
    return " ".join(kept.split())


def _is_pictograph(one: str) -> bool:
    joins = one in "\u200d\ufe0e\ufe0f"
    return joins or (one > "\u2000" and unicodedata.category(one) in {"So", "Sk", "Co", "Cn"})


def _breakable(words: str) -> str:
    """The same words, those too long for any line with places to break them."""
    return " ".join(
        word if len(word) <= _LONGEST_WORD else _BREAK.join(word) for word in words.split(" ")
    )


def _described(png: bytes, words: Words) -> bytes:
    """A PNG with its title and description inside, for programs that read them out."""
    said = _said("Title", words.title, words) + _said("Description", words.short, words)
    return png[:_PNG_HEAD] + said + png[_PNG_HEAD:]


def _said(name: str, value: str, words: Words) -> bytes:
    head = f"{name}\0\0\0{words.language}\0\0".encode("ascii")
    content = b"iTXt" + head + value.encode()
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
