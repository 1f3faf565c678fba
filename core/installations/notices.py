"""What system admins are told about tenants: always the tenant's card as it stands."""

from __future__ import annotations

from core.delivery.model import Notice, Withheld
from core.feature import NoticeKind
from core.installations.seeing import seen
from core.installations.views import tenant_card
from core.kernel.desk import Office
from core.kernel.texts import _
from core.ledger.correction_rights import is_admin
from core.members.model import Member
from core.organisations.model import Tenant, TenantState
from core.ui.views import Note, View


def _tenant(office: Office, notice: Notice) -> Tenant | None:
    return office.books.tenants.find(str(notice.data["platform"]), str(notice.data["tenant"]))


def _asked(office: Office, notice: Notice, member: Member) -> View | Withheld:
    tenant = _tenant(office, notice)
    if tenant is None or not is_admin(office, member.id):
        return Withheld.CANCELLED
    return tenant_card(seen(office, tenant))


def _removed(office: Office, notice: Notice, member: Member) -> View | Withheld:
    tenant = _tenant(office, notice)
    if tenant is None or not is_admin(office, member.id):
        return Withheld.CANCELLED
    news = Note(_("The app was taken out of this workspace."), "warning")
    return tenant_card(seen(office, tenant), news if _is_out(office, tenant) else None)


def _still_waits(office: Office, notice: Notice) -> bool:
    tenant = _tenant(office, notice)
    waits = tenant is not None and tenant.state is TenantState.PENDING
    return tenant is not None and waits and not _is_out(office, tenant)


def _still_out(office: Office, notice: Notice) -> bool:
    tenant = _tenant(office, notice)
    return tenant is not None and _is_out(office, tenant)


def _is_out(office: Office, tenant: Tenant) -> bool:
    known = office.books.installations.known(tenant.platform, tenant.external_id)
    return known is not None and not known.live


NOTICES = (
    NoticeKind("installations.asked", _asked, essential=True, in_time=_still_waits),
    NoticeKind("installations.removed", _removed, in_time=_still_out),
)
