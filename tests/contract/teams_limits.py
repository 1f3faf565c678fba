"""What Adaptive Cards 1.5 in Teams take, as tables; a walk over a card says what breaks them.

Written from the schema and Microsoft's pages alone: it knows neither our renderer nor its limits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

MESSAGE_BYTES = 40 * 1024
"""The smallest limit that Microsoft's pages ever gave for a bot's message."""
BUTTONS_IN_A_ROW = 6

COMMON = {"type", "id", "spacing", "separator", "isVisible", "height"}
INPUT = COMMON | {"label", "isRequired", "errorMessage", "value"}
ACTION = {"type", "id", "title", "tooltip", "style", "data", "fallback", "mode", "isEnabled"}
KNOWN: dict[str, set[str]] = {
    "AdaptiveCard": {
        *("$schema", "type", "version", "lang", "fallbackText", "body", "actions", "msteams"),
    },
    "TextBlock": COMMON | {"text", "style", "size", "weight", "color", "wrap", "isSubtle"},
    "RichTextBlock": COMMON | {"inlines", "horizontalAlignment"},
    "TextRun": {"type", "text", "size", "weight", "color", "isSubtle", "italic"},
    "FactSet": COMMON | {"facts"},
    "Container": COMMON | {"items", "style", "bleed"},
    "Table": COMMON | {"columns", "rows", "firstRowAsHeader", "showGridLines", "gridStyle"},
    "TableRow": {"type", "cells", "style"},
    "TableCell": {"type", "items", "style"},
    "Image": COMMON | {"url", "altText", "size"},
    "ActionSet": COMMON | {"actions"},
    "Input.Text": INPUT | {"isMultiline", "placeholder", "style"},
    "Input.Date": INPUT,
    "Input.ChoiceSet": INPUT | {"choices", "style", "wrap", "isMultiSelect"},
    "Input.Toggle": INPUT | {"title", "valueOn", "valueOff", "wrap"},
    "Action.Execute": ACTION | {"verb", "associatedInputs"},
    "Action.Submit": ACTION | {"associatedInputs"},
    "Action.OpenUrl": ACTION | {"url"},
    "Action.ShowCard": ACTION | {"card"},
}
"""The elements that Teams draws on desktop, web, iOS and Android, with the keys they have."""

REQUIRED: dict[str, set[str]] = {
    "AdaptiveCard": {"version", "body"},
    "TextBlock": {"text", "wrap"},
    "RichTextBlock": {"inlines"},
    "TextRun": {"text"},
    "FactSet": {"facts"},
    "Container": {"items"},
    "Table": {"columns", "rows"},
    "TableRow": {"cells"},
    "TableCell": {"items"},
    "Image": {"url", "altText"},
    "ActionSet": {"actions"},
    "Input.Text": {"id", "label", "isRequired", "errorMessage"},
    "Input.Date": {"id", "label", "isRequired", "errorMessage"},
    "Input.ChoiceSet": {"id", "label", "isRequired", "errorMessage", "choices"},
    "Input.Toggle": {
        *("id", "label", "isRequired", "errorMessage", "title", "valueOn", "valueOff"),
    },
    "Action.Execute": {"title", "verb", "data", "fallback"},
    "Action.Submit": {"title", "data"},
    "Action.OpenUrl": {"title", "url"},
    "Action.ShowCard": {"title", "card"},
}
_PARTS = ("body", "items", "inlines", "facts", "columns", "rows", "cells", "choices", "actions")
_SHAPED = {"facts": {"title", "value"}, "choices": {"title", "value"}, "columns": {"width"}}
"""Lists of objects that have no type."""
_COLOURS = {"default", "accent", "good", "warning", "attention"}
"""The host's own colours, which it changes with the theme; in high contrast too."""
_STYLES = (
    _COLOURS
    | {"emphasis", "heading", "positive", "destructive", "expanded", "compact"}
    | {"filtered"}
)
_MARKDOWN = re.compile(
    r"[*_`~|\\]|\[[^]]*\]\(|<[a-z/!@]|^\s*(?:[-+#>]|\d+[.)])\s|https?:|www\.|\S@\S|\n",
    re.IGNORECASE,
)


