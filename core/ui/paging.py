"""Long lists in pages, with next and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, cast

from core.kernel.texts import _
from core.ui.intents import Intent
from core.ui.views import Actions, Button

AnIntent = TypeVar("AnIntent", bound=Intent)


def pages(total: int, size: int) -> int:
    """How many pages ``total`` things fill; at least 1."""
    return max(1, -(-total // size))


def turn(
    intent: AnIntent, page: int, of: int, typed: str = "", again: Intent | None = None
) -> Actions | None:
    """Buttons to the next and the page before; ``intent`` has a ``page``. ``typed`` are the words
    that list the first page, to which "page 2" may be added; ``again`` looks anew."""

    def to(number: int) -> Intent:
        there: AnIntent = replace(cast("Any", intent), page=number)
        return there

    buttons = []
    if page + 1 < of:
        label = _("Next ({page} of {of})", page=page + 2, of=of)
        buttons.append(Button(label, to(page + 1), _typed(typed, page + 2)))
    if page > 0:
        label = _("Back ({page} of {of})", page=page, of=of)
        buttons.append(Button(label, to(page - 1), _typed(typed, page)))
    if again is not None:
        buttons.append(Button(_("Look again"), again, "find"))
    return Actions(tuple(buttons)) if buttons else None


def _typed(words: str, page: int) -> str:
    return f"{words} page {page}" if words else ""
