"""When a channel's digest comes, in words."""

from __future__ import annotations

from core.kernel.clock_words import hour_words
from core.kernel.texts import Text, _

WEEKDAYS: tuple[Text, ...] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
HOURS = 24


def weekly(weekday: int, hour: int) -> Text:
    """``Every Monday at 9am``."""
    return _("Every {day} at {hour}", day=WEEKDAYS[weekday], hour=hour_words(hour))
