"""How an action answers: five values, each shown by the adapter in its platform's own way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from core.kernel.texts import Text
from core.ui.forms import Form
from core.ui.views import Divider, Note, View


@dataclass(frozen=True, slots=True)
class Say:
    """Words for the actor alone."""

    view: View


@dataclass(frozen=True, slots=True)
class Open:
    """A form for the actor."""

    form: Form


@dataclass(frozen=True, slots=True)
class Replace:
    """What takes the place of the card acted upon; said afresh where there is no such card."""

    view: View


@dataclass(frozen=True, slots=True)
class Refuse:
    """No, why, and the form field it belongs to. ``code`` is for metrics and tests alone."""

    reason: Text
    field: str = ""
    code: str = "refused"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to show: a repeat of what was already answered."""


Reply = Say | Open | Replace | Refuse | Nothing


def both(first: Reply, second: Reply) -> Reply:
    """One reply that says what two actions in a row answered."""
    if not isinstance(first, (Say, Replace)):
        return second
    before = first.view.blocks
    match second:
        case Say(view) | Replace(view):
            return Say(View((*before, Divider(), *view.blocks), view.summary))
        case Open(form):
            return Open(replace(form, before=(*before, *form.before)))
        case Refuse(reason):
            return Say(View((*before, Note(reason, "warning")), first.view.summary))
        case Nothing():
            return first
        case _:
            assert_never(second)
