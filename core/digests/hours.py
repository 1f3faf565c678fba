"""Whole hours of local days, as moments: where a clock change skips one or has one twice, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LocalHour:
    """An hour of a local day, and the one moment in UTC at which it begins."""

    day: date
    hour: int
    moment: datetime


def begins(zone: ZoneInfo, day: date, hour: int) -> datetime:
    """When an hour of a local day begins. An hour that the clock skips begins when the clock has
    been put forward; of an hour that comes twice it is the first."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def hours_within(zone: ZoneInfo, since: datetime) -> Iterator[LocalHour]:
    """The local hours that begin in the hour from ``since`` on: mostly one, at any minute of it,
    for zones are also half or a quarter of an hour apart; two where one of them is skipped."""
    today = since.astimezone(zone).date()
    for day in (today - _DAY, today, today + _DAY):
        for hour in range(24):
            moment = begins(zone, day, hour)
            if since <= moment < since + HOUR:
                yield LocalHour(day, hour, moment)
