"""A figure, the table of figures, and the file that keeps them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Unit = Literal["times, at most", "times, at least", "share, at least", "seconds, at most"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio (or time). ``rounds`` are those it is the median of; ``remark`` says what it was
    made of."""

    name: str
    value: float
    goal: float
    unit: Unit
    rounds: tuple[float, ...] = ()
    remark: str = ""

    @property
    def met(self) -> bool:
        """Whether it is on the good side of its goal."""
        return self.value <= self.goal if "most" in self.unit else self.value >= self.goal


def write(figures: Sequence[Figure], path: Path) -> None:
    """Keep ``figures`` as JSON, under the operators' contract."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = [
        {"name": one.name, "value": round(one.value, 3), "goal": one.goal, "unit": one.unit}
        for one in figures
    ]
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def line(figure: Figure) -> str:
    """A figure as a line of the table."""
    spread = f"{min(figure.rounds):.2f} to {max(figure.rounds):.2f}" if figure.rounds else ""
    verdict = "met" if figure.met else "MISSED"
    goal = f"{figure.unit} {figure.goal:g}"
    return (
        f"{figure.name:<16} {figure.value:>6.2f}  {goal:<22} {verdict:<7}"
        f" {spread:<14} {figure.remark}"
    ).rstrip()
