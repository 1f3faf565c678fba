"""A view as an HTML fragment. Everything is escaped here, and nothing else in the page makes HTML.

People's own words stand in ``<bdi>``: their direction cannot turn the sentence around them.
"""

from __future__ import annotations

import json
from html import escape
from typing import assert_never
from urllib.parse import urlsplit

from core.kernel.texts import Words, _
from core.ui.intents import Intent, to_wire
from core.ui.views import (
    Actions,
    Block,
    Button,
    Divider,
    Fact,
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

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def fragment(view: View, speech: Speech) -> str:
    """All of ``view`` as one element, in the reader's language."""
    return f'<div class="card" lang="{escape(speech.language)}">{blocks(view.blocks, speech)}</div>'


def own_words(words: str) -> str:
    """What a person typed, as their own message."""
    return f'<p class="own-words" dir="auto">{escape(words)}</p>'


def blocks(shown: tuple[Block, ...], speech: Speech, level: int = 3) -> str:
    """``shown`` one after another. The first heading has ``level``, later ones the next."""
    parts: list[str] = []
    for block in shown:
        parts.append(_block(block, speech, level))
        if isinstance(block, Heading):
            level = 4
    return "".join(parts)


def said(words: Words, speech: Speech) -> str:
    """Our words escaped; a person's words escaped and kept to themselves."""
    spoken = escape(speech(words))
    return f"<bdi>{spoken}</bdi>" if isinstance(words, str) else spoken


def wire(intent: Intent) -> str:
    """``intent`` as an escaped attribute value."""
    return escape(json.dumps(to_wire(intent), separators=(",", ":")))


def _block(block: Block, speech: Speech, level: int) -> str:
    match block:
        case Heading(text):
            return f"<h{level}>{said(text, speech)}</h{level}>"
        case Paragraph(text, quiet):
            start = '<p class="quiet">' if quiet else "<p>"
            return f"{start}{said(text, speech)}</p>"
        case Quote(text, by):
            return _quote(text, by, speech)
        case Facts(facts):
            return f'<dl class="facts">{"".join(_fact(fact, speech) for fact in facts)}</dl>'
        case Items(items):
            return f'<ul class="items">{"".join(_item(item, speech) for item in items)}</ul>'
        case Table():
            return _table(block, speech)
        case Image(url, alt):
            return _image(url, alt, speech)
        case Note():
            return _note(block, speech)
        case Divider():
            return "<hr>"
        case Actions(buttons):
            return _actions(buttons, speech)
        case _:
            assert_never(block)


def _quote(text: str, by: Words, speech: Speech) -> str:
    whose = f"<figcaption>{said(by, speech)}</figcaption>" if by else ""
    words = f'<blockquote dir="auto">{escape(text)}</blockquote>'
    return f'<figure class="quote">{words}{whose}</figure>'


def _fact(fact: Fact, speech: Speech) -> str:
    return f"<div><dt>{said(fact.label, speech)}</dt><dd>{said(fact.value, speech)}</dd></div>"


def _item(item: Item, speech: Speech) -> str:
    lines = "".join(f"<p>{said(line, speech)}</p>" for line in item.lines)
    about = speech(item.title)
    buttons = _actions(item.actions, speech, about) if item.actions else ""
    title = f'<p class="item-title">{said(item.title, speech)}</p>'
    return f"<li><div>{title}{lines}</div>{buttons}</li>"


def _table(table: Table, speech: Speech) -> str:
    # The roles are said, because a narrow chat draws the rows as blocks and would lose them.
    caption = said(table.caption, speech)
    label = escape(speech(table.caption))
    head = "".join(
        f'<th scope="col" role="columnheader">{said(name, speech)}</th>' for name in table.columns
    )
    rows = "".join(f'<tr role="row">{_cells(table, row, speech)}</tr>' for row in table.rows)
    return (
        f'<div class="table" role="group" tabindex="0" aria-label="{label}">'
        f'<table role="table"><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _cells(table: Table, row: tuple[Words, ...], speech: Speech) -> str:
    return "".join(
        f'<td role="cell" data-name="{escape(speech(name))}"><span>{said(cell, speech)}</span></td>'
        for name, cell in zip(table.columns, row, strict=True)
    )


def _image(url: str, alt: Words, speech: Speech) -> str:
    parts = urlsplit(url)
    words = escape(speech(alt))
    if parts.scheme in ("", "http", "https") and parts.hostname in (None, *LOOPBACK):
        here = parts._replace(scheme="", netloc="").geturl()
        return f'<img class="picture" src="{escape(here)}" alt="{words}">'
    # The page loads nothing from elsewhere: a picture of another site is a link with its words.
    label = escape(speech(_("Open the picture")))
    link = _anchor(label, url, speech)
    return f'<figure class="picture"><p>{said(alt, speech)}</p><p>{link}</p></figure>'


def _note(note: Note, speech: Speech) -> str:
    mark = ""
    if note.tone == "warning":
        important = speech(_("Important"))
        mark = f'<span class="hidden">{escape(important)}: </span>'
    return f'<p class="note {note.tone}">{mark}{said(note.text, speech)}</p>'


def _actions(buttons: tuple[Button | Link, ...], speech: Speech, about: str = "") -> str:
    drawn = (
        _button(button, speech, about)
        if isinstance(button, Button)
        else _anchor(said(button.label, speech), button.url, speech, "button")
        for button in buttons
    )
    return f'<div class="actions">{"".join(drawn)}</div>'


def _button(button: Button, speech: Speech, about: str) -> str:
    attributes = f'class="button {button.style}" data-wire="{wire(button.intent)}"'
    if button.typed:
        tip = speech(_("Or type {words}", words=button.typed))
        attributes += f' title="{escape(tip)}"'
    if button.confirm:
        question, yes = speech(button.confirm.question), speech(button.confirm.yes)
        no = speech(_("Go back"))
        attributes += f' data-question="{escape(question)}" data-yes="{escape(yes)}"'
        attributes += f' data-no="{escape(no)}"'
    context = f'<span class="hidden">: {escape(about)}</span>' if about else ""
    return f'<button type="button" {attributes}>{said(button.label, speech)}{context}</button>'


def _anchor(label: str, url: str, speech: Speech, style: str = "link") -> str:
    if urlsplit(url).scheme not in ("", "http", "https", "mailto"):
        return f"<span>{label}</span>"
    where = escape(speech(_("opens in a new tab")))
    return (
        f'<a class="{style}" href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
        f'{label}<span class="hidden"> ({where})</span></a>'
    )
