"""Policy values that differ from their defaults."""

from __future__ import annotations

from sqlalchemy import Connection, select

from core.policy.model import Policy, read
from storage.statements import upsert
from storage.tables.columns import table_of
from storage.tables.organisations import PolicyRow

POLICY = table_of(PolicyRow)
_ALL = select(POLICY.c.name, POLICY.c.value)


class PolicyValues:
    """Satisfies ``core.policy.book.PolicyBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self) -> Policy:
        rows = self._connection.execute(_ALL)
        return read({row.name: row.value for row in rows})

    def set(self, name: str, value: int) -> None:
        upsert(self._connection, POLICY, {"name": name, "value": value}, ("name",))
