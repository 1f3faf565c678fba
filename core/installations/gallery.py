"""Everything that system admins see of tenants, at its edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from core.installations.arriving import NAME_LONGEST
from core.installations.forms import CHOICES, approval_form
from core.installations.model import Installation
from core.installations.views import PAGE, SeenTenant, tenant_card, tenants_view
from core.kernel.texts import _
from core.organisations.model import Organisation, Sector, Tenant, TenantState
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Note

_AT = datetime(2026, 8, 6, 16, 30, tzinfo=UTC)
_LATER = datetime(2026, 8, 20, 8, 0, tzinfo=UTC)
_LONG_NAME = "Northgate and Westshire Integrated Care Partnership Shared Services Workspace".ljust(
    NAME_LONGEST, "W"
)


def examples() -> Iterator[Example]:
    """Every card, list and form of the room."""
    yield from _asking()
    yield from _decided()
    yield from _forms()
    waiting = [_seen(), _hostile(), *[_long()] * (PAGE - 2)]
    yield Example("installations.tenants", tenants_view(waiting[:2], 0, 2))
    yield Example("installations.tenants-middle-page", tenants_view(waiting, 1, 3 * PAGE))
    yield Example("installations.tenants-none", tenants_view([], 0, 0))


def _seen(name: str = "Westshire Council") -> SeenTenant:
    tenant = Tenant("slack", "T0123ABCD", TenantState.PENDING, _AT, id=4)
    return SeenTenant(
        tenant,
        Installation(
            "slack",
            tenant.external_id,
            name,
            app="A0123ABCD",
            bot="B0123ABCD",
            bot_user="U0123ABCD",
            scopes=("chat:write", "commands"),
            token="",
            installed_at=_AT,
        ),
    )


def _hostile() -> SeenTenant:
    return _seen(HOSTILE)


def _long() -> SeenTenant:
    return _seen(_LONG_NAME)


def _in_teams() -> SeenTenant:
    tenant = Tenant("teams", "0a1b2c3d-0000-4444-8888-abcdefabcdef", TenantState.PENDING, _AT, id=5)
    return SeenTenant(tenant)


def _whole() -> SeenTenant:
    found = _seen("Westshire Health and Care")
    assert found.installation is not None
    return SeenTenant(
        replace(found.tenant, external_id="E0123ABCD"),
        replace(found.installation, tenant="E0123ABCD", enterprise="E0123ABCD", whole=True),
    )


def _out(found: SeenTenant) -> SeenTenant:
    assert found.installation is not None
    return replace(found, installation=replace(found.installation, removed_at=_LATER))


def _as(state: TenantState, found: SeenTenant, *organisations: str) -> SeenTenant:
    return replace(found, tenant=replace(found.tenant, state=state), organisations=organisations)


def _asking() -> Iterator[Example]:
    local = SeenTenant(Tenant("local", "willow", TenantState.PENDING, _AT, id=6))
    for name, found in (
        ("asks", _seen()),
        ("asks-in-teams", _in_teams()),
        ("asks-locally", local),
        ("asks-whole", _whole()),
        ("asks-long", _long()),
        ("asks-hostile", _hostile()),
        ("asks-and-left", _out(_seen())),
    ):
        yield Example(f"installations.{name}", tenant_card(found))


def _decided() -> Iterator[Example]:
    done = Note(_("It is let in."), "success")
    served = _as(TenantState.APPROVED, _seen(), "Westshire Council", "Willow Hospice")
    yield Example("installations.approved", tenant_card(served, done))
    many = _as(TenantState.APPROVED, _long(), *[_LONG_NAME] * 40)
    yield Example("installations.approved-for-many", tenant_card(many))
    hostile = _as(TenantState.APPROVED, _hostile(), HOSTILE)
    yield Example("installations.approved-hostile", tenant_card(hostile))
    gone = Note(_("The app was taken out of this workspace."), "warning")
    yield Example("installations.removed", tenant_card(_out(served), gone))
    decided = Note(_("This has been decided already. Here is how it stands now."))
    yield Example("installations.declined", tenant_card(_as(TenantState.ENDED, _seen()), decided))
    paused = _as(TenantState.SUSPENDED, _in_teams(), "Southgate Hospital Trust")
    yield Example("installations.suspended", tenant_card(paused))


def _forms() -> Iterator[Example]:
    two = [
        Organisation("NGH", "Northgate Hospital Trust", Sector.NHS_TRUST),
        Organisation("COU", "Westshire Council", Sector.COUNCIL),
    ]
    yield Example("installations.approve-form", approval_form(_seen(), two))
    yield Example("installations.approve-form-hostile", approval_form(_hostile(), two[:1]))
    many = [
        Organisation(f"CODE{number}", _LONG_NAME, Sector.OTHER) for number in range(CHOICES + 1)
    ]
    yield Example("installations.approve-form-long", approval_form(_long(), many[:CHOICES]))
    yield Example("installations.approve-form-many", approval_form(_long(), many))