def problems_of_card(card: Json, surface: str) -> Iterator[str]:
    """What Teams would refuse, hide or misread in a card of ``surface``: "chat" or "dialog"."""
    size = len(json.dumps({"type": "message", "attachments": [card]}).encode())
    readable_size = len(json.dumps(card, ensure_ascii=False).encode())
    if min(size, readable_size) > MESSAGE_BYTES:
        yield f"a message of {size} bytes"
    if card.get("version") != "1.5" or card.get("type") != "AdaptiveCard":
        yield "not an Adaptive Card 1.5"
    if not card.get("fallbackText", "").strip():
        yield "no fallbackText"
    if card.get("lang") not in ("en", "cy"):
        yield f"the language {card.get('lang')!r}"
    ids = [part["id"] for part in parts(card) if "id" in part]
    if len(set(ids)) != len(ids):
        yield "two inputs of one id"
    for part in parts(card):
        yield from _problems_of(part, surface)


def parts(card: Json) -> Iterator[Json]:
    """The card and everything in it that has a type, in reading order."""
    yield card
    for key in _PARTS:
        for part in card.get(key, ()):
            if key not in _SHAPED:
                yield from parts(part)
    if "card" in card:
        yield from parts(card["card"])


def readable(card: Json) -> Iterator[str]:
    """Every text that a person reads or hears, in order; nothing of the machine."""
    for part in parts(card):
        for key in ("text", "label", "altText", "title"):
            if key in part:
                yield str(part[key])
        if part["type"] in ("Input.Text", "Input.Date") and "value" in part:
            yield str(part["value"])
        for fact in part.get("facts", ()):
            yield from (fact["title"], fact["value"])
        yield from (choice["title"] for choice in part.get("choices", ()))


def markdown_texts(part: Json) -> list[str]:
    """The texts of ``part`` in which Teams reads Markdown on some client."""
    kind = part["type"]
    if kind == "TextBlock":
        return [part["text"]]
    if kind == "FactSet":
        return [words for fact in part["facts"] for words in (fact["title"], fact["value"])]
    if kind == "Input.Toggle":
        return [part["title"]]
    if kind == "Input.ChoiceSet" and part.get("style", "compact") == "expanded":
        return [choice["title"] for choice in part["choices"]]
    return []


def _problems_of(part: Json, surface: str) -> Iterator[str]:
    kind = part["type"]
    if kind not in KNOWN:
        yield f"a {kind}, which not every client draws"
        return
    if extra := part.keys() - KNOWN[kind]:
        yield f"a {kind} with {sorted(extra)}"
    if lacking := REQUIRED[kind] - part.keys():
        yield f"a {kind} without {sorted(lacking)}"
    if part.get("color", "default").lower() not in _COLOURS:
        yield f"a {kind} in {part['color']}"
    if part.get("style", "default") not in _STYLES:
        yield f"a {kind} in the style {part['style']}"
    for key in _PARTS:
        if key in part and not part[key] and kind != "AdaptiveCard":
            yield f"a {kind} without any {key}"
        for shaped in part.get(key, ()) if key in _SHAPED else ():
            if shaped.keys() != _SHAPED[key]:
                yield f"{key} with {sorted(shaped)}"
    for key in ("text", "title", "label", "altText"):
        if key in part and not part[key].strip() and kind != "TextRun":
            yield f"a {kind} with an empty {key}"
    for words in markdown_texts(part):
        if _MARKDOWN.search(words):
            yield f"mark-up in {words[:60]!r}"
    yield from _problems_of_kind(part, kind, surface)


def _problems_of_kind(part: Json, kind: str, surface: str) -> Iterator[str]:
    if kind.startswith("Input.") and part.get("isRequired") and not part.get("errorMessage"):
        yield f"nothing to say when {part.get('id')!r} is empty"
    if kind == "Input.ChoiceSet" and not all(choice["value"] for choice in part["choices"]):
        yield "a choice of no value"
    if kind == "TextBlock" and part.get("wrap") is not True:
        yield "a text that is cut at the card's edge"
    if kind == "ActionSet" and len(part["actions"]) > BUTTONS_IN_A_ROW:
        yield f"{len(part['actions'])} buttons in a row"
    if kind == "Action.OpenUrl" and not part["url"].startswith(("http://", "https://", "mailto:")):
        yield f"a link to {part['url']!r}"
    if kind == "Action.Execute" and surface == "dialog":
        yield "an Action.Execute, which a dialog does not answer"
    if kind == "Action.Execute" and part["fallback"].get("type") != "Action.Submit":
        yield "an Action.Execute that old clients cannot press"
    fetches = part.get("data", {}).get("msteams", {}).get("type") == "task/fetch"
    if kind == "Action.Submit" and surface == "dialog" and fetches:
        yield "a dialog that would open another dialog"
    if kind == "Table":
        widths = {len(row["cells"]) for row in part["rows"]}
        if widths != {len(part["columns"])}:
            yield "a table whose rows differ in length"
