"""When members are reminded of something, and how far reminders have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.policy.model import Policy


class About(StrEnum):
    """What a reminder is about. The first four are exchanges, the rest are posts."""

    CONFIRM = "confirm"
    ANSWER = "answer"
    DONE = "done"
    NOT_YET = "not-yet"
    """Who was asked whether an exchange happened has said: not yet."""
    CLOSING = "closing"
    UNANSWERED = "unanswered"
    INTRODUCED = "introduced"
    """Somebody thought of this member for an ask."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """A member has been reminded of something up to and with this ``step``, the first being 1.

    ``since`` is the moment from which its days count: where that changes, they count anew.
    """

    about: About
    about_id: int
    member_id: int
    since: datetime
    step: int = 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long after a claim, a proposal and an agreement its reminders come."""

    confirm: tuple[timedelta, ...]
    answer: tuple[timedelta, ...]
    done: tuple[timedelta, ...]


CONFIRM_DAYS = (2, 7, 14)
ANSWER_DAYS, OF_PROPOSAL_DAYS = (3, 10), 14
DONE_DAYS, OF_AGREEMENT_DAYS = (14, 30), 60
CLOSING = timedelta(days=3)
STANDS_FIRST = timedelta(days=4)
"""A post made less than this ago needs no word that it closes: its author has just said so."""
UNANSWERED = timedelta(days=5)
BACK_FIRST = timedelta(days=2)
"""Whoever has been away is not reminded of anything in their first days back."""
ONCE_IN = timedelta(hours=20)
"""One message of a kind a day, whatever the hour it comes at."""
LOOK_AGAIN = timedelta(hours=6)
"""When to look again at somebody for whom nothing was due after all."""


def schedule(policy: Policy) -> Schedule:
    """The schedule under a policy: nothing comes after a lead is asked, or the thing has lapsed."""
    confirm = tuple(days for days in CONFIRM_DAYS if days < policy.claim_days)
    return Schedule(
        tuple(timedelta(days=days) for days in confirm),
        _scaled(ANSWER_DAYS, policy.proposal_days, OF_PROPOSAL_DAYS),
        _scaled(DONE_DAYS, policy.agreement_days, OF_AGREEMENT_DAYS),
    )


def _scaled(days: Sequence[int], policy: int, usual: int) -> tuple[timedelta, ...]:
    """The same part of a shorter or longer time, in whole days, each its own."""
    scaled = dict.fromkeys(max(1, round(one * policy / usual)) for one in days)
    return tuple(timedelta(days=one) for one in scaled if one < policy)


def reached(since: datetime, now: datetime, steps: Sequence[timedelta]) -> int:
    """How many of ``steps`` are over."""
    return sum(since + step <= now for step in steps)
