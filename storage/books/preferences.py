"""How members want to be written to, and how many unasked messages each has had on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import (
    Connection,
    Date,
    RowMapping,
    bindparam,
    delete,
    exists,
    literal,
    select,
    text,
    update,
)

from core.delivery.model import Family
from core.respect.model import Preferences
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.members import PreferenceRow, TellingRow

PREFERENCES = table_of(PreferenceRow)
TELLINGS = table_of(TellingRow)
# One statement, so that two replicas cannot both take the last place. It is run for every recipient
# of a digest, and so it is not put together each time.
_TAKE_PLACE = text(
    """INSERT INTO tellings (member_id, day, told) VALUES (:member, :day, 1)
    ON CONFLICT (member_id, day) DO UPDATE SET told = tellings.told + 1 WHERE tellings.told < :cap
    RETURNING told"""
).bindparams(bindparam("day", type_=Date))


class PreferencesOfMembers:
    """Satisfies ``core.respect.book.PreferenceBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, member_id: int) -> Preferences:
        return self.many((member_id,))[member_id]

    def many(self, member_ids: Sequence[int]) -> Mapping[int, Preferences]:
        rows = self._connection.execute(
            select(PREFERENCES).where(PREFERENCES.c.member_id.in_(member_ids))
        )
        said = {row.member_id: _preferences(row._mapping) for row in rows}
        return {one: said.get(one) or Preferences(one) for one in member_ids}

    def keep(self, preferences: Preferences) -> None:
        row = values(preferences, ())
        statements.upsert(self._connection, PREFERENCES, row, ("member_id",))

    def forget(self, member_id: int) -> None:
        for table in (PREFERENCES, TELLINGS):
            self._connection.execute(delete(table).where(table.c.member_id == member_id))

    def move(self, from_member: int, to_member: int) -> None:
        kept = PREFERENCES.alias()
        self._connection.execute(
            update(PREFERENCES)
            .where(PREFERENCES.c.member_id == from_member)
            .where(~exists().where(kept.c.member_id == to_member))
            .values(member_id=to_member)
        )
        told = statements.dialect_insert(self._connection, TELLINGS).from_select(
            ["member_id", "day", "told"],
            select(literal(to_member), TELLINGS.c.day, TELLINGS.c.told).where(
                TELLINGS.c.member_id == from_member
            ),
        )
        self._connection.execute(
            told.on_conflict_do_update(
                index_elements=["member_id", "day"],
                set_={"told": TELLINGS.c.told + told.excluded.told},
            )
        )
        self.forget(from_member)

    def take_place(self, member_id: int, day: date, cap: int) -> bool:
        given = {"member": member_id, "day": day, "cap": cap}
        return cap > 0 and self._connection.execute(_TAKE_PLACE, given).first() is not None

    def give_back(self, member_id: int, day: date) -> None:
        self._connection.execute(
            update(TELLINGS)
            .where(TELLINGS.c.member_id == member_id, TELLINGS.c.day == day, TELLINGS.c.told > 0)
            .values(told=TELLINGS.c.told - 1)
        )

    def told(self, member_id: int) -> Mapping[date, int]:
        rows = self._connection.execute(
            select(TELLINGS.c.day, TELLINGS.c.told)
            .where(TELLINGS.c.member_id == member_id)
            .order_by(TELLINGS.c.day)
        )
        return {row.day: row.told for row in rows}

    def forget_days_before(self, day: date) -> int:
        return self._connection.execute(delete(TELLINGS).where(TELLINGS.c.day < day)).rowcount


def _preferences(row: RowMapping) -> Preferences:
    week = tuple(tuple(spans) for spans in row["week"])
    return entity(Preferences, row, week=week, off=tuple(map(Family, row["off"])))
