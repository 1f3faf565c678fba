"""One request from its reading to its answer, however slow the engine or unwilling Slack."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from adapters.slack.api import SlackTrouble
from adapters.slack.courier import SlackCourier
from adapters.slack.limits import Shape
from adapters.slack.surfaces import Surface, as_view
from core.answers import Answer, Perform
from core.apology import apologise
from core.callers import Caller
from core.couriers import Parcel, Sent
from core.kernel.refusals import Refusal
from core.ui.intents import Intent
from core.ui.replies import Refuse
from core.words import Speech

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, and how to read what they ask; ``read`` may raise a ``Refusal``."""

    team: str
    user: str
    read: Callable[[], tuple[Caller, Intent]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Slack is kept waiting, in seconds.

    It takes an acknowledgement for 3 seconds, and a trigger opens a modal for 3: ``answer`` is when
    a request is acknowledged without its answer, ``modal`` when a form says "one moment".
    """

    answer: float = 2.0
    modal: float = 1.5


class Answering:
    """Performs requests and shows the answers, as tasks that outlive an acknowledgement."""

    def __init__(
        self, perform: Perform, courier: SlackCourier, home: Intent, patience: Patience
    ) -> None:
        self._perform = perform
        self._courier = courier
        self._home = home
        self._patience = patience
        self._tasks: set[asyncio.Task[Shape | None]] = set()

    def begin(self, surface: Surface, request: Request) -> None:
        """Start on ``request``, whose answer is no part of the acknowledgement."""
        self._spawn(self._answer(surface, request))

    async def in_time(self, surface: Surface, request: Request) -> Shape | None:
        """The acknowledgement that is the answer, or one that says it will follow."""
        work = asyncio.get_running_loop().create_task(self._answer(surface, request))
        self._keep(work)
        done, _pending = await asyncio.wait({work}, timeout=self._patience.answer)
        if done:
            return work.result()
        surface.late = True
        return surface.meanwhile()

    async def settle(self, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Wait until everything begun is answered, or for ``timeout`` seconds."""
        while self._tasks:
            _done, pending = await asyncio.wait(set(self._tasks), timeout=timeout)
            if pending:
                return

    def stop(self) -> None:
        """Give up what is still under way."""
        for task in self._tasks:
            task.cancel()

    def _spawn(self, work: Coroutine[Any, Any, Shape | None]) -> None:
        self._keep(asyncio.get_running_loop().create_task(work))

    def _keep(self, task: asyncio.Task[Shape | None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, surface: Surface, request: Request) -> Shape | None:
        intent = self._home
        try:
            caller, intent = request.read()
            answer = await self._carry_out(surface, caller, intent)
        except Refusal as refusal:
            refuse = Refuse(refusal.reason, refusal.field, refusal.code)
            answer = Answer(refuse, Speech())
        except Exception as error:
            answer = Answer(apologise(error), Speech())
        shown = await self._show(surface, request, answer, intent)
        if surface.afterwards:
            self._spawn(surface.afterwards())
        return shown

    async def _carry_out(self, surface: Surface, caller: Caller, intent: Intent) -> Answer:
        if not (type(intent).opens_form and surface.trigger):
            return await self._perform(caller, intent)
        # A timer and not a task that waits: nearly every answer is there long before.
        loop = asyncio.get_running_loop()
        modal: list[asyncio.Task[None]] = []
        timer = loop.call_later(
            self._patience.modal, lambda: modal.append(loop.create_task(_wait_in_modal(surface)))
        )
        try:
            return await self._perform(caller, intent)
        finally:
            timer.cancel()
            if modal:
                await modal[0]

    async def _show(
        self, surface: Surface, request: Request, answer: Answer, intent: Intent
    ) -> Shape | None:
        try:
            return await surface.show(answer.reply, intent, answer.speech)
        except SlackTrouble as trouble:
            _log.warning("an answer goes by direct message: %s", trouble.code)
        except Exception as error:
            answer = Answer(apologise(error), answer.speech)
            try:
                return await surface.show(answer.reply, intent, answer.speech)
            except Exception as again:
                _log.warning("an apology goes by direct message: %s", type(again).__name__)
        await self._fall_back(request, answer, intent)
        return None

    async def _fall_back(self, request: Request, answer: Answer, intent: Intent) -> None:
        shown = as_view(answer.reply, intent)
        if shown is None:
            return
        parcel = Parcel(0, request.team, request.user, {}, shown, answer.speech)
        outcome = await self._courier.deliver(parcel)
        if not isinstance(outcome, Sent):
            _log.error("an answer was lost: %s", outcome.reason)


async def _wait_in_modal(surface: Surface) -> None:
    try:
        await surface.wait_with_modal()
    except SlackTrouble as trouble:
        _log.info("no modal to wait in: %s", trouble.code)
