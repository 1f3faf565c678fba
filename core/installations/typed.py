"""``tenants``, alone or with an id and what is decided about it."""

from __future__ import annotations

from collections.abc import Callable

from core.commands import PlainWords
from core.installations.intents import (
    ApproveTenant,
    DeclineTenant,
    ListTenants,
    OpenApproval,
    ShowTenant,
)
from core.ui.intents import Intent


def _approve(tenant: str, organisations: str) -> Intent:
    if not organisations:
        return OpenApproval(tenant=tenant)
    return ApproveTenant(tenant=tenant, organisations=(organisations,))


def _decline(tenant: str, more: str) -> Intent | None:
    return None if more else DeclineTenant(tenant=tenant)


_DECISIONS: dict[str, Callable[[str, str], Intent | None]] = {
    **dict.fromkeys(("approve", "cymeradwyo"), _approve),
    **dict.fromkeys(("decline", "gwrthod"), _decline),
}


def read_tenants(rest: str) -> Intent:
    """Bare, an id, or a decision, an id, and for an approval the organisations. Anything else is
    no command: it may be a message to somebody."""
    first, _space, after = rest.partition(" ")
    decide = _DECISIONS.get(first.casefold())
    tenant, _space, more = after.strip().partition(" ")
    found: Intent | None = None
    if not first:
        found = ListTenants()
    elif decide is not None and tenant:
        found = decide(tenant, more.strip())
    elif decide is None and not after:
        found = ShowTenant(tenant=first)
    return found or PlainWords(words=f"tenants {rest}", nearest="tenants")
