"""Policy: the rules that a system may set, each with its default and its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from core.kernel.refusals import Refusal
from core.kernel.texts import _


@dataclass(frozen=True, slots=True)
class Policy:
    """All times in minutes or days, as the name says. Defaults are those of the design.

    ``confirm_organisation`` is yes (1) or no (0): whether somebody who joins through a tenant that
    several organisations share waits until the one they choose has confirmed them. ``daily_cap`` is
    how many messages a day that nobody asked for go to a member who has not chosen a number.
    """

    opening_credit_minutes: int = 120
    floor_minutes: int = -600
    step_minutes: int = 15
    post_days: int = 60
    proposal_days: int = 14
    agreement_days: int = 60
    claim_days: int = 21
    told_of_a_post: int = 5
    undo_minutes: int = 10
    link_code_minutes: int = 10
    low_balance_minutes: int = -300
    high_balance_minutes: int = 1200
    confirm_organisation: int = 0
    daily_cap: int = 5


BOUNDS: Mapping[str, tuple[int, int]] = {
    "opening_credit_minutes": (0, 2400),
    "floor_minutes": (-6000, 0),
    "step_minutes": (1, 60),
    "post_days": (1, 365),
    "proposal_days": (1, 90),
    "agreement_days": (1, 365),
    "claim_days": (1, 90),
    "told_of_a_post": (0, 50),
    "undo_minutes": (0, 60),
    "link_code_minutes": (1, 60),
    "low_balance_minutes": (-6000, 0),
    "high_balance_minutes": (0, 60000),
    "confirm_organisation": (0, 1),
    "daily_cap": (1, 50),
}
YES_OR_NO = frozenset(("confirm_organisation",))
"""The policies that are a yes, written 1, or a no, written 0."""


def checked_value(name: str, value: str) -> int:
    """``value`` as the whole number that the policy ``name`` may hold; refuses anything else."""
    if name not in BOUNDS:
        known = ", ".join(field.name for field in fields(Policy))
        raise Refusal(
            _("There is no policy called {name}. There are: {known}.", name=name, known=known)
        )
    low, high = BOUNDS[name]
    if name in YES_OR_NO and value not in ("0", "1"):
        raise Refusal(_("{name} must be 1 for yes or 0 for no.", name=name))
    try:
        number = int(value)
    except ValueError:
        raise Refusal(_("{name} must be a whole number.", name=name)) from None
    if not low <= number <= high:
        raise Refusal(
            _("{name} must be from {low} to {high}.", name=name, low=str(low), high=str(high))
        )
    return number


def read(stored: Mapping[str, int]) -> Policy:
    """The policy in force: what is stored over the defaults."""
    known = {field.name for field in fields(Policy)}
    return Policy(**{name: value for name, value in stored.items() if name in known})
