"""What a system admin may know of a tenant, and who is one."""

from __future__ import annotations

from core.installations.views import SeenTenant
from core.kernel.desk import Desk, Office
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.correction_rights import is_admin
from core.organisations.model import Tenant, TenantState


def subject_of(tenant: Tenant) -> str:
    """What notices about a tenant are found by."""
    return f"tenant:{tenant.id}"


def seen(office: Office, tenant: Tenant) -> SeenTenant:
    """The tenant with what is known of its installation and the organisations it serves."""
    organisations = office.books.organisations
    return SeenTenant(
        tenant,
        office.books.installations.known(tenant.platform, tenant.external_id),
        tuple(organisations.get(one).name for one in tenant.organisation_ids),
    )


def waiting(office: Office) -> list[Tenant]:
    """The tenants that wait for approval, the newest first."""
    return list(office.books.tenants.all(TenantState.PENDING))


def only_admins(desk: Desk) -> None:
    """Refuse whoever does not look after the whole system."""
    if not is_admin(desk, desk.me.id):
        raise Refusal(
            _("Only the administrators of Hourbridge decide which workspaces take part."),
            code="not-allowed",
        )
