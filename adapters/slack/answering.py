"""One request from its reading to its answer, however slow the engine or unwilling Slack."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from adapters.slack.api import SlackTrouble
from adapters.slack.belonging import Belonging, NotInstalled
from adapters.slack.courier import SlackCourier
from adapters.slack.decode import JOINING
from adapters.slack.limits import Shape
from adapters.slack.modals import HomeTab, Submission
from adapters.slack.places import Places
from adapters.slack.redelivery import Redelivery
from adapters.slack.senders import Sender
from adapters.slack.settings import Patience
from adapters.slack.surfaces import Surface, as_view
from adapters.slack.tabs import Tabs
from adapters.slack.voices import Voices
from adapters.slack.workspaces import DEAD_TOKENS, Workspace
from core.answers import Answer, Perform
from core.apology import apologise
from core.callers import NOWHERE, Caller
from core.couriers import Parcel
from core.kernel.refusals import Refusal
from core.ui.intents import Intent, Unreadable
from core.ui.replies import Nothing, Refuse, Replace

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, and how to read what they ask; ``read`` may raise a ``Refusal``."""

    sender: Sender
    read: Callable[[Workspace], tuple[Caller, Intent]]


@dataclass(slots=True)
class _Work:
    """One request under way: what is known of it so far."""

    surface: Surface
    request: Request
    started: float
    tenant: str
    intent: Intent


