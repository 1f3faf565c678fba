"""What is kept of organisations, tenants, sites, contacts and roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from core.organisations.model import (
    ContactKind,
    Grant,
    Organisation,
    Role,
    Site,
    Tenant,
    TenantState,
)


class OrganisationBook(Protocol):
    """Organisations and everything registered to them."""

    def add(self, organisation: Organisation) -> Organisation:
        """Keep a new organisation; refuses a code that is taken."""
        ...

    def get(self, organisation_id: int) -> Organisation:
        """The organisation with this id."""
        ...

    def by_code(self, code: str) -> Organisation | None:
        """The organisation with this code, whatever its case."""
        ...

    def all(self) -> Sequence[Organisation]:
        """Every organisation, by name."""
        ...

    def end(self, organisation_id: int, ends: date, successor_id: int | None) -> None:
        """Record the day an organisation ends and who succeeds it."""
        ...

    def named(self, words: str) -> Sequence[Organisation]:
        """Organisations whose name or code holds ``words``, whatever the case."""
        ...

    def sites(self, organisation_id: int | None = None) -> Sequence[Site]:
        """The sites of one organisation, or of all."""
        ...

    def add_site(self, site: Site) -> Site:
        """Keep a new site; one that exists is returned as it is."""
        ...

    def site(self, site_id: int) -> Site | None:
        """The site with this id."""
        ...

    def contact(self, organisation_id: int, kind: ContactKind) -> str:
        """How to reach the person an organisation names, or an empty string."""
        ...

    def set_contact(self, organisation_id: int, kind: ContactKind, words: str) -> None:
        """Name, or with an empty string un-name, an organisation's contact."""
        ...


class TenantBook(Protocol):
    """Chat tenants and what they are registered to."""

    def find(self, platform: str, external_id: str) -> Tenant | None:
        """The tenant with this platform id, with its organisations."""
        ...

    def note_pending(self, platform: str, external_id: str, at: datetime) -> None:
        """Keep an unknown tenant's id and the time, nothing else; once."""
        ...

    def approve(
        self, platform: str, external_id: str, organisation_ids: Sequence[int], at: datetime
    ) -> Tenant:
        """Register the tenant to these organisations, known before or not."""
        ...

    def set_state(self, platform: str, external_id: str, state: TenantState) -> bool:
        """Change a known tenant's state; False where there is none."""
        ...

    def all(self, state: TenantState | None = None) -> Sequence[Tenant]:
        """Every tenant, or those in one state, newest first."""
        ...


class RoleBook(Protocol):
    """Who holds which role."""

    def grant(self, grant: Grant) -> None:
        """Keep a grant; the same grant twice is one."""
        ...

    def revoke(self, grant: Grant) -> bool:
        """Take a grant back; False where there was none."""
        ...

    def held_by(self, member_id: int, *, resting: bool = False) -> Sequence[Grant]:
        """The roles of a member, through all their identities. A role rests while the account
        that it was granted to is closed or waits to be confirmed; ``resting`` gives those too."""
        ...

    def holders(self, role: Role, organisation_id: int | None = None) -> Sequence[int]:
        """Ids of active members who hold ``role``: for the system, or for one organisation."""
        ...

    def all(self) -> Sequence[Grant]:
        """Every grant."""
        ...
