"""Adding up what came of deliveries: by kind of notice, by tenant, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.delivery.model import DeliveryState, Figure, Withheld
from storage.books import Books
from storage.figures import Lane, Only, lanes, recipients

STATES = tuple(one.value for one in DeliveryState)
_REASONS = frozenset(one.value for one in Withheld)


@dataclass(slots=True)
class Line:
    """How many deliveries were planned, and how many of them are in each state."""

    planned: int = 0
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))

    def add(self, figure: Figure) -> None:
        """Count these too. One whose outcome makes no sense is planned and nothing else."""
        self.planned += figure.count
        if explained(figure):
            self.states[figure.state] += figure.count


@dataclass(frozen=True, slots=True)
class Report:
    """The truth about some deliveries, or about all."""

    kinds: Mapping[tuple[str], Line]
    tenants: Mapping[tuple[str, str], Line]
    reasons: Mapping[tuple[str, str], int]
    """By state and reason, the most frequent first."""
    all: Line
    lanes: Sequence[Lane]
    """What waits for each tenant; not known for one kind of notice."""

    @property
    def unexplained(self) -> int:
        """How many have no outcome that we know."""
        return self.all.planned - sum(self.all.states.values())

    @property
    def adds_up(self) -> bool:
        """Whether the outcomes are all of what was planned."""
        return self.unexplained == 0

    @property
    def oldest_due(self) -> datetime | None:
        """Since when the longest-waiting one is due."""
        return min((lane.oldest_due for lane in self.lanes if lane.oldest_due), default=None)


def explained(figure: Figure) -> bool:
    """Whether the outcome is one that we know, with its reason where it needs one."""
    if figure.state == DeliveryState.WITHHELD:
        return figure.reason in _REASONS
    return figure.state in STATES


def report(books: Books, only: Only, now: datetime) -> Report:
    """Add up the deliveries that are meant. Take ``books`` from one snapshot, or else what is
    settled meanwhile is counted twice or never."""
    figures = [one for one in books.deliveries.figures(only.since) if _meant(one, only)]
    kinds: dict[tuple[str], Line] = {}
    tenants: dict[tuple[str, str], Line] = {}
    reasons: dict[tuple[str, str], int] = {}
    total = Line()
    for one in figures:
        for line in (
            kinds.setdefault((one.kind,), Line()),
            tenants.setdefault((one.platform, one.tenant), Line()),
            total,
        ):
            line.add(one)
        if one.reason:
            why = one.state, one.reason
            reasons[why] = reasons.get(why, 0) + one.count
    # Counted once more, without looking at what came of them.
    total.planned = recipients(books.connection, only)
    found = () if only.kind else lanes(books.connection, now)
    return Report(
        dict(sorted(kinds.items())),
        dict(sorted(tenants.items())),
        dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        total,
        [lane for lane in found if _on(lane, only)],
    )


def _meant(figure: Figure, only: Only) -> bool:
    return _on(figure, only) and (not only.kind or figure.kind == only.kind)


def _on(where: Figure | Lane, only: Only) -> bool:
    on_platform = not only.platform or where.platform == only.platform
    return on_platform and (not only.tenant or where.tenant == only.tenant)
