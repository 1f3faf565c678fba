"""A time of day as people read it: the one place where an hour gets its words."""

from __future__ import annotations

from core.kernel.texts import Text, _

_DAY = 24 * 60


def hour_words(hour: int) -> Text:
    """``9am``, ``midday``: a whole hour of the day."""
    if hour in (0, 12):
        return _("midday") if hour else _("midnight")
    if hour < 12:
        return _("{hour}am", hour=hour)
    return _("{hour}pm", hour=hour - 12)


def time_words(minutes: int) -> Text:
    """``9am``, ``5.30pm``, ``midday``: minutes of the day as a time."""
    hour, minute = divmod(minutes % _DAY, 60)
    if not minute:
        return hour_words(hour)
    shown, past = (hour - 1) % 12 + 1, f"{minute:02d}"
    if hour < 12:
        return _("{hour}.{minute}am", hour=shown, minute=past)
    return _("{hour}.{minute}pm", hour=shown, minute=past)
