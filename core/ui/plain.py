"""Views and forms as plain text: the notification, the screen reader's and the fallback text."""

from __future__ import annotations

from typing import assert_never

from core.kernel.texts import _
from core.ui.forms import ChoiceField, Form, ManyChoicesField
from core.ui.views import (
    Actions,
    Block,
    Button,
    Divider,
    Facts,
    Heading,
    Image,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    Quote,
    Table,
    View,
)
from core.words import Speech


def plain(view: View, speech: Speech) -> str:
    """All of ``view`` in lines of text, with what to type for each button."""
    parts = (_block(block, speech) for block in view.blocks)
    return "\n\n".join(part for part in parts if part)


def summary(view: View, speech: Speech) -> str:
    """One line: the view's own summary, else its first heading, note or paragraph."""
    if view.summary:
        return speech(view.summary)
    for block in view.blocks:
        if isinstance(block, (Heading, Note, Paragraph)):
            return speech(block.text)
    return plain(view, speech).partition("\n")[0]


def plain_form(form: Form, speech: Speech) -> str:
    """A form's title, what is read before it, and each field with its hint and choices."""
    lines = [speech(form.title)]
    lines += [text for text in (_block(block, speech) for block in form.before) if text]
    for field in form.fields:
        hint = f" ({speech(field.hint)})" if field.hint else ""
        lines.append(f"{speech(field.label)}{hint}")
        if isinstance(field, (ChoiceField, ManyChoicesField)):
            lines += [f"  - {speech(option.label)}" for option in field.options]
    return "\n".join(lines)


def _button(button: Button | Link, speech: Speech) -> str:
    label = speech(button.label)
    if isinstance(button, Link):
        return f"{label}: {button.url}"
    if not button.typed:
        return f"[{label}]"
    return speech(_("{label}: type {words}", label=label, words=button.typed))


def _item(item: Item, speech: Speech) -> str:
    lines = [f"- {speech(item.title)}"]
    lines += [f"  {speech(line)}" for line in item.lines]
    lines += [f"  {_button(button, speech)}" for button in item.actions]
    return "\n".join(lines)


def _block(block: Block, speech: Speech) -> str:
    match block:
        case Heading(text) | Paragraph(text) | Note(text):
            return speech(text)
        case Quote(text, by):
            return f"{speech(by)}: “{text}”" if by else f"“{text}”"
        case Facts(facts):
            return "\n".join(f"{speech(fact.label)}: {speech(fact.value)}" for fact in facts)
        case Items(items):
            return "\n".join(_item(item, speech) for item in items)
        case Table(caption, columns, rows):
            head = [speech(column) for column in columns]
            body = [
                "; ".join(f"{name}: {speech(cell)}" for name, cell in zip(head, row, strict=True))
                for row in rows
            ]
            return "\n".join([speech(caption), *body])
        case Image(_url, alt):
            return speech(alt)
        case Divider():
            return ""
        case Actions(buttons):
            return "\n".join(_button(button, speech) for button in buttons)
        case _:
            assert_never(block)
