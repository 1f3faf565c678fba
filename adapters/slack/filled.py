"""What a person filled in, read from a payload, and the same modal with a refusal in it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.slack import limits
from adapters.slack.forms import FIELD, NONE, Origin
from adapters.slack.limits import Shape
from adapters.slack.render import view_blocks
from core.kernel.texts import Text
from core.ui.intents import FieldValue, Unreadable
from core.ui.views import Note
from core.words import Speech

_WARNING = "refused"
"""The id of the block that says why a form was not taken."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form sent in: its intent's wire, the values by field name, and where it came from."""

    wire: dict[str, object]
    fields: dict[str, FieldValue]
    origin: Origin


def read_filled(view: Mapping[str, Any]) -> Filled:
    """What a ``view_submission`` sends back. Raises ``Unreadable`` for what is not a form of ours.

    A field left empty is there too, as ``""`` or ``()``: emptying a field is an answer.
    """
    try:
        metadata = json.loads(view["private_metadata"])
        wire = metadata["wire"]
        origin = Origin(**metadata.get("from", {}))
        fields = {
            name: _value(element)
            for inputs in view["state"]["values"].values()
            for name, element in _named(inputs)
        }
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OSError,
        OverflowError,
        RecursionError,
    ):
        raise Unreadable from None
    if not isinstance(wire, dict):
        raise Unreadable
    return Filled(wire, fields, origin)


def block_of(view: Mapping[str, Any], field: str) -> str:
    """The id of the input block that ``field`` fills, or "" where the form has none."""
    values: dict[str, dict[str, object]] = view["state"]["values"]
    for block_id, inputs in values.items():
        if field and f"{FIELD}{field}" in inputs:
            return block_id
    return ""


def warned(view: Mapping[str, Any], reason: Text, speech: Speech) -> Shape:
    """The modal ``view`` of a payload with ``reason`` at its top, and what was typed kept."""
    warning = view_blocks((Note(reason, "warning"),), speech)
    warning[0]["block_id"] = _WARNING
    values = (view.get("state") or {}).get("values") or {}
    kept = [_kept(block, values) for block in view["blocks"] if block["block_id"] != _WARNING]
    names = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    shape: Shape = {name: view[name] for name in names if view.get(name)}
    if len(shape.get("private_metadata", "")) > limits.METADATA:
        # Not a form of ours, and Slack takes no more back.
        del shape["private_metadata"]
    return {**shape, "blocks": warning + kept}


def _named(inputs: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for action_id, element in inputs.items():
        if action_id.startswith(FIELD):
            yield action_id.removeprefix(FIELD), element


def _value(element: Mapping[str, Any]) -> FieldValue:
    """What one input holds; a date and time as ISO 8601 in UTC."""
    match element["type"]:
        case "plain_text_input":
            return _string(element["value"])
        case "datepicker":
            return _string(element["selected_date"])
        case "datetimepicker":
            moment = element["selected_date_time"]
            return datetime.fromtimestamp(int(moment), UTC).isoformat() if moment else ""
        case "radio_buttons" | "static_select":
            option = element["selected_option"]
            return _chosen(option) if option else ""
        case "checkboxes" | "multi_static_select":
            return tuple(_chosen(option) for option in element["selected_options"])
        case _:
            raise Unreadable


def _string(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable
    return value


def _chosen(option: Mapping[str, Any]) -> str:
    value = _string(option["value"])
    return "" if value == NONE else value


_STARTS = {
    "plain_text_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "radio_buttons": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
}
"""Where each kind of input holds its present value, and where it is given its first."""


def _kept(block: Shape, values: Mapping[str, Mapping[str, Any]]) -> Shape:
    """``block`` of a payload, starting with what the person has put into it."""
    if block["type"] != "input":
        return block
    element = block["element"]
    present = values.get(block["block_id"], {}).get(element["action_id"])
    if present is None or element["type"] not in _STARTS:
        return block
    held, first = _STARTS[element["type"]]
    started = {name: value for name, value in element.items() if name != first}
    if present.get(held):
        started[first] = present[held]
    return {**block, "element": started}
