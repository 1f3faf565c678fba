"""One activity from Teams, answered: typed words, buttons, forms and dialogs.

Private answers go to the person's own chat with the bot, wherever they asked. A channel only ever
gets one sentence that says so. A dialog is seen by the one who opened it, so it answers in place.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from adapters.teams import invokes, render
from adapters.teams.courier import TeamsCourier
from adapters.teams.decode import Turn, data_of, press_of, turn_of
from adapters.teams.shown import Interpret, Shown, answer_to, notice, speech_for, typed
from core.answers import Perform
from core.apology import apologise
from core.couriers import Later, Outcome, Sent
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.ui.intents import Vocabulary
from core.ui.replies import Refuse

_log = logging.getLogger(__name__)
_PATIENCE = 5.0
"""A send is tried once more when Teams asks for at most this many seconds: it waits for us too."""

Response = dict[str, Any]
"""The body of an invoke's answer."""


class Turns:
    """Takes activities that have been authenticated."""

    def __init__(
        self, perform: Perform, interpret: Interpret, vocabulary: Vocabulary, courier: TeamsCourier
    ) -> None:
        self._perform = perform
        self._interpret = interpret
        self._vocabulary = vocabulary
        self._courier = courier

    async def take(self, body: Mapping[str, Any]) -> Response | None:
        """Answer one activity; the body for the HTTP answer, where there is one.

        Raises ``BadActivity`` where it lacks an id; says sorry for any fault of ours.
        """
        if body.get("type") not in {"message", "invoke", "installationUpdate"}:
            return None
        turn = turn_of(body)
        try:
            if turn.kind == "invoke":
                return await self._invoke(turn)
            if turn.kind == "message":
                await self._message(turn)
            elif turn.action == "add" and turn.caller.private:
                await self._greet(turn)
        except Exception as error:  # whatever it is, the person gets an apology
            return await self._apologise(turn, error)
        return None

    async def _greet(self, turn: Turn) -> None:
        # Teams also sends a conversationUpdate for the same event; this one alone greets.
        shown = await answer_to(self._perform, turn.caller, typed(self._interpret("")), "chat")
        if shown is not None:
            await self._to_person(turn, shown)

    async def _message(self, turn: Turn) -> None:
        try:
            if turn.value is None:
                press = typed(self._interpret(turn.words))
            else:
                press = press_of(data_of(turn), self._vocabulary)
        except Refusal as refusal:
            shown: Shown | None = _refused(turn, refusal)
        else:
            shown = await answer_to(self._perform, turn.caller, press, "chat")
        if shown is None:
            return
        outcome = await self._to_person(turn, shown)
        if not turn.caller.private:
            await self._to_thread(turn, shown.speech(_whereabouts(outcome)))

    async def _invoke(self, turn: Turn) -> Response | None:
        if turn.name == "adaptiveCard/action":
            return await self._execute(turn)
        if turn.name in {"task/fetch", "task/submit"}:
            return await self._dialog(turn)
        return None

    async def _execute(self, turn: Turn) -> Response | None:
        try:
            press = press_of(data_of(turn), self._vocabulary)
        except Refusal as refusal:
            return invokes.notice(speech_for(turn.caller.locale)(refusal.reason))
        shown = await answer_to(self._perform, turn.caller, press, "chat")
        if shown is None:
            return invokes.nothing(speech_for(turn.caller.locale))
        if shown.place == "notice":
            return invokes.notice(shown.summary)
        if shown.place == "over" and turn.caller.private:
            return invokes.card(shown.card)
        outcome = await self._to_person(turn, shown)
        if isinstance(outcome, Sent) and turn.caller.private:
            return invokes.notice(shown.summary)
        return invokes.notice(shown.speech(_whereabouts(outcome)))

    async def _dialog(self, turn: Turn) -> Response | None:
        shown: Shown | None
        try:
            press = press_of(data_of(turn), self._vocabulary)
        except Refusal as refusal:
            shown = _refused(turn, refusal, dialog=True)
        else:
            shown = await answer_to(self._perform, turn.caller, press, "dialog")
        if shown is not None:
            return invokes.dialog(shown)
        if turn.name == "task/submit":
            return None  # an empty answer closes the dialog
        return invokes.dialog_message(speech_for(turn.caller.locale)(_("You have done this.")))

    async def _to_person(self, turn: Turn, shown: Shown) -> Outcome:
        """Show it in the personal chat: over the card acted upon where that stands there."""
        caller = turn.caller
        over = shown.place == "over" and turn.value is not None and turn.card and caller.private
        handle = f"{turn.conversation}|{turn.card}" if over else ""
        message = render.message(shown.card, shown.summary)

        async def send() -> Outcome:
            return await self._courier.send(
                caller.tenant, caller.user, caller.address, message, handle=handle
            )

        outcome = await send()
        if isinstance(outcome, Later) and outcome.seconds <= _PATIENCE:
            await asyncio.sleep(outcome.seconds)
            outcome = await send()
        if not isinstance(outcome, Sent):
            _log.warning("an answer in Teams was not delivered: %s", outcome.reason)
        return outcome

    async def _to_thread(self, turn: Turn, sentence: str) -> None:
        """One sentence where the person asked; seen by them alone where their command was."""
        message = {"type": "message", "text": sentence, "textFormat": "plain"}
        only_for = turn.caller.address.user if turn.targeted else ""
        outcome = await self._courier.post(
            turn.service_url, turn.conversation, message, only_for=only_for
        )
        if not isinstance(outcome, Sent):
            _log.warning("a sentence in Teams was not delivered: %s", outcome.reason)

    async def _apologise(self, turn: Turn, error: Exception) -> Response | None:
        sorry = speech_for(turn.caller.locale)(apologise(error).reason)
        if turn.name == "adaptiveCard/action":
            return invokes.notice(sorry)
        if turn.kind == "invoke":
            return invokes.dialog_message(sorry)
        await self._to_thread(turn, sorry)
        return None


def _refused(turn: Turn, refusal: Refusal, *, dialog: bool = False) -> Shown:
    reply = Refuse(refusal.reason, refusal.field, refusal.code)
    return notice(reply, speech_for(turn.caller.locale), "dialog" if dialog else "chat")


def _whereabouts(outcome: Outcome) -> Text:
    """What a channel is told: where the answer is, or how to be able to get it."""
    if isinstance(outcome, Sent):
        return _("I have answered you in our private chat.")
    if isinstance(outcome, Later):
        return _("I could not reach our private chat just now. Try again in a minute.")
    return _(
        "I cannot send you a private message yet. Open Apps in Teams, find Hourbridge, "
        "choose Add, and then ask me again."
    )
