"""Slots: a job's time cut into equal pieces, the same for every replica and in every season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.feature import Job

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""A midnight from which slots are counted, in UTC: clock changes do not move them."""
REMEMBERED = timedelta(days=90)
"""How far back slots are kept, and so how far back skipped ones are told."""


def length_of(job: Job) -> timedelta:
    """How long each slot of ``job`` is."""
    return timedelta(minutes=job.every_minutes)


def slot_of(job: Job, moment: datetime) -> datetime:
    """The start of the slot of ``job`` that ``moment`` lies in."""
    length = length_of(job)
    return EPOCH + (moment - EPOCH) // length * length


def earliest(job: Job, now: datetime) -> datetime:
    """The oldest slot that may still be run at ``now``."""
    present = slot_of(job, now)
    if job.catch_up is None:
        return present
    within = slot_of(job, now - job.catch_up)
    if within < now - job.catch_up:
        within += length_of(job)
    return min(present, within)


@dataclass(frozen=True, slots=True)
class Due:
    """Slots that nobody has claimed: those to run, and those for which it is too late."""

    to_run: Sequence[datetime]
    too_late: Sequence[datetime]


def due(job: Job, last: datetime | None, now: datetime) -> Due:
    """What is due after ``last``, the last slot claimed; oldest first. A first start runs the
    present slot alone. Without ``catch_up`` the present slot makes good those before it."""
    present, length = slot_of(job, now), length_of(job)
    if last is None or job.catch_up is None:
        return Due([present] if last is None or last < present else [], [])
    oldest = earliest(job, now)
    slot = max(last + length, slot_of(job, now - REMEMBERED))
    found: list[datetime] = []
    while slot <= present:
        found.append(slot)
        slot += length
    return Due([one for one in found if one >= oldest], [one for one in found if one < oldest])
