"""Organisations of the system and the chat tenants registered to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Sector(StrEnum):
    """The kinds of organisation that a health and care system is made of."""

    NHS_TRUST = "nhs-trust"
    PRIMARY_CARE = "primary-care"
    COUNCIL = "council"
    VOLUNTARY = "voluntary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A partner. ``code`` is its ODS code or another reference; history keeps it when it ends."""

    code: str
    name: str
    sector: Sector
    starts: date | None = None
    ends: date | None = None
    successor_id: int | None = None
    id: int = 0

    def runs_on(self, day: date) -> bool:
        """Whether the organisation exists on ``day``."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day < self.ends
        )


@dataclass(frozen=True, slots=True)
class Site:
    """A place that an organisation lists, to be found by name."""

    organisation_id: int
    name: str
    id: int = 0


class TenantState(StrEnum):
    """How far a chat tenant is let in."""

    PENDING = "pending"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Tenant:
    """A Slack workspace or Teams tenant. A pending one is an id and a time, nothing more."""

    platform: str
    external_id: str
    state: TenantState
    seen_at: datetime
    organisation_ids: tuple[int, ...] = ()
    id: int = 0


class ContactKind(StrEnum):
    """Whom an organisation names to its staff, and for what."""

    HELP = "help"
    SAFEGUARDING = "safeguarding"
    PRIVACY = "privacy"


class Role(StrEnum):
    """What a person may do beyond being a member. The default is none."""

    CHAMPION = "champion"
    LEAD = "lead"
    ADMIN = "admin"
    EVALUATOR = "evaluator"
    SPONSOR = "sponsor"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held through one chat identity, for one organisation or for the whole system."""

    platform: str
    tenant: str
    user: str
    role: Role
    organisation_id: int | None = None
    id: int = 0
