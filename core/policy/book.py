"""What is kept of policy."""

from __future__ import annotations

from typing import Protocol

from core.policy.model import Policy


class PolicyBook(Protocol):
    """The policy values that differ from their defaults."""

    def read(self) -> Policy:
        """The policy in force now."""
        ...

    def set(self, name: str, value: int) -> None:
        """Set one value, already checked."""
        ...
