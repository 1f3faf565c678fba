"""Group exchanges, each in a row; the shares are rows of exchanges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, case, func, select, update

from core.groups.model import Group, GroupState
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.exchanges import GroupRow

GROUPS = table_of(GroupRow)


class Groups:
    """Satisfies ``core.groups.book.GroupBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, group: Group) -> Group:
        return replace(group, id=statements.add(self._connection, GROUPS, values(group)))

    def get(self, group_id: int) -> Group | None:
        row = self._connection.execute(select(GROUPS).where(GROUPS.c.id == group_id)).one_or_none()
        return entity(Group, row._mapping) if row else None

    def lock(self, group_id: int) -> Group | None:
        row = self._connection.execute(
            select(GROUPS).where(GROUPS.c.id == group_id).with_for_update()
        ).one_or_none()
        return entity(Group, row._mapping) if row else None

    def save(self, group: Group) -> Group:
        row = values(group, ("id", "version"))
        statements.save_version(self._connection, GROUPS, group.id, group.version, row)
        return replace(group, version=group.version + 1)

    def of_giver(
        self, member_id: int, offset: int = 0, limit: int = 20
    ) -> tuple[Sequence[Group], int]:
        mine = GROUPS.c.giver_id == member_id
        total = self._connection.scalar(select(func.count()).select_from(GROUPS).where(mine)) or 0
        rows = self._connection.execute(
            select(GROUPS).where(mine).order_by(GROUPS.c.id.desc()).offset(offset).limit(limit)
        )
        return [entity(Group, row._mapping) for row in rows], total

    def of_event(self, member_id: int, event_id: int) -> Sequence[Group]:
        rows = self._connection.execute(
            select(GROUPS)
            .where(GROUPS.c.giver_id == member_id, GROUPS.c.event_id == event_id)
            .order_by(GROUPS.c.id)
        )
        return [entity(Group, row._mapping) for row in rows]

    def forget(self, member_id: int) -> None:
        still_open = GROUPS.c.state == GroupState.OPEN.value
        self._connection.execute(
            update(GROUPS)
            .where(GROUPS.c.giver_id == member_id)
            .values(
                title="",
                when="",
                state=case((still_open, GroupState.CANCELLED.value), else_=GROUPS.c.state),
                version=GROUPS.c.version + 1,
            )
        )

    def move(self, from_member: int, to_member: int) -> None:
        self._connection.execute(
            update(GROUPS)
            .where(GROUPS.c.giver_id == from_member)
            .values(giver_id=to_member, version=GROUPS.c.version + 1)
        )
