"""A confirmation: somebody who joined through a shared chat works where they say they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_ASKED = 3
"""So many organisations may one person name before a human being has to help them on."""


class ConfirmationState(StrEnum):
    """Where the question stands.

    Withdrawn: the person chose another organisation. Unneeded: nobody has to be asked any more.
    """

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNNEEDED = "unneeded"


LET_IN = frozenset((ConfirmationState.CONFIRMED, ConfirmationState.UNNEEDED))


class Decider(StrEnum):
    """In which role somebody decided, or is asked to. Who it was is not kept."""

    LEAD = "lead"
    ADMIN = "admin"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One member, one organisation, one question. There is never a second one for the two.

    ``pending`` is what they had typed, as an intent's wire, until they go on with it.
    """

    member_id: int
    organisation_id: int
    asked_at: datetime
    state: ConfirmationState = ConfirmationState.WAITING
    decided_at: datetime | None = None
    decided_as: Decider | None = None
    pending: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0

    @property
    def waits(self) -> bool:
        """Whether it is still to be decided."""
        return self.state is ConfirmationState.WAITING
