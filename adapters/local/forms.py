"""A form as an HTML fragment: every input labelled, its hint and its error tied to it by name.

Errors are not drawn here: each field has an empty place for one, which the page fills when a
submission is refused, so what the person typed never leaves the screen.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import assert_never
from uuid import uuid4

from adapters.local.render import blocks, said, wire
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
from core.words import Speech

FEW = 7
"""Up to this many options are radio buttons, more are a list to pick from."""


def form_fragment(form: Form, speech: Speech) -> str:
    """``form`` as a ``<form>`` that the page shows in a dialog. Its ids are its own."""
    own = f"f{uuid4().hex[:8]}"
    fields = "".join(
        _field(field, f"{own}-{place}", speech) for place, field in enumerate(form.fields)
    )
    before = f'<div class="before">{blocks(form.before, speech)}</div>' if form.before else ""
    cancel = escape(speech(_("Cancel")))
    return (
        f'<form class="form" novalidate lang="{escape(speech.language)}"'
        f' data-wire="{wire(form.intent)}" aria-labelledby="{own}-title">'
        f'<h2 id="{own}-title" tabindex="-1">{said(form.title, speech)}</h2>'
        f'<p class="error summary" role="alert" tabindex="-1"></p>{before}{fields}'
        f'<div class="actions"><button type="submit" class="button primary">'
        f"{said(form.submit, speech)}</button>"
        f'<button type="button" class="button plain" data-close>{cancel}</button></div></form>'
    )


def _field(field: Field, own: str, speech: Speech) -> str:
    match field:
        case TextField() | DurationField():
            return _line(field, own, speech)
        case PersonField():
            hint = field.hint or _("Type a name. Add the organisation if you know it.")
            return _line(field, own, speech, hint)
        case MomentField():
            return _moment(field, own, speech)
        case LongTextField():
            return _long(field, own, speech)
        case ChoiceField():
            return _choice(field, own, speech)
        case ManyChoicesField():
            return _many(field, own, speech)
        case _:
            assert_never(field)


def _line(
    field: TextField | DurationField | MomentField | PersonField,
    own: str,
    speech: Speech,
    hint: Words | None = None,
    kind: str = "text",
) -> str:
    longest = f' data-longest="{field.longest}"' if isinstance(field, TextField) else ""
    control = (
        f'<input type="{kind}" {_attributes(field, own)} value="{escape(field.value)}"'
        f' autocomplete="off" dir="auto"{longest}>'
    )
    return _labelled(field, own, speech, control, hint if hint else field.hint)


def _moment(field: MomentField, own: str, speech: Speech) -> str:
    if not field.time and (not field.value or _is_day(field.value)):
        return _line(field, own, speech, kind="date")
    example = (
        _("For example, 6 August 2026, 2.30pm") if field.time else _("For example, 6 August 2026")
    )
    return _line(field, own, speech, field.hint or example)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _long(field: LongTextField, own: str, speech: Speech) -> str:
    # A browser drops one newline right after the tag, so it gets one to drop.
    control = (
        f'<textarea rows="4" {_attributes(field, own)} data-longest="{field.longest}"'
        f' dir="auto">\n{escape(field.value)}</textarea>'
    )
    return _labelled(field, own, speech, control, field.hint)


def _choice(field: ChoiceField, own: str, speech: Speech) -> str:
    if len(field.options) > FEW:
        return _picker(field, own, speech)
    options = field.options
    if not field.required:
        options = (*options, Option("", _("None of these")))
    chosen = (field.value,) if field.value or not field.required else ()
    ticks = _ticks("radio", field, options, chosen, own, speech)
    return _group(field, own, speech, ticks, "one")


def _picker(field: ChoiceField, own: str, speech: Speech) -> str:
    blank = _("Choose one") if field.required else _("None of these")
    options = "".join(
        f'<option value="{escape(option.value)}"'
        f"{' selected' if option.value == field.value else ''}>"
        f"{escape(speech(option.label))}</option>"
        for option in (Option("", blank), *field.options)
    )
    control = f"<select {_attributes(field, own)}>{options}</select>"
    return _labelled(field, own, speech, control, field.hint)


def _many(field: ManyChoicesField, own: str, speech: Speech) -> str:
    ticks = _ticks("checkbox", field, field.options, field.value, own, speech)
    return _group(field, own, speech, ticks, "many")


def _ticks(
    kind: str,
    field: ChoiceField | ManyChoicesField,
    options: tuple[Option, ...],
    chosen: tuple[str, ...],
    own: str,
    speech: Speech,
) -> str:
    required = " required" if kind == "radio" and field.required else ""
    return "".join(
        f'<div class="tick"><input type="{kind}" id="{own}-{place}" name="{escape(field.name)}"'
        f' value="{escape(option.value)}"{required}'
        f"{' checked' if option.value in chosen else ''}>"
        f'<label for="{own}-{place}">{said(option.label, speech)}</label></div>'
        for place, option in enumerate(options)
    )


def _group(
    field: ChoiceField | ManyChoicesField, own: str, speech: Speech, ticks: str, values: str
) -> str:
    return (
        f'<fieldset class="field" data-field="{escape(field.name)}" data-values="{values}"'
        f' aria-describedby="{own}-hint {own}-error">'
        f"<legend>{said(field.label, speech)}{_optional(field, speech)}</legend>"
        f"{_hint(field.hint, own, speech)}{_error(own)}{ticks}</fieldset>"
    )


def _labelled(field: Field, own: str, speech: Speech, control: str, hint: Words) -> str:
    return (
        f'<div class="field" data-field="{escape(field.name)}" data-values="text">'
        f'<label for="{own}">{said(field.label, speech)}{_optional(field, speech)}</label>'
        f"{_hint(hint, own, speech)}{_error(own)}{control}</div>"
    )


def _attributes(field: Field, own: str) -> str:
    required = " required" if field.required else ""
    return (
        f'id="{own}" name="{escape(field.name)}"'
        f' aria-describedby="{own}-hint {own}-error"{required}'
    )


def _optional(field: Field, speech: Speech) -> str:
    # A group of ticks is never "required" to a browser: nothing ticked is an answer too.
    if field.required or isinstance(field, ManyChoicesField):
        return ""
    optional = speech(_("optional"))
    return f' <span class="optional">({escape(optional)})</span>'


def _hint(hint: Words, own: str, speech: Speech) -> str:
    words = said(hint, speech) if hint else ""
    return f'<p class="hint" id="{own}-hint">{words}</p>'


def _error(own: str) -> str:
    return f'<p class="error" id="{own}-error"></p>'
