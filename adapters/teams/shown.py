"""What an answer looks like in Teams, before it is known how it gets there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from adapters.teams import render
from adapters.teams.buttons import Surface
from adapters.teams.decode import Press
from adapters.teams.elements import Element
from adapters.teams.forms import fits_frame, form_card
from adapters.teams.limits import CardTooBig
from core.answers import Answer, Perform
from core.callers import Caller
from core.ui.forms import filled
from core.ui.intents import Intent
from core.ui.plain import summary
from core.ui.replies import Nothing, Open, Refuse, Replace, Say
from core.ui.views import Note, View
from core.words import LANGUAGES, Speech

Interpret = Callable[[str], Intent]
APP_NAME = "Hourbridge"


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with its one-line ``summary`` and the ``title`` of a dialog that holds it.

    ``place`` is where it goes: over the card acted upon, as a new message, or as a passing
    ``notice`` that leaves the card acted upon as it is.
    """

    card: Element
    summary: str
    speech: Speech
    place: Literal["over", "new", "notice"]
    title: str = APP_NAME
    fields: int = 0


async def answer_to(
    perform: Perform, caller: Caller, press: Press, surface: Surface
) -> Shown | None:
    """Carry out what was typed or pressed and draw the answer; None when there is none."""
    answer = await perform(caller, press.intent)
    match answer.reply:
        case Say(view):
            return _view(view, answer.speech, surface, "over" if press.form else "new")
        case Replace(view):
            return _view(view, answer.speech, surface, "over")
        case Open():
            opened_by = answer.went_on or press.intent
            return _form(answer.reply, answer.speech, surface, press, opened_by)
        case Refuse():
            again = await _second_try(perform, caller, press, answer.reply, surface)
            return again or notice(answer.reply, answer.speech, surface)
        case Nothing():
            return None
        case _:
            assert_never(answer.reply)


def notice(refusal: Refuse, speech: Speech, surface: Surface) -> Shown:
    """A refusal on its own."""
    return _view(View((Note(refusal.reason, "warning"),)), speech, surface, "notice")


def typed(intent: Intent) -> Press:
    """Typed words as if a button had been pressed."""
    return Press(intent, form=False, values={}, opened_by=None)


def speech_for(locale: str) -> Speech:
    """The voice for a person whom the engine has not told us about yet."""
    language = locale[:2].lower()
    return Speech(language if language in LANGUAGES else "en")


async def _second_try(
    perform: Perform, caller: Caller, press: Press, refusal: Refuse, surface: Surface
) -> Shown | None:
    """The refused form as it is now, with what was typed as far as a card holds it; None when it no
    longer opens."""
    if press.opened_by is None:
        return None
    # Without the delivery's id: this is not the submission again, but a look at its form.
    asker = replace(caller, delivery="", reply_to="")
    answer: Answer = await perform(asker, press.opened_by)
    if not isinstance(answer.reply, Open):
        return None
    names = {field.name for field in answer.reply.form.fields}
    kept = {name: value for name, value in press.values.items() if name in names}
    while True:
        again = Open(filled(answer.reply.form, kept))
        try:
            return _form(again, answer.speech, surface, press, press.opened_by, refusal)
        except CardTooBig:
            if not kept:
                raise
            # Of more than a card holds, the longest is what cannot stay.
            del kept[max(kept, key=lambda name: len(str(kept[name])))]


def _view(
    view: View, speech: Speech, surface: Surface, place: Literal["over", "new", "notice"]
) -> Shown:
    return Shown(render.card(view, speech, surface), summary(view, speech), speech, place)


def _form(
    opened: Open,
    speech: Speech,
    surface: Surface,
    press: Press,
    opened_by: Intent,
    problem: Refuse | None = None,
) -> Shown:
    form = opened.form
    title = speech(form.title)
    return Shown(
        form_card(form, speech, surface, opened_by=opened_by, problem=problem),
        title if problem is None else speech(problem.reason),
        speech,
        "over" if press.form else "new",
        title if fits_frame(title) else APP_NAME,
        len(form.fields),
    )
