"""Chat tenants and the organisations they are registered to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, update

from core.organisations.model import Tenant, TenantState
from storage import statements
from storage.registry import SERVED, TENANTS, Registry


class Tenants:
    """Satisfies ``core.organisations.book.TenantBook``."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection = connection
        self._registry = registry

    def find(self, platform: str, external_id: str) -> Tenant | None:
        return self._registry.now().tenants.get((platform, external_id))

    def note_pending(self, platform: str, external_id: str, at: datetime) -> None:
        if self.find(platform, external_id) is not None:
            return
        statements.insert_once(
            self._connection,
            TENANTS,
            {
                "platform": platform,
                "external_id": external_id,
                "state": TenantState.PENDING.value,
                "seen_at": at,
            },
            "platform",
            "external_id",
        )
        self._registry.changed()

    def approve(
        self, platform: str, external_id: str, organisation_ids: Sequence[int], at: datetime
    ) -> Tenant:
        self.note_pending(platform, external_id, at)
        self.set_state(platform, external_id, TenantState.APPROVED)
        tenant = self.find(platform, external_id)
        assert tenant is not None
        self._connection.execute(delete(SERVED).where(SERVED.c.tenant_id == tenant.id))
        self._connection.execute(
            insert(SERVED),
            [{"tenant_id": tenant.id, "organisation_id": one} for one in set(organisation_ids)],
        )
        self._registry.changed()
        found = self.find(platform, external_id)
        assert found is not None
        return found

    def set_state(self, platform: str, external_id: str, state: TenantState) -> bool:
        done = self._connection.execute(
            update(TENANTS)
            .where(TENANTS.c.platform == platform, TENANTS.c.external_id == external_id)
            .values(state=state.value)
        )
        self._registry.changed()
        return done.rowcount == 1

    def all(self, state: TenantState | None = None) -> Sequence[Tenant]:
        tenants = self._registry.now().tenants.values()
        return [tenant for tenant in tenants if state is None or tenant.state is state]
