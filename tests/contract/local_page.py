"""Reading the local page's fragments as a browser does, and what would be wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from core.ui.intents import FieldValue

VOID = {"br", "hr", "img", "input"}
ATTRIBUTES = {
    *("class", "id", "lang", "dir", "href", "target", "rel", "src", "alt", "title", "scope"),
    *("role", "tabindex", "type", "name", "value", "for", "rows", "autocomplete", "required"),
    *("checked", "selected", "novalidate", "aria-label", "aria-labelledby", "aria-describedby"),
    *("data-wire", "data-question", "data-yes", "data-no", "data-field", "data-values"),
    *("data-longest", "data-close", "data-name"),
}
"""What our fragments set: no style, no handler of an event, nothing that loads or sends."""
TAGS = VOID | {
    *("div", "span", "p", "bdi", "h2", "h3", "h4", "ul", "li", "dl", "dt", "dd", "figure"),
    *("figcaption", "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("a", "button", "form", "fieldset", "legend", "label", "textarea", "select", "option"),
}
_READ = ("data-question", "data-yes", "alt", "aria-label")


class Element:
    """A tag, its attributes, and the text inside it."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.text = ""

    def inside(self, other: Element) -> bool:
        """Whether ``other`` is around this element."""
        return self.parent is other or (self.parent is not None and self.parent.inside(other))


class Page(HTMLParser):
    """A fragment, parsed: its ``elements`` in order, the ``readable`` texts, the ``problems``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.readable: list[str] = []
        self.problems: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        self.problems += [f"<{element.tag}> is not closed" for element in self._open]
        self.problems += _problems(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) != len(attrs):
            self.problems.append(f"an attribute twice in <{tag}>")
        element = Element(tag, attributes, self._open[-1] if self._open else None)
        self.elements.append(element)
        self.readable += [attributes[name] for name in _READ if attributes.get(name)]
        if tag == "input" and attributes["type"] in ("text", "date"):
            self.readable.append(attributes["value"])
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop().tag != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.readable.append(data)
        for element in self._open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        self.problems.append(f"a comment: {data[:40]!r}")

    def handle_decl(self, decl: str) -> None:
        self.problems.append(f"a declaration: {decl[:40]!r}")

    def all(self, *tags: str) -> list[Element]:
        """The elements of these tags, in order."""
        return [element for element in self.elements if element.tag in tags]

    def wires(self, tag: str) -> list[dict[str, Any]]:
        """The wire of every button, or of the form."""
        found = [element.attributes.get("data-wire") for element in self.all(tag)]
        return [json.loads(wire) for wire in found if wire]

    def values(self) -> dict[str, FieldValue]:
        """What the page sends for the form as it stands, by field name."""
        return {
            place.attributes["data-field"]: self._value(place)
            for place in self.elements
            if "data-field" in place.attributes
        }

    def labels(self) -> dict[str, str]:
        """The label of each field, by its name."""
        found = {}
        for place in self.elements:
            if "data-field" in place.attributes:
                named = [one for one in self.all("label", "legend") if one.inside(place)]
                found[place.attributes["data-field"]] = named[0].text if named else ""
        return found

    def _value(self, place: Element) -> FieldValue:
        controls = [one for one in self.all("input", "textarea", "select") if one.inside(place)]
        ticked = tuple(one.attributes["value"] for one in controls if "checked" in one.attributes)
        kind = place.attributes["data-values"]
        if kind == "many":
            return ticked
        if kind == "one":
            return ticked[0] if ticked else ""
        first = controls[0]
        if first.tag == "textarea":
            return first.text.removeprefix("\n")
        if first.tag == "select":
            options = [one for one in self.all("option") if one.inside(first)]
            chosen = [one for one in options if "selected" in one.attributes] or options[:1]
            return chosen[0].attributes["value"]
        return first.attributes["value"]


def _problems(page: Page) -> Iterator[str]:
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    if len(set(ids)) != len(ids):
        yield "an id is used twice"
    labels = {one.attributes["for"]: one.text.strip() for one in page.all("label")}
    for one in page.elements:
        if one.tag not in TAGS:
            yield f"<{one.tag}>"
        yield from (f"<{one.tag} {name}>" for name in one.attributes.keys() - ATTRIBUTES)
        for name in ("aria-labelledby", "aria-describedby"):
            if not set(one.attributes.get(name, "").split()) <= set(ids):
                yield f"{name} of a <{one.tag}> leads nowhere"
        if one.tag in ("input", "textarea", "select") and not labels.get(one.attributes["id"]):
            yield f"no label for {one.attributes.get('name')!r}"
        if one.tag in ("button", "legend", "th", "caption", "a") and not one.text.strip():
            yield f"an empty <{one.tag}>"
        if one.tag == "a" and not one.attributes["href"].startswith(("http", "/", "mailto:")):
            yield f"a link to {one.attributes['href']!r}"
        if one.tag == "img" and not (
            one.attributes["src"].startswith("/") and "alt" in one.attributes
        ):
            yield "a picture from elsewhere or without words"
