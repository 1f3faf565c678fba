"""Answers that could not be shown where they belong: by direct message, once Slack takes one."""

from __future__ import annotations

import asyncio
import logging

from adapters.slack.courier import SlackCourier
from core.apology import apologise
from core.couriers import Later, Parcel, Sent

_log = logging.getLogger(__name__)

MOST = 1_000
"""Answers that may wait for Slack to come back; more than these are lost, and logged as such."""


class Redelivery:
    """Keeps answers in memory for ``seconds`` and tries them again. A restart loses them."""

    def __init__(self, courier: SlackCourier, seconds: float) -> None:
        self._courier = courier
        self._seconds = seconds
        self._waiting: set[asyncio.Task[None]] = set()

    async def deliver(self, parcel: Parcel) -> None:
        """Send ``parcel`` now; where Slack takes none at the moment, once it does again."""
        outcome = await self._courier.deliver(parcel)
        if isinstance(outcome, Later) and len(self._waiting) < MOST:
            task = asyncio.get_running_loop().create_task(self._try_again(parcel, outcome))
            self._waiting.add(task)
            task.add_done_callback(self._over)
        elif not isinstance(outcome, Sent):
            _log.error("an answer was lost: %s", outcome.reason)

    def stop(self) -> None:
        """Give up what still waits."""
        if self._waiting:
            _log.error("%d answers were lost: Slack did not come back in time", len(self._waiting))
        for task in self._waiting:
            task.cancel()

    async def _try_again(self, parcel: Parcel, outcome: Later) -> None:
        left = self._seconds
        while left > 0:
            await asyncio.sleep(min(outcome.seconds, left))
            left -= max(outcome.seconds, 1.0)
            tried = await self._courier.deliver(parcel)
            if isinstance(tried, Sent):
                return
            if not isinstance(tried, Later):
                _log.error("an answer was lost: %s", tried.reason)
                return
            outcome = tried
        _log.error("an answer was lost: %s", outcome.reason)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._waiting.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            apologise(error, platform="slack")
