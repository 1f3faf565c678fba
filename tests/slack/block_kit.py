"""A strict reader of Block Kit JSON: says what Slack would refuse. Knows nothing of our adapter.

The lengths come from slackblocks' own table of Slack's limits, the shapes from Slack's reference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from slackblocks import _limits as limits
from slackblocks import _surfaces as surfaces

Json = dict[str, Any]
PLAIN = ("plain_text",)

BUTTON_KEYS = {
    "type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label",
}  # fmt: skip
ELEMENT_KEYS = {
    "plain_text_input": {"multiline", "max_length", "min_length", "initial_value", "placeholder"},
    "radio_buttons": {"options", "initial_option"},
    "checkboxes": {"options", "initial_options"},
    "static_select": {"options", "initial_option", "placeholder"},
    "multi_static_select": {"options", "initial_options", "placeholder"},
    "datepicker": {"initial_date", "placeholder"},
    "datetimepicker": {"initial_date_time"},
}
BLOCK_KEYS = {
    "actions": {"elements"},
    "context": {"elements"},
    "divider": set(),
    "header": {"text"},
    "image": {"image_url", "alt_text", "title"},
    "input": {"label", "element", "hint", "optional", "dispatch_action"},
    "rich_text": {"elements"},
    "section": {"text", "fields", "accessory"},
}
RICH_PARTS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}


def problems_of_message(message: Json) -> list[str]:
    """Everything Slack would refuse, or show wrongly, in a message."""
    found = []
    if not message.get("text", "").strip():
        found.append("a message without text")
    if len(message.get("text", "")) > 40_000:
        found.append("text too long")
    if "<!" in message.get("text", "") or "<@" in message.get("text", ""):
        found.append("a mention in text")
    blocks = message.get("blocks", [])
    if len(blocks) > limits.MESSAGE_BLOCKS_MAX_ITEMS:
        found.append(f"{len(blocks)} blocks in a message")
    if sum(len(words) for words in texts(blocks)) > 13_200:
        found.append("too many characters in a message")
    return found + list(_blocks(blocks, "message"))


def problems_of_view(view: Json) -> list[str]:
    """Everything Slack would refuse in a modal or a Home tab."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"a view of type {kind!r}"]
    found = []
    if len(view["blocks"]) > limits.VIEW_BLOCKS_MAX_ITEMS:
        found.append(f"{len(view['blocks'])} blocks in a view")
    if len(json.dumps(view, ensure_ascii=False).encode("utf-8", "replace")) > 250_000:
        found.append("a view of more than 250 KB")
    if len(view.get("callback_id", "")) > limits.VIEW_CALLBACK_ID_MAX_LENGTH:
        found.append("callback_id too long")
    if len(view.get("private_metadata", "")) > limits.VIEW_PRIVATE_METADATA_MAX_LENGTH:
        found.append("private_metadata too long")
    names = ("title", "submit", "close") if kind == "modal" else ()
    for name in names:
        if name in view:
            found += _text(view[name], 24, name, PLAIN)
    if kind == "modal" and "title" not in view:
        found.append("a modal without title")
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        found.append("inputs without submit")
    return found + list(_blocks(view["blocks"], kind))


def texts(part: object) -> Iterator[str]:
    """Every text that a person reads in ``part``."""
    if isinstance(part, dict):
        own = part.get("text")
        if isinstance(own, str):
            yield own
        for value in part.values():
            if isinstance(value, (dict, list)):
                yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def shown(shape: Json) -> str:
    """What a person reads in a message or view, one text after the other."""
    title = texts([shape["title"]]) if "title" in shape else ()
    return "\n".join([*title, *texts(shape["blocks"])])


