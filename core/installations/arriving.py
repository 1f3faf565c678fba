"""A tenant lets the app in, or takes it out: what is kept of it, and which admins are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.installations.model import Installation
from core.installations.seeing import subject_of
from core.kernel.desk import Office
from core.organisations.model import Role, Tenant, TenantState

NAME_LONGEST = 100
JUST_BEFORE = timedelta(minutes=5)
"""A token ends a moment before the platform tells that the app was taken out."""


def installed(office: Office, installation: Installation) -> Installation:
    """Keep an installation as the platform has just granted it. A tenant that is not known yet
    waits for approval, and the system's admins are told so, once. Any other stays as it is: a
    reinstall, whoever does it, brings everybody back, and does not revive a tenant that ended."""
    books, platform, tenant_id = office.books, installation.platform, installation.tenant
    books.tenants.note_pending(platform, tenant_id, office.now)
    # Two who install at once are told of once: the second waits here, and finds the first.
    books.installations.hold_tenant(platform, tenant_id)
    last = books.installations.known(platform, tenant_id)
    kept = books.installations.keep(replace(installation, name=_tidy(installation.name)))
    tenant = books.tenants.find(platform, tenant_id)
    assert tenant is not None
    office.changed(subject_of(tenant))
    if last is not None and last.removed_at is not None:
        books.deliveries.reconnect(platform, tenant_id, last.removed_at - JUST_BEFORE, office.now)
    if tenant.state is TenantState.PENDING:
        _ask_admins(office, tenant)
    return kept


def removed(office: Office, platform: str, tenant_id: str) -> bool:
    """Forget the tokens of a tenant that took the app out; False where they were gone already.
    The tenant, its members and their hours stay. Admins hear of it where people took part."""
    if not office.books.installations.remove(platform, tenant_id, office.now):
        return False
    tenant = office.books.tenants.find(platform, tenant_id)
    if tenant is not None:
        office.changed(subject_of(tenant))
        if tenant.state in (TenantState.APPROVED, TenantState.SUSPENDED):
            _tell_admins(office, "installations.removed", tenant)
    return True


def _ask_admins(office: Office, tenant: Tenant) -> None:
    """Ask the admins who have not been asked about this tenant yet."""
    kind, subject = "installations.asked", subject_of(tenant)
    told_since = office.books.deliveries.told_since
    admins = [
        admin
        for admin in office.books.roles.holders(Role.ADMIN)
        if not told_since(kind, subject, admin, tenant.seen_at)
    ]
    data = {"platform": tenant.platform, "tenant": tenant.external_id}
    office.tell(kind, subject, admins, data)


def _tell_admins(office: Office, kind: str, tenant: Tenant) -> None:
    admins = office.books.roles.holders(Role.ADMIN)
    data = {"platform": tenant.platform, "tenant": tenant.external_id}
    office.tell(kind, subject_of(tenant), admins, data)


def _tidy(name: str) -> str:
    """A tenant's own name on one line; what is longer than any card's heading ends in dots."""
    spaced = " ".join(name.split())
    bare = "".join(letter for letter in spaced if letter.isprintable())
    return bare if len(bare) <= NAME_LONGEST else f"{bare[: NAME_LONGEST - 1].rstrip()}…"
