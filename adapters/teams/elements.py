"""The smallest pieces of a card: text that is never read as markup, headings and facts.

A TextBlock and a FactSet are Markdown, and the phones' Markdown shows the backslashes that would
escape it. A RichTextBlock is plain text on every client. So words stand in a RichTextBlock, except
headings and facts whose words hold nothing that any Markdown could read.
"""

from __future__ import annotations

import re
from typing import Any

from core.kernel.texts import Words
from core.ui.views import Fact
from core.words import Speech

Element = dict[str, Any]
"""One element, action or card as JSON."""

_MARKUP = re.compile(
    r"[\\*_`\[\]<>#~|&\n\r]"  # emphasis, code, links, mentions, entities
    r"|^\s*(?:[-+]|\d+[.)])(?:\s|$)|^\s*-{3}"  # lists and rules
    r"|://|www\.|\S@\S"  # what some clients turn into a link by themselves
)
_LONG_WORD = re.compile(r"\S{25}")


def harmless(text: str) -> bool:
    """Whether no Markdown, HTML or mention could be read into ``text``."""
    return _MARKUP.search(text) is None


_WIDE = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in "\\*_`[]<>~|&@:"})


def unmarked(text: str) -> str:
    """``text`` with wide forms of the characters that Markdown reads, where it stands in nothing
    but Markdown: it looks the same, and nothing is left out of a person's words."""
    return text if harmless(text) else text.translate(_WIDE).replace("www.", "www\uff0e")


def run(text: str, **looks: Any) -> Element:
    """A run of plain text. ``looks`` are properties such as ``weight`` or ``isSubtle``."""
    return {"type": "TextRun", "text": text, **looks}


def rich(*runs: Element) -> Element:
    """One paragraph of runs."""
    return {"type": "RichTextBlock", "inlines": list(runs)}


def lines(text: str, **looks: Any) -> list[Element]:
    """``text`` as one paragraph for each of its lines, close together."""
    parts = [rich(run(line, **looks)) for line in text.splitlines() if line.strip()]
    for part in parts[1:]:
        part["spacing"] = "None"
    return parts


def heading(text: str) -> Element:
    """The name of a card or part; a real heading to screen readers wherever its words allow."""
    if harmless(text):
        return {
            "type": "TextBlock",
            "text": text,
            "style": "heading",
            "size": "Large",
            "weight": "Bolder",
            "wrap": True,
        }
    return rich(run(" ".join(text.split()), size="Large", weight="Bolder"))


def fact_set(facts: tuple[Fact, ...], speech: Speech) -> list[Element]:
    """Labels beside values, or a line for each where the columns would read or draw them wrongly:
    words that could be markup, or one so long that it would push a column out of the card."""
    spoken = [(speech(fact.label), speech(fact.value)) for fact in facts]
    if all(harmless(words) and not _LONG_WORD.search(words) for pair in spoken for words in pair):
        pairs = [{"title": label, "value": value} for label, value in spoken]
        return [{"type": "FactSet", "facts": pairs}]
    # Isolated, so that a right-to-left mark in a label does not turn its value around.
    parts = [
        rich(run(f"\u2068{label}\u2069: ", weight="Bolder"), run(value)) for label, value in spoken
    ]
    for part in parts[1:]:
        part["spacing"] = "Small"
    return parts


def quote(text: str, by: Words, speech: Speech) -> Element:
    """A person's own words, set apart, and whose they are."""
    items = lines(text)
    if by:
        items.append(rich(run(speech(by), isSubtle=True, size="Small")))
    return {"type": "Container", "style": "emphasis", "items": items}
