"""Policy values that differ from their defaults."""

from __future__ import annotations

from sqlalchemy import Connection

from core.policy.model import Policy
from storage.registry import POLICY, Registry
from storage.statements import upsert


class PolicyValues:
    """Satisfies ``core.policy.book.PolicyBook``."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection = connection
        self._registry = registry

    def read(self) -> Policy:
        return self._registry.now().policy

    def set(self, name: str, value: int) -> None:
        upsert(self._connection, POLICY, {"name": name, "value": value}, ("name",))
        self._registry.changed()
