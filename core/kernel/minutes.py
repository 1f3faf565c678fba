"""Time as the ledger keeps it: whole minutes, spoken as hours."""

from __future__ import annotations

from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _, plural

DAY = 24 * 60
LONGEST = 40 * 60
"""The longest single exchange, in minutes: a working week."""


def spoken(minutes: int) -> Text:
    """``90`` as "1 hour 30 minutes": numerals and whole words, as the NHS writes time."""
    if minutes < 0:
        return _("minus {time}", time=spoken(-minutes))
    hours, rest = divmod(minutes, 60)
    spoken_hours = plural("{count} hour", "{count} hours", hours)
    spoken_rest = plural("{count} minute", "{count} minutes", rest)
    if hours and rest:
        return _("{hours} {minutes}", hours=spoken_hours, minutes=spoken_rest)
    return spoken_hours if hours else spoken_rest


def checked(minutes: int, step: int, field: str = "minutes") -> int:
    """``minutes`` if it may be exchanged: above zero, in whole steps, at most a working week."""
    if minutes <= 0:
        raise Refusal(_("The time must be more than 0 minutes."), field)
    if minutes > LONGEST:
        raise Refusal(
            _(
                "That is more than {longest}. Split it into smaller pieces.",
                longest=spoken(LONGEST),
            ),
            field,
        )
    if minutes % step:
        below = minutes - minutes % step
        reason = (
            _(
                "Time is counted in steps of {step}. Try {above}.",
                step=spoken(step),
                above=spoken(below + step),
            )
            if below == 0
            else _(
                "Time is counted in steps of {step}. Try {below} or {above}.",
                step=spoken(step),
                below=spoken(below),
                above=spoken(below + step),
            )
        )
        raise Refusal(reason, field)
    return minutes


def typed_minutes(minutes: int) -> str:
    """``90`` as a form's field starts with it, in every language: "1h 30m", which
    ``read_duration`` reads back."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}m")
    return " ".join(parts)
