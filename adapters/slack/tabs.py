"""Home tabs that were opened lately, brought up to date when something changes for their owner.

Slack asks for the tab each time it is opened; this is for the tab that stays open meanwhile. What
is remembered is this process's own: another replica's tabs are brought up to date when opened.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict

from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.modals import HomeTab
from adapters.slack.workspaces import Workspaces
from core.answers import Perform
from core.apology import apologise
from core.callers import Caller
from core.ui.intents import Intent

_log = logging.getLogger(__name__)

MOST = 1_000
SECONDS = 3_600.0
"""A tab that was opened longer ago than this is taken to be closed."""
GATHER = 1.0
"""Seconds in which several changes make one update."""


class Tabs:
    """Remembers who opened their Home tab, and publishes it again."""

    def __init__(
        self, perform: Perform, api: SlackApi, workspaces: Workspaces, home: Intent
    ) -> None:
        self._perform = perform
        self._api = api
        self._workspaces = workspaces
        self._home = home
        self._opened: OrderedDict[tuple[str, str], tuple[float, Caller]] = OrderedDict()
        self._waiting: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def opened(self, caller: Caller) -> None:
        """``caller`` is looking at their tab, which is up to date."""
        key = (caller.tenant, caller.user)
        self._opened[key] = (time.monotonic(), caller)
        self._opened.move_to_end(key)
        while len(self._opened) > MOST:
            self._opened.popitem(last=False)

    def left(self, caller: Caller) -> None:
        """``caller``'s tab shows something else, which is not to be taken away from them."""
        key = (caller.tenant, caller.user)
        self._opened.pop(key, None)
        if timer := self._waiting.pop(key, None):
            timer.cancel()

    def changed(self, tenant: str, user: str) -> None:
        """Something changed for this person: their tab is published again in a moment."""
        key = (tenant, user)
        found = self._opened.get(key)
        if found is None or key in self._waiting:
            return
        if time.monotonic() - found[0] > SECONDS:
            del self._opened[key]
            return
        loop = asyncio.get_running_loop()
        self._waiting[key] = loop.call_later(GATHER, self._begin, key, found[1])

    def stop(self) -> None:
        """Leave what waits: the tab is asked for when it is opened again."""
        for timer in self._waiting.values():
            timer.cancel()
        for task in self._tasks:
            task.cancel()

    def _begin(self, key: tuple[str, str], caller: Caller) -> None:
        self._waiting.pop(key, None)
        task = asyncio.get_running_loop().create_task(self._publish(caller))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _publish(self, caller: Caller) -> None:
        try:
            workspace = await self._workspaces.find(caller.tenant)
            if workspace is None:
                return
            answer = await self._perform(caller, self._home)
            if (caller.tenant, caller.user) not in self._opened:
                return  # they went on to something else meanwhile
            tab = HomeTab(self._api, caller.user, "", None)
            tab.workspace = workspace
            await tab.show(answer.reply, self._home, answer.speech)
        except SlackTrouble as trouble:
            _log.info("a Home tab stays as it is: %s", trouble.code)
        except Exception as error:
            apologise(error, platform="slack", tenant=caller.tenant)
