"""Conversations, each in a row, where a team's own row speaks for its channels."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, and_, select, update

from core.conversations.model import Conversation
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.conversations import ConversationRow

CONVERSATIONS = table_of(ConversationRow)
_TEAMS = CONVERSATIONS.alias("teams")
_ALL = (
    select(
        CONVERSATIONS,
        _TEAMS.c.team_name.label("name_of_team"),
        _TEAMS.c.removed_at.label("team_removed_at"),
    )
    .outerjoin(
        _TEAMS,
        and_(
            _TEAMS.c.platform == CONVERSATIONS.c.platform,
            _TEAMS.c.tenant == CONVERSATIONS.c.tenant,
            _TEAMS.c.external_id == CONVERSATIONS.c.team,
        ),
    )
    .order_by(
        CONVERSATIONS.c.platform,
        CONVERSATIONS.c.tenant,
        CONVERSATIONS.c.team,
        CONVERSATIONS.c.id,
    )
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


def _of_team(row: RowMapping) -> Conversation:
    return entity(
        Conversation,
        row,
        team_name=row["name_of_team"] or row["team_name"],
        removed_at=row["removed_at"] or row["team_removed_at"],
    )
