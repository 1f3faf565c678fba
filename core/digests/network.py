"""How everybody did last week, in counts that give nobody away."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.digests.hours import begins
from core.digests.model import Network
from core.kernel.desk import Office
from core.members.model import USUAL_ZONE

FEW = 8
"""Below so many exchanges or people nothing is said: too few are easily guessed."""
_STEP = 5
_WEEK = timedelta(days=7)


def network(office: Office, moment: datetime) -> Network | None:
    """What was confirmed in the last full week before ``moment``, Monday to Sunday; None where
    that is too little to say.

    Everybody's week is the same, whenever their digest comes: weeks that overlap could be
    subtracted from each other, and rounded counts tell nothing of one exchange more or less.
    """
    zone = ZoneInfo(USUAL_ZONE)
    today = moment.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    since, until = (begins(zone, day, 0) for day in (monday - _WEEK, monday))
    moved = office.books.digests.turnover(since, until)
    if moved.exchanges < FEW or moved.people < FEW:
        return None
    return Network(
        monday - timedelta(days=1),
        _rounded(moved.exchanges),
        _rounded(moved.minutes / 60),
        moved.organisations,
    )


def _rounded(count: float) -> int:
    return _STEP * round(count / _STEP)
