"""What system admins may ask for about tenants, as data that buttons and forms carry.

``platform`` and ``tenant`` are the tenant's name on its platform. Typed words leave ``platform``
out: an id is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class OnTenant(Intent):
    """Something asked about one tenant."""

    platform: str = ""
    tenant: str = ""


@dataclass(frozen=True, kw_only=True)
class ListTenants(Intent):
    """The tenants that wait for approval."""

    name: ClassVar[str] = "installations.tenants"

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowTenant(OnTenant):
    """One tenant's card."""

    name: ClassVar[str] = "installations.tenant"


@dataclass(frozen=True, kw_only=True)
class OpenApproval(OnTenant):
    """The form that asks which organisations a tenant serves."""

    name: ClassVar[str] = "installations.approve-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ApproveTenant(OnTenant):
    """Let a tenant in. ``organisations`` are chosen codes, or codes and names as typed."""

    name: ClassVar[str] = "installations.approve"

    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeclineTenant(OnTenant):
    """Turn a tenant away."""

    name: ClassVar[str] = "installations.decline"
