"""An event: what a champion announces, who comes, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.organisations.model import Sector

ANSWERED_FOR = timedelta(days=8)
"""How long after an event those who came can answer what they are asked about it."""

OPENS_BEFORE = timedelta(minutes=30)
"""How long before the start people are ticked off."""


class EventKind(StrEnum):
    """What sort of event it is."""

    LEARNING = "learning"
    DROP_IN = "drop-in"
    VISIT = "visit"


class EventState(StrEnum):
    """Where an event stands. A past event is open still: its attendance is taken."""

    OPEN = "open"
    CANCELLED = "cancelled"


class Open(StrEnum):
    """Who may come."""

    ORGANISATION = "organisation"
    SECTOR = "sector"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Event:
    """``host_id`` announces it and looks after it, for ``organisation_id``. ``starts_at`` and
    ``ends_at`` are UTC; ``zone`` is the IANA zone that people read them in. ``place`` and ``link``
    are where it is, one of them at least; ``access`` is what the place offers whom. ``capacity``
    is how many may come, None for any number. ``open_to`` says who may come, ``sector`` which
    sector where it is for one. ``sequence`` counts the changes that calendars must take in, and
    ``uid`` names it there for ever. ``token`` is the unguessable part of its links. ``code`` is
    what people type in the room to be ticked off, empty before it is asked for. ``reason`` is why
    it was cancelled, where the host says.
    """

    kind: EventKind
    title: str
    host_id: int
    organisation_id: int
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    uid: str
    token: str
    details: str = ""
    zone: str = "Europe/London"
    place: str = ""
    link: str = ""
    access: str = ""
    capacity: int | None = None
    open_to: Open = Open.ALL
    sector: Sector | None = None
    state: EventState = EventState.OPEN
    reason: str = ""
    code: str = ""
    copied_from: int | None = None
    sequence: int = 0
    version: int = 1
    id: int = 0

    @property
    def ticked_from(self) -> datetime:
        """From when people are ticked off, by the list or by the code."""
        return self.starts_at - OPENS_BEFORE

    @property
    def answers_until(self) -> datetime:
        """Until when those who came can answer; from then on the host sees what they said."""
        return self.ends_at + ANSWERED_FOR


class PlaceState(StrEnum):
    """Where one person stands with one event."""

    COMING = "coming"
    WAITING = "waiting"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place at an event, or in the queue for one, in order of ``at``: since when
    they have it.

    ``organisation_id`` is the one they acted for then. ``came`` is None until attendance is taken;
    ``walk_up``: they came without having said so. ``useful`` ("yes", "partly", "no") and ``next``
    are the answers to the two follow-up questions.
    """

    event_id: int
    member_id: int
    organisation_id: int
    state: PlaceState
    at: datetime
    came: bool | None = None
    walk_up: bool = False
    useful: str = ""
    next: str = ""
    answered_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Funnel:
    """What became of one event, in counts of people: told in private, said they come, waiting,
    left again, came (of whom without having said so), and answered the follow-up questions.
    Those who came without having said so are not among those who said they come."""

    told: int
    coming: int
    waiting: int
    left: int
    came: int
    walk_ups: int
    answered: int


class HoursState(StrEnum):
    """Where the host's hours for an event stand."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class HostHours:
    """The time that a host earns for an event, once, from a pot whose lead approved it.

    ``organisation_id`` is whose pot it is; None for the community pot.
    """

    event_id: int
    organisation_id: int | None
    minutes: int
    asked_at: datetime
    state: HoursState = HoursState.ASKED
    decided_by: int | None = None
    decided_at: datetime | None = None
    version: int = 1
    id: int = 0
