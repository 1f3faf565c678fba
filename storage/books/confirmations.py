"""Confirmations that wait or were decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, cast, delete, select, update

from core.members.confirmation import Confirmation, ConfirmationState
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.members import ConfirmationRow

CONFIRMATIONS = table_of(ConfirmationRow)
_WAITS = CONFIRMATIONS.c.state == ConfirmationState.WAITING.value


class Confirmations:
    """Satisfies ``core.members.book.ConfirmationBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, confirmation: Confirmation) -> Confirmation:
        new_id = statements.add(self._connection, CONFIRMATIONS, _row(confirmation))
        return replace(confirmation, id=new_id)

    def get(self, confirmation_id: int) -> Confirmation | None:
        return self._one(CONFIRMATIONS.c.id == confirmation_id)

    def about(self, member_id: int, organisation_id: int) -> Confirmation | None:
        return self._one(
            CONFIRMATIONS.c.member_id == member_id,
            CONFIRMATIONS.c.organisation_id == organisation_id,
        )

    def of_member(self, member_id: int) -> Sequence[Confirmation]:
        return self._many(CONFIRMATIONS.c.member_id == member_id)

    def waiting(self, organisation_ids: Sequence[int] | None = None) -> Sequence[Confirmation]:
        if organisation_ids is None:
            return self._many(_WAITS)
        return self._many(_WAITS, CONFIRMATIONS.c.organisation_id.in_(organisation_ids))

    def asked(self) -> Sequence[int]:
        statement = select(CONFIRMATIONS.c.organisation_id).distinct().where(_WAITS)
        return list(self._connection.scalars(statement))

    def save(self, confirmation: Confirmation) -> Confirmation:
        self._connection.execute(
            update(CONFIRMATIONS)
            .where(CONFIRMATIONS.c.id == confirmation.id)
            .values(_row(confirmation))
        )
        return confirmation

    def forget(self, confirmation_id: int) -> None:
        self._connection.execute(delete(CONFIRMATIONS).where(CONFIRMATIONS.c.id == confirmation_id))

    def forget_words_before(self, moment: datetime) -> None:
        self._connection.execute(
            update(CONFIRMATIONS)
            .where(CONFIRMATIONS.c.decided_at < moment, cast(CONFIRMATIONS.c.pending, Text) != "{}")
            .values(pending={})
        )

    def _one(self, *where: Any) -> Confirmation | None:
        row = self._connection.execute(select(CONFIRMATIONS).where(*where)).one_or_none()
        return entity(Confirmation, row._mapping) if row else None

    def _many(self, *where: Any) -> Sequence[Confirmation]:
        rows = self._connection.execute(
            select(CONFIRMATIONS)
            .where(*where)
            .order_by(CONFIRMATIONS.c.asked_at, CONFIRMATIONS.c.id)
        )
        return [entity(Confirmation, row._mapping) for row in rows]


def _row(confirmation: Confirmation) -> dict[str, Any]:
    return values(confirmation) | {"pending": dict(confirmation.pending)}
