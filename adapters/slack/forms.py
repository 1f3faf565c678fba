"""Forms as modals, and what a person filled in as field values again. Pure.

A field is an input block. Its action id names the field; its block id also depends on the value it
starts with, because Slack keeps what was typed in a block of the same id when a modal is updated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from zlib import crc32

from adapters.slack import limits
from adapters.slack.limits import DoesNotFit, Shape, fitting, pieces
from adapters.slack.render import NAME, level, plain_text, view_blocks
from core.kernel.texts import Words, _
from core.ui.forms import (
    ChoiceField,
    DurationField,
    Field,
    Form,
    LongTextField,
    ManyChoicesField,
    MomentField,
    Option,
    PersonField,
    TextField,
)
from core.ui.intents import Json, to_wire
from core.ui.views import Block, Heading, Note
from core.words import Speech

FORM = "form"
"""The callback id of a modal that is a form."""
FIELD = "in:"
"""Starts the action id of an input."""
NONE = "none:"
"""What "none of these" sends: Slack takes no option without a value."""
_SHORT_OPTION = 60


@dataclass(frozen=True, slots=True)
class Origin:
    """The message whose button opened a form: what a ``Replace`` puts in its place.

    ``url`` is Slack's answering address of that press, good for 30 minutes; ``channel`` and
    ``ts`` are set where the message can be edited at any time.
    """

    url: str = ""
    channel: str = ""
    ts: str = ""


def form_modal(form: Form, speech: Speech, origin: Origin | None = None) -> Shape:
    """The modal to fill in ``form``. Raises ``DoesNotFit``."""
    title = speech(form.title)
    before: tuple[Block, ...] = form.before
    if len(title) > limits.VIEW_TITLE or not title.strip():
        before, title = (Heading(form.title), *before), NAME
    wire = to_wire(form.intent)
    seed = json.dumps(wire)
    inputs = [part for field in form.fields for part in _input(field, speech, seed)]
    shapes = [*view_blocks(before, speech), *inputs] if before else inputs
    if len(shapes) > limits.VIEW_BLOCKS:
        raise DoesNotFit("a form's blocks", len(shapes), limits.VIEW_BLOCKS)
    submit = speech(form.submit)
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_text(title),
        "submit": plain_text(submit if len(submit) <= limits.VIEW_BUTTON else speech(_("Send"))),
        "close": plain_text(speech(_("Cancel"))),
        "private_metadata": _metadata(wire, origin),
        "blocks": shapes or view_blocks((), speech),
    }


def _metadata(wire: dict[str, Json], origin: Origin | None) -> str:
    metadata: dict[str, object] = {"wire": wire}
    if origin:
        parts = {"url": origin.url, "channel": origin.channel, "ts": origin.ts}
        metadata["from"] = {name: part for name, part in parts.items() if part}
    text = json.dumps(metadata, ensure_ascii=False, separators=(",", ":"))
    return fitting(text, limits.METADATA, f"the form {wire['do']}")


def _input(field: Field, speech: Speech, seed: str) -> Iterator[Shape]:
    """The input block of ``field``, after whatever must be read in full before it."""
    before, element = _element(field, speech)
    yield from before
    element["action_id"] = f"{FIELD}{field.name}"
    version = crc32(f"{seed}{field.value}".encode("utf-8", "replace"))
    label = fitting(level(speech(field.label)), limits.INPUT_LABEL, "a label")
    shape: Shape = {
        "type": "input",
        "block_id": fitting(f"{field.name}:{version:x}", limits.IDENTIFIER, "a field's name"),
        "optional": not field.required,
        "label": plain_text(label),
        "element": element,
    }
    if hint := speech(field.hint):
        shape["hint"] = plain_text(fitting(level(hint), limits.INPUT_HINT, "a hint"))
    yield shape


def _element(field: Field, speech: Speech) -> tuple[list[Shape], Shape]:
    match field:
        case TextField():
            return _text(field.value, field.longest, speech)
        case LongTextField():
            return _text(field.value, field.longest, speech, multiline=True)
        case DurationField() | PersonField():
            return _text(field.value, limits.HEADER, speech)
        case MomentField():
            return _moment(field, speech)
        case ChoiceField():
            return _choice(field, speech)
        case ManyChoicesField():
            return _many(field, speech)
        case _:
            assert_never(field)


def _text(
    value: str, longest: int, speech: Speech, *, multiline: bool = False
) -> tuple[list[Shape], Shape]:
    """A text box. One that starts with more than ``longest`` lets it stand, to be shortened."""
    element: Shape = {
        "type": "plain_text_input",
        "multiline": multiline or "\n" in value,
        "max_length": min(max(longest, len(value), 1), limits.INPUT_TEXT),
    }
    if len(value) > limits.INPUT_TEXT:
        reason = _("What you typed is too long for this box. Put a shorter version in it.")
        return view_blocks((Note(reason, "warning"),), speech), element
    if value:
        element["initial_value"] = value
    return [], element


def _moment(field: MomentField, speech: Speech) -> tuple[list[Shape], Shape]:
    """A picker, or a text box where it must hold words that are not a date."""
    try:
        if field.time:
            element: Shape = {"type": "datetimepicker"}
            if field.value:
                moment = datetime.fromisoformat(field.value)
                local = moment if moment.tzinfo else moment.replace(tzinfo=speech.zone)
                element["initial_date_time"] = int(local.timestamp())
        else:
            element = {"type": "datepicker"}
            if field.value:
                element["initial_date"] = date.fromisoformat(field.value).isoformat()
    except (ValueError, OverflowError):
        return _text(field.value, limits.HEADER, speech)
    return [], element


def _choice(field: ChoiceField, speech: Speech) -> tuple[list[Shape], Shape]:
    """Radio buttons, or a menu for many; an optional one names "none" as a choice."""
    offered = field.options
    if not field.required and all(option.value for option in offered):
        offered = (*offered, Option("", _("None of these")))
    before, options = _options(offered, field.label, speech)
    few = len(options) <= limits.FEW_OPTIONS
    element: Shape = {"type": "radio_buttons" if few else "static_select", "options": options}
    chosen = field.value or (NONE if not field.required else "")
    for option in options:
        if option["value"] == chosen:
            element["initial_option"] = option
    return before, element


def _many(field: ManyChoicesField, speech: Speech) -> tuple[list[Shape], Shape]:
    before, options = _options(field.options, field.label, speech)
    few = len(options) <= limits.FEW_OPTIONS
    element: Shape = {"type": "checkboxes" if few else "multi_static_select", "options": options}
    if chosen := [option for option in options if option["value"] in field.value]:
        element["initial_options"] = chosen
    return before, element


def _options(
    options: tuple[Option, ...], label: Words, speech: Speech
) -> tuple[list[Shape], list[Shape]]:
    """The options, and, where some are longer than Slack shows, all of them in full to read."""
    if not 0 < len(options) <= limits.OPTIONS:
        raise DoesNotFit("a choice's options", len(options), limits.OPTIONS)
    spoken = [speech(option.label) for option in options]
    before: list[Shape] = []
    if any(len(words) > limits.OPTION_TEXT for words in spoken):
        spoken = [f"{number}. {words}" for number, words in enumerate(spoken, 1)]
        full = pieces("\n".join(map(level, spoken)), limits.SECTION)
        texts = [level(speech(label)), *full]
        before = [{"type": "section", "text": plain_text(text)} for text in texts]
        spoken = [_short(words) for words in spoken]
    return before, [
        {
            "text": plain_text(words),
            "value": fitting(option.value or NONE, limits.OPTION_VALUE, "an option's value"),
        }
        for option, words in zip(options, spoken, strict=True)
    ]


def _short(words: str) -> str:
    if len(words) <= limits.OPTION_TEXT:
        return words
    return level(f"{words[:_SHORT_OPTION].rstrip()}…")
