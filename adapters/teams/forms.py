"""From a form to a card with inputs, for a dialog or for the chat; with a problem, a second try.

Inputs have the fields' names as ids. What a client cannot tell us when it sends them back, the
kind of each field and the intent that opened the form, travels in the submit button's data.
"""

from __future__ import annotations

from datetime import date
from typing import Any, assert_never

from adapters.teams.buttons import Surface, sender
from adapters.teams.elements import Element, harmless, heading, lines, unmarked
from adapters.teams.limits import COMPACT_CHOICES, DIALOG_TITLE, EXPANDED_CHOICES
from adapters.teams.render import elements, enclose
from core.kernel.texts import _
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
from core.ui.intents import Intent, to_wire
from core.ui.plain import plain_form
from core.ui.replies import Refuse
from core.ui.views import Table
from core.words import Speech

NO_CHOICE = "-"
"""The choice of none, in a list where none is a choice: a choice's value may not be empty."""
UNTICKED = "false"
"""What a tick box sends when it is empty."""


def form_card(
    form: Form,
    speech: Speech,
    surface: Surface = "chat",
    *,
    opened_by: Intent | None = None,
    problem: Refuse | None = None,
) -> Element:
    """``form`` as a card. ``opened_by`` is performed again when a submission is refused.

    ``problem`` is that refusal: told at the top, and in full at the field it belongs to.
    Raises ``CardTooBig`` above what Teams takes.
    """
    title = speech(form.title)
    body = [] if surface == "dialog" and fits_frame(title) else [heading(title)]
    if problem is not None:
        body.append(_problem_summary(form, problem, speech))
    body += elements(form.before, speech, surface)
    for field in form.fields:
        if problem is not None and problem.field == field.name:
            body += lines(f"✗ {speech(problem.reason)}", color="Attention", weight="Bolder")
        body.append(_input(field, speech))
    ours: dict[str, Any] = {
        "intent": to_wire(form.intent),
        "fields": {field.name: _kind(field) for field in form.fields},
    }
    if opened_by is not None:
        ours["opened_by"] = to_wire(opened_by)
    submit = sender(speech(form.submit), ours, surface, style="positive")
    body.append({"type": "ActionSet", "actions": [submit]})
    return enclose(
        body,
        speech,
        fallback=plain_form(form, speech),
        summary=title,
        wide=any(isinstance(block, Table) for block in form.before),
    )


def fits_frame(title: str) -> bool:
    """Whether a dialog's frame shows ``title`` whole."""
    return len(title) <= DIALOG_TITLE


def _problem_summary(form: Form, problem: Refuse, speech: Speech) -> Element:
    labels = [field.label for field in form.fields if field.name == problem.field]
    reason = _("Check your answer to: {label}", label=labels[0]) if labels else problem.reason
    return {"type": "Container", "style": "attention", "items": lines(f"✗ {speech(reason)}")}


def _kind(field: Field) -> str:
    if isinstance(field, ManyChoicesField):
        return "many"
    return "one" if isinstance(field, ChoiceField) else "text"


def _input(field: Field, speech: Speech) -> Element:
    match field:
        case TextField() | DurationField() | PersonField():
            # No maxLength: a client cuts pasted words at it without a word. The engine refuses.
            return _text(field, speech)
        case LongTextField():
            return _text(field, speech) | {"isMultiline": True}
        case MomentField(value=value, time=time):
            picked = not time and (not value or _is_day(value))
            return _text(field, speech) | ({"type": "Input.Date"} if picked else {})
        case ChoiceField():
            return _one(field, speech)
        case ManyChoicesField():
            return _tick(field, speech) if len(field.options) == 1 else _many(field, speech)
        case _:
            assert_never(field)


def _base(field: Field, kind: str, speech: Speech) -> Element:
    label = speech(field.label)
    # The hint is part of the label, because a placeholder vanishes with the first letter.
    drawn: Element = {
        "type": kind,
        "id": field.name,
        "label": f"{label} ({speech(field.hint)})" if field.hint else label,
        "isRequired": field.required,
    }
    if field.required:
        drawn["errorMessage"] = speech(_("Answer this: {label}", label=field.label))
    else:
        drawn["errorMessage"] = speech(_("Check your answer to: {label}", label=field.label))
    return drawn


def _text(
    field: TextField | LongTextField | DurationField | MomentField | PersonField, speech: Speech
) -> Element:
    drawn = _base(field, "Input.Text", speech)
    if field.value:
        drawn["value"] = field.value
    return drawn


def _choices(options: tuple[Option, ...], speech: Speech) -> list[Element]:
    return [{"title": speech(option.label), "value": option.value} for option in options]


def _style(choices: list[Element]) -> str:
    # Some clients read Markdown beside a radio button; none does in a drop-down list.
    plain = all(harmless(choice["title"]) for choice in choices)
    if plain and len(choices) <= EXPANDED_CHOICES:
        return "expanded"
    return "compact" if len(choices) <= COMPACT_CHOICES else "filtered"


def _one(field: ChoiceField, speech: Speech) -> Element:
    drawn = _base(field, "Input.ChoiceSet", speech)
    choices = _choices(field.options, speech)
    if not field.required:
        choices.insert(0, {"title": speech(_("No answer")), "value": NO_CHOICE})
    drawn |= {"style": _style(choices), "wrap": True, "choices": choices}
    if value := field.value or ("" if field.required else NO_CHOICE):
        drawn["value"] = value
    return drawn


def _many(field: ManyChoicesField, speech: Speech) -> Element:
    if any("," in option.value for option in field.options):
        raise ValueError(f"an option of {field.name!r} holds a comma, which parts the choices")
    drawn = _base(field, "Input.ChoiceSet", speech)
    choices = _choices(field.options, speech)
    # Some clients read Markdown beside a tick box, and draw many choices in no other way.
    choices = [{**choice, "title": unmarked(choice["title"])} for choice in choices]
    drawn |= {"isMultiSelect": True, "style": "expanded", "wrap": True, "choices": choices}
    if field.value:
        drawn["value"] = ",".join(field.value)
    return drawn


def _tick(field: ManyChoicesField, speech: Speech) -> Element:
    option = field.options[0]
    drawn = _base(field, "Input.Toggle", speech)
    return drawn | {
        "title": speech(option.label),
        "valueOn": option.value,
        "valueOff": UNTICKED,
        "value": option.value if option.value in field.value else UNTICKED,
        "wrap": True,
    }


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
