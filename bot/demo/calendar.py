"""When things happen in the demo: stories are generators that say when they go on."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from bot.demo.player import Stage

Story = Iterator[datetime]
"""Acts, then yields the moment at which it goes on. What lies past the end is not played, so
that a story may stand unfinished today."""

FIRST_HOUR, LAST_HOUR = 8, 17
_NOTICED_EVERY = timedelta(hours=6)
_NIGHT = 3


class Calendar:
    """Plays stories side by side, in the order of time, up to ``end``.

    Notices go out as the time passes, except those after ``fresh``: they stay to be delivered.
    """

    def __init__(self, stage: Stage, end: datetime, fresh: datetime) -> None:
        self.stage = stage
        self.end = end
        self._fresh = fresh
        self._counter = itertools.count()
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._noticed = self._night = stage.now

    def add(self, at: datetime, story: Story) -> None:
        """Start ``story`` at a moment, or now where that is past."""
        at = max(at, self.stage.now)
        if at <= self.end:
            heapq.heappush(self._waiting, (at, next(self._counter), story))

    def play(self) -> None:
        """Play everything, and leave the clock at the end."""
        while self._waiting:
            at, _, story = heapq.heappop(self._waiting)
            self._move(at)
            goes_on = next(story, None)
            if goes_on is not None:
                self.add(goes_on, story)
        self._move(self.end)

    def _move(self, at: datetime) -> None:
        """Let the time pass until ``at``: nights with their jobs, and notices handed out."""
        while (night := _next_night(self._night)) < at:
            self._go(night)
            self.stage.run_jobs()
            self._night = night
        self._go(at)

    def _go(self, at: datetime) -> None:
        if self._noticed < self._fresh <= at:
            self.stage.now = self._fresh
            self.stage.deliver()
            self._noticed = self._fresh
        elif at < self._fresh and at - self._noticed > _NOTICED_EVERY:
            self.stage.deliver()
            self._noticed = at
        self.stage.now = at


def _next_night(after: datetime) -> datetime:
    night = after.replace(hour=_NIGHT, minute=0, second=0, microsecond=0)
    return night if night > after else night + timedelta(days=1)


def dice(words: str) -> Random:
    """Dice of their own for each thing, so that what one story rolls changes no other."""
    return Random(words)  # noqa: S311


def at_work(moment: datetime) -> datetime:
    """The moment, or the next one on a weekday between the first and the last hour."""
    if moment.hour < FIRST_HOUR:
        moment = moment.replace(hour=FIRST_HOUR)
    elif moment.hour >= LAST_HOUR:
        moment = moment.replace(hour=FIRST_HOUR) + timedelta(days=1)
    while moment.weekday() >= 5:
        moment += timedelta(days=1)
    return moment


def workday_before(moment: datetime, days: int, hour: int, minute: int = 0) -> datetime:
    """So many days before ``moment``, or the Friday before where that is a weekend."""
    then = (moment - timedelta(days=days)).replace(hour=hour, minute=minute, second=0)
    while then.weekday() >= 5:
        then -= timedelta(days=1)
    return then


def soon(stage: Stage, rng: Random, least: float, most: float) -> datetime:
    """Some working moment between ``least`` and ``most`` hours from now, or just after."""
    return at_work(stage.now + timedelta(hours=rng.uniform(least, most)))
