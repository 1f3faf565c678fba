"""A bare server and ours that take turns: the server's CPU for one request, round by round."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import aiohttp

from tests.bench.figures import Figure
from tests.bench.load import Answer, Server, Slack, send
from tests.bench.payloads import Request
from tests.bench.wrong import Wrong

WARM_UP = 200
ROUNDS = 6
IN_A_ROUND = 150
COUNT = WARM_UP + ROUNDS * IN_A_ROUND


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds of CPU for one request, in each round; the first of them warmed up."""

    bare: tuple[float, ...]
    ours: tuple[float, ...]

    def figure(self, name: str, goal: float) -> Figure:
        """Ours over bare: the median of the rounds' ratios."""
        ratios = tuple(our / raw for our, raw in zip(self.ours[1:], self.bare[1:], strict=True))
        raw, our = (statistics.median(part[1:]) * 1000 for part in (self.bare, self.ours))
        remark = f"{raw:.2f} ms bare, {our:.2f} ms ours"
        return Figure(name, statistics.median(ratios), goal, "times, at most", ratios, remark)


@dataclass(frozen=True, slots=True)
class Pair:
    """The two servers, and the Slack that both call."""

    http: aiohttp.ClientSession
    slack: Slack
    bare: Server
    ours: Server

    async def take_turns(
        self,
        name: str,
        requests: Sequence[Request],
        acknowledged: Sequence[Request],
        right: Callable[[Answer], bool],
    ) -> Rounds:
        """Warm up, then send ``COUNT`` of ``requests`` to ours and of ``acknowledged`` to bare.

        Raises ``Wrong`` for an answer of ours that is not ``right``, or of bare that says anything.
        """
        bare: list[float] = []
        ours: list[float] = []
        for start in (0, *range(WARM_UP, COUNT, IN_A_ROUND)):
            turn = slice(start, start + (IN_A_ROUND if start else WARM_UP))
            bare.append(await self._cpu(name, self.bare, acknowledged[turn], _is_silent))
            ours.append(await self._cpu(name, self.ours, requests[turn], right))
        return Rounds(tuple(bare), tuple(ours))

    async def _cpu(
        self,
        name: str,
        server: Server,
        requests: Sequence[Request],
        right: Callable[[Answer], bool],
    ) -> float:
        """Seconds of the server's CPU for one request, once every answer was right."""
        started = server.cpu
        answers = await send(
            self.http, server, requests, self.slack if server is self.ours else None
        )
        used = server.cpu - started
        for answer in answers:
            if answer.status != 200 or not right(answer):
                raise Wrong(f"{name}: {answer.status} {answer.body} {answer.sent}")
        return used / len(requests)


def _is_silent(answer: Answer) -> bool:
    return not answer.body
