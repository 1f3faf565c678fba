"""What Slack documents about Block Kit, as tables; a walk over any JSON says what breaks them.

Written from Slack's reference and changelog alone: it knows neither our renderer nor its limits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_TEXT, MESSAGE_CHARACTERS = 40_000, 13_200
VIEW_BYTES = 250_000

LENGTHS: dict[tuple[str, str], int] = {
    ("modal", "title"): 24,
    ("modal", "submit"): 24,
    ("modal", "close"): 24,
    ("modal", "private_metadata"): 3_000,
    ("modal", "callback_id"): 255,
    ("home", "callback_id"): 255,
    ("home", "private_metadata"): 3_000,
    ("header", "text"): 150,
    ("section", "text"): 3_000,
    ("image", "alt_text"): 2_000,
    ("image", "image_url"): 3_000,
    ("image", "title"): 2_000,
    ("input", "label"): 2_000,
    ("input", "hint"): 2_000,
    ("button", "text"): 75,
    ("button", "value"): 2_000,
    ("button", "url"): 3_000,
    ("button", "accessibility_label"): 75,
    ("plain_text_input", "initial_value"): 3_000,
    ("plain_text_input", "placeholder"): 150,
    ("static_select", "placeholder"): 150,
    ("multi_static_select", "placeholder"): 150,
    ("option", "text"): 75,
    ("option", "value"): 150,
    ("option", "description"): 75,
    ("confirm", "title"): 100,
    ("confirm", "text"): 300,
    ("confirm", "confirm"): 30,
    ("confirm", "deny"): 30,
}
"""Characters of a text or text object, by the kind of thing and its key."""

COUNTS: dict[tuple[str, str], int] = {
    ("actions", "elements"): 25,
    ("context", "elements"): 10,
    ("section", "fields"): 10,
    ("radio_buttons", "options"): 10,
    ("checkboxes", "options"): 10,
    ("static_select", "options"): 100,
    ("multi_static_select", "options"): 100,
}
"""How many there may be; never none."""

REQUIRED: dict[str, frozenset[str]] = {
    "modal": frozenset({"title", "blocks"}),
    "home": frozenset({"blocks"}),
    "header": frozenset({"text"}),
    "section": frozenset({"text"}),
    "divider": frozenset(),
    "context": frozenset({"elements"}),
    "actions": frozenset({"elements"}),
    "image": frozenset({"image_url", "alt_text"}),
    "input": frozenset({"label", "element"}),
    "rich_text": frozenset({"elements"}),
    "rich_text_section": frozenset({"elements"}),
    "rich_text_quote": frozenset({"elements"}),
    "rich_text_list": frozenset({"elements", "style"}),
    "text": frozenset({"text"}),
    "plain_text": frozenset({"text"}),
    "mrkdwn": frozenset({"text"}),
    "button": frozenset({"text", "action_id"}),
    "plain_text_input": frozenset({"action_id"}),
    "radio_buttons": frozenset({"action_id", "options"}),
    "checkboxes": frozenset({"action_id", "options"}),
    "static_select": frozenset({"action_id", "options"}),
    "multi_static_select": frozenset({"action_id", "options"}),
    "datepicker": frozenset({"action_id"}),
    "datetimepicker": frozenset({"action_id"}),
}
"""The kinds that every surface takes, and what none of them may lack."""

_ONLY_HEADERS_AND_LABELS_ARE_PLAIN = {("header", "text"), ("input", "label"), ("button", "text")}
_MARKUP = re.compile(r"<[@#!]|<[a-z]+:|(?<![\w&])[*_~`](?=\S)")
"""What Slack would read as a mention, a link or emphasis in a mrkdwn text."""


def problems_of_message(message: Json) -> Iterator[str]:
    """What Slack would refuse, cut or misread in a message."""
    text = message.get("text", "")
    if not text.strip() or len(text) > MESSAGE_TEXT:
        yield f"a message's text has {len(text)} characters"
    # The text of a message is mrkdwn: a mention in it notifies even where blocks are shown.
    if re.search(r"<[@#!a-z]", text):
        yield "a message's text mentions or links"
    if len(message["blocks"]) > MESSAGE_BLOCKS:
        yield f"{len(message['blocks'])} blocks in a message"
    characters = sum(len(words) for words in readable(message["blocks"]))
    if characters > MESSAGE_CHARACTERS:
        yield f"{characters} characters in a message's blocks"
    if any(block["type"] == "input" for block in message["blocks"]):
        yield "an input in a message"
    yield from _problems(message["blocks"])


def problems_of_view(view: Json) -> Iterator[str]:
    """What Slack would refuse, cut or misread in a modal or a Home tab."""
    size = len(json.dumps(view, ensure_ascii=False).encode())
    if size > VIEW_BYTES:
        yield f"a view of {size} bytes"
    if not 0 < len(view["blocks"]) <= VIEW_BLOCKS:
        yield f"{len(view['blocks'])} blocks in a view"
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        yield "inputs without a submit button"
    yield from _problems(view)


def readable(part: object) -> Iterator[str]:
    """Every text that a person reads or hears in ``part``, in order; nothing of the machine."""
    if isinstance(part, list):
        for item in part:
            yield from readable(item)
    elif isinstance(part, dict):
        for key in ("text", "alt_text", "initial_value"):
            if isinstance(part.get(key), str):
                yield part[key]
        for key, value in part.items():
            if isinstance(value, (dict, list)) and key not in ("initial_option", "initial_options"):
                yield from readable(value)


def _problems(shape: Any) -> Iterator[str]:
    for name in ("action_id", "block_id"):
        ids = [thing[name] for thing in _things(shape) if name in thing]
        if len(set(ids)) != len(ids):
            yield f"a {name} is used twice"
        yield from (f"a {name} of {len(one)}" for one in ids if not 0 < len(one) <= 255)
    for thing in _things(shape):
        yield from _problems_of(thing)


def _things(part: Any) -> Iterator[Json]:
    """Every JSON object in ``part``, options and questions given the type they lack."""
    if isinstance(part, list):
        for item in part:
            yield from _things(item)
    elif isinstance(part, dict):
        yield part
        for key, value in part.items():
            if key == "confirm" and "title" in value:
                yield from _things({"type": "confirm", **value})
            elif key in ("options", "initial_options"):
                yield from _things([{"type": "option", **option} for option in value])
            elif key == "initial_option":
                yield from _things({"type": "option", **value})
            elif key != "style":
                yield from _things(value)


def _problems_of(thing: Json) -> Iterator[str]:
    kind = thing.get("type")
    if kind not in REQUIRED and kind not in ("confirm", "option"):
        yield f"a {kind}, which not every surface takes"
        return
    if lacking := REQUIRED.get(str(kind), frozenset()) - thing.keys():
        yield f"a {kind} without {sorted(lacking)}"
    for key, value in thing.items():
        words = value.get("text", "") if isinstance(value, dict) else value
        most = LENGTHS.get((str(kind), key))
        if most is not None and not 0 < len(words.strip()) <= len(words) <= most:
            yield f"a {kind}'s {key} has {len(words)} characters"
        most = COUNTS.get((str(kind), key))
        if most is not None and not 0 < len(value) <= most:
            yield f"a {kind} has {len(value)} {key}"
        if (kind, key) in _ONLY_HEADERS_AND_LABELS_ARE_PLAIN and value["type"] != "plain_text":
            yield f"a {kind}'s {key} is not plain text"
    if kind == "mrkdwn" and _MARKUP.search(thing["text"]):
        yield f"mark-up in {thing['text'][:60]!r}"
    if kind == "plain_text" and thing.get("emoji", True):
        yield f"emoji names would be read in {thing['text'][:60]!r}"
    if kind == "text" and thing.keys() - {"type", "text", "style"}:
        yield f"a run of text with {sorted(thing)}"
    if kind in ("plain_text_input",) and len(thing.get("initial_value", "")) > thing["max_length"]:
        yield "an input that starts with more than it takes"
