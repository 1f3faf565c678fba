"""The kinds of reminder, and what the message to one member is found by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.kernel.desk import Office

EXCHANGES = "reminders.exchanges"
CLOSING = "reminders.closing"
UNANSWERED = "reminders.unanswered"
BROKER_LIST = "reminders.broker-list"


def subject_of(kind: str, member_id: int, at: datetime) -> str:
    """What the messages of a kind to a member in the month of ``at`` are about: all that waits
    for them. By the month, so that those of long ago are not brought up to date for ever."""
    return f"{kind}:{member_id}:{at:%Y-%m}"


def reader_of(subject: str) -> int:
    """The member whom a message is for."""
    return int(subject.split(":")[1])


def refresh(office: Office, kind: str, member_ids: Iterable[int]) -> None:
    """Something has changed that these members may have been reminded of, this month or last."""
    last = office.now.replace(day=1) - timedelta(days=1)
    for member_id in member_ids:
        for month in (last, office.now):
            office.changed(subject_of(kind, member_id, month))
