"""The way every free text takes: checked for shape, screened, and asked about where in doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, TypeVar

from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.safety.screening import AskFirst, Stop, screen
from core.safety.words import checked_words
from core.ui.forms import Form, ManyChoicesField, Option
from core.ui.intents import Intent
from core.ui.replies import Open, Reply
from core.ui.views import Note

Kind = Literal["public", "private", "contact"]
AnIntent = TypeVar("AnIntent", bound=Intent)


class Doubtful(Exception):
    """Words with a cue of patient details, before anything was stored: ask the writer first."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.message)
        self.reason = reason


def screened_words(
    words: str,
    field: str,
    longest: int,
    *,
    kind: Kind = "public",
    required: bool = True,
    confirmed: bool = False,
) -> str:
    """``words`` fit to be stored and sent. Raises ``Refusal`` where they are empty, too long or
    hold what must never be here, and ``Doubtful`` where the writer has to be asked first
    (never with ``confirmed``). An action screens all its words before it writes anything."""
    text = checked_words(words, field, longest, required=required)
    if not text:
        return text
    verdict = screen(text, kind=kind, confirmed=confirmed)
    if isinstance(verdict, Stop):
        raise Refusal(verdict.reason, field, verdict.code)
    if isinstance(verdict, AskFirst):
        raise Doubtful(verdict.reason)
    return text


def asking_first(
    action: Callable[[Desk, AnIntent], Reply], form_of: Callable[[Desk, AnIntent], Form]
) -> Callable[[Desk, AnIntent], Reply]:
    """``action``, which in doubt opens its own form again with a tick box that lets the writer go
    on. The intent takes the tick as ``not_about_a_patient: bool`` and declares ``opens_form``."""

    def act(desk: Desk, intent: AnIntent) -> Reply:
        try:
            return action(desk, intent)
        except Doubtful as doubt:
            return Open(with_tick(form_of(desk, intent), doubt.reason))

    return act


def with_tick(form: Form, reason: Text) -> Form:
    """``form`` with the reason for the doubt and the tick box."""
    tick = ManyChoicesField(
        "not_about_a_patient",
        _("Before you go on"),
        (Option("yes", _("This is not about a patient or anyone who uses our services")),),
        required=True,
    )
    return replace(
        form, fields=(*form.fields, tick), before=(Note(reason, "warning"), *form.before)
    )
