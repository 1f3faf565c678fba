"""Roles, granted to chat identities and held by the members behind them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, delete, select

from core.members.model import MemberState
from core.organisations.model import Grant, Role
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.members import IdentityRow, MemberRow
from storage.tables.organisations import RoleRow

ROLES = table_of(RoleRow)
IDENTITIES = table_of(IdentityRow)
MEMBERS = table_of(MemberRow)
_THROUGH = ROLES.join(
    IDENTITIES,
    and_(
        IDENTITIES.c.platform == ROLES.c.platform,
        IDENTITIES.c.tenant == ROLES.c.tenant,
        IDENTITIES.c.user == ROLES.c.user,
    ),
)
# A role rests while its chat is closed, or its organisation has yet to confirm the person there.
_MAY_ACT = (IDENTITIES.c.closed_at.is_(None), IDENTITIES.c.confirmation_id.is_(None))


class Roles:
    """Satisfies ``core.organisations.book.RoleBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def grant(self, grant: Grant) -> None:
        statements.insert_once(self._connection, ROLES, values(grant))

    def revoke(self, grant: Grant) -> bool:
        found = delete(ROLES).where(
            ROLES.c.platform == grant.platform,
            ROLES.c.tenant == grant.tenant,
            ROLES.c.user == grant.user,
            ROLES.c.role == grant.role.value,
            ROLES.c.organisation_id.is_not_distinct_from(grant.organisation_id),
        )
        return self._connection.execute(found).rowcount == 1

    def held_by(self, member_id: int, *, resting: bool = False) -> Sequence[Grant]:
        statement = (
            select(ROLES)
            .select_from(_THROUGH)
            .where(IDENTITIES.c.member_id == member_id)
            .order_by(ROLES.c.id)
        )
        if not resting:
            statement = statement.where(*_MAY_ACT)
        return [entity(Grant, row._mapping) for row in self._connection.execute(statement)]

    def holders(self, role: Role, organisation_id: int | None = None) -> Sequence[int]:
        statement = (
            select(IDENTITIES.c.member_id)
            .distinct()
            .select_from(_THROUGH.join(MEMBERS, MEMBERS.c.id == IDENTITIES.c.member_id))
            .where(
                ROLES.c.role == role.value,
                ROLES.c.organisation_id.is_not_distinct_from(organisation_id),
                MEMBERS.c.state == MemberState.ACTIVE.value,
                *_MAY_ACT,
            )
            .order_by(IDENTITIES.c.member_id)
        )
        return list(self._connection.scalars(statement))

    def all(self) -> Sequence[Grant]:
        rows = self._connection.execute(select(ROLES).order_by(ROLES.c.id))
        return [entity(Grant, row._mapping) for row in rows]