def buttons(blocks: list[Json]) -> list[Json]:
    """The buttons of all actions blocks, each with its block's id."""
    return [
        {**element, "block_id": block.get("block_id", "")}
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def _blocks(blocks: list[Json], surface: surfaces.BlockSurface) -> Iterator[str]:
    allowed = surfaces._BLOCK_TYPES_BY_SURFACE[surface]
    action_ids: list[str] = []
    block_ids = [block["block_id"] for block in blocks if "block_id" in block]
    for block in blocks:
        kind = block["type"]
        if kind not in allowed or kind not in BLOCK_KEYS:
            yield f"{kind} in a {surface}"
            continue
        extra = block.keys() - BLOCK_KEYS[kind] - {"type", "block_id"}
        if extra:
            yield f"{kind} with {sorted(extra)}"
        if not 0 < len(block.get("block_id", "x")) <= limits.BLOCK_ID_MAX_LENGTH:
            yield "a block_id of a wrong length"
        yield from _block(block)
        action_ids += [element["action_id"] for element in _elements(block)]
    if len(set(action_ids)) != len(action_ids):
        yield "an action_id is used twice"
    if len(set(block_ids)) != len(block_ids):
        yield "a block_id is used twice"


def _elements(block: Json) -> list[Json]:
    if block["type"] == "actions":
        return list(block["elements"])
    return [block["element"]] if block["type"] == "input" else []


def _block(block: Json) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield from _text(
                block["text"], limits.HEADER_TEXT_MAX_LENGTH, "header", ("plain_text",)
            )
        case "section":
            yield from _text(block["text"], limits.SECTION_TEXT_MAX_LENGTH, "section")
        case "context":
            if not 0 < len(block["elements"]) <= limits.CONTEXT_ELEMENTS_MAX_ITEMS:
                yield "context elements"
            for element in block["elements"]:
                yield from _text(element, 2000, "context")
        case "image":
            if not 0 < len(block["image_url"]) <= limits.IMAGE_IMAGE_URL_MAX_LENGTH:
                yield "image_url"
            if not 0 < len(block["alt_text"]) <= limits.IMAGE_ALT_TEXT_MAX_LENGTH:
                yield "alt_text"
        case "actions":
            if not 0 < len(block["elements"]) <= limits.ACTIONS_ELEMENTS_MAX_ITEMS:
                yield "actions elements"
            for element in block["elements"]:
                yield from _button(element)
        case "input":
            yield from _text(
                block["label"], limits.INPUT_LABEL_MAX_LENGTH, "label", ("plain_text",)
            )
            if "hint" in block:
                yield from _text(block["hint"], limits.INPUT_HINT_MAX_LENGTH, "hint")
            yield from _input(block["element"])
        case "rich_text":
            if not block["elements"]:
                yield "empty rich_text"
            for part in block["elements"]:
                yield from _rich(part)


def _text(
    text: Json, most: int, what: str, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")
) -> Iterator[str]:
    if text.get("type") not in kinds:
        yield f"{what} of type {text.get('type')}"
    if text.keys() - {"type", "text", "emoji", "verbatim"}:
        yield f"{what} with unknown keys"
    if not text["text"].strip() or len(text["text"]) > most:
        yield f"{what} of {len(text['text'])} characters"


def _button(button: Json) -> Iterator[str]:
    if button["type"] != "button" or button.keys() - BUTTON_KEYS:
        yield f"a button with {sorted(button)}"
    yield from _text(button["text"], limits.BUTTON_TEXT_MAX_LENGTH, "button", PLAIN)
    if not 0 < len(button["action_id"]) <= limits.ACTION_ID_MAX_LENGTH:
        yield "action_id"
    if len(button.get("value", "")) > limits.BUTTON_VALUE_MAX_LENGTH:
        yield "a button value"
    if len(button.get("url", "")) > limits.BUTTON_URL_MAX_LENGTH:
        yield "a button url"
    if len(button.get("accessibility_label", "")) > 75:
        yield "an accessibility_label"
    if button.get("style", "primary") not in ("primary", "danger"):
        yield "a button style"
    if "confirm" in button:
        confirm = button["confirm"]
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _text(confirm[name], most, f"confirm {name}", PLAIN)


def _input(element: Json) -> Iterator[str]:
    kind = element["type"]
    if kind not in ELEMENT_KEYS or element.keys() - ELEMENT_KEYS[kind] - {"type", "action_id"}:
        yield f"{kind} with {sorted(element)}"
    if kind == "plain_text_input":
        longest = element.get("max_length", 3000)
        if not 1 <= longest <= 3000 or not 0 <= len(element.get("initial_value", "")) <= longest:
            yield "a text longer than its input"
        if element.get("initial_value") == "":
            yield "an empty initial_value"
    if "options" in element:
        yield from _options(element)


def _options(element: Json) -> Iterator[str]:
    options = element["options"]
    most = 10 if element["type"] in ("radio_buttons", "checkboxes") else 100
    if not 0 < len(options) <= most:
        yield f"{len(options)} options in {element['type']}"
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        yield "two options of the same value"
    for option in options:
        yield from _text(option["text"], limits.OPTION_TEXT_MAX_LENGTH, "option")
        if not 0 < len(option["value"]) <= limits.OPTION_VALUE_MAX_LENGTH:
            yield "an option value"
    chosen = element.get("initial_options", [])
    if "initial_options" in element and not chosen:
        yield "empty initial_options"
    chosen = [*chosen, element["initial_option"]] if "initial_option" in element else chosen
    if any(option not in options for option in chosen):
        yield "an initial option that is not among the options"


def _rich(part: Json) -> Iterator[str]:
    if part["type"] not in RICH_PARTS or not part["elements"]:
        yield f"{part['type']} with {len(part['elements'])} elements"
    for element in part["elements"]:
        if part["type"] == "rich_text_list":
            yield from _rich(element)
        elif element.keys() - {"type", "text", "style"} or element["type"] != "text":
            yield f"a {element['type']} in rich text"
        elif not element["text"]:
            yield "an empty run of text"
