"""One activity from Teams, answered: typed words, buttons, forms, dialogs and extensions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from adapters.teams import invokes
from adapters.teams.buttons import Surface, stands_aside
from adapters.teams.courier import TeamsCourier
from adapters.teams.decode import EXTENSION, BadActivity, Turn, data_of, press_of, turn_of
from adapters.teams.extensions import Extensions, too_slow
from adapters.teams.lifecycle import Lifecycle
from adapters.teams.replies import Replies, one_moment, where
from adapters.teams.shown import Interpret, Shown, answer_to, notice, speech_for, typed
from adapters.teams.voices import Voices
from core.answers import Perform
from core.apology import apologise
from core.couriers import Outcome, Sent
from core.happenings import Report
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ui.intents import Vocabulary
from core.ui.replies import Refuse

_log = logging.getLogger(__name__)

Response = dict[str, Any]
"""The body of an invoke's answer."""
Result = TypeVar("Result")

_UPDATES = frozenset({"installationUpdate", "conversationUpdate"})
_DIALOGS = frozenset({"task/fetch", "task/submit"})
_BOTS = ("bot", "skill")
_BOT_ID = "28:"
"""What the id of every bot in Teams begins with."""


class Turns:
    """Takes activities that have been authenticated."""

    def __init__(
        self,
        perform: Perform,
        interpret: Interpret,
        vocabulary: Vocabulary,
        courier: TeamsCourier,
        report: Report,
        patience: float,
    ) -> None:
        self._voices = Voices()
        self._perform = self._voices.listening(perform)
        self._interpret = interpret
        self._vocabulary = vocabulary
        self._patience = patience
        self._replies = Replies(courier)
        self._lifecycle = Lifecycle(report)
        self._extensions = Extensions(self._perform, interpret, vocabulary)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def take(self, body: Mapping[str, Any]) -> Response | None:
        """Answer one activity; the body for the HTTP answer, where there is one.

        Raises ``BadActivity`` where it lacks an id; says sorry for any fault of ours.
        """
        kind = body.get("type")
        if kind in _UPDATES:
            await self._update(body)
            return None
        if kind not in {"message", "invoke"} or _from_a_bot(body):
            return None
        turn = turn_of(body)
        # A card put into a chat can be pressed there, and an extension used, without the app.
        if kind == "message" or turn.caller.private:
            self._aside(self._lifecycle.seen(turn))
        turn = self._voices.of(turn)
        try:
            if kind == "invoke":
                return await self._invoke(turn)
            await self._message(turn)
        except Exception as error:  # whatever it is, the person gets an apology
            return await self._apologise(turn, error)
        return None

    async def close(self) -> None:
        """Finish what is under way, within 10 seconds, and give up the rest."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=10)
        for task in self._tasks:
            task.cancel()
        self._replies.stop()

    async def _update(self, body: Mapping[str, Any]) -> None:
        try:
            turn = turn_of(body)
        except BadActivity:
            return  # of nobody and nowhere, it tells nothing
        try:
            await self._lifecycle.changed(turn)
            # Teams sends a conversationUpdate for the same event too; this one alone greets.
            added = turn.kind == "installationUpdate" and turn.action == "add"
            if added and turn.caller.private and not self._lifecycle.gone_since(turn):
                await self._greet(turn)
        except Exception as error:  # nobody asked for anything, so nobody is told
            apologise(error, platform="teams", tenant=turn.caller.tenant)

    async def _greet(self, turn: Turn) -> None:
        greeting = typed(self._interpret(""))
        shown = await answer_to(self._perform, turn.caller, greeting, "chat")
        if shown is not None:
            await self._replies.to_person(turn, shown)

    async def _message(self, turn: Turn) -> None:
        surface = _surface(turn)
        shown = await self._answer(turn, surface)
        if shown is None:
            return
        outcome = await self._show(turn, shown, surface)
        if surface == "chat" and not turn.caller.private:
            await self._replies.whereabouts(turn, shown.speech(where(outcome)))

    async def _invoke(self, turn: Turn) -> Response | None:
        if turn.name.startswith(EXTENSION):
            return await self._extend(turn)
        if turn.name != "adaptiveCard/action" and turn.name not in _DIALOGS:
            return None
        surface = _surface(turn)
        work = self._begin(self._answer(turn, surface))
        if not await self._soon(work):
            self._aside(self._afterwards(turn, work))
            said = one_moment(turn)
            return invokes.dialog_message(said) if surface == "dialog" else invokes.notice(said)
        if surface == "dialog":
            return _dialog(turn, work.result())
        return await self._press(turn, work.result(), surface)

    async def _extend(self, turn: Turn) -> Response | None:
        work = self._begin(self._extensions.take(turn))
        if await self._soon(work):
            return work.result()
        work.add_done_callback(_unread)
        return too_slow(turn)

    async def _soon(self, work: asyncio.Task[Any]) -> bool:
        """Whether ``work`` is done while Teams still waits for it."""
        done, _pending = await asyncio.wait({work}, timeout=self._patience)
        return bool(done)

    async def _answer(self, turn: Turn, surface: Surface) -> Shown | None:
        """Carry out what was typed, pressed or sent, and draw what comes of it."""
        try:
            if turn.value is None and turn.kind == "message":
                press = typed(self._interpret(turn.words))
            else:
                press = press_of(data_of(turn), self._vocabulary)
        except Refusal as refusal:
            reply = Refuse(refusal.reason, refusal.field, refusal.code)
            return notice(reply, speech_for(turn.caller.locale), surface)
        return await answer_to(self._perform, turn.caller, press, surface)

    async def _press(self, turn: Turn, shown: Shown | None, surface: Surface) -> Response:
        """What the card does whose button was pressed."""
        if shown is None:
            return invokes.nothing(speech_for(turn.caller.locale))
        if shown.place == "notice":
            return invokes.notice(shown.summary)
        alone = turn.caller.private or surface == "aside"
        if shown.place == "over" and alone:
            return invokes.card(shown.card)
        outcome = await self._show(turn, shown, surface)
        if isinstance(outcome, Sent) and (turn.caller.private or turn.targeted):
            return invokes.notice(shown.summary)
        return invokes.notice(shown.speech(where(outcome)))

    async def _show(self, turn: Turn, shown: Shown, surface: Surface) -> Outcome:
        # A card may say of itself that it stands aside; only Teams can say that it can be answered
        # so, and a Teams that cannot would show the answer to everybody.
        if turn.targeted and surface == "aside":
            return await self._replies.aside(turn, shown)
        return await self._replies.to_person(turn, shown)

    async def _afterwards(self, turn: Turn, work: asyncio.Task[Shown | None]) -> None:
        """Bring the answer to a press that Teams no longer waits for."""
        try:
            shown = await work
        except Exception as error:
            reply = apologise(error, platform="teams", tenant=turn.caller.tenant)
            shown = notice(reply, speech_for(turn.caller.locale), "chat")
        if shown is None:
            return
        if turn.name in _DIALOGS:
            # The card that opened a dialog is not what the dialog was about.
            shown = replace(shown, place="new")
        await self._replies.to_person(turn, shown)

    async def _apologise(self, turn: Turn, error: Exception) -> Response | None:
        reply = apologise(error, platform="teams", tenant=turn.caller.tenant)
        sorry = speech_for(turn.caller.locale)(reply.reason)
        if turn.name == "adaptiveCard/action":
            return invokes.notice(sorry)
        if turn.kind == "invoke":
            return invokes.dialog_message(sorry)
        await self._replies.whereabouts(turn, sorry)
        return None

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work`` that the answer does not wait for."""
        self._begin(work).add_done_callback(_unread)

    def _begin(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _unread(task: asyncio.Task[Any]) -> None:
    """Log what a task raised that nobody waits for."""
    if not task.cancelled() and (error := task.exception()) is not None:
        apologise(error, platform="teams")


def _from_a_bot(body: Mapping[str, Any]) -> bool:
    """Whether another app speaks: two that answer each other would never end."""
    sender = body.get("from")
    if not isinstance(sender, Mapping):
        return False
    return sender.get("role") in _BOTS or str(sender.get("id", "")).startswith(_BOT_ID)


def _surface(turn: Turn) -> Surface:
    """What the answer is drawn for. A card's own word that it stands aside is taken only for what
    the presser sees: the answer to their press."""
    if turn.name in _DIALOGS:
        return "dialog"
    if turn.caller.private:
        return "chat"
    if turn.targeted or (turn.kind == "invoke" and stands_aside(data_of(turn))):
        return "aside"
    return "chat"


def _dialog(turn: Turn, shown: Shown | None) -> Response | None:
    """What the dialog shows next; None closes it."""
    if shown is not None:
        return invokes.dialog(shown)
    if turn.name == "task/submit":
        return None
    return invokes.dialog_message(speech_for(turn.caller.locale)(_("You have done this.")))
