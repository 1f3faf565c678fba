"""Chat tenants and the organisations they are registered to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.sql import bindparam

from core.organisations.model import Tenant, TenantState
from storage import statements
from storage.rows import entity
from storage.tables.columns import table_of
from storage.tables.organisations import TenantOrganisationRow, TenantRow

TENANTS = table_of(TenantRow)
SERVED = table_of(TenantOrganisationRow)
_WITH_ORGANISATIONS = select(TENANTS, SERVED.c.organisation_id).outerjoin(
    SERVED, SERVED.c.tenant_id == TENANTS.c.id
)
_FIND = _WITH_ORGANISATIONS.where(
    TENANTS.c.platform == bindparam("platform"), TENANTS.c.external_id == bindparam("external_id")
).order_by(SERVED.c.organisation_id)


class Tenants:
    """Satisfies ``core.organisations.book.TenantBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, platform: str, external_id: str) -> Tenant | None:
        rows = self._connection.execute(
            _FIND, {"platform": platform, "external_id": external_id}
        ).all()
        if not rows:
            return None
        served = tuple(row.organisation_id for row in rows if row.organisation_id is not None)
        return entity(Tenant, rows[0]._mapping, organisation_ids=served)

    def note_pending(self, platform: str, external_id: str, at: datetime) -> None:
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
        found = self.find(platform, external_id)
        assert found is not None
        return found

    def set_state(self, platform: str, external_id: str, state: TenantState) -> bool:
        done = self._connection.execute(
            update(TENANTS)
            .where(TENANTS.c.platform == platform, TENANTS.c.external_id == external_id)
            .values(state=state.value)
        )
        return done.rowcount == 1

    def all(self, state: TenantState | None = None) -> Sequence[Tenant]:
        statement = select(TENANTS.c.platform, TENANTS.c.external_id).order_by(
            TENANTS.c.seen_at.desc(), TENANTS.c.id
        )
        if state is not None:
            statement = statement.where(TENANTS.c.state == state.value)
        keys = self._connection.execute(statement).all()
        found = (self.find(key.platform, key.external_id) for key in keys)
        return [tenant for tenant in found if tenant is not None]