class Answering:
    """Performs requests and shows the answers, as tasks that outlive an acknowledgement."""

    def __init__(
        self,
        perform: Perform,
        belonging: Belonging,
        places: Places,
        courier: SlackCourier,
        tabs: Tabs,
        home: Intent,
        patience: Patience,
    ) -> None:
        self._perform = perform
        self._belonging = belonging
        self._places = places
        self._tabs = tabs
        self._home = home
        self._patience = patience
        self._tasks: set[asyncio.Task[Any]] = set()
        self._redelivery = Redelivery(courier, patience.lost)
        self._voices = Voices()

    def begin(self, surface: Surface, request: Request) -> None:
        """Start on ``request``, whose answer is no part of the acknowledgement."""
        self.aside(self._answer(surface, request))

    async def in_time(self, surface: Surface, request: Request) -> Shape | None:
        """The acknowledgement that is the answer, or one that says it will follow."""
        work = self._started(self._answer(surface, request))
        if await self._soon(work):
            return work.result()
        surface.late = asyncio.get_running_loop().time()
        return surface.meanwhile()

    async def note(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work`` that nobody is answered for: wait for it as long as Slack waits for us.

        Raises what ``work`` raises in that time, so that Slack sends it again.
        """
        task = self._started(work)
        if await self._soon(task):
            task.result()
        else:
            task.add_done_callback(_unread)

    async def _soon(self, task: asyncio.Task[Any]) -> bool:
        """Whether ``task`` is done before the request has to be acknowledged."""
        done, _pending = await asyncio.wait({task}, timeout=self._patience.answer)
        return bool(done)

    async def settle(self, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Wait until everything begun is answered, or for ``timeout`` seconds.

        Answers that wait for Slack to come back are not waited for.
        """
        loop = asyncio.get_running_loop()
        until = None if timeout is None else loop.time() + timeout
        while self._tasks:
            left = None if until is None else max(until - loop.time(), 0)
            _done, pending = await asyncio.wait(set(self._tasks), timeout=left)
            if pending:
                return

    def stop(self) -> None:
        """Give up what is still under way."""
        self._redelivery.stop()
        for task in self._tasks:
            task.cancel()

    def _started(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def aside(self, work: Coroutine[Any, Any, object]) -> None:
        """Do ``work`` that no answer waits for."""
        self._started(work).add_done_callback(_unread)

    async def _answer(self, surface: Surface, request: Request) -> Shape | None:
        started, sender = asyncio.get_running_loop().time(), request.sender
        work = _Work(surface, request, started, sender.team, self._home)
        surface.speech = self._voices.of(sender.team, sender.user)
        try:
            answer = await self._worked_out(work)
            self._voices.heard(sender.team, sender.user, answer.speech)
        except Refusal as refusal:
            refuse = Refuse(refusal.reason, refusal.field, refusal.code)
            answer = Answer(refuse, surface.speech)
        except SlackTrouble as trouble:
            _log.error("Slack could not be asked about a workspace: %s", trouble.code)
            answer = Answer(Refuse(NotInstalled().reason, code=trouble.code), surface.speech)
        except Exception as error:
            sorry = apologise(error, platform="slack", tenant=work.tenant)
            answer = Answer(sorry, surface.speech)
        shown = await self._show(work, answer)
        if surface.afterwards:
            self.aside(surface.afterwards())
        return shown

    async def _worked_out(self, work: _Work) -> Answer:
        """Whose request it is, what it asks for, and the engine's answer."""
        sender = work.request.sender
        host = await self._belonging.host(sender)
        work.surface.workspace, work.tenant = host, host.tenant
        if sender.user == host.bot_user:
            return Answer(Nothing(), work.surface.speech)
        try:
            caller, work.intent = work.request.read(host)
        except (LookupError, TypeError, ValueError, AttributeError):
            raise Unreadable from None
        # A form may be the one that joins: it matters who sends it.
        sure = isinstance(work.surface, Submission)
        joins = work.intent.name in JOINING
        caller = await self._belonging.caller(caller, sender, host, sure=sure, joins=joins)
        work.tenant = caller.tenant
        if work.intent.posts_there:
            caller = await self._places.spoken_in(caller, host)
        answer = await self._carry_out(work, caller)
        if answer.visitor:
            # Their next step may be to join: with the name that Slack shows, and their time zone.
            self.aside(self._belonging.get_to_know(caller))
        self._keep_current(work, caller, answer)
        return answer

    def _keep_current(self, work: _Work, caller: Caller, answer: Answer) -> None:
        """What was just done may show on the person's Home tab, if they have it open."""
        at_home = isinstance(work.surface, HomeTab)
        if at_home and work.intent == self._home:
            self._tabs.opened(caller)
        elif at_home and isinstance(answer.reply, Replace):
            self._tabs.left(caller)
        else:
            self._tabs.changed(caller.tenant, caller.user)

    async def _carry_out(self, work: _Work, caller: Caller) -> Answer:
        surface = work.surface
        if not (type(work.intent).opens_form and surface.trigger):
            return await self._perform(caller, work.intent)
        # A timer and not a task that waits: nearly every answer is there long before.
        loop = asyncio.get_running_loop()
        modal: list[asyncio.Task[None]] = []
        timer = loop.call_at(
            work.started + self._patience.modal,
            lambda: modal.append(loop.create_task(_wait_in_modal(surface))),
        )
        try:
            return await self._perform(caller, work.intent)
        finally:
            timer.cancel()
            if modal:
                await modal[0]

    async def _show(self, work: _Work, answer: Answer) -> Shape | None:
        surface, intent = work.surface, work.intent
        try:
            return await self._shown(work, answer)
        except SlackTrouble as trouble:
            _log.warning("an answer goes by direct message: %s", trouble.code)
        except Exception as error:
            answer = Answer(apologise(error, platform="slack", tenant=work.tenant), answer.speech)
            try:
                return await surface.show(answer.reply, intent, answer.speech)
            except Exception as again:
                _log.warning("an apology goes by direct message: %s", type(again).__name__)
        await self._fall_back(work, answer)
        return None

    async def _shown(self, work: _Work, answer: Answer) -> Shape | None:
        """Show it, with a newer token where another process has one by now: reinstalled, say."""
        surface = work.surface
        try:
            return await surface.show(answer.reply, work.intent, answer.speech)
        except SlackTrouble as trouble:
            host = surface.workspace
            if trouble.code not in DEAD_TOKENS or host is None:
                raise
            surface.workspace = await self._belonging.renewed(work.request.sender, host)
            if surface.workspace is None:
                raise
        return await surface.show(answer.reply, work.intent, answer.speech)

    async def _fall_back(self, work: _Work, answer: Answer) -> None:
        shown = as_view(answer.reply, work.intent)
        if shown is not None:
            user = work.request.sender.user
            parcel = Parcel(0, work.tenant, user, NOWHERE, shown, answer.speech)
            await self._redelivery.deliver(parcel)


def _unread(task: asyncio.Task[Any]) -> None:
    """Log what a task raised that nobody waits for."""
    if not task.cancelled() and (error := task.exception()) is not None:
        apologise(error, platform="slack")


async def _wait_in_modal(surface: Surface) -> None:
    try:
        await surface.wait_with_modal()
    except SlackTrouble as trouble:
        _log.info("no modal to wait in: %s", trouble.code)
