"""What is kept of installations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.installations.model import Installation, Resealed


class InstallationBook(Protocol):
    """Installations with their tokens, which are sealed with the system's secret."""

    def find(self, platform: str, tenant: str) -> Installation | None:
        """The installation of a tenant with its tokens, removed or not. None where there is none,
        and where no secret that is set opens its tokens: that is logged."""
        ...

    def known(self, platform: str, tenant: str) -> Installation | None:
        """What is known of a tenant's installation, removed or not; without its tokens."""
        ...

    def keep(self, installation: Installation) -> Installation:
        """Keep a new installation, or put it in the place of the tenant's last one, as the next
        version of that."""
        ...

    def remove(self, platform: str, tenant: str, at: datetime) -> bool:
        """Forget the tokens of a tenant that took the app out; False where none was live."""
        ...

    def claim_renewal(self, installation: Installation, until: datetime, now: datetime) -> bool:
        """Take it on until ``until`` to renew this token; False where another already does, or
        where the installation has changed since it was read."""
        ...

    def renew(
        self, installation: Installation, token: str, refresh: str, expires_at: datetime | None
    ) -> Installation:
        """Keep the new tokens and end the claim. Raises ``Stale`` where it changed meanwhile."""
        ...

    def all(self, platform: str = "") -> Sequence[Installation]:
        """Every installation, removed ones too, oldest first; without their tokens."""
        ...

    def reseal(self) -> Resealed:
        """Seal every token with the current secret."""
        ...

    def hold_tenant(self, platform: str, tenant: str) -> None:
        """Let nobody else decide about a tenant before this transaction ends. What somebody
        decided just before is seen from here on."""
        ...
