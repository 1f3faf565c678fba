"""What is kept of conversations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.conversations.model import Conversation


class ConversationBook(Protocol):
    """The group chats, teams and channels that the app is in, or was."""

    def hold(self, platform: str, tenant: str, external_id: str) -> Conversation | None:
        """A conversation as it was kept, and nobody else changes it before this transaction ends.
        What a channel has from its team is not in it."""
        ...

    def keep(self, conversation: Conversation) -> None:
        """Keep a new conversation, or one that is held as it is now."""
        ...

    def all(self) -> Sequence[Conversation]:
        """Every conversation, removed ones too, with what a channel has from its team: its name,
        and that the app was taken out of it. In order of tenant and team."""
        ...
