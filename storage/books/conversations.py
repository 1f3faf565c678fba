"""Conversations, each in a row, where a team's own row speaks for its channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, delete, or_, select, update

from core.conversations.model import Conversation, Registration
from core.organisations.model import TenantState
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.conversations import ConversationRow, RegistrationRow
from storage.tables.organisations import TenantRow

CONVERSATIONS = table_of(ConversationRow)
REGISTRATIONS = table_of(RegistrationRow)
TENANTS = table_of(TenantRow)
_TEAMS = CONVERSATIONS.alias("teams")
_COLUMNS = (
    *CONVERSATIONS.c,
    _TEAMS.c.team_name.label("name_of_team"),
    _TEAMS.c.removed_at.label("team_removed_at"),
)
_IN_TEAMS = CONVERSATIONS.outerjoin(
    _TEAMS,
    and_(
        _TEAMS.c.platform == CONVERSATIONS.c.platform,
        _TEAMS.c.tenant == CONVERSATIONS.c.tenant,
        _TEAMS.c.external_id == CONVERSATIONS.c.team,
    ),
)
_ORDER = (
    CONVERSATIONS.c.platform,
    CONVERSATIONS.c.tenant,
    CONVERSATIONS.c.team,
    CONVERSATIONS.c.id,
)
_ALL = select(*_COLUMNS).select_from(_IN_TEAMS).order_by(*_ORDER)
_REGISTERED = (
    select(*_COLUMNS, *REGISTRATIONS.c)
    .select_from(
        _IN_TEAMS.join(REGISTRATIONS, REGISTRATIONS.c.conversation_id == CONVERSATIONS.c.id)
    )
    .order_by(*_ORDER)
)
_REACHED = (
    CONVERSATIONS.c.removed_at.is_(None),
    _TEAMS.c.removed_at.is_(None),
    select(TENANTS.c.id)
    .where(
        TENANTS.c.platform == CONVERSATIONS.c.platform,
        TENANTS.c.external_id == CONVERSATIONS.c.tenant,
        TENANTS.c.state == TenantState.APPROVED.value,
    )
    .exists(),
)


class Conversations:
    """Satisfies ``core.conversations.book.ConversationBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, platform: str, tenant: str, external_id: str) -> Conversation | None:
        row = self._connection.execute(
            select(CONVERSATIONS)
            .where(
                CONVERSATIONS.c.platform == platform,
                CONVERSATIONS.c.tenant == tenant,
                CONVERSATIONS.c.external_id == external_id,
            )
            .with_for_update()
        ).one_or_none()
        return None if row is None else entity(Conversation, row._mapping)

    def keep(self, conversation: Conversation) -> None:
        row = values(conversation)
        if conversation.id:
            self._connection.execute(
                update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation.id).values(row)
            )
        else:
            statements.add(self._connection, CONVERSATIONS, row)

    def all(self) -> Sequence[Conversation]:
        return [_of_team(row) for row in self._connection.execute(_ALL).mappings()]

    def get(self, conversation_id: int) -> Conversation | None:
        statement = _ALL.where(CONVERSATIONS.c.id == conversation_id)
        row = self._connection.execute(statement).mappings().one_or_none()
        return None if row is None else _of_team(row)

    def registration(self, conversation_id: int) -> Registration | None:
        row = self._connection.execute(
            select(REGISTRATIONS).where(REGISTRATIONS.c.conversation_id == conversation_id)
        ).one_or_none()
        return None if row is None else entity(Registration, row._mapping)

    def register(self, registration: Registration) -> None:
        statements.upsert(
            self._connection, REGISTRATIONS, values(registration), ("conversation_id",)
        )

    def unregister(self, conversation_id: int) -> bool:
        done = self._connection.execute(
            delete(REGISTRATIONS).where(REGISTRATIONS.c.conversation_id == conversation_id)
        )
        return done.rowcount == 1

    def registrations(self) -> Mapping[int, Registration]:
        rows = self._connection.execute(
            select(REGISTRATIONS).order_by(REGISTRATIONS.c.conversation_id)
        )
        return {row.conversation_id: entity(Registration, row._mapping) for row in rows}

    def registered(self) -> Mapping[int, tuple[Conversation, Registration]]:
        return self._both(_REGISTERED.where(*_REACHED))

    def registered_in(
        self, platform: str, tenant: str, external_id: str
    ) -> Mapping[int, tuple[Conversation, Registration]]:
        there = or_(CONVERSATIONS.c.external_id == external_id, CONVERSATIONS.c.team == external_id)
        ours = (CONVERSATIONS.c.platform == platform, CONVERSATIONS.c.tenant == tenant)
        return self._both(_REGISTERED.where(*_REACHED, *ours, there))

    def all_registered(self) -> Mapping[int, tuple[Conversation, Registration]]:
        return self._both(_REGISTERED)

    def _both(self, statement: Select[Any]) -> Mapping[int, tuple[Conversation, Registration]]:
        rows = self._connection.execute(statement).mappings()
        return {row["id"]: (_of_team(row), entity(Registration, row)) for row in rows}

    def hand_over(self, from_member: int, to_member: int) -> None:
        self._connection.execute(
            update(REGISTRATIONS)
            .where(REGISTRATIONS.c.by_member_id == from_member)
            .values(by_member_id=to_member)
        )


def _of_team(row: RowMapping) -> Conversation:
    return entity(
        Conversation,
        row,
        team_name=row["name_of_team"] or row["team_name"],
        removed_at=row["removed_at"] or row["team_removed_at"],
    )
