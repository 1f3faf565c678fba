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


def turn(intent: AnIntent, page: int, of: int, again: Intent | None = None) -> Actions | None:
    """Buttons to the next and the page before; ``intent`` has a ``page``. ``again`` looks anew."""

    def to(number: int) -> Intent:
        there: AnIntent = replace(cast("Any", intent), page=number)
        return there

    buttons = []
    if page + 1 < of:
        buttons.append(Button(_("Next ({page} of {of})", page=page + 2, of=of), to(page + 1)))
    if page > 0:
        buttons.append(Button(_("Back ({page} of {of})", page=page, of=of), to(page - 1)))
    if again is not None:
        buttons.append(Button(_("Look again"), again))
    return Actions(tuple(buttons)) if buttons else None
