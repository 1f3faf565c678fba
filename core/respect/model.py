"""When a member may be written to: their day, their days off, and how much is enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.delivery.model import Family


class Pattern(StrEnum):
    """When a member may be written to, as they chose it from a list.

    ``USUAL`` is nobody's choice but the default: what nobody asked for comes in the daytime of
    working days, and what people send each other comes at once. Any other pattern holds for
    everything.
    """

    USUAL = "usual"
    ANY_TIME = "any-time"
    DAYS = "days"
    EVENINGS = "evenings"
    NIGHTS = "nights"
    WEEKENDS = "weekends"
    OWN = "own"


class Nation(StrEnum):
    """Whose bank holidays a member keeps."""

    NONE = "none"
    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


Week = tuple[tuple[int, ...], ...]
"""For Monday to Sunday the minutes of the local day from and to which somebody may be written to,
in pairs: (540, 1020), or (540, 720, 780, 1020), or () for not at all. Where an end is not after
its start, it goes on past midnight."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a member has said about being written to. Who has said nothing has the defaults.

    ``week`` is of the pattern ``OWN`` alone. ``leave_from`` to ``leave_until`` are the first and
    the last day away. ``daily_cap`` is how many unasked messages a day are enough, None for what
    the system's policy says. ``off`` are the kinds they do not want.
    """

    member_id: int
    digest: bool = True
    digest_weekday: int = 0
    digest_hour: int = 9
    pattern: Pattern = Pattern.USUAL
    week: Week = ()
    nation: Nation = Nation.ENGLAND
    leave_from: date | None = None
    leave_until: date | None = None
    daily_cap: int | None = None
    off: tuple[Family, ...] = ()

    def away_on(self, day: date) -> bool:
        """Whether ``day`` is one of their days of leave."""
        if self.leave_from is None or self.leave_until is None:
            return False
        return self.leave_from <= day <= self.leave_until
