"""Proposals to reverse a posting, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, or_, select, update

from core.ledger.model import Correction, CorrectionState
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.ledger import CorrectionRow

CORRECTIONS = table_of(CorrectionRow)


class Corrections:
    """Satisfies ``core.ledger.book.CorrectionBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, correction: Correction) -> Correction | None:
        statement = statements.dialect_insert(self._connection, CORRECTIONS).values(
            **values(correction)
        )
        done = self._connection.execute(
            statement.on_conflict_do_nothing().returning(CORRECTIONS.c.id)
        )
        new_id = done.scalar_one_or_none()
        return None if new_id is None else replace(correction, id=new_id)

    def get(self, correction_id: int) -> Correction | None:
        return self._one(correction_id, held=False)

    def lock(self, correction_id: int) -> Correction | None:
        return self._one(correction_id, held=True)

    def _one(self, correction_id: int, *, held: bool) -> Correction | None:
        statement = select(CORRECTIONS).where(CORRECTIONS.c.id == correction_id)
        if held:
            statement = statement.with_for_update()
        row = self._connection.execute(statement).one_or_none()
        return entity(Correction, row._mapping) if row else None

    def save(self, correction: Correction) -> Correction:
        statements.save_version(
            self._connection,
            CORRECTIONS,
            correction.id,
            correction.version,
            values(correction),
        )
        return replace(correction, version=correction.version + 1)

    def of_posting(self, posting_id: int) -> Sequence[Correction]:
        rows = self._connection.execute(
            select(CORRECTIONS)
            .where(CORRECTIONS.c.posting_id == posting_id)
            .order_by(CORRECTIONS.c.id.desc())
        )
        return [entity(Correction, row._mapping) for row in rows]

    def waiting(self, organisation_ids: Sequence[int] | None) -> Sequence[Correction]:
        statement = (
            select(CORRECTIONS)
            .where(CORRECTIONS.c.state == CorrectionState.PROPOSED.value)
            .order_by(CORRECTIONS.c.id)
        )
        if organisation_ids is not None:
            statement = statement.where(
                or_(
                    CORRECTIONS.c.giver_organisation_id.in_(organisation_ids),
                    CORRECTIONS.c.receiver_organisation_id.in_(organisation_ids),
                )
            )
        return [entity(Correction, row._mapping) for row in self._connection.execute(statement)]

    def forget_words_of(self, member_id: int) -> None:
        self._connection.execute(
            update(CORRECTIONS).where(CORRECTIONS.c.proposed_by == member_id).values(words="")
        )

    def move(self, from_member: int, to_member: int) -> None:
        for column in (CORRECTIONS.c.proposed_by, CORRECTIONS.c.decided_by):
            self._connection.execute(
                update(CORRECTIONS).where(column == from_member).values({column: to_member})
            )
