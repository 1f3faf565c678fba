"""What stands in the fields of a modal: what it starts with, and what a person put there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

EMPTY: Json = {
    "plain_text_input": {"value": None},
    "radio_buttons": {"selected_option": None},
    "static_select": {"selected_option": None},
    "checkboxes": {"selected_options": []},
    "multi_static_select": {"selected_options": []},
    "datepicker": {"selected_date": None},
    "datetimepicker": {"selected_date_time": None},
}
INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_date_time": "selected_date_time",
}


def fields(view: Json) -> dict[str, Json]:
    """The input blocks of ``view``, by the name of what they fill."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["element"]["action_id"].removeprefix("in:"): block for block in inputs}


def key_of(block: Json) -> str:
    """Slack keeps what was typed as long as both ids stay the same."""
    return f"{block['block_id']}/{block['element']['action_id']}"


def state_of(view: Json, typed: Mapping[str, Json]) -> Json:
    """What a submission of ``view`` says of its fields; ``typed`` is by ``key_of``."""
    values: Json = {}
    for block in fields(view).values() if view["type"] == "modal" else ():
        element = block["element"]
        state = {"type": element["type"], **EMPTY[element["type"]]}
        for initial, held in INITIAL.items():
            if initial in element:
                state[held] = element[initial]
        state |= typed.get(key_of(block), {})
        values[block["block_id"]] = {element["action_id"]: state}
    return values


def entered(element: Json, value: object) -> Json:
    """What ``element`` holds once a person has put ``value`` there."""
    kind = element["type"]
    if kind == "plain_text_input":
        assert isinstance(value, str)
        assert len(value) <= element["max_length"], "Slack does not let them type that much"
        return {"value": value or None}
    if kind in ("radio_buttons", "static_select"):
        return {"selected_option": _option(element, value)}
    if kind in ("checkboxes", "multi_static_select"):
        assert isinstance(value, (tuple, list))
        return {"selected_options": [_option(element, one) for one in value]}
    return {"selected_date" if kind == "datepicker" else "selected_date_time": value}


def _option(element: Json, value: object) -> Json:
    """The option of that value or label."""
    for option in element["options"]:
        if value in (option["value"], option["text"]["text"]):
            found: Json = option
            return found
    raise AssertionError(f"no option {value!r}")
