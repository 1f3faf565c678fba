"""When a channel's digest comes, in words."""

from __future__ import annotations

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


def hour_words(hour: int) -> Text:
    """``9am``, ``midday``: a whole hour of the day."""
    if hour in (0, 12):
        return _("midday") if hour else _("midnight")
    if hour < 12:
        return _("{hour}am", hour=hour)
    return _("{hour}pm", hour=hour - 12)


def weekly(weekday: int, hour: int) -> Text:
    """``Every Monday at 9am``."""
    return _("Every {day} at {hour}", day=WEEKDAYS[weekday], hour=hour_words(hour))
