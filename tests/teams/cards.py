"""Reading cards as a person does: their words, their buttons, their inputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Element = dict[str, Any]
_CHILDREN = ("body", "items", "columns", "rows", "cells")


def walk(element: Element) -> Iterator[Element]:
    """``element`` and every element inside it, in reading order; not the actions."""
    yield element
    for name in _CHILDREN:
        for child in element.get(name, ()):
            if isinstance(child, dict) and (child.get("type")):
                yield from walk(child)


def text_of(card: Element) -> str:
    """The words that a person reads on the card, a line for each element; not the buttons."""
    return "\n".join(line for element in walk(card) for line in _words(element))


def _words(element: Element) -> list[str]:
    match element.get("type"):
        case "TextBlock":
            return [element["text"]]
        case "RichTextBlock":
            return ["".join(inline["text"] for inline in element["inlines"])]
        case "FactSet":
            return [f"{fact['title']}: {fact['value']}" for fact in element["facts"]]
        case "Image":
            return [element["altText"]]
        case str(kind) if kind.startswith("Input."):
            choices = [choice["title"] for choice in element.get("choices", ())]
            return [element["label"], *filter(None, [element.get("title")]), *choices]
        case _:
            return []


def actions_of(card: Element) -> list[Element]:
    """Every button, those behind an "are you sure" included, in reading order."""
    found: list[Element] = []
    sets = [element.get("actions", ()) for element in walk(card)]
    for action in (action for actions in sets for action in actions):
        found.append(action)
        if action["type"] == "Action.ShowCard":
            found += actions_of(action["card"])
    return found


def inputs_of(card: Element) -> dict[str, Element]:
    """The inputs by id."""
    return {
        element["id"]: element
        for element in walk(card)
        if str(element.get("type", "")).startswith("Input.")
    }


def filled_in(card: Element, given: dict[str, str]) -> dict[str, str]:
    """What a client sends for the card's inputs once ``given`` (by id or label) is typed in.

    As a client does, it stops at a required input that is empty.
    """
    inputs = inputs_of(card)
    by_label = {drawn["label"]: name for name, drawn in inputs.items()}
    typed = {by_label.get(key, key): value for key, value in given.items()}
    unknown = set(typed) - set(inputs)
    assert not unknown, f"no input {unknown} among {sorted(inputs)}"
    sent: dict[str, str] = {}
    for name, drawn in inputs.items():
        value = typed.get(name, str(drawn.get("value", "")))
        allowed = [choice["value"] for choice in drawn.get("choices", ())]
        picked = value.split(",") if drawn.get("isMultiSelect") else [value]
        assert not value or not allowed or set(picked) <= set(allowed), f"{value!r} is no choice"
        unticked = drawn["type"] == "Input.Toggle" and value == drawn["valueOff"]
        missing = drawn["isRequired"] and (not value or unticked)
        assert not missing, drawn.get("errorMessage")
        if value:
            sent[name] = value
    return sent
